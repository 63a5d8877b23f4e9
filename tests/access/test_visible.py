"""Visible rows = allowed: for whatever persons and pieces, the sets say what the predicate says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from hezou.access.lists import visible_page
from hezou.access.scopes import find_manuscript, title_of, visible_manuscripts, who_may_see
from hezou.kernel.errors import NotFound, Refusal
from hezou.kernel.ref import Ref
from hezou.manuscripts.actions import admit_reader
from hezou.manuscripts.models import Manuscript
from hezou.manuscripts.queries import manuscripts
from hezou.people.models import Grant, Person
from hezou.people.queries import today_of
from hezou.review.actions import hand_in
from hezou.review.models import Seat
from tests.support.office import POSTS, TEXT, Office, edit_of, found_office, read
from tests.support.undone import undone

keys = st.sampled_from(sorted(POSTS))
writers = st.sampled_from(["writer", "colleague", "head", "other_writer", "other_head", "editor", "signer"])
pieces = st.fixed_dictionaries(
    {
        "authors": st.lists(writers, min_size=1, max_size=2, unique=True),
        "content_class": st.sampled_from(["public", "internal"]),
        "hands": st.lists(st.sampled_from(["head", "other_head", "editor", "leader", "signer"]), max_size=4),
        "becomes_internal": st.booleans(),
        "reader": st.one_of(st.none(), keys),
    }
)
roles = st.tuples(keys, st.sampled_from(["unit_head", "leader_in_charge", "editor", "signer"]))
deputies = st.tuples(keys, keys, st.sampled_from([-3, 0]), st.sampled_from([-1, 3]))


@pytest.fixture
def offices(db: None) -> list[Office]:
    """Ours and a neighbour with one piece of its own."""
    ours, hill = found_office(), found_office("hill")
    ours.cross_reviewer("unit_head", "某局", "leader")
    ours.cross_reviewer("signer", "某局", "leader")
    hill.handed_in()
    return [ours, hill]


def live(office: Office, plan: dict[str, Any]) -> None:
    """Carry a piece as far as its plan leads; what the rules refuse does not happen."""
    authors = plan["authors"]
    manuscript = office.draft(*authors, content_class=plan["content_class"])
    if plan["reader"]:
        admit_reader(
            by=office.fresh(authors[0]),
            manuscript=manuscript,
            revision=manuscript.revision,
            reader=office.fresh(plan["reader"]),
        )
    carry(office, manuscript, authors[0], plan)


def carry(office: Office, manuscript: Manuscript, by: str, plan: dict[str, Any]) -> None:
    edit = edit_of(manuscript, TEXT, content_class="internal") if plan["becomes_internal"] else None
    try:
        fresh = read(manuscript)
        hand_in(by=office.fresh(by), manuscript=fresh, revision=fresh.revision, confirmed=True)
        for key in plan["hands"]:
            office.decide(manuscript, key, edit=edit)
    except Refusal:
        return


@given(
    plans=st.lists(pieces, min_size=2, max_size=3),
    granted=st.lists(roles, max_size=3),
    deputed=st.lists(deputies, max_size=3),
)
@settings(
    max_examples=8,
    phases=[Phase.explicit, Phase.generate],  # making a failure smaller takes minutes here
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_sets_say_what_the_predicate_says(
    offices: list[Office],
    plans: list[dict[str, Any]],
    granted: list[tuple[str, str]],
    deputed: list[tuple[str, str, int, int]],
) -> None:
    with undone():
        office = offices[0]
        prepare(office, granted, deputed)
        for plan in plans:
            live(office, plan)
        everything = list(Manuscript.objects.select_related("agency"))
        waiting = list(Seat.objects.filter(state="open"))
        for key in POSTS:
            agrees(office.fresh(key), everything, waiting)


def prepare(office: Office, granted: list[tuple[str, str]], deputed: list[tuple[str, str, int, int]]) -> None:
    today = today_of(office.agency)
    for key, role in dict.fromkeys(granted):
        if role not in POSTS[key][1]:
            office.grant(key, role, POSTS[key][0])
    for principal, deputy, starts, ends in deputed:
        if principal != deputy:
            office.deputise(principal, deputy, today + timedelta(days=starts), today + timedelta(days=ends))


def agrees(person: Person, everything: list[Manuscript], waiting: list[Seat]) -> None:
    """Predicate, set, list page, look-up and title all give the same pieces; nobody decides unseen ones."""
    may = {piece.pk for piece in everything if person.has_perm("manuscript.read", piece)}
    assert {piece.pk for piece in visible_manuscripts(person)} == may
    assert {piece.pk for piece in visible_page(person, manuscripts(person.agency_id)).rows} == may
    assert {piece.pk for piece in everything if title_of(person, Ref.to(piece)) is not None} == may
    assert {piece.pk for piece in everything if is_found(person, piece)} == may
    assert {piece.pk for piece in everything if person in dict(who_may_see(piece))} == may
    assert {seat.manuscript_id for seat in waiting if person.has_perm("seat.decide", seat)} <= may


def test_who_may_see_is_told_with_every_reason(offices: list[Office]) -> None:
    office, today = offices[0], today_of(offices[0].agency)
    office.deputise("head", "colleague", today, today)
    office.grant("writer", "editor", "某局")
    piece = office.handed_in("writer")
    told = {person.pk: scopes for person, scopes in who_may_see(piece)}
    pk = {key: person.pk for key, person in office.person.items()}
    unit, agency = office.unit["第一科"].pk, office.agency.pk
    assert told == {
        pk["writer"]: [("person", pk["writer"]), ("office", agency)],
        pk["colleague"]: [("seat", pk["head"])],
        pk["head"]: [("seat", pk["head"]), ("head", unit)],
        pk["leader"]: [("head", unit)],
        pk["editor"]: [("office", agency)],
        pk["second_editor"]: [("office", agency)],
        pk["signer"]: [("office", agency)],
    }


def test_who_may_see_costs_as_much_for_many_persons(
    offices: list[Office], django_assert_num_queries: Callable[[int], Any]
) -> None:
    office = offices[0]
    piece = read(office.handed_in())
    for many in (0, 30):
        for number in range(many):
            person = Person.objects.create(
                agency=office.agency, unit=office.unit["第一科"], name=f"第{number}人", sort_key="d"
            )
            Grant.objects.create(agency=office.agency, person=person, role="unit_head", unit=person.unit)
        with django_assert_num_queries(5):
            assert len(who_may_see(piece)) == 6 + many


def is_found(person: Person, piece: Manuscript) -> bool:
    try:
        return find_manuscript(person, piece.pk) == piece
    except NotFound:
        return False
