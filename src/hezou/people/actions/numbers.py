"""Human numbers, counted by agency and year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from hezou.audit.prepared import prepared
from hezou.audit.statements import update
from hezou.people.models import Agency
from hezou.people.queries import today_of


def next_number(agency: Agency, counter: str) -> str:
    """The next human number of a counter, such as `2026-0123`; starts again each year of the agency's zone.

    Called within an act: the agency's row stays locked until its end, so numbers have no gaps and no doubles.
    """
    return past_numbers(agency, counter, [today_of(agency).year])[0]


def past_numbers(agency: Agency, counter: str, years: Sequence[int]) -> list[str]:
    """The next numbers of a counter for things of the years given, in their order; as `next_number`."""
    locked = _locked(agency_id=agency.pk)[0]
    counters = Counter(locked.counters)
    numbers = []
    for year in years:
        series = f"{counter}-{year}"
        counters[series] += 1
        numbers.append(f"{year}-{counters[series]:04d}")
    update(Agency, {"id": locked.pk}, {"counters": dict(counters)})
    return numbers


@prepared
def _locked(agency_id: UUID) -> QuerySet[Agency]:
    # Rows that point to the agency share its key meanwhile: a lock of the key would deadlock with them.
    return Agency.objects.select_for_update(no_key=True).filter(pk=agency_id)
