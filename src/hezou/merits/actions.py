"""Recording facts; the only writer of this room's table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from hezou.audit.actions import action, record
from hezou.audit.statements import insert
from hezou.kernel import clock
from hezou.kernel.ref import Ref
from hezou.merits.models import Merit
from hezou.people.models import Person, Unit


@dataclass(frozen=True)
class Share:
    """One person's part, `numerator` of `denominator`, credited to the unit frozen at hand-in."""

    person: Person
    unit: Unit
    numerator: int
    denominator: int


@action
def book(
    *, by: Person, fact: str, ref: Ref, shares: list[Share], occurred_on: date, detail: dict[str, Any]
) -> list[Merit]:
    """Record a fact once for everybody who has a share in it. The room above has asked for the right."""
    now = clock.now()
    record(ref, "book_merit", fact=fact, persons=[s.person.pk for s in shares])
    rows = [
        Merit(
            agency_id=by.agency_id,
            fact=fact,
            ref_kind=ref.kind,
            ref_id=ref.id,
            person=share.person,
            unit=share.unit,
            share_numerator=share.numerator,
            share_denominator=share.denominator,
            occurred_on=occurred_on,
            booked_at=now,
            detail=detail,
        )
        for share in shares
    ]
    insert(rows)
    return rows
