"""What the benchmarks share: an engine with its ordinary durability, statements counted, figures told.

Every benchmark is a program that prints one JSON object, figure → value, unit, queries, command. Called with
the name of an engine it measures that one; without, both, each in a process of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

ROOT = Path(__file__).resolve().parent.parent
ENGINES = ("sqlite", "postgresql")
Figures = dict[str, dict[str, Any]]


def figure(value: float, unit: str, command: str, queries: float | None = None) -> dict[str, Any]:
    """One line of the results; `queries` where statements were counted."""
    told: dict[str, Any] = {"value": value, "unit": unit, "command": command}
    return told if queries is None else {**told, "queries": queries}


def on_both(program: str, *words: str) -> Figures:
    """The figures of both engines, each measured by a process of its own."""
    found: Figures = {}
    for engine in ENGINES:
        found |= told_by([sys.executable, program, engine, *words])
    return found


def told_by(command: Sequence[str]) -> Figures:
    """What a program prints as JSON; its complaints go to the terminal."""
    told = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    figures: Figures = json.loads(told.stdout)
    return figures


@contextmanager
def serve(engine: str) -> Iterator[str]:
    """The engine's server with its ordinary durability and an empty database; its address ('' on SQLite)."""
    if engine == "sqlite":
        yield ""
        return
    sys.path.insert(0, str(ROOT))
    os.environ["HEZOU_TEST_ENGINE"] = engine
    from tests.support import engine as server  # the path and the engine come first

    os.environ.pop(server.FOLDER, None)
    server.OPTIONS = {"listen_addresses": ""}
    server.start()
    try:
        with psycopg.connect(server.database_url("postgres"), autocommit=True) as there:
            there.execute("CREATE DATABASE hezou")
        yield server.database_url()
    finally:
        server.stop()


@contextmanager
def tables(engine: str, *, keep: bool = False) -> Iterator[None]:
    """Django set up on the engine with fresh tables, as it is installed: nothing is spared on a crash.

    With `keep` the tables stay in the folder that HEZOU_TEST_FOLDER names.
    """
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    os.environ.update(HEZOU_TEST_ENGINE=engine, DJANGO_SETTINGS_MODULE="tests.support.settings")
    from tests.support import engine as server  # the path and the engine come first

    if server.FOLDER not in os.environ or not (server.folder() / "data" / "postmaster.pid").exists():
        server.OPTIONS = {"listen_addresses": ""}
        server.start()
    import django  # only once the engine runs
    from django.conf import settings  # beside it
    from django.test.utils import setup_databases, teardown_databases  # beside it

    django.setup()
    settings.ALLOWED_HOSTS = ["*"]
    made = setup_databases(verbosity=0, interactive=False, keepdb=keep)
    try:
        yield
    finally:
        if not keep:
            teardown_databases(made, verbosity=0)


class Statements(list[str]):
    """Statements in the order in which they ran, and how many milliseconds they took together."""

    took = 0.0


@contextmanager
def statements() -> Iterator[Statements]:
    """Every statement that reads or writes rows; not the beginning and the end of transactions."""
    from django.db import connection  # Django is set up by now

    seen = Statements()

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if not sql.startswith("BEGIN"):
            seen.append(sql)
        begun = time.perf_counter()
        try:
            return execute(sql, *rest)
        finally:
            seen.took += (time.perf_counter() - begun) * 1000

    with connection.execute_wrapper(note):
        yield seen


def p95(times: Sequence[float]) -> float:
    """The time that 95 of a hundred stay under; rounded up to one that was measured."""
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.95))]
