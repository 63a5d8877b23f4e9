"""Lists without counting: a branch a scope kind, keyset paging, capped counts.

Why branches: one OR over scopes makes both engines scan; each branch alone walks an index and stops after a
page. The branches are merged here (SQLite takes no LIMIT inside a UNION).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from hezou.access.scopes import scopes_of
from hezou.kernel.ids import parse
from hezou.manuscripts.models import Manuscript
from hezou.manuscripts.queries import readers
from hezou.people.models import Person

M = TypeVar("M", bound=Model)
PAGE = 30
CAP = 1000


@dataclass(frozen=True)
class Page(Generic[M]):
    """Rows newest first; `after` is the cursor of the next page, '' on the last."""

    rows: list[M]
    after: str


def page(rows: QuerySet[M], key: str, *, after: str = "", size: int = PAGE) -> Page[M]:
    """One page of rows ordered by an instant column and id, both descending."""
    return _cut(list(_ordered(rows, key, after)[: size + 1]), key, size)


def visible_page(
    person: Person, rows: QuerySet[Manuscript], *, after: str = "", size: int = PAGE
) -> Page[Manuscript]:
    """One page of the pieces among `rows` that a person may see, last touched first."""
    key = "touched_at"
    found: dict[UUID, Manuscript] = {}
    for branch in _branches(person, rows):
        found.update((row.pk, row) for row in _ordered(branch, key, after)[: size + 1])
    merged = sorted(found.values(), key=lambda row: (row.touched_at, row.pk), reverse=True)
    return _cut(merged[: size + 1], key, size)


def count_up_to(rows: QuerySet[Any], cap: int = CAP) -> str:
    """How many rows there are in words: exact up to the cap, then `1,000+`."""
    number = len(rows.order_by().values_list("pk", flat=True)[: cap + 1])
    return f"{cap:,}+" if number > cap else f"{number:,}"


def _branches(person: Person, rows: QuerySet[Manuscript]) -> Iterator[QuerySet[Manuscript]]:
    by_kind: dict[str, list[UUID]] = {}
    for kind, scope_id in scopes_of(person):
        by_kind.setdefault(kind, []).append(scope_id)
    for kind, ids in by_kind.items():
        opened = readers(person.agency_id).filter(scope_kind=kind, scope_id__in=ids)
        if kind == "office":
            yield rows.filter(Exists(opened.filter(manuscript=OuterRef("pk"))))
        else:
            yield rows.filter(pk__in=opened.values("manuscript_id"))


def _ordered(rows: QuerySet[M], key: str, after: str) -> QuerySet[M]:
    instant, row_id = _read(after)
    if instant is not None:
        rows = rows.filter(Q(**{f"{key}__lt": instant}) | Q(**{key: instant, "pk__lt": row_id}))
    return rows.order_by(f"-{key}", "-pk")


def _cut(rows: list[M], key: str, size: int) -> Page[M]:
    if len(rows) <= size:
        return Page(rows, "")
    last = rows[size - 1]
    return Page(rows[:size], f"{getattr(last, key).isoformat()}~{last.pk}")


def _read(after: str) -> tuple[datetime | None, UUID | None]:
    """The cursor's parts; a mangled cursor begins at the first page."""
    instant, _, row_id = after.partition("~")
    parsed = parse(row_id)
    try:
        moment = datetime.fromisoformat(instant)
        if parsed is not None and moment.tzinfo is not None:
            return moment.astimezone(UTC), parsed
    except (ValueError, OverflowError):  # no instant, or one that no calendar in UTC holds
        pass
    return None, None
