"""Facts of earlier, as rows for `audit.actions.load_history`; see `audit.history`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import models

from hezou.audit.history import Past
from hezou.kernel.ref import Ref
from hezou.merits.actions import Share
from hezou.merits.models import Merit
from hezou.people.models import Person


def keep_merits(
    past: Past,
    *,
    fact: str,
    thing: models.Model,
    shares: Sequence[Share],
    by: Person,
    at: datetime,
    occurred_on: date,
    detail: dict[str, Any],
) -> None:
    """A fact booked at `at` for everybody who has a share in it."""
    ref = Ref.to(thing)
    for share in shares:
        past.keep(
            Merit(
                agency_id=by.agency_id,
                fact=fact,
                ref_kind=ref.kind,
                ref_id=ref.id,
                person_id=share.person.pk,
                unit_id=share.unit.pk,
                share_numerator=share.numerator,
                share_denominator=share.denominator,
                occurred_on=occurred_on,
                booked_at=at,
                detail=detail,
            )
        )
    past.tell(thing, "book_merit", by.pk, at, fact=fact, persons=[s.person.pk for s in shares])
