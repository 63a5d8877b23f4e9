"""`hezou run`: web, worker and clock as processes that are killed, stopped and orphaned."""

from __future__ import annotations

import os
import signal
import time
from datetime import timedelta
from pathlib import Path

import pytest

from hezou.audit.models import Deed
from hezou.jobs.models import Job
from hezou.jobs.rules import DONE, READY
from hezou.kernel import clock
from hezou.kernel.ids import uuid7
from hezou.ops.supervising import wait_after
from tests.jobs.tasks import mark, mark_and_wait
from tests.ops.installation import Installation, empty_database
from tests.support.running import processes, running, until

pytestmark = pytest.mark.process
ALL_IS_WELL = {"ready": True, "database": "ok", "tables": "ok", "worker": "ok", "clock": "ok"}


def words(paper: Path) -> list[str]:
    return paper.read_text().split() if paper.exists() else []


def test_wait_before_a_start_doubles_up_to_half_a_minute() -> None:
    assert [wait_after(n) for n in (1, 2, 3, 6, 50, 5000)] == [1, 2, 4, 30, 30, 30]


def test_run_serves_works_and_stops_in_order(transactional_db: None, tmp_path: Path) -> None:
    paper = tmp_path / "paper"
    with running(tmp_path) as product:
        assert product.process.stdout is not None
        assert product.process.stdout.readline() == (
            f"Hezou serves http://127.0.0.1:{product.port}/ - stop with Ctrl-C\n"
        )
        assert product.answer("/healthz") == (200, "ok")
        assert product.readiness() == ALL_IS_WELL
        # The clock has asked for what is due at a first start, the worker has done it.
        until(lambda: set(Job.objects.values_list("outcome", flat=True)) == {DONE})
        begun = time.monotonic()
        mark.enqueue(str(paper), str(uuid7()))
        until(lambda: len(words(paper)) == 1)
        assert time.monotonic() - begun < 20
        deeds = [str(uuid7()) for _ in range(3)]
        for deed in deeds:
            mark_and_wait.enqueue(str(paper), deed, 1.5)
        until(lambda: "begun" in words(paper))
    # What was under way was finished, what was not begun was given back untried.
    assert product.process.returncode == 0
    assert list(
        Job.objects.filter(task=mark_and_wait.module_path).order_by("id").values_list("outcome", "attempts")
    ) == [
        (DONE, 1),
        (READY, 0),
        (READY, 0),
    ]
    assert Deed.objects.filter(deed__in=deeds).count() == 1


def test_run_puts_another_in_the_place_of_each_part_killed(transactional_db: None, tmp_path: Path) -> None:
    paper, deed = tmp_path / "paper", str(uuid7())
    with running(tmp_path) as product:
        first = product.parts()
        assert sorted(first) == ["clock", "web", "worker"]
        mark_and_wait.enqueue(str(paper), deed, 2.0)
        until(lambda: words(paper) == ["begun"])
        for part in first:
            product.kill(part)
        assert set(product.parts().values()) & set(first.values()) == set()
        until(lambda: product.answer("/healthz") == (200, "ok"))
        # The lease of the worker killed in the middle of its task runs out; the next one takes over.
        Job.objects.filter(outcome="running").update(lease_until=clock.now() - timedelta(seconds=1))
        until(lambda: words(paper) == ["begun", "begun", deed])
        until(lambda: Job.objects.get(task=mark_and_wait.module_path).outcome == DONE)
    assert Deed.objects.filter(deed=deed).count() == 1


def test_parts_end_when_their_parent_is_killed(transactional_db: None, tmp_path: Path) -> None:
    with running(tmp_path) as product:
        parts = set(product.parts().values())
        os.kill(product.process.pid, signal.SIGKILL)
        until(lambda: not parts & {pid for pid, _, _ in processes()})
        assert product.answer("/healthz") == (0, "")


def test_run_with_migrate_begins_from_nothing(tmp_path: Path) -> None:
    with empty_database(tmp_path) as database, running(tmp_path, "--migrate", database=database) as product:
        assert product.readiness() == ALL_IS_WELL
        assert product.process.stdout is not None
        assert product.process.stdout.readline() == "The database is up to date.\n"
        assert not (tmp_path / "backups").exists()


def test_run_with_migrate_backs_an_older_database_up_first(tmp_path: Path) -> None:
    with empty_database(tmp_path) as database:
        old = Installation(tmp_path, database)
        assert old.run("migrate").returncode == 0
        old.ask("ALTER TABLE jobs_job DROP COLUMN again")
        old.ask("DELETE FROM django_migrations WHERE app = 'jobs' AND name = '0002_again'")
        assert old.run("run", "--port", "1").stderr.startswith("The database is older than this version.")
        for _ in range(2):  # the second start finds nothing to do
            with running(tmp_path, "--migrate", database=database) as product:
                assert product.readiness() == ALL_IS_WELL
            assert len(list((tmp_path / "backups").glob("hezou-*/manifest.json"))) == 1


@pytest.mark.parametrize("gone", ["sqlite:///{here}", "postgresql://hezou@/hezou?host={here}"])
@pytest.mark.parametrize("words", [["run", "--migrate"], ["worker"]])
def test_no_process_starts_without_a_database(gone: str, words: list[str], tmp_path: Path) -> None:
    ended = Installation(tmp_path, gone.format(here=tmp_path)).run(*words)
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", "The database does not answer.\n")
