"""Rows by the ids of a request: those of the bearer's agency, or NotFound."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from hezou.access.by_token import find_open_manuscript
from hezou.kernel.errors import NotFound
from hezou.manuscripts.models import Manuscript
from hezou.people.models import Absence, Body, Journal, Person
from hezou.people.queries import persons
from hezou.review.models import CounterSignature, Seat, Sheet
from hezou.review.queries import sheet_by_code
from hezou.review.rules import read_code
from hezou.submissions.queries import bodies

M = TypeVar("M", bound=Model)
_MOST = 2**63
"""No row has such a number, and no database takes it."""


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


def sheet_of(asking: Person, code: str | None) -> Sheet | None:
    """The printed sheet with a code, however it is grouped; None for none."""
    return None if code is None else sheet_by_code(asking.agency_id, read_code(code))


def owed_of(asking: Person, owed_id: UUID) -> CounterSignature:
    """A signature of a piece that a program may see, handed in or still owed."""
    rows = CounterSignature.objects.filter(agency_id=asking.agency_id)
    found = _all(rows.select_related("decision__seat__manuscript", "decision__decided_by"), [owed_id])[0]
    find_open_manuscript(asking, found.decision.seat.manuscript_id)
    return found


def absence_of(asking: Person, absence_id: int) -> Absence:
    """An absence that the asking person may enter and end."""
    rows = Absence.objects.filter(agency_id=asking.agency_id).select_related("person__agency", "deputy")
    found = rows.filter(pk=absence_id).first() if absence_id < _MOST else None
    if found is None or not asking.has_perm("absence.record", found.person):
        raise NotFound
    return found


def _all(rows: QuerySet[M], ids: Sequence[UUID]) -> list[M]:
    wanted = list(dict.fromkeys(ids))
    found = {row.pk: row for row in rows.filter(pk__in=wanted)}
    if len(found) != len(wanted):
        raise NotFound
    return [found[one] for one in wanted]
