"""Processes that are killed (-9) at every step they take in the database.

    for step in kill_at_each_step(prepare, body):
        ...                     # what is left, and what the next process makes of it

To be called in a process of its own, which `tests.support.processes.race` gives: it forks.
"""

from __future__ import annotations

import os
import signal
import traceback
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection, connections


def kill_at_each_step(prepare: Callable[[], None], body: Callable[[], object]) -> Iterator[str]:
    """Prepare, then run `body` in a process killed before, or after, its n-th statement; for every n.

    Gives the step's name after each death. Ends with the first `body` that was not killed.
    """
    number = 0
    while True:
        number += 1
        for moment in ("before", "after"):
            prepare()
            connections.close_all()
            if not _dies(body, number, moment):
                return
            yield f"{moment} statement {number}"


def _dies(body: Callable[[], object], number: int, moment: str) -> bool:
    """Run it in a fork; whether it was killed. Raises AssertionError when it ended in any other way."""
    child = os.fork()
    if child == 0:
        _run(body, number, moment)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in {0, -signal.SIGKILL}, f"{moment} statement {number}: ended with {status}"
    return status != 0


def _run(body: Callable[[], object], number: int, moment: str) -> None:
    seen = 0

    def step(execute: Callable[..., Any], *arguments: Any) -> Any:
        nonlocal seen
        seen += 1
        if (seen, moment) == (number, "before"):
            os.kill(os.getpid(), signal.SIGKILL)
        answer = execute(*arguments)
        if (seen, moment) == (number, "after"):
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    try:
        with connection.execute_wrapper(step):
            body()
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)
