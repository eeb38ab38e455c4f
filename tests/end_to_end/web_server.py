"""nginx with the configuration that we ship, on a port of loopback."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest

from tests.end_to_end.service import ROOT
from tests.ports import free_port

_SHIPPED = ROOT / "deploy" / "nginx.conf"
_MODULES = Path("/usr/lib/nginx/modules")
_TRIES = 200
_SECONDS_A_TRY = 0.05
_BROTLI = "ngx_http_brotli_static_module.so"
_AROUND = """
{module}
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {site}
}}
"""


@contextmanager
def nginx(site: Path, folder: Path) -> Iterator[str]:
    """nginx that hands out a site; its address. Skips where nginx is not installed."""
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        pytest.skip("nginx is not installed")
    port = free_port()
    configuration = folder / "nginx.conf"
    configuration.write_text(_configure(site, folder, port))
    process = subprocess.Popen([program, "-p", str(folder), "-c", str(configuration)])
    try:
        yield _wait(f"http://127.0.0.1:{port}", process)
    finally:
        process.terminate()
        process.wait(10)


def has_brotli() -> bool:
    """Whether nginx can hand out what is compressed by Brotli."""
    return (_MODULES / _BROTLI).exists()


def _configure(site: Path, folder: Path, port: int) -> str:
    """What we ship, with a port, a folder and a user of the test's."""
    shipped = _SHIPPED.read_text()
    shipped = re.sub(r"listen 80;", f"listen 127.0.0.1:{port};", shipped)
    shipped = re.sub(r"listen \[::\]:80;", "", shipped)
    shipped = re.sub(r"root [^;]+;", f"root {site};", shipped)
    module = f"load_module {_MODULES / _BROTLI};" if has_brotli() else ""
    if not has_brotli():
        shipped = shipped.replace("brotli_static on;", "")
    user = "user root;" if os.geteuid() == 0 else ""
    return _AROUND.format(module=user + module, folder=folder, site=shipped)


def _wait(address: str, process: subprocess.Popen[bytes]) -> str:
    for _ in range(_TRIES):
        try:
            httpx.get(address, trust_env=False)
        except httpx.TransportError:
            with suppress(subprocess.TimeoutExpired):
                process.wait(_SECONDS_A_TRY)
                break
        else:
            return address
    raise AssertionError("nginx never answered")
