"""Tasks the tests enqueue."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from uuid import UUID

from hezou.audit.models import Deed
from hezou.jobs.backend import task
from hezou.kernel import clock
from hezou.kernel.ids import NIL


@task
def rest() -> None:
    """Do nothing."""


@task
def note(path: str, word: str) -> None:
    """Append a word to a file; what a task did is looked up there."""
    with Path(path).open("a", encoding="utf-8") as file:
        file.write(f"{word}\n")


@task
def fail(path: str) -> None:
    """Fail with words that must not be kept."""
    note.call(path, "failed")
    raise RuntimeError("words of a text")


@task
def leave(path: str) -> None:
    """Try to take the worker along."""
    note.call(path, "left")
    sys.exit(3)


@task
def ask_again(path: str, times: int) -> None:
    """Ask for itself again while it runs, until it has run so often."""
    note.call(path, "run")
    if len(Path(path).read_text(encoding="utf-8").split()) < times:
        ask_again.using(unique_key="again").enqueue(path, times)


def no_task(path: str) -> None:
    """An ordinary function, which no job may name."""
    note.call(path, "called")


@task
def leave_row(deed: str) -> None:
    """Leave one row for good and all, however often it is run."""
    Deed.objects.get_or_create(agency_id=NIL, actor_id=NIL, deed=UUID(deed), defaults={"at": clock.now()})


@task
def mark(path: str, deed: str) -> None:
    """As `leave_row`; the paper shows how often it was run."""
    note.call(path, deed)
    leave_row.call(deed)


@task
def mark_and_wait(path: str, deed: str, seconds: float) -> None:
    """Leave its row in a transaction, and take its time before and after."""
    note.call(path, "begun")
    time.sleep(seconds)
    mark.call(path, deed)
    time.sleep(seconds)
