"""A backup of SQLite: a copy by its own backup, whole while others write."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from django.db import connection

from hezou.kernel.errors import Refused
from hezou.kernel.messages import define
from hezou.ops.backup.disk import settle
from hezou.ops.backup.facts import Facts, gather
from hezou.ops.backup.manifest import ALTERED

FILE = "database.sqlite3"
SECONDS = 20
BESIDE = ("-wal", "-shm")
"""Files that SQLite keeps beside a database."""

DAMAGED = define("backup.damaged", "The database is damaged; SQLite says: {reason}")
LEFTOVER = define("backup.leftover", "{path} is left of a database that is gone. Move it away first.")


def take(target: Path) -> Facts:
    """Copy the database as it stands at one moment; the facts are the copy's own."""
    with closing(_open(_place(), "rw")) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
        return examined(copy)


def is_empty() -> bool:
    """Whether no table stands where the database is to be. Raises Refused where one is half gone."""
    place = _place()
    if not place.exists():
        for left in (place.with_name(place.name + end) for end in BESIDE):
            if left.exists():
                raise Refused(LEFTOVER(path=left))
        return True
    with closing(_open(place, "rw")) as there:
        return not _tables(there)


def put(source: Path, told: Facts) -> None:
    """Set the copy in the database's place, whole or not at all, if it holds what the manifest says."""
    place = _place()
    place.parent.mkdir(parents=True, exist_ok=True)
    aside = place.with_name(f".{place.name}.restoring")
    try:
        shutil.copyfile(source, aside)
        with closing(_open(aside, "rw")) as copy:
            if examined(copy) != told:
                raise Refused(ALTERED(path=FILE))
        settle(aside)
        connection.close()
        for end in BESIDE:
            place.with_name(place.name + end).unlink(missing_ok=True)
        aside.rename(place)
        settle(place.parent)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def _place() -> Path:
    return Path(connection.settings_dict["NAME"])


def _open(path: Path, mode: str) -> sqlite3.Connection:
    """Open what is there; SQLite would make an empty database of a slip of the pen."""
    return sqlite3.connect(f"file:{quote(str(path))}?mode={mode}", uri=True, timeout=SECONDS)


def _tables(there: sqlite3.Connection) -> list[str]:
    rows = there.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
    )
    return [name for (name,) in rows]


def examined(copy: sqlite3.Connection) -> Facts:
    """The facts of a copy. Raises Refused when SQLite finds it damaged."""
    state = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if state != "ok":
        raise Refused(DAMAGED(reason=" ".join(state.split())))
    return gather(lambda sql: copy.execute(sql).fetchall(), _tables(copy))
