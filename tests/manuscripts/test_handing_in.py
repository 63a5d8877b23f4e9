"""Hand-in: what stops it, what it freezes, and that nothing but it begins a round."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from hezou.kernel.errors import Forbidden, NotFound, Stale
from hezou.kernel.messages import Message
from hezou.manuscripts.lifecycle import MANUSCRIPT, WRITABLE
from hezou.manuscripts.models import Manuscript, Version
from hezou.manuscripts.queries import authors
from hezou.manuscripts.rules.handing_in import (
    EMPTY,
    HAS_ERRORS,
    NO_AUTHOR,
    UNCONFIRMED,
    HandInFacts,
)
from hezou.people.models import Person
from hezou.review.actions import hand_in
from tests.support.office import TEXT, Office, found_office, read
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return found_office()


def give(office: Office, manuscript: Manuscript, by: str = "writer", *, confirmed: bool = True) -> Manuscript:
    manuscript = read(manuscript)
    return hand_in(
        by=office.fresh(by), manuscript=manuscript, revision=manuscript.revision, confirmed=confirmed
    )


def move(office: Office, person: str, unit: str) -> None:
    Person.objects.filter(pk=office.person[person].pk).update(unit=office.unit[unit])


def frozen(manuscript: Manuscript) -> list[tuple[str, str | None]]:
    """Authors with the unit frozen for them."""
    return [(a.person.name, a.unit.name if a.unit else None) for a in authors(manuscript)]


def test_hand_in_of_a_clean_text_needs_no_confirmation(office: Office) -> None:
    manuscript = give(office, office.draft(), confirmed=False)
    assert (manuscript.state, manuscript.round) == ("in_review", 1)
    assert read(manuscript).state == "in_review"


def test_hand_in_with_left_over_placeholders_is_refused_even_when_confirmed(office: Office) -> None:
    manuscript = office.draft(text=f"{TEXT}\n共办理XX件。")
    with refused("manuscript.has_errors"):
        give(office, manuscript)
    assert read(manuscript).state == "draft"


def test_hand_in_with_doubts_asks_for_one_confirmation(office: Office) -> None:
    manuscript = office.draft(text=f"{TEXT}\n群众满意，，来电致谢，。")
    with refused("manuscript.unconfirmed"):
        give(office, manuscript, confirmed=False)
    assert give(office, manuscript).state == "in_review"


@pytest.mark.parametrize("by", ["colleague", "head", "administrator"])
def test_hand_in_by_anybody_but_the_writers_is_forbidden(office: Office, by: str) -> None:
    with pytest.raises(Forbidden):
        give(office, office.draft(), by)


def test_hand_in_by_a_second_author_is_allowed(office: Office) -> None:
    assert give(office, office.draft("writer", "colleague"), "colleague").state == "in_review"


def test_hand_in_of_another_agency_finds_nothing(office: Office) -> None:
    foreign = found_office("hill").draft()
    with pytest.raises(NotFound):
        give(office, foreign)


def test_hand_in_on_a_stale_page_is_refused(office: Office) -> None:
    manuscript = office.draft()
    with pytest.raises(Stale):
        hand_in(
            by=office.fresh("writer"), manuscript=manuscript, revision=manuscript.revision + 1, confirmed=True
        )


def test_hand_in_of_what_is_handed_in_is_impossible(office: Office) -> None:
    with refused("kernel.impossible"):
        give(office, office.handed_in())


def test_hand_in_freezes_the_unit_of_each_author_that_day(office: Office) -> None:
    manuscript = office.draft("writer", "other_writer")
    assert frozen(manuscript) == [("甲某", "第一科"), ("丁某", "第二科")]
    give(office, manuscript)
    move(office, "writer", "第二科")
    assert frozen(manuscript) == [("甲某", "第一科"), ("丁某", "第二科")]


def test_hand_in_after_a_return_freezes_anew(office: Office) -> None:
    manuscript = office.handed_in()
    move(office, "writer", "第二科")
    office.decide(manuscript, "head", verdict="return", opinion="补充数据来源")
    assert frozen(manuscript) == [("甲某", "第一科")]
    give(office, manuscript)
    assert frozen(manuscript) == [("甲某", "第二科")]


def test_hand_in_makes_no_version(office: Office) -> None:
    manuscript = office.draft()
    give(office, manuscript)
    assert list(Version.objects.filter(manuscript=manuscript).values_list("number", "round")) == [(1, 0)]


def test_facts_are_judged_one_by_one() -> None:
    clean = HandInFacts(characters=10, authors=1, errors=0, doubts=0, confirmed=False)

    def said(**other: Any) -> list[Message]:
        return MANUSCRIPT.why_not("hand_in", "draft", replace(clean, **other))

    assert said() == []
    assert said(characters=0) == [EMPTY()]
    assert said(authors=0) == [NO_AUTHOR()]
    assert said(errors=2) == [HAS_ERRORS(count=2)]
    assert said(doubts=3) == [UNCONFIRMED(count=3)]
    assert said(doubts=3, confirmed=True) == []
    assert said(characters=0, errors=1) == [EMPTY(), HAS_ERRORS(count=1)]


def test_lifecycle_lets_each_state_go_only_where_it_may() -> None:
    leads = {
        state: sorted((t.verb, t.target) for t in MANUSCRIPT.from_state(state)) for state in MANUSCRIPT.states
    }
    assert leads == {
        "draft": [("hand_in", "in_review"), ("purge", "purged")],
        "in_review": [("purge", "purged"), ("recall", "draft"), ("return", "returned"), ("sign", "signed")],
        "returned": [("hand_in", "in_review"), ("purge", "purged")],
        "signed": [("purge", "purged"), ("recall", "draft"), ("submit", "sent")],
        "sent": [("purge", "purged"), ("submit", "sent")],
        "purged": [],
    }
    assert (MANUSCRIPT.initial, WRITABLE) == ("draft", {"draft", "returned"})
