"""What goes wrong around the data, in words an operator can act on."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import Error, OperationalError

from hezou.kernel.errors import Refused
from hezou.kernel.messages import Message, define

DISK_FULL = define("backup.disk_full", "The disk with {place} is full. Make room and repeat.")
NO_ACCESS = define("backup.no_access", "{place}: {reason}.")
DATABASE_FAILS = define("backup.database_fails", "The database fails: {reason}.")

FULL = {errno.ENOSPC, errno.EDQUOT}


@contextmanager
def told(place: Path | str) -> Iterator[None]:
    """Raise Refused in place of what the system or the database raised; `place` is where is written."""
    try:
        yield
    except (OSError, Error, sqlite3.Error) as error:
        raise Refused(_message(error, place)) from error


def _message(error: Exception, place: Path | str) -> Message:
    if isinstance(error, OSError):
        if error.errno in FULL:
            return DISK_FULL(place=place)
        return NO_ACCESS(place=error.filename or place, reason=os.strerror(error.errno or 0))
    if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
        return DISK_FULL(place=place)
    return DATABASE_FAILS(reason=_reason(error))


def _reason(error: Exception) -> str:
    """What may be said of it: other errors than those of the connection may quote a row."""
    if isinstance(error, OperationalError | sqlite3.DatabaseError):
        return next(iter(str(error).splitlines()), "")
    return type(error).__name__
