"""Workers, clocks and askers killed (-9) at every step: nothing is lost, nothing is doubled."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from hezou.audit.models import Deed
from hezou.jobs import actions
from hezou.jobs.models import Job, Lease, Slot
from hezou.jobs.rules import DONE, Beat
from hezou.jobs.ticking import Clock
from hezou.kernel import clock
from hezou.kernel.ids import NIL, uuid7
from tests.jobs.conftest import Paper
from tests.jobs.helping import drain, later, outcomes
from tests.jobs.tasks import mark
from tests.support.killing import kill_at_each_step
from tests.support.processes import race

pytestmark = pytest.mark.process
BEATS = [Beat(name, mark.module_path, every=timedelta(days=1)) for name in ("one", "two")]
JOBS = 3


def clean(*papers: str) -> None:
    """As before the first job."""
    for table in (Job, Lease, Slot, Deed):
        table.objects.all().delete()
    for paper in papers:
        Path(paper).unlink(missing_ok=True)


def worker_killed(paper: str) -> list[Any]:
    """Step → how the jobs stand, how many rows they left, how often each ran, once a second worker came."""

    def prepare() -> None:
        clean(paper)
        for _ in range(JOBS):
            mark.enqueue(paper, str(uuid7()))

    left = []
    for step in kill_at_each_step(prepare, drain):
        with later(minutes=2):
            drain()
        runs = sorted(Counter(Paper(Path(paper)).words()).values())
        left.append((step, outcomes(), Deed.objects.count(), runs))
    return left


def clock_killed() -> list[Any]:
    """Step → how often each beat was asked for, once a second clock came."""
    left = []
    for step in kill_at_each_step(clean, lambda: Clock(BEATS).tick()):
        with later(minutes=2):
            second = Clock(BEATS)
            second.tick()
            second.tick()
        left.append((step, sorted(str(job.unique_key) for job in Job.objects.all())))
    return left


def asker_killed() -> list[Any]:
    """Step → how many deeds and how many jobs are left of an act that makes one of each."""

    def act() -> None:
        with transaction.atomic():
            Deed.objects.create(agency_id=NIL, actor_id=NIL, deed=uuid7(), at=clock.now())
            mark.using(unique_key="k").enqueue("/nowhere", str(uuid7()))

    return [(step, Deed.objects.count(), Job.objects.count()) for step in kill_at_each_step(clean, act)]


def tick_together() -> int:
    """A clock's tick, with the lease out of the way: it only spares work."""
    return sum([actions.beat(beat) for beat in BEATS])


def work() -> int:
    return drain()


def join(paper: str) -> str:
    return mark.using(unique_key="one").enqueue(paper, str(uuid7())).id


def test_worker_killed_at_any_step_loses_and_doubles_nothing(transactional_db: None, paper: Paper) -> None:
    left = race(__file__, ("worker_killed", paper.path))[0]
    assert len(left) >= 20
    assert [row for row in left if row[1:3] != [[DONE] * JOBS, JOBS]] == []
    # Only the job that was under way ran twice; its neighbours of the same batch did not.
    assert [row for row in left if row[3] not in ([1, 1, 1], [1, 1, 2])] == []
    assert [1, 1, 2] in [row[3] for row in left]


def test_clock_killed_at_any_step_asks_once_for_each_beat(transactional_db: None) -> None:
    left = race(__file__, ("clock_killed",))[0]
    assert len(left) >= 10
    assert [row for row in left if row[1] != ["beat:one", "beat:two"]] == []


def test_asker_killed_at_any_step_leaves_the_deed_with_its_job_or_neither(transactional_db: None) -> None:
    left = race(__file__, ("asker_killed",))[0]
    assert len(left) >= 5
    assert [row for row in left if row[1:] not in ([0, 0], [1, 1])] == []


def test_two_clocks_at_once_ask_once_for_each_beat(transactional_db: None) -> None:
    assert sum(race(__file__, ("tick_together",), ("tick_together",))) == len(BEATS)
    assert Job.objects.count() == len(BEATS)
    assert not Job.objects.filter(again=True).exists()


def test_two_askers_of_one_key_get_one_job(transactional_db: None, paper: Paper) -> None:
    ids = race(__file__, *[("join", paper.path)] * 2)
    assert ids == [str(Job.objects.get().pk)] * 2


def test_two_workers_at_once_run_every_job_once(transactional_db: None, paper: Paper) -> None:
    for _ in range(200):
        mark.enqueue(paper.path, str(uuid7()))
    assert sum(race(__file__, ("work",), ("work",))) == 200
    assert sorted(Counter(paper.words()).values()) == [1] * 200
