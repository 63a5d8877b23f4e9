"""Short ways of saying what the tests of jobs do again and again."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import timedelta

from hezou.jobs.models import Job
from hezou.jobs.worker import Worker
from hezou.kernel import clock


def drain() -> int:
    """Run what is ready; how many jobs were run."""
    worker, done = Worker(), 0
    while count := worker.round():
        done += count
    return done


def later(**ahead: float) -> AbstractContextManager[None]:
    """Within the block the clock is ahead by so many hours, minutes, seconds."""
    return clock.moved_to(clock.now() + timedelta(**ahead))


def outcomes() -> list[str]:
    """How every job stands, oldest first."""
    return list(Job.objects.order_by("id").values_list("outcome", flat=True))


def only_job() -> Job:
    return Job.objects.get()
