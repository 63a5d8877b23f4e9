"""A backup of PostgreSQL: `pg_dump` in the very snapshot in which the facts are read."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from pathlib import Path

from django.db import connection

from hezou.kernel.errors import Refused
from hezou.kernel.messages import define
from hezou.ops.backup.facts import Facts, gather
from hezou.ops.backup.manifest import ALTERED
from hezou.ops.backup.snapshot import ask, frozen

FILE = "database.dump"
PROGRAMS = Path("/usr/lib/postgresql")
"""Debian keeps PostgreSQL's programs here, by version."""
VARIABLES = {
    "HOST": "PGHOST",
    "PORT": "PGPORT",
    "USER": "PGUSER",
    "PASSWORD": "PGPASSWORD",
    "NAME": "PGDATABASE",
}

NO_PROGRAM = define(
    "backup.no_program",
    "The program {name} is not installed. It comes with PostgreSQL's client (Debian: postgresql-client).",
)
PROGRAM_FAILS = define("backup.program_fails", "{name} failed: {reason}")


def take(target: Path) -> Facts:
    """Dump the database as it stands at one moment, with the facts of the same moment."""
    with frozen():
        snapshot = ask("SELECT pg_export_snapshot()")[0][0]
        _run("pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={target}")
        return gather(ask, tables())


def is_empty() -> bool:
    """Whether the database holds no table."""
    return not tables()


def put(source: Path, told: Facts) -> None:
    """Load the dump, whole or not at all, and compare it with the manifest."""
    _run(
        "pg_restore",
        "--exit-on-error",
        "--single-transaction",
        "--no-owner",
        "--no-privileges",
        f"--dbname={connection.settings_dict['NAME']}",
        str(source),
    )
    if gather(ask, tables()) != told:
        _clear()
        raise Refused(ALTERED(path=FILE))


def tables() -> list[str]:
    """Every table of the database in use."""
    with connection.cursor() as cursor:
        return [table.name for table in connection.introspection.get_table_list(cursor) if table.type == "t"]


def _clear() -> None:
    """Leave the database as empty as it was found."""
    with connection.cursor() as cursor:
        named = ", ".join(connection.ops.quote_name(name) for name in tables())
        cursor.execute(f"DROP TABLE {named} CASCADE")


def _run(name: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs on the database in use; the password goes by the environment."""
    place = connection.settings_dict
    given = {variable: str(place[key]) for key, variable in VARIABLES.items() if place[key]}
    done = subprocess.run(  # noqa: S603 - the program is PostgreSQL's, the arguments are ours
        [program(name), "--no-password", *arguments],
        env={**os.environ, "LC_ALL": "C", **given},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if os.strerror(errno.ENOSPC) in done.stderr:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    if done.returncode:
        raise Refused(PROGRAM_FAILS(name=name, reason=_reason(done.stderr)))


def program(name: str) -> str:
    """Where one of PostgreSQL's programs lies. Raises Refused where it is not installed."""
    found = shutil.which(name)
    if found is None:
        versions = sorted(PROGRAMS.glob(f"*/bin/{name}"), key=lambda path: float(path.parent.parent.name))
        if not versions:
            raise Refused(NO_PROGRAM(name=name))
        found = str(versions[-1])
    return found


def _reason(complaints: str) -> str:
    """The first line, less what the server said of a row while it was loaded: that may quote it."""
    first = next(iter(complaints.splitlines()), "")
    return first.partition(" ERROR:")[0] if "COPY" in first else first
