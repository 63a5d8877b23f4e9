"""Reading the database in use, at one moment and in plain SQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction


def ask(sql: str, alias: str = DEFAULT_DB_ALIAS) -> list[tuple[Any, ...]]:
    """The rows of one statement that reads."""
    with connections[alias].cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


@contextmanager
def frozen(alias: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Within the block one moment of the database is read; SQLite moreover lets nobody write meanwhile."""
    with transaction.atomic(using=alias, durable=True):
        if connections[alias].vendor == "postgresql":
            with connections[alias].cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
