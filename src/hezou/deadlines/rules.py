"""Working days, explained: pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from hezou.packs.rules import Rulebook

WEEKEND = 5
"""`date.weekday()` of Saturday."""


@dataclass(frozen=True)
class Calendar:
    """Announced years, days off in them, weekend days worked in exchange."""

    years: frozenset[int]
    off: frozenset[date]
    work: frozenset[date]

    def works(self, day: date) -> bool:
        """Whether a day is a working day; plain weekends where the year was not announced."""
        if day in self.work:
            return True
        return day.weekday() < WEEKEND and day not in self.off


@dataclass(frozen=True)
class Due:
    """A due day and how it was found: each day looked at, and whether it counted.

    `assumed` is true when a year was reached whose days off were not announced.
    """

    day: date
    steps: tuple[tuple[date, bool], ...]
    assumed: bool


def calendar_of(rules: Rulebook) -> Calendar:
    """The calendar in a rulebook."""
    rows = rules.years.values()
    return Calendar(
        years=frozenset(row.year for row in rows),
        off=frozenset(day for row in rows for day in row.off),
        work=frozenset(day for row in rows for day in row.work),
    )


def working_days_after(calendar: Calendar, start: date, count: int) -> Due:
    """The day on which `count` working days are over; the start day itself does not count.

    Raises ValueError for a count below 1 or above 1,000.
    """
    if not 1 <= count <= 1000:
        raise ValueError("count out of range")
    day, left, steps = start, count, []
    while left:
        day += timedelta(days=1)
        counted = calendar.works(day)
        steps.append((day, counted))
        left -= counted
    assumed = any(seen.year not in calendar.years for seen, _ in steps)
    return Due(day, tuple(steps), assumed)
