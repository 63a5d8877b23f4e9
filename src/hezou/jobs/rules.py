"""Back-off, leases and slots: pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

READY, RUNNING, DONE, DEAD = "ready", "running", "done", "dead"
OUTCOMES = {READY: "Ready", RUNNING: "Running", DONE: "Done", DEAD: "Dead letter"}

LEASE = timedelta(seconds=60)
HEARTBEAT = LEASE / 4
ATTEMPTS = 6
_FIRST_WAIT = timedelta(seconds=5)
_LONGEST_WAIT = timedelta(hours=1)


def wait_after(attempts: int) -> timedelta:
    """How long a job waits after its n-th failed attempt (n from 1): 5 s, 20 s, 80 s, … at most an hour."""
    if attempts < 1:
        raise ValueError("attempts are counted from 1")
    return min(_FIRST_WAIT * 4 ** min(attempts - 1, 10), _LONGEST_WAIT)


@dataclass(frozen=True)
class Beat:
    """A periodic task: due at every multiple of `every` after `offset` past midnight UTC."""

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

    A clock that was set back (last slot in the future) owes nothing until it has caught up.
    """
    return last is None or beat.slot(now) > last
