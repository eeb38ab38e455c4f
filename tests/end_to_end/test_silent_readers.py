"""Ten thousand who connect and say nothing: others are served, memory stays small."""

from __future__ import annotations

import socket
from contextlib import ExitStack
from pathlib import Path
from resource import RLIMIT_NOFILE, getrlimit
from urllib.parse import urlsplit

import pytest
import yaml

from tests.end_to_end.memory import MEGABYTE, needs_proc, resident_bytes
from tests.end_to_end.service import running
from tests.ports import free_port

SILENT = 10_000
FILES_BESIDE = 500
MOST_GROWTH = 50 * MEGABYTE
FEED = "/topics/mali-algeria.rss"

needs_files = pytest.mark.skipif(
    getrlimit(RLIMIT_NOFILE)[0] < SILENT + FILES_BESIDE,
    reason="this process may not open ten thousand connections",
)


@needs_proc
@needs_files
def test_ten_thousand_who_say_nothing_keep_no_reader_out(tmp_path: Path) -> None:
    configuration = tmp_path / "rekkas.yaml"
    settings = {
        "include": ["catalogue:tags", "catalogue:topics"],
        "server": {"listen": f"127.0.0.1:{free_port()}"},
    }
    configuration.write_text(yaml.safe_dump(settings))

    with running(tmp_path, configuration) as service, ExitStack() as silent:
        before_them = service.wait_for(FEED)
        memory = resident_bytes(service.process.pid)
        place = (urlsplit(service.base).hostname, urlsplit(service.base).port)
        for _ in range(SILENT):
            silent.enter_context(socket.create_connection(place, timeout=10))
        answer = service.get(FEED)
        growth = resident_bytes(service.process.pid) - memory

        print(f"{growth / MEGABYTE:.1f} MiB more")  # noqa: T201 - shown by pytest -rP
        assert (answer.status_code, answer.content) == (200, before_them.content)
        assert growth < MOST_GROWTH
        assert service.stop() == 0
