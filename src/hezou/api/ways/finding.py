"""Rows by the ids of a request: those of the bearer's agency, or NotFound."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from hezou.kernel.errors import NotFound
from hezou.manuscripts.models import Manuscript
from hezou.people.models import Body, Journal, Person
from hezou.people.queries import persons
from hezou.review.models import Seat
from hezou.submissions.queries import bodies

M = TypeVar("M", bound=Model)


def persons_of(asking: Person, ids: Sequence[UUID]) -> list[Person]:
    """Persons who work here, in the order named."""
    return _all(persons(asking.agency_id).select_related("unit", "agency"), ids)


def bodies_of(asking: Person, ids: Sequence[UUID]) -> list[Body]:
    """Bodies in use, in the order named."""
    return _all(bodies(asking.agency_id).prefetch_related(None), ids)


def journal_of(asking: Person, journal_id: UUID | None) -> Journal | None:
    """A journal in use; None for none."""
    if journal_id is None:
        return None
    rows = Journal.objects.filter(agency_id=asking.agency_id, retired_at=None)
    return _all(rows.select_related("body"), [journal_id])[0]


def seat_of(piece: Manuscript, seat_id: UUID) -> Seat:
    """A seat of the piece, of whatever round: a request may be older than the round."""
    rows = Seat.objects.filter(agency_id=piece.agency_id, manuscript=piece)
    return _all(rows.select_related("person", "unit"), [seat_id])[0]


def _all(rows: QuerySet[M], ids: Sequence[UUID]) -> list[M]:
    wanted = list(dict.fromkeys(ids))
    found = {row.pk: row for row in rows.filter(pk__in=wanted)}
    if len(found) != len(wanted):
        raise NotFound
    return [found[one] for one in wanted]
