"""What /healthz and /readyz answer, and when a version refuses the database."""

from __future__ import annotations

import argparse
import ast
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from hezou.jobs import actions
from hezou.jobs.rules import ACTING, ALIVE
from hezou.ops.commands import clock, run, web, worker
from hezou.ops.health import fits
from tests.jobs.helping import later
from tests.ops.test_cli import environment

pytestmark = pytest.mark.django_db
OLDER = "The database is older than this version. Run: hezou migrate\n"
NEWER = "The database is newer than this version. Run the version that changed it, or restore a backup.\n"


def ready() -> tuple[int, dict[str, object]]:
    answer = Client().get("/readyz")
    return answer.status_code, answer.json()


def at_work() -> None:
    actions.hold(f"{ALIVE}1", "worker")
    actions.hold(ACTING, "clock")


def test_healthz_answers_once_the_database_does() -> None:
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")


def test_readyz_misses_worker_and_clock() -> None:
    assert ready() == (
        503,
        {"ready": False, "database": "ok", "tables": "ok", "worker": "missing", "clock": "missing"},
    )


def test_readyz_names_a_database_that_is_gone(tmp_path: Path) -> None:
    asked = "import django; django.setup(); from hezou.ops.health import readiness; print(readiness())"
    surroundings = environment(tmp_path, HEZOU_DATABASE=f"sqlite:///{tmp_path}")  # a folder is no database
    surroundings["DJANGO_SETTINGS_MODULE"] = "hezou.config.settings"
    told = subprocess.run(
        [sys.executable, "-c", asked], env=surroundings, capture_output=True, text=True, check=True
    )
    assert ast.literal_eval(told.stdout) == {
        "database": "missing",
        "tables": "unknown",
        "worker": "unknown",
        "clock": "unknown",
    }


def test_readyz_is_content_with_everybody_at_work() -> None:
    at_work()
    assert ready() == (200, {"ready": True, "database": "ok", "tables": "ok", "worker": "ok", "clock": "ok"})
    with later(minutes=2):
        assert ready()[0] == 503


def test_readyz_names_tables_of_an_older_version() -> None:
    at_work()
    MigrationRecorder(connection).record_unapplied("jobs", "0001_initial")
    assert ready()[1]["tables"] == "older"


def test_readyz_names_tables_of_a_newer_version() -> None:
    at_work()
    MigrationRecorder(connection).record_applied("jobs", "9999_of_tomorrow")
    assert ready()[1]["tables"] == "newer"


def test_tables_of_an_app_that_is_gone_do_no_harm() -> None:
    MigrationRecorder(connection).record_applied("gone", "0001_initial")
    assert fits()


@pytest.mark.parametrize("command", [web, worker, clock, run])
@pytest.mark.parametrize(("step", "complaint"), [("unapplied", OLDER), ("applied", NEWER)])
def test_no_process_starts_on_tables_that_do_not_fit(
    command: object, step: str, complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    name = {"unapplied": "0001_initial", "applied": "9999_of_tomorrow"}[step]
    getattr(MigrationRecorder(connection), f"record_{step}")("jobs", name)
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)  # type: ignore[attr-defined]
    assert command.run(parser.parse_args([])) == 1  # type: ignore[attr-defined]
    assert capsys.readouterr().err == complaint
