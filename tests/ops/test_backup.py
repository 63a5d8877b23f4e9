"""A backup: whole while others write, never half, and honest about what was lost before."""

from __future__ import annotations

import fcntl
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as live_settings
from django.db import connection

from hezou.audit.models import AuditEntry
from hezou.audit.queries import head
from hezou.files import disk
from hezou.files.actions import put, register
from hezou.files.rules import admit
from hezou.kernel import clock
from hezou.ops.backup import heads, manifest, postgresql, sqlite
from hezou.ops.backup.taking import engine, latest, take
from hezou.ops.cli import main
from hezou.people.models import Agency
from tests.ops.installation import Installation, empty_database, small_disk
from tests.ops.test_cli import environment
from tests.support.office import Office, found_office
from tests.support.processes import race
from tests.support.refusals import refused

TABLES = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def folders(settings: Any, tmp_path: Path) -> None:
    """Blobs, heads and backups of this test alone."""
    settings.BLOBS, settings.HEADS = tmp_path / "blobs", tmp_path / "heads"
    settings.BACKUPS = tmp_path / "backups"


@pytest.fixture
def office(transactional_db: None, folders: None) -> Office:
    """An agency with a signed piece and two blobs."""
    office = found_office()
    office.signed()
    keep(office.agency, b"first", b"second")
    return office


def keep(agency: Agency, *contents: bytes) -> None:
    for content in map(admit, contents):
        put(agency.pk, content)
        register(agency.pk, content)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def write(code: str, blobs: str, stop: str) -> int:
    """Write pieces and pictures until told to stop; how many."""
    live_settings.BLOBS = Path(blobs)
    office, done = found_office(code), 0
    while not Path(stop).exists():
        keep(office.agency, f"{code} {done}".encode())
        office.signed()
        done += 1
    return done


def back_up(folder: str, stop: str) -> list[str]:
    """Three backups once somebody writes; their paths."""
    live_settings.BLOBS, live_settings.HEADS = Path(folder, "blobs"), Path(folder, "heads")
    try:
        made = []
        for _ in range(3):
            before = AuditEntry.objects.count()
            while AuditEntry.objects.count() < before + 20:
                time.sleep(0.02)
            made.append(str(take(Path(folder, "backups"))[0]))
        return made
    finally:
        Path(stop).touch()


def test_take_tells_what_the_database_held(office: Office, settings: Any) -> None:
    path, made = take(settings.BACKUPS)
    number, digest = head(office.agency.pk)
    blobs = sorted(f"{path.relative_to(settings.BLOBS.parent)}" for path in settings.BLOBS.glob("*/*/*"))
    assert manifest.read(path) == made == latest(settings.BACKUPS)
    assert made.facts.tables["audit_auditentry"] == AuditEntry.objects.count() == number
    assert made.facts.heads == [(str(office.agency.pk), "lake", number, digest)]
    assert (made.engine, made.lost, len(made.facts.packs)) == (connection.vendor, [], 6)
    assert (made.facts.blobs, sorted(made.files)) == (blobs, [*blobs, engine().FILE])
    assert made.faults(path) == []
    assert stat.S_IMODE(path.stat().st_mode) == 0o700
    assert names(settings.BACKUPS) == [".lock", path.name]


def test_take_files_the_heads_outside_the_database(office: Office, settings: Any) -> None:
    _, made = take(settings.BACKUPS)
    office.signed()
    day = heads.file_heads()
    number, digest = head(office.agency.pk)
    assert list(heads.filed(settings.HEADS)) == [
        *made.facts.heads,
        (*made.facts.heads[0][:2], number, digest),
    ]
    assert names(settings.HEADS) == [day.name]
    assert main(["verify", "--heads", str(settings.HEADS)]) == 0


def test_verify_misses_a_filed_head(
    office: Office, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    forged = [heads.Head(str(office.agency.pk), "lake", 1, "f" * 64)]
    heads.file_away(forged, clock.now())
    assert main(["verify", "--heads", str(settings.HEADS)]) == 1
    assert [line.partition(": ")[0] for line in capsys.readouterr().err.splitlines()[:1]] == ["lake"]


def test_verify_refuses_a_folder_without_heads(tmp_path: Path) -> None:
    with refused("backup.none_filed"):
        list(heads.filed(tmp_path))
    (tmp_path / "2026-01-01.tsv").write_text("no head\n")
    with refused("backup.unreadable_heads"):
        list(heads.filed(tmp_path))


def test_backup_goes_on_without_lost_blobs_and_says_so(
    office: Office, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    missing, damaged = (admit(content).sha256 for content in (b"first", b"second"))
    disk.path_of(office.agency.pk, missing).unlink()
    disk.path_of(office.agency.pk, damaged).write_bytes(b"other")
    assert main(["backup"]) == 1
    made = latest(settings.BACKUPS)
    assert made is not None
    lost = [f"blobs/{office.agency.pk}/{sha256[:2]}/{sha256}" for sha256 in sorted((missing, damaged))]
    assert (made.lost, list(made.files)) == (lost, [engine().FILE])
    told = capsys.readouterr().err.splitlines()
    assert [line.split()[-1].rpartition("：")[2] for line in told] == lost


def test_backup_is_refused_while_another_is_under_way(office: Office, settings: Any) -> None:
    settings.BACKUPS.mkdir()
    with (settings.BACKUPS / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with refused("backup.under_way"):
            take(settings.BACKUPS)


def test_backup_onto_a_full_disk_leaves_nothing(office: Office, settings: Any, tmp_path: Path) -> None:
    keep(office.agency, b"x" * 3_000_000)
    for kilobytes in (64, 2_500):  # too small for the database; for the blobs
        with small_disk(tmp_path / "small", kilobytes) as small:
            with refused("backup.disk_full"):
                take(small)
            assert names(small) == [".lock"]
        small.rmdir()


def test_backup_into_what_is_no_folder_says_so(office: Office, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with refused("backup.no_access"):
        take(tmp_path / "file")


def test_backup_of_a_damaged_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "damaged.sqlite3"
    with closing(sqlite3.connect(path)) as made:
        made.execute("CREATE TABLE agency (code TEXT UNIQUE)")
    with path.open("r+b") as file:
        file.seek(-4096, os.SEEK_END)  # the last page, which is the index's
        file.write(b"\xff" * 4096)
    with closing(sqlite3.connect(path)) as made, refused("backup.damaged"):
        sqlite.examined(made)


def test_backup_names_a_missing_program() -> None:
    with refused("backup.no_program"):
        postgresql.program("pg_dump_of_tomorrow")


def test_backup_of_no_database_says_so(tmp_path: Path) -> None:
    with empty_database(tmp_path) as url:
        nowhere = Installation(tmp_path, url)
        done = nowhere.run("backup")
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)
    assert not (tmp_path / "empty.sqlite3").exists()


@pytest.mark.process
@TABLES
def test_backup_under_load_restores_whole(folders: None, settings: Any, tmp_path: Path) -> None:
    stop, blobs = str(tmp_path / "stop"), str(settings.BLOBS)
    answers = race(
        __file__,
        ("write", "lake", blobs, stop),
        ("write", "hill", blobs, stop),
        ("back_up", str(tmp_path), stop),
    )
    numbers = []
    for place, path in enumerate(map(Path, answers[2])):
        folder = tmp_path / f"restored{place}"
        folder.mkdir()
        with empty_database(folder) as url:
            restored = Installation(folder, url).run("restore", str(path))
        assert (restored.returncode, restored.stderr) == (0, "")
        made = manifest.read(path)
        assert made.lost == []
        numbers.append(sum(one.number for one in made.facts.heads))
    numbers.append(AuditEntry.objects.count())
    assert numbers == sorted(set(numbers))
    assert main(["verify", "--heads", str(settings.HEADS)]) == 0


@pytest.mark.process
def test_backup_killed_on_its_way_never_looks_whole(tmp_path: Path) -> None:
    with empty_database(tmp_path) as url:
        place = Installation(tmp_path, url)
        assert place.run("migrate").returncode == 0
        assert place.run("agency", "new", "--code", "lake", "--name", "某局").returncode == 0
        pipe = place.blob_that_is_never_read()
        backup = subprocess.Popen(
            [sys.executable, "-c", "import sys; from hezou.ops.cli import main; sys.exit(main())", "backup"],
            env=environment(tmp_path, HEZOU_DATABASE=url),
            stderr=subprocess.DEVNULL,
        )
        end = time.monotonic() + 30
        while not list(tmp_path.glob(f"backups/*/blobs/*/*/{pipe.name}")) and time.monotonic() < end:
            time.sleep(0.02)
        backup.kill()
        assert backup.wait() == -signal.SIGKILL
        left = [path for path in (tmp_path / "backups").iterdir() if path.is_dir()]
        assert [path.suffix for path in left] == [".partial"]
        with refused("backup.no_backup"):
            manifest.read(left[0])
        pipe.unlink()
        assert place.run("backup").returncode == 1  # the blob is lost, the backup is made
        assert [path.name[:6] for path in (tmp_path / "backups").iterdir() if path.is_dir()] == ["hezou-"]
