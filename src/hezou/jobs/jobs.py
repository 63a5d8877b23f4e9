"""This room's own periodic task."""

from __future__ import annotations

from datetime import timedelta

from hezou.jobs.actions import clear
from hezou.jobs.backend import task
from hezou.kernel import clock

KEPT = timedelta(days=7)
"""How long a job that is done stays to be looked at."""


@task
def clear_done() -> None:
    """Remove jobs done long ago, and leases of workers long gone."""
    clear(clock.now() - KEPT)
