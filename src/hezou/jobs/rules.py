"""Back-off, leases and slots: pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

READY, RUNNING, DONE, DEAD = "ready", "running", "done", "dead"

LEASE = timedelta(seconds=60)
HEARTBEAT = LEASE / 4
SLACK = timedelta(minutes=5)
"""By how much the clocks of two machines may differ."""
ACTING, ALIVE = "clock", "worker:"
"""Name of the lease of the acting clock; begin of the names of those by which workers show they are alive."""
ATTEMPTS = 6
_FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=1)


class LeaseLost(Exception):
    """The error of a job whose worker was killed, or was silent for a whole lease."""


class UnknownTask(Exception):
    """The error of a job whose task this version of the program does not know."""


def wait_after(attempts: int) -> timedelta:
    """How long a job waits after its n-th failed attempt (n from 1): 5 s, 20 s, 80 s, … at most an hour."""
    if attempts < 1:
        raise ValueError("attempts are counted from 1")
    return min(_FIRST_WAIT * 4 ** min(attempts - 1, 10), LONGEST_WAIT)


def name_of(error: type[BaseException]) -> str:
    """The dotted path of an exception's class: all that is kept of an error."""
    return f"{error.__module__}.{error.__qualname__}"


@dataclass(frozen=True)
class Beat:
    """A periodic task (its dotted path), due at every multiple of `every` past midnight UTC plus `offset`."""

    name: str
    task: str
    every: timedelta
    offset: timedelta = timedelta()

    def slot(self, now: datetime) -> datetime:
        """The latest instant at or before `now` at which the task was due."""
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        first = midnight - timedelta(days=1) + self.offset
        return first + ((now - first) // self.every) * self.every


def is_due(beat: Beat, last: datetime | None, now: datetime) -> bool:
    """Whether the task is owed a run: a slot passed since the last one. An outage owes one run, not many.

    A clock that was set back (last slot in the future) owes nothing until it has caught up, but waits one
    period at most.
    """
    return last is None or beat.slot(now) > last or last - now > beat.every
