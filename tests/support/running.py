"""`hezou run` on the test's own database: real processes, to be watched, killed and stopped."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.support.processes import ROOT, environment

SECONDS = 60


class Running:
    """The whole product of one test; what it is to see must be committed (`transactional_db`)."""

    def __init__(self, folder: Path, database: str, words: tuple[str, ...]) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("HEZOU_", "DJANGO_"))}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "hezou.ops", "run", "--port", str(self.port), "--workers", "1", *words],
            cwd=folder,
            env={
                **kept,
                "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
                "HEZOU_DATABASE": database or environment()["HEZOU_TEST_DATABASE"],
                "HEZOU_DATA_DIR": str(folder),
                "HEZOU_DEBUG": "1",  # spares collecting static files
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def parts(self) -> dict[str, int]:
        """Name → process of every part that is alive."""
        return {words[3]: pid for pid, parent, words in processes() if parent == self.process.pid}

    def kill(self, part: str) -> None:
        """Kill (-9) a part, and wait until another one stands in its place."""
        killed = self.parts()[part]
        os.kill(killed, signal.SIGKILL)
        until(lambda: self.parts().get(part, killed) != killed)

    def answer(self, path: str) -> tuple[int, str]:
        """Status and body of a page; (0, '') from nobody."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as page:
                return page.status, page.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return 0, ""

    def readiness(self) -> dict[str, Any]:
        """What /readyz says; nothing while nobody answers."""
        body = self.answer("/readyz")[1]
        return json.loads(body) if body.startswith("{") else {}


@contextmanager
def running(folder: Path, *words: str, database: str = "") -> Iterator[Running]:
    """`hezou run` with further words until the block ends; returns once everything is there."""
    product = Running(folder, database, words)
    try:
        until(lambda: product.readiness().get("ready") is True)
        yield product
    finally:
        product.process.send_signal(signal.SIGTERM)
        product.process.wait(SECONDS)
        assert product.process.stdout is not None
        product.process.stdout.close()


def processes() -> Iterator[tuple[int, int, list[str]]]:
    """Id, parent's id and words of every process of ours."""
    for place in Path("/proc").glob("[0-9]*"):
        try:
            words = (place / "cmdline").read_bytes().decode().split("\0")
            parent = int((place / "stat").read_text().rpartition(")")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError):  # it has just ended
            continue
        if "hezou.ops" in words:
            yield int(place.name), parent, words


def until(condition: Callable[[], object], seconds: float = SECONDS) -> None:
    """Returns once the condition holds; AssertionError when it does not in time."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)
