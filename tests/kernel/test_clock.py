from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hezou.kernel import clock


def test_now_is_aware_and_in_utc() -> None:
    assert clock.now().tzinfo is UTC


def test_today_is_the_zones_day() -> None:
    with clock.moved_to(datetime(2026, 3, 1, 16, 30, tzinfo=UTC)):
        assert (clock.today("Asia/Shanghai"), clock.today("UTC")) == (date(2026, 3, 2), date(2026, 3, 1))


def test_moved_clock_runs_on_and_comes_back() -> None:
    before = clock.now()
    with clock.moved_to(before - timedelta(days=400)):
        first = clock.now()
        assert clock.now() >= first
        assert first - (before - timedelta(days=400)) < timedelta(seconds=5)
    assert clock.now() >= before
