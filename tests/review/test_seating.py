"""Laying a route out before anybody sits: the dry run and handing in say the same."""

from __future__ import annotations

from itertools import product
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hezou.kernel.errors import Refused
from hezou.packs.rules import Route, route_for
from hezou.people.directory import directory
from hezou.people.models import Person
from hezou.people.queries import rules_of, today_of
from hezou.review.models import Seat
from hezou.review.rules import different_hands
from hezou.review.seating import Place, lay_out, why_not_pass
from tests.packs.texts import said
from tests.support.office import Office, found_office

PEOPLE = [UUID(int=number) for number in range(4)]


@pytest.fixture
def office(db: None) -> Office:
    return found_office()


def route(office: Office, kind: str = "experience", *lines: str) -> Route:
    rules = rules_of(office.fresh("writer").agency)
    return route_for(rules, kind, lines or ("up", "in"))  # type: ignore[arg-type]


def places(
    office: Office, *authors: str, kind: str = "experience", lines: tuple[str, ...] = ()
) -> list[Place]:
    author = office.fresh(authors[0])
    barred = {office.person[key].pk for key in authors}
    here = directory(author.agency)
    return lay_out(route(office, kind, *lines), here, author.unit_id, barred, today_of(office.agency))


def sat(found: list[Place]) -> list[tuple[int, str, list[str], bool]]:
    names = dict(Person.objects.values_list("pk", "name"))
    return [(one.level, one.step.code, [names[p] for p in one.persons], one.crossed) for one in found]


def test_lays_out_who_may_sit(office: Office) -> None:
    assert sat(places(office, "writer")) == [
        (1, "unit_review", ["丙某"], False),
        (2, "editing", ["庚某", "辛某"], False),
        (3, "signature", ["壬某"], False),
    ]


@pytest.mark.parametrize("authors", [("writer",), ("writer", "colleague"), ("other_writer",)])
def test_hand_in_lays_its_seats_out_so(office: Office, authors: tuple[str, ...]) -> None:
    shown = places(office, *authors)
    piece = office.handed_in(*authors)
    rows = Seat.objects.filter(manuscript=piece).order_by("level", "id")
    assert [(one.level, one.step, one.unit_id, one.person_id) for one in rows] == [
        (one.level, one.step.code, one.unit_id, one.person) for one in shown
    ]


def test_a_head_who_is_an_author_is_stood_in_for(office: Office) -> None:
    office.cross_reviewer("unit_head", "第一科", "other_head")
    assert sat(places(office, "head"))[0] == (1, "unit_review", ["戊某"], True)


def test_says_at_every_step_why_nobody_may_sit(office: Office) -> None:
    office.person["signer"].grants.all().delete()
    told = [str(one.why_not) for one in places(office, "head") if one.why_not]
    assert told == [
        "The step “Unit review” would fall to an author or to somebody who already holds another level, "
        "and no cross reviewer is named. Ask the administrator to name one.",
        "Nobody holds the role for the step “Signature”. Ask the administrator to name somebody.",
    ]
    with pytest.raises(Refused) as caught:
        office.handed_in("head")
    assert said(caught.value.messages) == told


def test_a_piece_that_everybody_approves_may_leave(office: Office) -> None:
    lines = ("up", "out", "in")
    assert why_not_pass(places(office, "writer", lines=lines), (), lines) == []


def test_tells_what_a_route_without_a_secrecy_review_lacks(office: Office) -> None:
    assert said(why_not_pass(places(office, "writer"), (), ("out", "up"))) == [
        "What goes out to the public needs a secrecy review."
    ]


def test_tells_that_the_same_two_would_have_to_sit_three_times(office: Office) -> None:
    for key in ("editor", "second_editor", "signer", "head"):
        office.person[key].grants.all().delete()
    for key, role in product(("editor", "second_editor"), ("unit_head", "editor", "signer")):
        office.grant(key, role, "某局")
    assert said(why_not_pass(places(office, "writer"), (), ("up",))) == [
        "The 3 steps that count need as many different persons, and not enough may sit there."
    ]


@given(st.lists(st.lists(st.sampled_from(PEOPLE), unique=True), max_size=5))
def test_different_hands_are_found_wherever_there_are_any(offered: list[list[UUID]]) -> None:
    possible = [choice for choice in product(*offered) if len(set(choice)) == len(choice)]
    found = different_hands(offered)
    assert (found is None) == (not possible)
    assert found is None or tuple(found) in possible
