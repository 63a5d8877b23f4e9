"""Deputies never sign in a circle: the search against a count of days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hezou.people.rules.deputies import ALREADY_DEPUTY, CIRCLE, DATES, ONESELF, PAST, Term, why_not_deputy
from hezou.people.rules.roles import ADMINISTRATOR, AGENCY_WIDE, EXCLUDED, ROLES, why_not_role

DAY = date(2026, 3, 1)


def term(principal: str, deputy: str, first: int, last: int) -> Term:
    return Term(principal, deputy, DAY + timedelta(days=first), DAY + timedelta(days=last))


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (term("a", "a", 1, 2), ONESELF()),
        (term("a", "b", 2, 1), DATES()),
        (term("a", "b", -2, -1), PAST()),
        (term("b", "c", 5, 6), ALREADY_DEPUTY()),
        (term("b", "c", 7, 8), None),
        (term("c", "b", 6, 9), CIRCLE()),
        (term("c", "b", 7, 9), None),
        (term("d", "b", 6, 6), CIRCLE()),
        (term("d", "b", 3, 5), None),
    ],
)
def test_name_deputy_beside_others(new: Term, expected: object) -> None:
    terms = [term("b", "c", 0, 6), term("c", "d", 6, 9), term("c", "d", 20, 22)]
    assert why_not_deputy(new, terms, DAY) == expected


people = st.sampled_from("abcd")
terms_of = st.builds(
    lambda principal, deputy, first, length: term(principal, deputy, first, first + length),
    people,
    people,
    st.integers(0, 6),
    st.integers(0, 4),
)


@given(st.lists(terms_of, max_size=6), terms_of)
def test_circle_is_refused_exactly_when_some_day_has_one(terms: list[Term], new: Term) -> None:
    terms = [one for one in terms if one.principal != one.deputy]
    days = [DAY + timedelta(days=number) for number in range(12)]
    inside = [day for day in days if new.starts <= day <= new.ends]
    closes = any(new.principal in reach(day, terms, new.deputy) for day in inside)
    answer = why_not_deputy(new, terms, DAY)
    if answer not in {ONESELF(), ALREADY_DEPUTY()}:
        assert (answer == CIRCLE()) == closes


def reach(day: date, terms: list[Term], start: str) -> set[str]:
    """Everybody who on one day signs for `start`, directly or through others."""
    found: set[str] = {start}
    for _ in terms:
        found |= {one.deputy for one in terms if one.principal in found and one.starts <= day <= one.ends}
    return found


def test_auditor_holds_no_other_role() -> None:
    for other in (ADMINISTRATOR, "writer"):
        assert why_not_role("auditor", {other}) == EXCLUDED()
        assert why_not_role(other, {"auditor"}) == EXCLUDED()
    assert why_not_role("auditor", {"auditor"}) is None
    assert why_not_role("writer", {ADMINISTRATOR, "editor"}) is None
    assert AGENCY_WIDE < ROLES
