"""Races: functions of a test module run in processes of their own, let go at the same moment.

    def press(piece: str, person: str) -> str: ...        # at the test module's top level

    def test_...(transactional_db):
        answers = race(__file__, ("press", piece, first), ("press", piece, second))

Arguments and answers travel as JSON. The database is the test's own, so what the processes are to see
must be committed: use `transactional_db`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import closing
from importlib import util
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db import connection

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS = 60


class Died(AssertionError):
    """A process ended without an answer; the message is what it wrote on its error stream."""


class Child:
    """One process, waiting at the line."""

    def __init__(self, module: str, function: str, arguments: tuple[Any, ...]) -> None:
        call = json.dumps([module, function, arguments])
        self.process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "tests.support.processes", call],
            cwd=ROOT,
            env={**os.environ, **environment()},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def wait_at_line(self) -> None:
        """Returns once the process has loaded everything and stands at the line."""
        assert self.process.stdout is not None
        if self.process.stdout.readline() != "ready\n":
            raise Died(self.process.communicate(timeout=SECONDS)[1])

    def go(self) -> None:
        """Let it run."""
        assert self.process.stdin is not None
        self.process.stdin.write("go\n")
        self.process.stdin.flush()

    def answer(self) -> Any:
        """What the function returned."""
        out, complaints = self.process.communicate(timeout=SECONDS)
        if self.process.returncode != 0:
            raise Died(complaints)
        return json.loads(out)


def race(module: str, *calls: tuple[Any, ...]) -> list[Any]:
    """Run `(function, *arguments)` of the module (its `__file__`) at once; their answers in order.

    Raises Died when a process ended without an answer, an uncaught exception included.
    """
    children = [Child(module, function, tuple(arguments)) for function, *arguments in calls]
    try:
        for child in children:
            child.wait_at_line()
        for child in children:
            child.go()
        return [child.answer() for child in children]
    finally:
        for child in children:
            child.process.kill()
            child.process.wait()


def environment() -> dict[str, str]:
    """How a child finds the test's own database and this tree's sources."""
    place = connection.settings_dict
    url = (
        f"sqlite:///{place['NAME']}"
        if connection.vendor == "sqlite"
        else f"postgresql://{place['USER']}@/{place['NAME']}?host={quote(place['HOST'])}"
    )
    return {
        "DJANGO_SETTINGS_MODULE": "tests.support.settings",
        "HEZOU_TEST_DATABASE": url,
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }


def main(call: str) -> None:
    """The child's side: load, say `ready`, wait for the word, run, answer."""
    import django  # only the child sets Django up by hand

    django.setup()
    path, function, arguments = json.loads(call)
    spec = util.spec_from_file_location("raced", path)
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    with closing(connection):
        connection.ensure_connection()
        print("ready", flush=True)
        sys.stdin.readline()
        print(json.dumps(getattr(module, function)(*arguments)))


if __name__ == "__main__":
    main(sys.argv[1])
