"""Work of reviews that is done later."""

from __future__ import annotations

from uuid import UUID

from django.db import DatabaseError, connection

from hezou.files.actions import remove
from hezou.jobs.backend import task
from hezou.manuscripts.actions.purging import drop_left_overs
from hezou.manuscripts.models import Attachment, Manuscript, Text, WorkingCopy
from hezou.review.models import Decision

HOLDING_TEXT = (Text, WorkingCopy, Manuscript, Attachment, Decision)
"""The tables of the first list of docs/purge.md."""


@task
def scrub(agency_id: str, manuscript_id: str, hashes: list[str]) -> None:
    """After a purge: take its files off the disk, and what deleted rows left out of the database's files."""
    drop_left_overs(Manuscript.objects.get(agency_id=agency_id, pk=manuscript_id))
    remove(UUID(agency_id), hashes)
    forget_old_rows()


def forget_old_rows() -> None:
    """Leave no old row in the files of the database; tables are shut for the moment it takes.

    SQLite overwrites what it deletes, so that only its log must be written back. Raises DatabaseError while
    a reader keeps that from happening: the job is tried again.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            if cursor.fetchone()[0]:
                raise DatabaseError("the log is still being read")
            return
        for model in HOLDING_TEXT:
            cursor.execute(f"VACUUM FULL {connection.ops.quote_name(model._meta.db_table)}")
