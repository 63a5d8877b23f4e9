"""Human numbers, counted by agency and year."""

from __future__ import annotations

from hezou.people.models import Agency
from hezou.people.queries import today_of


def next_number(agency: Agency, counter: str) -> str:
    """The next human number of a counter, such as `2026-0123`; starts again each year of the agency's zone.

    Called within an act: the agency's row stays locked until its end, so numbers have no gaps and no doubles.
    """
    # Rows that point to the agency share its key meanwhile: a lock of the key would deadlock with them.
    locked = Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
    year = today_of(locked).year
    series = f"{counter}-{year}"
    number = locked.counters.get(series, 0) + 1
    Agency.objects.filter(pk=locked.pk).update(counters={**locked.counters, series: number})
    return f"{year}-{number:04d}"
