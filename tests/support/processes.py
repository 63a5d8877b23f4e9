"""Races: functions of a test module run in processes of their own, let go at the same moment.

    def press(piece: str, person: str) -> str: ...        # at the test module's top level

    def test_...(transactional_db):
        answers = race(__file__, ("press", piece, first), ("press", piece, second))

Arguments and answers travel as JSON. The database is the test's own, so what the processes are to see
must be committed: use `transactional_db`. The processes are forked from a server that has everything
loaded and no connection open: a child stands at the line in milliseconds.
"""

from __future__ import annotations

import json
import os
import traceback
from contextlib import closing
from functools import cache
from importlib import import_module, util
from multiprocessing import forkserver, get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db import connection

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS = 60
LOADED = "tests.support.loaded"


class Died(AssertionError):
    """A process ended without an answer; the message is what it complained of."""


class Child:
    """One process, waiting at the line."""

    def __init__(self, module: str, function: str, arguments: tuple[Any, ...]) -> None:
        context = forks()
        self._line, its_end = context.Pipe()
        call = json.dumps([module, function, arguments])
        self.process = context.Process(target=run, args=(its_end, call), daemon=True)
        self.process.start()
        its_end.close()

    def wait_at_line(self) -> None:
        """Returns once the process has loaded everything and stands at the line."""
        self._told()

    def go(self) -> None:
        """Let it run."""
        self._line.send("go")

    def answer(self) -> Any:
        """What the function returned."""
        return json.loads(self._told())

    def end(self) -> None:
        """Kill it if it still runs."""
        self.process.kill()
        self.process.join()
        self._line.close()

    def _told(self) -> str:
        """What the child says next; raises Died when it has complained, ended or said nothing in time."""
        try:
            complaint, words = self._line.recv() if self._line.poll(SECONDS) else ("no word in time", "")
        except EOFError:
            self.process.join()
            complaint, words = f"ended with {self.process.exitcode}", ""
        if complaint:
            raise Died(complaint)
        return str(words)


@cache
def forks() -> ForkServerContext:
    """The server that children are forked from, started in the environment of this tree and database."""
    context = get_context("forkserver")
    context.set_forkserver_preload([LOADED])
    before = dict(os.environ)
    os.environ.update(environment())
    try:
        forkserver.ensure_running()
    finally:
        os.environ.clear()
        os.environ.update(before)
    return context


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
            child.end()


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


def run(line: Connection, call: str) -> None:
    """The child's side: load, say so, wait for the word, run, answer."""
    try:
        import_module(LOADED)
        path, function, arguments = json.loads(call)
        spec = util.spec_from_file_location("raced", path)
        assert spec is not None
        assert spec.loader is not None
        module = util.module_from_spec(spec)
        spec.loader.exec_module(module)
        with closing(connection):
            connection.ensure_connection()
            line.send(("", "ready"))
            line.recv()
            line.send(("", json.dumps(getattr(module, function)(*arguments))))
    except BaseException:
        line.send((traceback.format_exc(), ""))
