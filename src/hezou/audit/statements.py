"""Writing rows by statements that are put together once: Django takes longer to write one than to run it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, models

AS_THEY_ARE = frozenset({str, int, bool, type(None)})
"""Types that both engines take without preparation."""
FEW = 20
"""Rows that go in by one ordinary INSERT; more of them by the engine's fastest way."""


def insert(rows: Sequence[models.Model], *, known: bool = False) -> None:
    """Insert rows of one table as they are; keys that the database gives are not read back.

    With `known` rows that break a unique constraint are left out, for they are there already.
    """
    if not rows:
        return
    columns = _columns(type(rows[0]))
    values = list(zip(*(_prepared(column, rows) for column in columns), strict=True))
    with connection.cursor() as cursor, connection.wrap_database_errors:
        if known or len(rows) <= FEW:
            cursor.execute(_inserting(type(rows[0]), len(rows), known), [v for line in values for v in line])
        elif connection.vendor == "postgresql":
            table, names = _names(type(rows[0]))
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for line in values:
                    copy.write_row(line)
        else:
            cursor.executemany(_inserting(type(rows[0]), 1, known), values)
    for row in rows:
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def update(model: type[models.Model], where: Mapping[str, Any], columns: Mapping[str, Any]) -> int:
    """Write columns of the rows whose columns equal `where`; how many rows there were."""
    sql, fields = _updating(model, tuple(columns), tuple(where))
    given = (*columns.values(), *where.values())
    values = [field.get_db_prep_save(v, connection) for field, v in zip(fields, given, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.rowcount)


def _columns(model: type[models.Model]) -> list[Any]:
    return [c for c in model._meta.concrete_fields if not isinstance(c, models.AutoField)]


def _names(model: type[models.Model]) -> tuple[str, str]:
    quote = connection.ops.quote_name
    return quote(model._meta.db_table), ", ".join(quote(str(c.column)) for c in _columns(model))


@cache
def _inserting(model: type[models.Model], rows: int, known: bool) -> str:
    table, names = _names(model)
    line = f"({', '.join(['%s'] * len(_columns(model)))})"
    end = " ON CONFLICT DO NOTHING" if known else ""
    return f"INSERT INTO {table} ({names}) VALUES {', '.join([line] * rows)}{end}"  # noqa: S608 - our names


@cache
def _updating(
    model: type[models.Model], columns: tuple[str, ...], where: tuple[str, ...]
) -> tuple[str, list[Any]]:
    quote = connection.ops.quote_name
    fields = [model._meta.get_field(name) for name in (*columns, *where)]
    parts = [f"{quote(str(field.column))} = %s" for field in fields]  # type: ignore[union-attr]
    new, same = ", ".join(parts[: len(columns)]), " AND ".join(parts[len(columns) :])
    return f"UPDATE {quote(model._meta.db_table)} SET {new} WHERE {same}", fields  # noqa: S608 - our names


def _prepared(column: models.Field[Any, Any], rows: Iterable[models.Model]) -> list[Any]:
    """A column's values as the database takes them."""
    name, prepare = column.attname, column.get_db_prep_save
    given = (getattr(row, name) for row in rows)
    return [value if type(value) in AS_THEY_ARE else prepare(value, connection) for value in given]
