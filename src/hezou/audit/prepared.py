"""Queries that are put into SQL once: Django takes longer to write one than the database to answer it.

    @prepared
    def _seats(agency_id: UUID, manuscript_id: UUID) -> QuerySet[Seat]:
        return Seat.objects.filter(agency_id=agency_id, manuscript=manuscript_id).select_related("person")

    rows = _seats(agency_id=…, manuscript_id=…)

The function is called once for each number of values in its lists, with stand-ins for its arguments; every
call after it runs the same SQL with the arguments in their places. So it may do nothing with them but filter.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.models import QuerySet

from hezou.kernel.ids import uuid7

P = ParamSpec("P")
M = TypeVar("M", bound=models.Model)
Shape = tuple[tuple[str, int | None], ...]
KEPT = 256
"""Shapes kept of one query; beyond that it begins anew."""


@dataclass(frozen=True)
class _Made:
    """A query as it was put into SQL ('' where nothing can answer it).

    `places` says which argument stands where among the parameters.
    """

    queryset: QuerySet[Any]
    compiler: Any
    sql: str
    parameters: tuple[Any, ...]
    places: tuple[tuple[int, str, int | None], ...]

    def run(self, given: Mapping[str, Any]) -> list[Any]:
        """The rows for these arguments."""
        if not self.sql:
            return []
        parameters = list(self.parameters)
        for place, name, number in self.places:
            value = given[name] if number is None else given[name][number]
            parameters[place] = _for_database(value)
        compiler = copy.copy(self.compiler)
        compiler.connection = connections[DEFAULT_DB_ALIAS]  # this thread's
        compiler.as_sql = lambda *_, **__: (self.sql, tuple(parameters))
        queryset: Any = self.queryset.all()
        queryset.query.get_compiler = lambda *_, **__: compiler
        return list(queryset)


def prepared(build: Callable[P, QuerySet[M]]) -> Callable[P, list[M]]:
    """The same query, put into SQL once. Arguments by name: ids, numbers, strings, tuples of ids."""
    kept: dict[tuple[str, Shape], _Made] = {}

    @wraps(build)
    def ask(*args: P.args, **given: P.kwargs) -> list[M]:
        shape = tuple((name, len(v) if isinstance(v, tuple) else None) for name, v in given.items())
        key = (connection.vendor, shape)
        if key not in kept:
            if len(kept) >= KEPT:
                kept.clear()
            kept[key] = _make(build, given)
        return kept[key].run(given)

    return ask


def _make(build: Callable[..., QuerySet[Any]], given: dict[str, Any]) -> _Made:
    stand_ins = {name: _stand_in(value) for name, value in given.items()}
    queryset = build(**stand_ins)
    compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:
        return _Made(queryset, compiler, "", (), ())
    where: dict[Any, tuple[str, int | None]] = {}
    for name, value in stand_ins.items():
        if isinstance(value, tuple):
            where |= {_for_database(one): (name, number) for number, one in enumerate(value)}
        else:
            where[_for_database(value)] = (name, None)
    places = tuple((place, *where[one]) for place, one in enumerate(parameters) if _is_in(one, where))
    missing = set(where.values()) - {(name, number) for _, name, number in places}
    if missing:
        raise ValueError(f"{build.__qualname__} does more with {missing} than filter")
    return _Made(queryset, compiler, sql, tuple(parameters), places)


def _stand_in(value: Any) -> Any:
    """Something of the same type that occurs nowhere else."""
    if isinstance(value, tuple):
        return tuple(_stand_in(one) for one in value)
    if isinstance(value, UUID):
        return uuid7()
    if isinstance(value, int):
        return uuid7().int % 1_000_000_007 + 1_000_000_007
    return str(uuid7())


def _for_database(value: Any) -> Any:
    """An argument as the engine takes it."""
    return value.hex if isinstance(value, UUID) and connection.vendor == "sqlite" else value


def _is_in(value: Any, where: dict[Any, Any]) -> bool:
    return isinstance(value, str | int | UUID) and value in where
