"""The move to another database: equal to the last value, or nothing of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from hezou.kernel.ids import uuid7
from hezou.ops.backup import elsewhere
from tests.ops.installation import Installation, empty_database
from tests.support.refusals import refused

pytestmark = [pytest.mark.database, pytest.mark.process]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """The demo agency on SQLite."""
    folder = tmp_path_factory.mktemp("filled")
    place = Installation(folder, f"sqlite:///{folder / 'hezou.sqlite3'}")
    assert place.run("migrate").returncode == 0
    assert place.run("demo").returncode == 0
    return place


@pytest.fixture
def source(filled: Installation, tmp_path: Path) -> Installation:
    """A copy of it for each test."""
    copy = tmp_path / "hezou.sqlite3"
    with (
        closing(sqlite3.connect(filled.folder / "hezou.sqlite3")) as from_,
        closing(sqlite3.connect(copy)) as to,
    ):
        from_.backup(to)
    return Installation(tmp_path, f"sqlite:///{copy}")


@pytest.fixture
def target(tmp_path: Path) -> Iterator[Installation]:
    """An empty database of the suite's engine; the data folder stays the same."""
    with empty_database(tmp_path) as url:
        yield Installation(tmp_path, url)


def heads(place: Installation) -> list[str]:
    """What verify prints of a place where everything is as it was."""
    verified = place.run("verify")
    assert (verified.returncode, verified.stderr) == (0, "")
    return verified.stdout.splitlines()[:-1]


def test_move_there_and_back_gives_the_same_proof(source: Installation, target: Installation) -> None:
    there = source.run("move", "--to", target.database)
    assert (there.returncode, there.stderr) == (0, "")
    assert heads(source) == heads(target) == there.stdout.splitlines()[-3:-1]
    back = Installation(source.folder, f"sqlite:///{source.folder / 'back.sqlite3'}")
    assert target.run("move", "--to", back.database).stdout == there.stdout
    assert heads(back) == heads(source)


def test_move_leaves_a_database_in_which_work_goes_on(source: Installation, target: Installation) -> None:
    assert source.run("move", "--to", target.database).returncode == 0
    assert target.run("agency", "new", "--code", "next", "--name", "某局").returncode == 0
    assert len(heads(target)) == 3


def test_move_into_a_filled_database_is_refused(source: Installation, target: Installation) -> None:
    assert source.run("move", "--to", target.database).returncode == 0
    again = source.run("move", "--to", target.database)
    assert (again.returncode, again.stdout, len(again.stderr.splitlines())) == (1, "", 1)


def test_move_that_fails_leaves_no_row_and_is_repeated(source: Installation, target: Installation) -> None:
    source.ask(f"UPDATE people_unit SET agency_id = '{uuid7().hex}' WHERE parent_id IS NULL")
    failed = source.run("move", "--to", target.database)
    assert (failed.returncode, failed.stdout, len(failed.stderr.splitlines())) == (1, "", 1)
    assert target.ask("SELECT count(*) FROM people_agency") == [(0,)]
    source.ask("UPDATE people_unit SET agency_id = (SELECT id FROM people_agency) WHERE parent_id IS NULL")
    assert source.run("move", "--to", target.database).returncode == 0


def test_move_of_a_broken_chain_is_refused(source: Installation, target: Installation) -> None:
    source.ask("UPDATE audit_auditentry SET verb = 'forged' WHERE number = 7")
    failed = source.run("move", "--to", target.database)
    assert (failed.returncode, failed.stdout, "qinghe" in failed.stderr) == (1, "", True)
    assert target.ask("SELECT count(*) FROM people_agency") == [(0,)]


def test_move_of_an_older_database_is_refused(source: Installation, target: Installation) -> None:
    source.ask("DELETE FROM django_migrations WHERE app = 'audit'")
    failed = source.run("move", "--to", target.database)
    assert (failed.returncode, failed.stdout, "hezou migrate" in failed.stderr) == (1, "", True)


def test_move_of_an_unknown_table_is_refused(source: Installation, target: Installation) -> None:
    source.ask("CREATE TABLE stranger (id INTEGER)")
    failed = source.run("move", "--to", target.database)
    assert (failed.returncode, failed.stdout, "stranger" in failed.stderr) == (1, "", True)
    assert target.is_empty()


def test_move_to_a_wrong_address_is_refused(source: Installation) -> None:
    with refused("move.wrong_address"), elsewhere.opened("mysql://here/there"):
        pass
    failed = source.run("move", "--to", source.database)
    assert (failed.returncode, failed.stdout, len(failed.stderr.splitlines())) == (1, "", 1)
