"""Work of reviews that is done later."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import DatabaseError, connection
from psycopg.errors import Diagnostic

from hezou.files.actions import remove
from hezou.jobs.backend import task
from hezou.manuscripts.actions.purging import drop_left_overs
from hezou.manuscripts.models import Attachment, Manuscript, Text, WorkingCopy
from hezou.review.models import Decision

HOLDING_TEXT = (Text, WorkingCopy, Manuscript, Attachment, Decision)
"""The tables of the first list of docs/purge.md."""
PATIENCE = 2_000
"""Milliseconds that a lock is waited for; everybody who wants to write meanwhile waits as well."""


@task
def scrub(agency_id: str, manuscript_id: str, hashes: list[str]) -> None:
    """After a purge: take its files off the disk, and what deleted rows left out of the database's files."""
    drop_left_overs(Manuscript.objects.get(agency_id=agency_id, pk=manuscript_id))
    remove(UUID(agency_id), hashes)
    forget_old_rows()


def forget_old_rows() -> None:
    """Leave no old row in the files of the database; tables are shut for the moment it takes.

    SQLite overwrites what it deletes, so that only its log must be written back. PostgreSQL keeps samples
    of columns beside its tables, which are drawn anew. Raises DatabaseError while somebody still reads a
    state from before, be it a backup: nobody is kept waiting for them, and the job is tried again.
    """
    kept = write_log_back() if connection.vendor == "sqlite" else write_tables_anew()
    if kept:
        raise DatabaseError("a state from before is still being read")


def write_log_back() -> int:
    """SQLite: whether a reader kept the log from being emptied (1) or nobody did (0)."""
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        try:
            return int(cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0])
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")


def write_tables_anew() -> int:
    """PostgreSQL: how many deleted rows a reader held back."""
    with connection.cursor() as cursor, rows_kept() as numbers:
        cursor.execute(f"SET lock_timeout = {PATIENCE}")
        try:
            for model in HOLDING_TEXT:
                table = connection.ops.quote_name(model._meta.db_table)
                cursor.execute(f"VACUUM (FULL, VERBOSE) {table}")
                cursor.execute(f"ANALYZE {table}")
            cursor.execute("VACUUM (FULL, VERBOSE) pg_catalog.pg_statistic")
        finally:
            cursor.execute("RESET lock_timeout")
    return sum(numbers)


@contextmanager
def rows_kept() -> Iterator[list[int]]:
    """How many deleted rows each VACUUM of the block had to leave: the first number of what it tells."""
    numbers: list[int] = []

    def note(said: Diagnostic) -> None:
        if found := re.search(r"\d+", said.message_detail or ""):
            numbers.append(int(found[0]))

    connection.connection.add_notice_handler(note)
    try:
        yield numbers
    finally:
        connection.connection.remove_notice_handler(note)
