"""Back-off and slots."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hezou.jobs.rules import Beat, is_due, wait_after

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAILY = Beat("daily", "x", every=timedelta(days=1), offset=timedelta(hours=2))


@pytest.mark.parametrize(("attempts", "seconds"), [(1, 5), (2, 20), (3, 80), (6, 3600), (100, 3600)])
def test_wait_grows_to_an_hour(attempts: int, seconds: int) -> None:
    assert wait_after(attempts) == timedelta(seconds=seconds)


def test_wait_counts_attempts_from_one() -> None:
    with pytest.raises(ValueError, match="from 1"):
        wait_after(0)


@pytest.mark.parametrize(
    ("now", "slot"),
    [
        (NOON, NOON.replace(hour=2)),
        (NOON.replace(hour=1), NOON.replace(day=19, hour=2)),
        (NOON.replace(hour=2), NOON.replace(hour=2)),
    ],
)
def test_slot_is_the_latest_due_instant(now: datetime, slot: datetime) -> None:
    assert DAILY.slot(now) == slot


@given(st.integers(1, 10_000), st.integers(0, 86_399))
def test_slot_is_never_later_than_now_nor_older_than_a_period(minutes: int, second: int) -> None:
    beat = Beat("b", "x", every=timedelta(minutes=min(minutes, 1440)))
    now = NOON.replace(hour=0) + timedelta(seconds=second)
    assert timedelta() <= now - beat.slot(now) < beat.every


def test_outage_of_a_week_owes_one_run() -> None:
    last = DAILY.slot(NOON - timedelta(days=7))
    assert is_due(DAILY, last, NOON)
    assert not is_due(DAILY, DAILY.slot(NOON), NOON)


def test_clock_set_back_owes_nothing() -> None:
    assert not is_due(DAILY, DAILY.slot(NOON), NOON - timedelta(days=1))
