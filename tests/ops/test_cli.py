"""The command line from outside: words, statuses, and an installation from nothing to a page."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hezou.ops import cli
from tests.support.sources import PACKAGE, ROOT


def environment(folder: Path, **more: str) -> dict[str, str]:
    """A fresh installation's surroundings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HEZOU_", "DJANGO_"))}
    return {**kept, "PYTHONPATH": str(ROOT / "src"), "HEZOU_DATA_DIR": str(folder), **more}


def hezou(folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "import sys; from hezou.ops.cli import main; sys.exit(main())", *words],
        env=environment(folder, **more),
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(folder: Path, port: int) -> Iterator[None]:
    """The product served in a process of its own."""
    server = subprocess.Popen(
        [
            *(sys.executable, "-c", "import sys; from hezou.ops.cli import main; sys.exit(main())"),
            *("run", "--port", str(port), "--workers", "1"),
        ],
        env=environment(folder),
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        server.terminate()
        server.wait(timeout=20)


def answer(url: str, seconds: float = 20) -> tuple[int, bytes]:
    """Status and body of a page, once the server listens."""
    end = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5) as page:
                return page.status, page.read()
        except urllib.error.URLError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def test_every_command_listed_has_its_module() -> None:
    modules = {path.stem for path in (PACKAGE / "ops" / "commands").glob("[!_]*.py")}
    assert set(cli.COMMANDS) == modules


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["--help"])
    told = capsys.readouterr().out
    assert ended.value.code == 0
    assert [name for name in cli.COMMANDS if f"    {name} " not in told] == []


def test_no_command_is_a_wrong_call(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main([])
    assert ended.value.code == 2
    assert "COMMAND" in capsys.readouterr().err


def test_an_unknown_variable_stops_any_command_that_uses_settings(tmp_path: Path) -> None:
    run = hezou(tmp_path, "migrate", HEZOU_DATABSE="x")
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith("hezou: HEZOU_DATABSE is unknown; known are: ")


@pytest.mark.process
def test_run_refuses_a_database_that_is_behind(tmp_path: Path) -> None:
    (tmp_path / "hezou.sqlite3").touch()
    run = hezou(tmp_path, "run", "--port", "1")
    assert (run.returncode, run.stdout, run.stderr) == (
        1,
        "",
        "The database is older than this version. Run: hezou migrate\n",
    )


@pytest.mark.process
def test_run_serves_what_migrate_made(tmp_path: Path) -> None:
    for _ in range(2):  # safe to repeat
        made = hezou(tmp_path, "migrate")
        assert (made.returncode, made.stdout, made.stderr) == (0, "The database is up to date.\n", "")
    port = free_port()
    with served(tmp_path, port):
        assert answer(f"http://127.0.0.1:{port}/healthz") == (200, b"ok")
        status, page = answer(f"http://127.0.0.1:{port}/login/")
        assert (status, b'lang="zh-' in page) == (200, True)
        again = hezou(tmp_path, "run", "--port", str(port))
        assert (again.returncode, again.stderr) == (
            1,
            f"Port {port} is taken. Choose another: --port NUMBER\n",
        )
