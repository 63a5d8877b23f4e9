"""What a worker makes of its jobs, and what our backend answers in the words of django-tasks."""

from __future__ import annotations

import logging
import threading
import time
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist, TaskResultMismatch

from hezou.jobs import actions
from hezou.jobs.backend import Backend
from hezou.jobs.jobs import clear_done
from hezou.jobs.models import Job
from hezou.jobs.queries import crew, dead_letters, deferred, longest_wait, ready, running
from hezou.jobs.rules import DEAD, DONE, READY, Beat
from hezou.jobs.ticking import Clock
from hezou.jobs.waking import Bell, ring
from hezou.jobs.worker import Worker
from hezou.kernel import clock
from hezou.kernel.ids import NIL, uuid7
from tests.jobs.conftest import Paper
from tests.jobs.helping import drain, later, only_job, outcomes
from tests.jobs.tasks import ask_again, fail, leave, note

pytestmark = pytest.mark.django_db


def test_run_calls_the_task_with_its_arguments(paper: Paper) -> None:
    note.enqueue(paper.path, word="one")
    assert drain() == 1
    assert (paper.words(), outcomes()) == (["one"], [DONE])


def test_run_of_a_failing_task_is_tried_again_then_buried(paper: Paper) -> None:
    result = fail.enqueue(paper.path)
    most = only_job().most_attempts
    for attempt in range(1, most + 1):
        with later(hours=2 * attempt):
            assert (drain(), drain()) == (1, 0)
    assert (only_job().outcome, only_job().attempts) == (DEAD, most)
    assert paper.words() == ["failed"] * most
    result.refresh()
    assert result.status == TaskResultStatus.FAILED
    assert [error.exception_class for error in result.errors] == [RuntimeError]


def test_error_and_log_keep_no_words_of_the_exception(paper: Paper, caplog: pytest.LogCaptureFixture) -> None:
    fail.enqueue(paper.path)
    drain()
    assert only_job().error == "builtins.RuntimeError"
    assert [record.getMessage() for record in caplog.records] == ["job failed"]
    assert "words of a text" not in logging.Formatter().format(caplog.records[0])


@pytest.mark.parametrize("path", ["tests.jobs.tasks.gone", "no_such_module.task", "hezou.jobs.rules.Beat"])
def test_task_that_this_version_does_not_know_is_named_and_the_others_run(path: str, paper: Paper) -> None:
    actions.enqueue(path)
    note.enqueue(paper.path, "one")
    drain()
    assert (paper.words(), outcomes()) == (["one"], [READY, DONE])
    assert Job.objects.get(task=path).error == "hezou.jobs.rules.UnknownTask"


def test_function_that_is_no_task_is_not_called(paper: Paper) -> None:
    actions.enqueue("tests.jobs.tasks.no_task", [paper.path])
    drain()
    assert (paper.words(), only_job().error) == ([], "hezou.jobs.rules.UnknownTask")


def test_task_that_would_end_the_process_only_fails(paper: Paper) -> None:
    leave.enqueue(paper.path)
    note.enqueue(paper.path, "one")
    drain()
    assert paper.words() == ["left", "one"]
    assert outcomes() == [READY, DONE]


def test_task_asked_for_while_it_runs_runs_again(paper: Paper) -> None:
    ask_again.using(unique_key="again").enqueue(paper.path, 3)
    assert drain() == 3
    assert (paper.words(), outcomes()) == (["run"] * 3, [DONE])


def test_round_that_broke_off_gives_its_jobs_back_first(paper: Paper) -> None:
    worker = Worker()
    note.enqueue(paper.path, "one")
    worker.held = [job.pk for job in actions.claim(worker.name, NIL, 10)]
    assert worker.round() == 1
    assert (paper.words(), only_job().attempts) == (["one"], 1)


def test_result_tells_how_the_job_stands(paper: Paper) -> None:
    hour = clock.now() + timedelta(hours=1)
    result = note.using(agency_id=uuid7(), priority=3, run_after=hour).enqueue(paper.path, "one")
    assert (result.status, result.attempts, result.is_finished) == (TaskResultStatus.READY, 0, False)
    assert (only_job().priority, only_job().run_after) == (3, hour)
    with later(hours=2):
        drain()
    result = note.get_result(result.id)
    assert (result.status, result.attempts, result.args) == (
        TaskResultStatus.SUCCESSFUL,
        1,
        [paper.path, "one"],
    )
    assert result.return_value is None
    with pytest.raises(TaskResultMismatch):
        fail.get_result(result.id)


@pytest.mark.parametrize("result_id", [str(uuid7()), "no id"], ids=["unknown", "mangled"])
def test_result_of_no_job_does_not_exist(result_id: str) -> None:
    with pytest.raises(TaskResultDoesNotExist):
        note.get_result(result_id)


def test_arguments_that_json_cannot_hold_are_refused_at_once(paper: Paper) -> None:
    with pytest.raises(TypeError):
        note.enqueue(paper.path, uuid7())  # type: ignore[arg-type]
    assert outcomes() == []


def test_backend_is_the_one_of_the_settings() -> None:
    assert isinstance(note.get_backend(), Backend)


def test_enqueue_in_a_transaction_that_is_taken_back_leaves_nothing(paper: Paper) -> None:
    with transaction.atomic():
        note.enqueue(paper.path, "one")
        transaction.set_rollback(True)
    assert outcomes() == []


def test_clear_done_keeps_a_week() -> None:
    clear_done.enqueue()
    drain()
    clear_done.call()
    assert outcomes() == [DONE]
    with later(days=8):
        clear_done.call()
    assert outcomes() == []


def test_clock_acts_alone_and_enqueues_what_is_due() -> None:
    beats = [Beat(name, note.module_path, every=timedelta(hours=1)) for name in ("one", "two")]
    first, second = Clock(beats), Clock(beats)
    assert [first.tick(), second.tick(), first.tick()] == [2, 0, 0]
    with later(hours=1):  # the first was killed, its lease has run out
        assert [second.tick(), first.tick()] == [2, 0]
    assert crew().clock == ""


def test_queues_are_told_apart(paper: Paper) -> None:
    agency_id = uuid7()
    assert longest_wait() is None
    mine, theirs, own = (
        UUID(note.using(agency_id=one).enqueue(paper.path, "x").id) for one in (agency_id, uuid7(), NIL)
    )
    Job.objects.update(outcome=DEAD, finished_at=clock.now())
    waiting = UUID(note.enqueue(paper.path, "x").id)
    since = Job.objects.get(pk=waiting).run_after
    later_on = UUID(note.using(run_after=clock.now() + timedelta(hours=1)).enqueue(paper.path, "x").id)
    assert [job.pk for job in dead_letters(agency_id)] == [own, mine]
    assert [job.pk for job in dead_letters(NIL)] == [own]
    assert ([job.pk for job in ready()], longest_wait()) == ([waiting], since)
    assert [job.pk for job in deferred()] == [later_on]
    actions.claim("alive", NIL, 10)
    assert [job.pk for job in running()] == [waiting]
    assert theirs not in {job.pk for job in dead_letters(agency_id)}


def test_bell_wakes_at_once_and_otherwise_in_time() -> None:
    bell = Bell()
    try:
        threading.Timer(0.2, ring).start()
        begun = time.monotonic()
        bell.wait(30)
        assert time.monotonic() - begun < 10
        bell.wait(0.01)  # nobody rang since
    finally:
        bell.close()


def test_ring_without_a_listener_is_no_error() -> None:
    ring()
