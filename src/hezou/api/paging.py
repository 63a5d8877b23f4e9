"""Lists by keyset: a cursor says where the last page ended, and only this door can make one."""

from __future__ import annotations

from typing import Any, TypeVar

from django.core import signing
from django.db.models import Model, Q, QuerySet

from hezou.api.problems import Unreadable
from hezou.api.rules.frame import BAD_CURSOR

M = TypeVar("M", bound=Model)


def seal(name: str, cursor: Any) -> str | None:
    """The cursor of a list as it is given out; None on the last page."""
    return signing.dumps(cursor, salt=f"hezou.api.{name}") if cursor else None


def unseal(name: str, cursor: str | None) -> Any:
    """What `seal` was given; None without a cursor. Raises Unreadable for any other."""
    if cursor is None:
        return None
    try:
        return signing.loads(cursor, salt=f"hezou.api.{name}")
    except signing.BadSignature:
        raise Unreadable(BAD_CURSOR()) from None


def page_of(
    rows: QuerySet[M], name: str, *order: str, after: str | None, size: int
) -> tuple[list[M], str | None]:
    """A page of rows in an order whose last column is unique (`-` for descending), and the next cursor."""
    last = unseal(name, after)
    if last is not None:
        rows = rows.filter(_behind(order, last))
    found = list(rows.order_by(*order)[: size + 1])
    if len(found) <= size:
        return found, None
    names = [one.removeprefix("-") for one in order]
    columns: list[Any] = [found[size - 1]._meta.get_field(one) for one in names]
    ends = [column.value_to_string(found[size - 1]) for column in columns]
    return found[:size], seal(name, ends)


def _behind(order: tuple[str, ...], last: list[str]) -> Q:
    """Rows that come after the one whose columns in `order` are `last`."""
    found, same = Q(), Q()
    for column, value in zip(order, last, strict=True):
        name = column.removeprefix("-")
        found |= same & Q(**{f"{name}__{'lt' if column.startswith('-') else 'gt'}": value})
        same &= Q(**{name: value})
    return found
