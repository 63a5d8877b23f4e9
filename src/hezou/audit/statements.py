"""Writing rows by statements that are put together once: Django takes longer to write one than to run it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from operator import attrgetter
from typing import Any
from uuid import UUID

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
    model = type(rows[0])
    columns = [c for c in model._meta.concrete_fields if not isinstance(c, models.AutoField)]
    values = [_prepared(column, map(attrgetter(column.attname), rows)) for column in columns]
    _put(model, columns, list(zip(*values, strict=True)), known)
    for row in rows:
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def insert_values(model: type[models.Model], names: Sequence[str], lines: Iterable[tuple[Any, ...]]) -> None:
    """Insert rows given as values of the columns named: an object a row costs more than the row."""
    columns: list[Any] = [model._meta.get_field(name) for name in names]
    values = [
        _prepared(column, given) for column, given in zip(columns, zip(*lines, strict=True), strict=True)
    ]
    _put(model, columns, list(zip(*values, strict=True)), known=False)


def _put(
    model: type[models.Model], columns: Sequence[Any], lines: Sequence[tuple[Any, ...]], known: bool
) -> None:
    """One ordinary INSERT for a few rows; the engine's fastest way for many."""
    names = tuple(str(column.column) for column in columns)
    with connection.cursor() as cursor, connection.wrap_database_errors:
        if known or len(lines) <= FEW:
            cursor.execute(_inserting(model, names, len(lines), known), [v for line in lines for v in line])
        elif connection.vendor == "postgresql":
            table, listed = _quoted(model, names)
            with cursor.copy(f"COPY {table} ({listed}) FROM STDIN") as copy:
                for line in lines:
                    copy.write_row(line)
        else:
            cursor.executemany(_inserting(model, names, 1, known), lines)


def update(model: type[models.Model], where: Mapping[str, Any], columns: Mapping[str, Any]) -> int:
    """Write columns of the rows whose columns equal `where`; how many rows there were."""
    sql, fields = _updating(model, tuple(columns), tuple(where))
    given = (*columns.values(), *where.values())
    values = [field.get_db_prep_save(v, connection) for field, v in zip(fields, given, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.rowcount)


def _quoted(model: type[models.Model], names: tuple[str, ...]) -> tuple[str, str]:
    quote = connection.ops.quote_name
    return quote(model._meta.db_table), ", ".join(map(quote, names))


@cache
def _inserting(model: type[models.Model], names: tuple[str, ...], rows: int, known: bool) -> str:
    table, listed = _quoted(model, names)
    line = f"({', '.join(['%s'] * len(names))})"
    end = " ON CONFLICT DO NOTHING" if known else ""
    return f"INSERT INTO {table} ({listed}) VALUES {', '.join([line] * rows)}{end}"  # noqa: S608 - our names


@cache
def _updating(
    model: type[models.Model], columns: tuple[str, ...], where: tuple[str, ...]
) -> tuple[str, list[Any]]:
    quote = connection.ops.quote_name
    fields = [model._meta.get_field(name) for name in (*columns, *where)]
    parts = [f"{quote(str(field.column))} = %s" for field in fields]  # type: ignore[union-attr]
    new, same = ", ".join(parts[: len(columns)]), " AND ".join(parts[len(columns) :])
    return f"UPDATE {quote(model._meta.db_table)} SET {new} WHERE {same}", fields  # noqa: S608 - our names


def _prepared(column: models.Field[Any, Any], values: Iterable[Any]) -> list[Any]:
    """A column's values as the database takes them; ids and instants by a way shorter than the field's."""
    prepare, is_sqlite = column.get_db_prep_save, connection.vendor == "sqlite"
    found = []
    for value in values:
        kind = type(value)
        if kind in AS_THEY_ARE:
            found.append(value)
        elif kind is UUID:
            found.append(value.hex if is_sqlite else value)
        elif kind is datetime and is_sqlite:
            found.append(str(value.astimezone(UTC).replace(tzinfo=None)))
        else:
            found.append(prepare(value, connection))
    return found
