"""The database gone for a while under a working worker and a ticking clock: waited for, nothing lost."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from hezou.audit.models import Deed
from hezou.jobs.models import Job
from hezou.jobs.rules import DONE, Beat
from hezou.jobs.ticking import Clock
from hezou.jobs.worker import Worker
from hezou.kernel.ids import uuid7
from tests.jobs.conftest import Paper
from tests.jobs.tasks import mark_and_wait, rest
from tests.support.outage import breakable, reach
from tests.support.processes import Child
from tests.support.running import until

pytestmark = pytest.mark.process
OFTEN = Beat("often", rest.module_path, every=timedelta(milliseconds=200))


def work(where: str, stop: str) -> None:
    reach(where)
    worker = Worker()
    stop_on(stop, worker.stop)
    worker.run()


def tick(where: str, stop: str) -> None:
    reach(where)
    clock = Clock([OFTEN])
    stop_on(stop, clock.stop)
    clock.run()


def stop_on(sign: str, stop: Callable[[], None]) -> None:
    """Stop once a file is there."""

    def watch() -> None:
        until(Path(sign).exists)
        stop()

    threading.Thread(target=watch, daemon=True).start()


def test_worker_outlives_an_outage_in_the_middle_of_a_task(
    transactional_db: None, paper: Paper, tmp_path: Path
) -> None:
    deeds = [str(uuid7()) for _ in range(3)]
    for deed in deeds:
        mark_and_wait.enqueue(paper.path, deed, 1.0)
    with breakable() as (where, outage):
        child = Child(__file__, "work", (where, str(tmp_path / "stop")))
        child.wait_at_line()
        child.go()
        until(lambda: "begun" in paper.words())
        with outage():
            time.sleep(4)
        until(lambda: set(Job.objects.values_list("outcome", flat=True)) == {DONE})
        (tmp_path / "stop").touch()
        child.answer()
    assert sorted(str(deed) for deed in Deed.objects.values_list("deed", flat=True)) == sorted(deeds)


def test_clock_outlives_an_outage(transactional_db: None, tmp_path: Path) -> None:
    with breakable() as (where, outage):
        child = Child(__file__, "tick", (where, str(tmp_path / "stop")))
        child.wait_at_line()
        child.go()
        until(Job.objects.exists)
        Job.objects.all().delete()
        with outage():
            time.sleep(6)  # longer than from one look to the next
        until(Job.objects.exists)
        (tmp_path / "stop").touch()
        child.answer()
