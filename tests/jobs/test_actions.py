"""Claiming, leasing, failing, dead letters, fairness."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from hezou.jobs import actions
from hezou.jobs.models import Job, Lease, Slot
from hezou.jobs.rules import DEAD, DONE, LEASE, READY, RUNNING, Beat
from hezou.kernel import clock
from hezou.kernel.ids import NIL, uuid7
from tests.jobs.conftest import Paper
from tests.jobs.helping import drain, later, only_job, outcomes
from tests.jobs.tasks import note

pytestmark = pytest.mark.django_db
HOURLY = Beat("hourly", note.module_path, every=timedelta(hours=1))


def ask(word: str = "one", **options: Any) -> UUID:
    """A job whose only trace is its row."""
    return UUID(note.using(**options).enqueue("/nowhere", word).id)


def held(worker: str = "alive") -> Job:
    """The one job there is, claimed."""
    return actions.claim(worker, NIL, 1)[0]


def test_enqueue_with_a_key_gives_the_open_job() -> None:
    first = ask(unique_key="k")
    assert ask(unique_key="k") == first
    assert ask(unique_key="other") != first


def test_enqueue_with_the_key_of_another_agency_gives_a_new_job() -> None:
    assert ask(unique_key="k", agency_id=uuid7()) != ask(unique_key="k", agency_id=uuid7())


def test_enqueue_with_the_key_of_a_job_that_is_done_gives_a_new_one() -> None:
    first = ask(unique_key="k")
    actions.finish(held(), "alive")
    assert ask(unique_key="k") != first
    assert outcomes() == [DONE, READY]


def test_enqueue_while_the_job_runs_makes_it_run_again() -> None:
    first = ask(unique_key="k")
    job = held()
    assert ask(unique_key="k") == first
    assert actions.finish(job, "alive")
    assert outcomes() == [READY]
    assert actions.finish(held(), "alive")
    assert outcomes() == [DONE]


def test_enqueue_while_the_last_attempt_fails_gives_another_one() -> None:
    ask(unique_key="k")
    Job.objects.update(attempts=only_job().most_attempts - 1)
    job = held()
    ask(unique_key="k")
    actions.fail(job, "alive", "Last")
    assert outcomes() == [READY]
    with later(hours=2):
        actions.fail(held(), "alive", "Last")
    assert outcomes() == [DEAD]


def test_claim_waits_for_the_hour_named() -> None:
    ask(run_after=clock.now() + timedelta(hours=1))
    assert actions.claim("alive", NIL, 1) == []
    with later(hours=2):
        assert len(actions.claim("alive", NIL, 1)) == 1


def test_claim_takes_higher_priority_first() -> None:
    ask()
    high = ask(priority=5)
    assert held().pk == high


def test_claim_takes_what_was_tried_before_alone() -> None:
    ids = [ask() for _ in range(3)]
    assert [job.pk for job in actions.claim("killed", NIL, 10)] == ids
    with later(seconds=LEASE.total_seconds() + 1):
        actions.reclaim()
        ask()
        taken = [[job.pk for job in actions.claim("next", NIL, 10)] for _ in range(4)]
    assert [len(batch) for batch in taken] == [1, 1, 1, 1]
    assert [batch[0] for batch in taken[:3]] == ids


def test_busy_agency_does_not_starve_another(paper: Paper) -> None:
    busy, quiet = sorted([uuid7(), uuid7()])
    for _ in range(50):
        note.using(agency_id=busy).enqueue(paper.path, "busy")
    note.using(agency_id=quiet).enqueue(paper.path, "quiet")
    drain()
    assert paper.words().index("quiet") == 20  # after one batch of the busy one, not after all fifty


def test_failed_job_waits_and_keeps_the_name_of_its_error() -> None:
    ask()
    actions.fail(held(), "alive", "builtins.ValueError")
    job = only_job()
    assert (job.outcome, job.error, job.attempts, job.lease_until) == (READY, "builtins.ValueError", 1, None)
    assert actions.claim("alive", NIL, 1) == []


def test_retry_gives_a_dead_letter_all_its_attempts() -> None:
    ask()
    Job.objects.update(outcome=DEAD, attempts=6)
    assert actions.retry(only_job())
    assert not actions.retry(only_job())
    assert held().attempts == 1


def test_retry_of_work_that_is_open_again_is_refused() -> None:
    ask(unique_key="k")
    Job.objects.update(outcome=DEAD)
    dead = only_job()
    ask(unique_key="k")
    assert not actions.retry(dead)


def test_drop_gives_up_a_dead_letter_only() -> None:
    ask()
    assert not actions.drop(only_job())
    Job.objects.update(outcome=DEAD)
    assert actions.drop(only_job())
    assert outcomes() == []


def test_reclaim_takes_back_what_a_killed_worker_held() -> None:
    ask()
    held("killed")
    assert actions.reclaim() == 0
    with later(seconds=LEASE.total_seconds() + 1):
        assert actions.reclaim() == 1
        assert held().attempts == 2


def test_reclaim_buries_what_kills_its_worker_each_time() -> None:
    ask()
    for attempt in range(1, only_job().most_attempts + 1):
        with later(hours=attempt):
            held("killed")
        with later(hours=attempt, minutes=3):
            actions.reclaim()
    job = only_job()
    assert (job.outcome, job.error) == (DEAD, "hezou.jobs.rules.LeaseLost")


def test_heartbeat_keeps_the_lease() -> None:
    ask()
    job = held()
    with later(seconds=50):
        assert actions.renew("alive", [job.pk]) == 1
    with later(seconds=70):
        assert actions.reclaim() == 0


def test_finish_after_the_lease_was_lost_changes_nothing() -> None:
    ask()
    job = held("slow")
    with later(seconds=70):
        actions.reclaim()
        held("other")
        assert not actions.finish(job, "slow")
        actions.fail(job, "slow", "Late")
        actions.release("slow", [job.pk])
    assert (only_job().worker, only_job().outcome, only_job().attempts) == ("other", RUNNING, 2)


def test_release_counts_no_attempt() -> None:
    ask()
    actions.release("alive", [held().pk])
    assert (only_job().outcome, only_job().attempts) == (READY, 0)


def test_setback_of_a_day_reclaims_what_a_killed_worker_held() -> None:
    with later(days=1):
        ask()
        held("killed")
    assert actions.reclaim() == 1
    assert held().attempts == 2


def test_setback_of_a_day_runs_what_was_meant_for_at_once() -> None:
    hour = clock.now() + timedelta(days=2)
    with later(days=1):
        ask()
        named = ask(run_after=hour)
        ask("failed")
        failed = actions.claim("alive", NIL, 2)[1]
        actions.release("alive", list(Job.objects.values_list("pk", flat=True)))
        Job.objects.filter(pk=failed.pk).update(attempts=1, run_after=clock.now() + timedelta(hours=1))
    assert actions.after_setback() == 2
    assert actions.after_setback() == 0
    assert list(Job.objects.filter(run_after=hour).values_list("pk", flat=True)) == [named]
    assert len(actions.claim("alive", NIL, 10)) == 1


def test_setback_of_a_day_frees_the_lease_of_a_killed_clock() -> None:
    with later(days=1):
        assert actions.hold("clock", "killed")
    assert actions.hold("clock", "next")


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


def test_beat_enqueues_once_a_slot() -> None:
    assert [actions.beat(HOURLY), actions.beat(HOURLY)] == [True, False]
    assert (only_job().task, only_job().unique_key) == (note.module_path, "beat:hourly")
    with later(hours=1):
        assert [actions.beat(HOURLY), actions.beat(HOURLY)] == [True, False]


def test_beat_after_a_week_of_outage_enqueues_once() -> None:
    with later(days=-7):
        actions.beat(HOURLY)
    Job.objects.all().delete()
    assert [actions.beat(HOURLY), actions.beat(HOURLY)] == [True, False]
    assert Slot.objects.get().last == HOURLY.slot(clock.now())


def test_beat_after_a_setback_of_a_year_does_not_wait_for_a_year() -> None:
    with later(days=365):
        actions.beat(HOURLY)
    assert [actions.beat(HOURLY), actions.beat(HOURLY)] == [True, False]


def test_clear_removes_what_is_done_and_leases_run_out() -> None:
    ask()
    actions.finish(held(), "alive")
    ask()
    actions.hold("worker:gone", "gone")
    with later(days=8):
        actions.hold("worker:here", "here")
        assert actions.clear(clock.now() - timedelta(days=7)) == 2
    assert outcomes() == [READY]
    assert list(Lease.objects.values_list("name", flat=True)) == ["worker:here"]
