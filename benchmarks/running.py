"""The running system: how soon it answers, how much memory it takes, how long `make run` takes from a clone.

    python benchmarks/running.py [--no-clone]

`hezou run` on a filled demo agency: seconds until the first page answers; then, after every page of the
navigation was asked for some times by every worker, the memory of all its processes (what they share counted
once, as Linux tells it). `make run` in a fresh clone of the last commit, its packages in the caches of uv and
npm. First verifies that what answers is the demo, by logging in.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.demo import hezou, installation
from benchmarks.support import ROOT, Figures, figure

COMMAND = "python benchmarks/running.py"
NAME, PASSWORD = "qinghe.editor", "qinghe-demo-2026"
PAGES = ("/", "/manuscripts/", "/review/", "/submissions/", "/people/", "/notices/")
TIMES = 20
PATIENCE = 300.0


@contextmanager
def running(command: Sequence[str], folder: Path, environment: dict[str, str]) -> Iterator[int]:
    """A program in a group of its own, stopped in the end; its process id."""
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        yield process.pid
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(60)


def answers(port: int) -> None:
    """Wait for the first page; raises TimeoutError."""
    begun = time.monotonic()
    while time.monotonic() - begun < PATIENCE:
        try:
            with build_opener().open(f"http://127.0.0.1:{port}/login/", timeout=5):
                return
        except (URLError, ConnectionError):
            time.sleep(0.05)
    raise TimeoutError


def log_in(port: int) -> OpenerDirector:
    """A browser of the demo's editor. Raises AssertionError when the desk is not theirs."""
    browser, at = build_opener(HTTPCookieProcessor(CookieJar())), f"http://127.0.0.1:{port}"
    form = browser.open(f"{at}/login/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
    assert token is not None
    sent = urlencode({"csrfmiddlewaretoken": token.group(1), "login": NAME, "password": PASSWORD})
    desk = browser.open(f"{at}/login/", sent.encode()).read().decode()
    assert "/logout/" in desk
    return browser


def memory(first: int) -> float:
    """Megabytes of a process and all that it started, pages that several share divided among them."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(FileNotFoundError, ProcessLookupError):  # it ended meanwhile
            parent = stat.read_text().rpartition(")")[2].split()[1]
            children.setdefault(int(parent), []).append(int(stat.parent.name))
    total, pending = 0, [first]
    while pending:
        process = pending.pop()
        pending += children.get(process, [])
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def system() -> Figures:
    """Cold start and memory on SQLite."""
    found: Figures = {}
    with installation("sqlite") as environment:
        hezou(environment, "migrate", "--quiet")
        hezou(environment, "demo")
        port = free_port()
        command = [str(Path(sys.executable).parent / "hezou"), "run", "--port", str(port)]
        begun = time.perf_counter()
        with running(command, ROOT, environment) as first:
            answers(port)
            found["cold start of hezou run"] = figure(round(time.perf_counter() - begun, 1), "s", COMMAND)
            found["memory of hezou run, at rest"] = figure(round(memory(first)), "MB", COMMAND)
            browser = log_in(port)
            for _ in range(TIMES):
                for page in PAGES:
                    browser.open(f"http://127.0.0.1:{port}{page}").read()
            found["memory of hezou run, after work"] = figure(round(memory(first)), "MB", COMMAND)
    return found


def clone() -> Figures:
    """`make run` in a fresh clone, twice: the first fills the caches."""
    took = 0.0
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("HEZOU_", "PYTHON", "VIRTUAL_ENV"))}
    for _ in range(2):
        with tempfile.TemporaryDirectory(prefix="hezou-clone-") as folder:
            subprocess.run(["git", "clone", "--quiet", str(ROOT), folder], check=True)
            port = free_port()
            begun = time.perf_counter()
            with running(["make", "run", f"PORT={port}"], Path(folder), kept):
                answers(port)
                took = time.perf_counter() - begun
                log_in(port)
    return {"make run in a fresh clone": figure(round(took, 1), "s", COMMAND)}


def main() -> int:
    """All of it."""
    parser = argparse.ArgumentParser(description="Measure the running system.")
    parser.add_argument("--no-clone", action="store_true", help="leave make run out")
    found = system()
    if not parser.parse_args().no_clone:
        found |= clone()
    print(json.dumps(found, ensure_ascii=False, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
