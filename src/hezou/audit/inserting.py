"""Inserting many rows of one table: half the time of `bulk_create`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models

AS_THEY_ARE = frozenset({str, int, bool, type(None)})
"""Types that both engines take without preparation."""


def insert(rows: Sequence[models.Model]) -> None:
    """Insert rows of one table as they are; keys that the database gives are not read back."""
    model = type(rows[0])
    columns = [c for c in model._meta.concrete_fields if not isinstance(c, models.AutoField)]
    names = ", ".join(connection.ops.quote_name(str(column.column)) for column in columns)
    table = connection.ops.quote_name(model._meta.db_table)
    values = zip(*(_prepared(column, rows) for column in columns), strict=True)
    with connection.cursor() as cursor, connection.wrap_database_errors:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for line in values:
                    copy.write_row(line)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(values))  # noqa: S608 - our names


def _prepared(column: models.Field[Any, Any], rows: Iterable[models.Model]) -> list[Any]:
    """A column's values as the database takes them."""
    name, prepare = column.attname, column.get_db_prep_save
    given = (getattr(row, name) for row in rows)
    return [value if type(value) in AS_THEY_ARE else prepare(value, connection) for value in given]
