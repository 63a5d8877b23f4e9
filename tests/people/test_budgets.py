"""How long a guesser waits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hezou.people.rules.budgets import ACCOUNT, ACCOUNT_AND_SOURCE, Budget

THREE = Budget("three", 3, 60)
PACED = Budget("paced", 3, 60, pace=10)


@pytest.mark.parametrize(
    ("failures", "now", "wait"),
    [
        ([], 100, 0),
        ([90, 95], 100, 0),
        ([50, 90, 95], 100, 10),
        ([40, 90, 95], 100, 0),
        ([10, 50, 90, 95], 100, 10),
        ([100, 100, 100], 100, 60),
    ],
)
def test_wait_until_the_oldest_counts_no_longer(failures: list[float], now: float, wait: float) -> None:
    assert THREE.wait(failures, now) == wait


def test_wait_a_pace_where_there_is_one() -> None:
    assert [PACED.wait([80, 90, 95], now) for now in (95, 100, 105)] == [10, 5, 0]


@given(st.lists(st.floats(0, 600), max_size=40))
def test_never_waits_longer_than_the_window(times: list[float]) -> None:
    failures = sorted(times)
    assert 0 <= THREE.wait(failures, 600) <= 60
    assert 0 <= PACED.wait(failures, 600) <= 10


@given(st.lists(st.floats(1, 100), min_size=1, max_size=60))
def test_admits_no_more_than_the_budget_in_any_window(gaps: list[float]) -> None:
    admitted: list[float] = []
    now = 0.0
    for gap in gaps:
        now += gap
        if not THREE.wait(admitted, now):
            admitted.append(now)
    assert all(len([one for one in admitted if at <= one < at + THREE.window]) <= 3 for at in admitted)


def test_strangers_slow_an_account_down_and_close_it_never() -> None:
    hammered = [float(second) for second in range(1000)]
    assert ACCOUNT.wait(hammered, 1000) <= 30
    assert ACCOUNT_AND_SOURCE.wait(hammered, 1000) == 895
