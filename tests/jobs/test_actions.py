"""Claiming, leasing, failing, dead letters, fairness."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

import pytest

from hezou.jobs import actions
from hezou.jobs.models import Job, Slot
from hezou.jobs.rules import DEAD, DONE, LEASE, READY, RUNNING, Beat
from hezou.jobs.worker import Worker
from hezou.kernel import clock
from hezou.kernel.ids import NIL, uuid7

pytestmark = pytest.mark.django_db
NOTE, FAIL = "tests.jobs.tasks.note", "tests.jobs.tasks.fail"


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    return tmp_path / "paper"


def words(paper: Path) -> list[str]:
    return paper.read_text(encoding="utf-8").split() if paper.exists() else []


def drain() -> int:
    worker, done = Worker(), 0
    while count := worker.round():
        done += count
    return done


def later(**ahead: float) -> AbstractContextManager[None]:
    return clock.moved_to(clock.now() + timedelta(**ahead))


def outcomes() -> list[str]:
    return list(Job.objects.order_by("id").values_list("outcome", flat=True))


def test_enqueue_then_run(paper: Path) -> None:
    actions.enqueue(NOTE, str(paper), word="one")
    assert drain() == 1
    assert (words(paper), outcomes()) == (["one"], [DONE])


def test_enqueue_with_unique_key_gives_the_open_job(paper: Path) -> None:
    first = actions.enqueue(NOTE, str(paper), "one", unique_key="k")
    assert actions.enqueue(NOTE, str(paper), "two", unique_key="k").pk == first.pk
    drain()
    assert actions.enqueue(NOTE, str(paper), "two", unique_key="k").pk != first.pk


def test_run_after_is_waited_for(paper: Path) -> None:
    actions.enqueue(NOTE, str(paper), "one", run_after=clock.now() + timedelta(hours=1))
    assert drain() == 0
    with later(hours=2):
        assert drain() == 1


def test_higher_priority_runs_first(paper: Path) -> None:
    actions.enqueue(NOTE, str(paper), "low")
    actions.enqueue(NOTE, str(paper), "high", priority=5)
    drain()
    assert words(paper) == ["high", "low"]


def test_failed_job_waits_longer_each_time_then_lies_among_the_dead(paper: Path) -> None:
    job = actions.enqueue(FAIL, str(paper))
    for attempt in range(1, job.most_attempts + 1):
        with later(hours=2 * attempt):
            assert drain() == 1
    job.refresh_from_db()
    assert (job.outcome, job.attempts, job.error) == (DEAD, job.most_attempts, "RuntimeError")
    assert words(paper) == ["failed"] * job.most_attempts


def test_failed_job_is_not_run_again_at_once(paper: Path) -> None:
    actions.enqueue(FAIL, str(paper))
    assert (drain(), drain()) == (1, 0)


def test_unknown_task_fails_alone(paper: Path) -> None:
    actions.enqueue("tests.jobs.tasks.gone")
    actions.enqueue(NOTE, str(paper), "one")
    drain()
    assert (words(paper), outcomes()) == (["one"], [READY, DONE])


def test_retry_gives_a_dead_letter_all_its_attempts(paper: Path) -> None:
    job = actions.enqueue(NOTE, str(paper), "one")
    Job.objects.update(outcome=DEAD, attempts=6)
    assert actions.retry(job)
    assert not actions.retry(job)
    drain()
    assert words(paper) == ["one"]


def test_retry_of_work_that_is_open_again_is_refused(paper: Path) -> None:
    job = actions.enqueue(NOTE, str(paper), "one", unique_key="k")
    Job.objects.update(outcome=DEAD)
    actions.enqueue(NOTE, str(paper), "one", unique_key="k")
    assert not actions.retry(job)


def test_reclaim_takes_back_what_a_killed_worker_held(paper: Path) -> None:
    actions.enqueue(NOTE, str(paper), "one")
    assert len(actions.claim("killed", NIL, 10)) == 1
    assert actions.reclaim() == 0
    with later(seconds=LEASE.total_seconds() + 1):
        assert actions.reclaim() == 1
        drain()
    assert words(paper) == ["one"]


def test_reclaim_buries_what_kills_its_worker_each_time(paper: Path) -> None:
    job = actions.enqueue(NOTE, str(paper), "one")
    for attempt in range(1, job.most_attempts + 1):
        with later(hours=attempt):
            assert len(actions.claim("killed", NIL, 1)) == 1
        with later(hours=attempt, minutes=5):
            actions.reclaim()
    assert outcomes() == [DEAD]


def test_heartbeat_keeps_the_lease() -> None:
    actions.enqueue(NOTE, "x", "one")
    job = actions.claim("alive", NIL, 1)[0]
    with later(seconds=50):
        assert actions.renew("alive", [job.pk]) == 1
    with later(seconds=70):
        assert actions.reclaim() == 0


def test_finish_after_the_lease_was_lost_changes_nothing() -> None:
    actions.enqueue(NOTE, "x", "one")
    job = actions.claim("slow", NIL, 1)[0]
    with later(seconds=70):
        actions.reclaim()
        actions.claim("other", NIL, 1)
        assert not actions.finish(job, "slow")
        actions.fail(job, "slow", "Late")
    assert Job.objects.get().worker == "other"
    assert outcomes() == [RUNNING]


def test_release_counts_no_attempt() -> None:
    actions.enqueue(NOTE, "x", "one")
    job = actions.claim("stopping", NIL, 1)[0]
    actions.release("stopping", [job.pk])
    job.refresh_from_db()
    assert (job.outcome, job.attempts) == (READY, 0)


def test_busy_agency_does_not_starve_another(paper: Path) -> None:
    busy, quiet = sorted([uuid7(), uuid7()])
    for _ in range(50):
        actions.enqueue(NOTE, str(paper), "busy", agency_id=busy)
    actions.enqueue(NOTE, str(paper), "quiet", agency_id=quiet)
    drain()
    assert words(paper).index("quiet") == 20  # after one batch of the busy one, not after all fifty


def test_clear_removes_done_jobs_only(paper: Path) -> None:
    actions.enqueue(NOTE, str(paper), "one")
    drain()
    actions.enqueue(NOTE, str(paper), "two")
    with later(days=8):
        assert actions.clear(clock.now() - timedelta(days=7)) == 1
    assert outcomes() == [READY]


def test_second_clock_does_not_act() -> None:
    assert actions.hold("clock", "one")
    assert not actions.hold("clock", "two")
    assert actions.hold("clock", "one")
    actions.let_go("clock", "one")
    with later(seconds=1):
        assert actions.hold("clock", "two")


def test_lease_of_a_killed_clock_runs_out() -> None:
    assert actions.hold("clock", "killed")
    with later(seconds=61):
        assert actions.hold("clock", "next")


def test_beat_enqueues_once_a_slot(paper: Path) -> None:
    hourly = Beat("hourly", NOTE, every=timedelta(hours=1))
    assert [actions.beat(hourly), actions.beat(hourly)] == [True, False]
    assert Job.objects.count() == 1


def test_beat_after_a_week_of_outage_enqueues_once() -> None:
    hourly = Beat("hourly", NOTE, every=timedelta(hours=1))
    with later(days=-7):
        actions.beat(hourly)
    Job.objects.all().delete()
    assert [actions.beat(hourly), actions.beat(hourly)] == [True, False]
    assert Slot.objects.get().last == hourly.slot(clock.now())
