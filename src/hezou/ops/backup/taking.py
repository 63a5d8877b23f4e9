"""Taking a backup: under another name until it is whole, so that half of one never looks like one."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

from django.conf import settings
from django.db import connection

from hezou.kernel import clock
from hezou.kernel.errors import Refused
from hezou.kernel.messages import define
from hezou.ops.backup import manifest, postgresql, sqlite
from hezou.ops.backup.disk import same_bytes, settle
from hezou.ops.backup.failures import told
from hezou.ops.backup.heads import file_away
from hezou.ops.backup.manifest import File, Manifest

PARTIAL = ".partial"
"""Ending of the name, which begins with a dot, of a backup that is being made."""

NOTHING = define("backup.nothing", "There is no database to back up yet.")
UNDER_WAY = define("backup.under_way", "Another backup into {folder} is under way.")


def engine() -> ModuleType:
    """The module of the engine in use: `FILE`, `take`, `is_empty`, `put`."""
    return {"sqlite": sqlite, "postgresql": postgresql}[connection.vendor]


def take(folder: Path) -> tuple[Path, Manifest]:
    """Make a backup in a new folder of its own inside `folder`; others may write meanwhile.

    Files the heads of all chains as well. Raises Refused, leaving nothing behind, when another backup is
    under way, the database is damaged or fails, or the disk is full.
    """
    with told(folder), _alone(folder):
        if engine().is_empty():
            raise Refused(NOTHING())
        for left in folder.glob(f".*{PARTIAL}"):
            shutil.rmtree(left)  # of a backup that was interrupted: nobody else is here
        at = clock.now()
        name = f"hezou-{at:%Y%m%d-%H%M%S-%f}"
        partial = folder / f".{name}{PARTIAL}"
        try:
            partial.mkdir(mode=0o700)
            made = _fill(partial, at.isoformat(timespec="seconds"))
            partial.rename(folder / name)
        except BaseException:
            shutil.rmtree(partial, ignore_errors=True)
            raise
        settle(folder)
    with told(settings.HEADS):
        file_away(made.facts.heads, at)
    return folder / name, made


def latest(folder: Path) -> Manifest | None:
    """The manifest of the youngest backup in a folder; None where there is none."""
    whole = sorted(path.parent for path in folder.glob(f"hezou-*/{manifest.NAME}"))
    return manifest.read(whole[-1]) if whole else None


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(UNDER_WAY(folder=folder)) from None
        yield


def _fill(partial: Path, made_at: str) -> Manifest:
    """The database first: what its rows refer to was on the disk before them."""
    database = partial / engine().FILE
    facts = engine().take(database)
    settle(database)
    files = {database.name: manifest.describe(database), **_blobs(partial, facts.blobs)}
    made = Manifest(made_at, version("hezou"), connection.vendor, facts, files)
    made.write(partial)
    settle(partial / manifest.NAME)
    settle(partial)
    return made


def _blobs(partial: Path, wanted: Iterable[str]) -> dict[str, File]:
    """Take every blob along that is what its name says; the manifest tells of the others."""
    taken = {}
    for path in wanted:
        try:
            same_bytes(Path(settings.BLOBS) / Path(path).relative_to("blobs"), partial / path)
        except FileNotFoundError:
            continue
        file = manifest.describe(partial / path)
        if file.sha256 == Path(path).name:
            taken[path] = file
        else:
            (partial / path).unlink()
    return taken
