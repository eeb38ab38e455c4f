"""Headless Chromium through its DevTools pipe: opens pages, measures, photographs.

Messages of JSON, each ended by a NUL, go in by one pipe and come out by another
(--remote-debugging-pipe), so that neither a port nor a library is needed.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
# Chromium wants its pipes as the files 3 and 4.
_SHELL = 'exec 3<&0 4>&1 </dev/null >/dev/null; exec "$@"'
_OPTIONS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
    *("--disable-dev-shm-usage", "--no-first-run", "--disable-extensions"),
    *("--disable-background-networking", "--remote-debugging-pipe"),
)


class Browser:
    """One page of a browser; each call waits for its answer."""

    def __init__(self, asking: IO[bytes], answering: IO[bytes]) -> None:
        self._asking = asking
        self._answering = answering
        self._read = b""
        self._last = 0
        self._session: str | None = None
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        attached = self._call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        self._call("Page.enable")

    def look(self, *, width: int, height: int = 900, scheme: str = "light") -> None:
        """Be a screen of this size in CSS pixels, in the light or in the dark."""
        self._call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 600,
        )
        feature = {"name": "prefers-color-scheme", "value": scheme}
        self._call("Emulation.setEmulatedMedia", features=[feature])

    def open(self, url: str) -> None:
        """Go to an address and wait until all of it is there."""
        self._call("Page.navigate", url=url)
        self._wait_for("Page.loadEventFired")

    def run(self, script: str) -> Any:
        """The value of an expression of JavaScript, awaited where it is a promise."""
        answer = self._call(
            "Runtime.evaluate",
            expression=script,
            returnByValue=True,
            awaitPromise=True,
        )
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def photograph(self, place: Path, *, whole: bool = False) -> None:
        """Save what is seen, or the whole page, as PNG."""
        shot = self._call(
            "Page.captureScreenshot", format="png", captureBeyondViewport=whole
        )
        place.write_bytes(base64.b64decode(shot["data"]))

    def _call(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._last += 1
        message = {"id": self._last, "method": method, "params": parameters}
        if self._session is not None:
            message["sessionId"] = self._session
        self._asking.write(json.dumps(message).encode() + b"\0")
        self._asking.flush()
        for answer in self._messages():
            if answer.get("id") == self._last:
                assert "error" not in answer, answer
                result: dict[str, Any] = answer["result"]
                return result
        raise AssertionError("the browser is gone")

    def _wait_for(self, event: str) -> None:
        next(one for one in self._messages() if one.get("method") == event)

    def _messages(self) -> Iterator[dict[str, Any]]:
        while True:
            whole, ended, rest = self._read.partition(b"\0")
            if ended:
                self._read = rest
                yield json.loads(whole)
                continue
            more = os.read(self._answering.fileno(), 1 << 16)
            assert more, "the browser is gone"
            self._read += more


@contextmanager
def open_browser(home: Path) -> Iterator[Browser]:
    """A browser with a profile of its own, which is ended afterwards."""
    assert CHROMIUM is not None
    command = [CHROMIUM, *_OPTIONS, f"--user-data-dir={home}", "about:blank"]
    with subprocess.Popen(
        ["sh", "-c", _SHELL, "sh", *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield Browser(process.stdin, process.stdout)
        finally:
            process.terminate()
            process.wait()
