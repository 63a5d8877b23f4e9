"""Restoring: into an empty place, the same to the last row and file, or a clear word and nothing written."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hezou.audit.models import AuditEntry
from hezou.files.actions import put, register
from hezou.files.rules import admit
from hezou.ops.backup import manifest
from hezou.ops.backup.restoring import restore
from hezou.ops.backup.taking import engine, latest, take
from tests.ops.installation import Installation, empty_database, small_disk
from tests.ops.test_cli import environment
from tests.support.office import found_office
from tests.support.refusals import refused

PICTURE = b"x" * 300_000


@pytest.fixture
def backup(transactional_db: None, settings: Any, tmp_path: Path) -> Path:
    """The backup of an agency with a signed piece and a blob."""
    settings.BLOBS, settings.HEADS = tmp_path / "blobs", tmp_path / "heads"
    office = found_office()
    office.signed()
    content = admit(PICTURE)
    put(office.agency.pk, content)
    register(office.agency.pk, content)
    return take(tmp_path / "backups")[0]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Installation]:
    """Where nothing stands yet."""
    folder = tmp_path / "new"
    folder.mkdir()
    with empty_database(folder) as url:
        yield Installation(folder, url)


def rewrite(backup: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change the manifest's text."""
    body = json.loads((backup / manifest.NAME).read_text())
    change(body)
    (backup / manifest.NAME).write_text(json.dumps(body))


def believe(backup: Path) -> None:
    """Let the manifest say of the database file what it is now."""
    rewrite(
        backup, lambda body: body["files"].update({engine().FILE: manifest.describe(backup / engine().FILE)})
    )


def spoil(path: Path) -> None:
    """Alter some bytes in the middle."""
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(b"\xff" * 8192)


def blob_of(backup: Path) -> Path:
    return next(path for path in backup.glob("blobs/*/*/*"))


def test_restore_gives_back_every_row_and_file(backup: Path, place: Installation) -> None:
    told = manifest.read(backup)
    done = place.run("restore", str(backup))
    assert (done.returncode, done.stderr) == (0, "")
    head = told.facts.heads[0]
    assert done.stdout.splitlines()[:-1] == [f"lake\t{head.number}\t{head.hash}"]
    assert place.run("verify", "--agency", "lake", "--head", f"{head.number}:{head.hash}").returncode == 0
    assert place.run("backup").returncode == 0
    again = latest(place.folder / "backups")
    assert again is not None
    assert (again.facts, again.lost) == (told.facts, [])
    assert [path.read_bytes() for path in place.folder.glob("blobs/*/*/*")] == [PICTURE]


def test_restore_interrupted_is_repeated(backup: Path, place: Installation) -> None:
    shutil.copytree(backup / "blobs", place.folder / "blobs")
    assert place.run("restore", str(backup)).returncode == 0


def test_restore_brings_an_older_backup_to_this_version(tmp_path: Path, place: Installation) -> None:
    with empty_database(tmp_path) as url:
        older = Installation(tmp_path, url)
        assert older.run("migrate").returncode == 0
        subprocess.run(
            [sys.executable, "-m", "django", "migrate", "submissions", "zero", "--verbosity=0"],
            env=environment(tmp_path, HEZOU_DATABASE=url, DJANGO_SETTINGS_MODULE="hezou.config.settings"),
            check=True,
        )
        assert older.run("backup").returncode == 0
    backup = next(tmp_path.glob("backups/hezou-*"))
    assert "submissions" not in manifest.read(backup).facts.schema
    assert place.run("restore", str(backup)).returncode == 0
    assert place.run("verify").returncode == 0


def test_restore_says_what_was_lost_before_the_backup(backup: Path, place: Installation) -> None:
    blob = blob_of(backup)
    path = blob.relative_to(backup).as_posix()
    rewrite(backup, lambda body: body["files"].pop(path))
    done = place.run("restore", str(backup))
    assert (done.returncode, done.stderr.count("\n"), path in done.stderr) == (1, 1, True)
    assert not place.is_empty()


def test_restore_of_rewritten_history_names_the_place(
    transactional_db: None, tmp_path: Path, place: Installation
) -> None:
    found_office().draft()
    AuditEntry.objects.filter(number=2).update(verb="forged")
    path, _ = take(tmp_path / "backups")
    done = place.run("restore", str(path))
    assert (done.returncode, done.stderr.splitlines()[0].split(": ")[:2]) == (1, ["lake", "entry 2"])


def test_restore_of_what_is_no_backup_says_so(tmp_path: Path) -> None:
    with refused("backup.no_backup"):
        restore(tmp_path)
    with refused("backup.no_backup"):
        restore(tmp_path / "nowhere")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 1}', '{"format": "1"}'])
def test_restore_by_a_broken_manifest_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / manifest.NAME).write_text(text)
    with refused("backup.unreadable"):
        restore(tmp_path)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda body: body.update(format=2), "backup.newer_format"),
        (lambda body: body["facts"]["schema"].update(audit="0999_later"), "backup.newer"),
        (lambda body: body["facts"]["schema"].update(later="0001_initial"), "backup.newer"),
        (lambda body: body.update(engine="oracle"), "backup.other_engine"),
        (lambda body: body["facts"]["blobs"].append("blobs/../../../hosts"), "backup.unreadable"),
    ],
)
def test_restore_of_what_does_not_fit_is_refused_before_anything_is_looked_at(
    backup: Path, change: Callable[[dict[str, Any]], object], code: str
) -> None:
    rewrite(backup, change)
    with refused(code):
        restore(backup)


def test_restore_names_every_missing_and_altered_file(backup: Path, place: Installation) -> None:
    blob = blob_of(backup)
    blob.unlink()
    spoil(backup / engine().FILE)
    done = place.run("restore", str(backup))
    named = [engine().FILE, blob.relative_to(backup).as_posix()]
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 2)
    assert [name in line for name, line in zip(named, done.stderr.splitlines(), strict=True)] == [True, True]
    assert place.is_empty()
    assert not (place.folder / "blobs").exists()


def test_restore_of_a_damaged_dump_leaves_the_place_empty(backup: Path, place: Installation) -> None:
    spoil(backup / engine().FILE)
    believe(backup)
    done = place.run("restore", str(backup))
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)
    assert place.is_empty()


@pytest.mark.parametrize(
    "change",
    [
        lambda facts: facts["tables"].update(audit_auditentry=1),
        lambda facts: facts["heads"][0].__setitem__(3, "f" * 64),
        lambda facts: facts["packs"].clear(),
    ],
)
def test_restore_by_a_manifest_of_another_database_leaves_the_place_empty(
    backup: Path, place: Installation, change: Callable[[dict[str, Any]], object]
) -> None:
    rewrite(backup, lambda body: change(body["facts"]))
    done = place.run("restore", str(backup))
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)
    assert place.is_empty()


def test_restore_over_tables_is_refused(backup: Path) -> None:
    before = AuditEntry.objects.count()
    with refused("backup.not_empty"):
        restore(backup)
    assert AuditEntry.objects.count() == before


def test_restore_among_other_files_is_refused(backup: Path, place: Installation) -> None:
    other = place.folder / "blobs" / "agency" / "00" / "other"
    other.parent.mkdir(parents=True)
    other.touch()
    done = place.run("restore", str(backup))
    assert (done.returncode, done.stdout, str(place.folder / "blobs") in done.stderr) == (1, "", True)
    assert place.is_empty()


def test_restore_onto_a_full_disk_leaves_no_database(backup: Path, place: Installation) -> None:
    with small_disk(place.folder / "small", 200) as small:
        crowded = Installation(small, place.database)
        done = crowded.run("restore", str(backup))
        assert (done.returncode, done.stdout, str(small) in done.stderr) == (1, "", True)
        assert [path for path in small.glob("blobs/*/*/*") if path.is_file()] == []
    assert place.is_empty()
