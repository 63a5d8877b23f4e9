"""Working days over weekends, holidays and days worked in exchange."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hezou.deadlines.rules import Calendar, calendar_of, working_days_after
from hezou.packs import shipped
from hezou.packs.rules import compose, parse

CALENDAR = calendar_of(
    compose(parse(family, body) for family, body in shipped.read("district-bureau").items())
)


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        (date(2026, 11, 18), 3, date(2026, 11, 23)),  # over a plain weekend
        (date(2026, 9, 30), 1, date(2026, 10, 8)),  # the whole of the October holiday is off
        (date(2026, 10, 8), 2, date(2026, 10, 10)),  # a Saturday worked in exchange counts
        (date(2025, 1, 24), 1, date(2025, 1, 26)),  # a Sunday worked in exchange counts
        (date(2026, 2, 13), 1, date(2026, 2, 14)),
    ],
)
def test_working_days_after_counts_announced_days(start: date, count: int, due: date) -> None:
    found = working_days_after(CALENDAR, start, count)
    assert (found.day, found.assumed) == (due, False)


def test_working_days_after_explains_each_day() -> None:
    found = working_days_after(CALENDAR, date(2026, 9, 24), 1)
    assert found.steps == (
        (date(2026, 9, 25), False),
        (date(2026, 9, 26), False),
        (date(2026, 9, 27), False),
        (date(2026, 9, 28), True),
    )


def test_working_days_after_says_when_a_year_was_not_announced() -> None:
    assert working_days_after(CALENDAR, date(2199, 12, 31), 1).assumed


@pytest.mark.parametrize("count", [0, -1, 1001])
def test_working_days_after_refuses_a_senseless_count(count: int) -> None:
    with pytest.raises(ValueError, match="count"):
        working_days_after(CALENDAR, date(2026, 1, 1), count)


@given(st.dates(date(2023, 1, 1), date(2026, 11, 1)), st.integers(1, 20))
def test_working_days_after_counts_exactly(start: date, count: int) -> None:
    found = working_days_after(CALENDAR, start, count)
    days = [start + timedelta(days=n + 1) for n in range((found.day - start).days)]
    assert sum(CALENDAR.works(day) for day in days) == count
    assert CALENDAR.works(found.day)


def test_new_day_off_moves_the_due_day() -> None:
    off = CALENDAR.off | {date(2026, 11, 23)}
    moved = Calendar(CALENDAR.years, off, CALENDAR.work)
    assert working_days_after(moved, date(2026, 11, 18), 3).day == date(2026, 11, 24)
