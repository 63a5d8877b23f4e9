"""Merit facts: once for each person, shares that are parts of a whole, told newest first."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError

from hezou.audit.queries import trail
from hezou.kernel.ref import Ref
from hezou.merits.actions import Share, book
from hezou.merits.models import Merit
from hezou.merits.queries import merits_of
from tests.support.office import Office, found_office

pytestmark = pytest.mark.django_db

FACT = Ref("adoption", "0190")


@pytest.fixture
def office() -> Office:
    return found_office()


def put(office: Office, *parts: tuple[str, int, int], ref: Ref = FACT, day: int = 1) -> list[Merit]:
    """Book a fact: (person, part, of how many parts)."""
    return book(
        by=office.person["editor"],
        fact="adoption",
        ref=ref,
        shares=[Share(office.person[key], office.unit["第一科"], n, of) for key, n, of in parts],
        occurred_on=date(2026, 3, day),
        detail={"form": "whole"},
    )


def test_book_tells_the_chain_whom_it_credits(office: Office) -> None:
    put(office, ("writer", 1, 3), ("colleague", 2, 3))
    entry = trail(office.agency.pk, FACT).get()
    assert (entry.verb, entry.detail) == (
        "book_merit",
        {"fact": "adoption", "persons": [str(office.person[key].pk) for key in ("writer", "colleague")]},
    )


def test_book_of_the_same_fact_twice_breaks_a_constraint(office: Office) -> None:
    put(office, ("writer", 1, 1))
    with pytest.raises(IntegrityError):
        put(office, ("writer", 1, 1))


@pytest.mark.parametrize(("part", "whole"), [(0, 1), (2, 1), (-1, 2)])
def test_book_of_a_share_that_is_no_part_breaks_a_constraint(office: Office, part: int, whole: int) -> None:
    with pytest.raises(IntegrityError):
        put(office, ("writer", part, whole))


def test_merits_of_a_person_are_told_newest_first(office: Office) -> None:
    put(office, ("writer", 1, 1), ref=Ref("adoption", "a"), day=1)
    put(office, ("writer", 1, 2), ("colleague", 1, 2), ref=Ref("adoption", "b"), day=9)
    assert [(m.ref_id, m.unit.name) for m in merits_of(office.person["writer"])] == [
        ("b", "第一科"),
        ("a", "第一科"),
    ]
    assert [m.ref_id for m in merits_of(office.person["colleague"])] == ["b"]
