"""Who may do what to what: whole tables of persons, so that one too many or too few shows (R22)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser

from hezou.access.backend import Backend
from hezou.access.permissions import PERSONAL, PREDICATES, allowed
from hezou.access.roles import READING, VERBS
from hezou.access.scopes import scopes_of
from hezou.access.standing import remember, standing_of, units_headed
from hezou.kernel import clock
from hezou.manuscripts.actions import admit_reader
from hezou.people.models import Person
from hezou.people.queries import today_of
from hezou.submissions.actions import submit
from tests.support.office import POSTS, Office, found_office, read

pytestmark = pytest.mark.django_db

WRITERS = {"writer", "colleague", "head", "other_writer", "other_head"}
OFFICE = {"editor", "second_editor"}
ADMINISTRATORS = {"secrecy", "auditor", "administrator"}


@pytest.fixture
def office() -> Office:
    return found_office()


def who_may(office: Office, verb: str, thing: Any = None) -> set[str]:
    """Everybody who may."""
    return {key for key in POSTS if office.fresh(key).has_perm(verb, thing)}


def test_roles_open_verbs() -> None:
    office = found_office()
    assert {verb: who_may(office, verb) for verb in VERBS} == {
        "manuscript.create": WRITERS | OFFICE | {"leader", "signer"},
        "manuscript.submit": OFFICE,
        "manuscript.ask_purge": {"secrecy"},
        "manuscript.confirm_purge": {"secrecy", "signer", "administrator"},
        "seat.select": OFFICE,
        "submission.read": WRITERS | OFFICE | {"leader", "signer"},
        "submission.record": OFFICE,
        "review.record": OFFICE,
        "people.read": set(POSTS),
        "people.manage": {"administrator"},
        "duty.keep": OFFICE | {"administrator"},
        "rules.adopt": {"administrator"},
        "system.keep": {"administrator"},
        "history.load": {"administrator"},
        "trail.read": {"auditor"},
        "hook.manage": {"administrator", "editor", "second_editor"},
    }


def test_every_verb_on_a_piece_in_review(office: Office) -> None:
    manuscript = office.handed_in("writer", "colleague")
    writers, office_and_heads = {"writer", "colleague"}, OFFICE | {"head", "leader", "signer"}
    assert {verb: who_may(office, verb, manuscript) for verb in PREDICATES if verb.startswith("manu")} == {
        "manuscript.read": writers | office_and_heads,
        "manuscript.edit": writers,
        "manuscript.hand_in": writers,
        "manuscript.recall": writers,
        # Both editors: the second seat is theirs to take, though its turn has not come.
        "manuscript.type": writers | {"head", "editor", "second_editor", "signer"},
        "manuscript.review": {"head", "editor", "second_editor", "signer"},
        "manuscript.admit_reader": writers,
        "manuscript.submit": OFFICE,
    }


def test_decide_belongs_to_who_sits_there(office: Office) -> None:
    manuscript = office.handed_in()
    assert who_may(office, "seat.decide", office.open_seat(manuscript)) == {"head"}
    office.decide(manuscript, "head")
    assert who_may(office, "seat.decide", office.open_seat(manuscript)) == OFFICE


def test_record_belongs_to_an_office_that_reads_the_piece(office: Office) -> None:
    manuscript = office.signed(content_class="internal")
    [sent] = submit(
        by=office.fresh("editor"),
        manuscript=manuscript,
        revision=manuscript.revision,
        to=[office.body["市局"]],
    )
    office.grant("other_head", "editor", "某局")
    assert who_may(office, "submission.record", sent) == OFFICE


def test_creator_who_is_no_author_keeps_the_piece(office: Office) -> None:
    manuscript = office.draft("writer")
    manuscript.authors.update(person=office.person["colleague"])
    assert who_may(office, "manuscript.edit", manuscript) == {"writer", "colleague"}


def test_secrecy_reviewer_admits_readers_where_they_read(office: Office) -> None:
    manuscript = office.handed_in()
    assert who_may(office, "manuscript.admit_reader", manuscript) == {"writer"}
    admit_reader(
        by=office.fresh("writer"),
        manuscript=manuscript,
        revision=manuscript.revision,
        reader=office.fresh("secrecy"),
    )
    assert who_may(office, "manuscript.admit_reader", manuscript) == {"writer", "secrecy"}


def test_review_is_entered_by_reviewers_and_their_deputies(office: Office) -> None:
    reviewers = {"head", "other_head", "leader", "secrecy", "signer"} | OFFICE
    assert who_may(office, "review.enter") == reviewers
    today = today_of(office.agency)
    office.deputise("head", "colleague", today, today)
    assert who_may(office, "review.enter") == reviewers | {"colleague"}


def test_absence_is_entered_by_oneself_or_who_keeps_the_roster(office: Office) -> None:
    head = office.person["head"]
    assert who_may(office, "absence.record", head) == {"head", "administrator"} | OFFICE
    assert who_may(office, "deputy.name", head) == {"head", "administrator"}
    assert who_may(office, "person.hand_over", head) == {"head", "administrator"}


def test_verb_that_nobody_declared_is_denied(office: Office) -> None:
    assert who_may(office, "manuscript.burn") == who_may(office, "") == set()
    assert set(VERBS) & set(PERSONAL) == set(PREDICATES) & set(PERSONAL) == set()


def test_who_left_may_nothing(office: Office) -> None:
    manuscript = office.handed_in()
    Person.objects.filter(pk=office.person["writer"].pk).update(retired_at=clock.now())
    gone = office.fresh("writer")
    asked = [(verb, thing) for verb in {*VERBS, *PREDICATES, *PERSONAL} for thing in (None, manuscript)]
    assert [verb for verb, thing in asked if gone.has_perm(verb, thing)] == []


def test_thing_of_another_agency_is_denied_even_to_its_namesake(office: Office) -> None:
    foreign = found_office("hill").handed_in()
    asked = [verb for verb in {*VERBS, *PREDICATES} if verb not in PERSONAL]
    assert [verb for verb in asked if who_may(office, verb, foreign)] == []


def test_thing_without_an_agency_is_denied(office: Office) -> None:
    assert who_may(office, "manuscript.read", object()) == set()


# Who one is today ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("starts", "ends", "holds"),
    [(None, None, True), (0, 0, True), (-5, -1, False), (1, None, False), (None, 0, True), (-1, 1, True)],
)
def test_role_holds_between_its_days(
    office: Office, starts: int | None, ends: int | None, holds: bool
) -> None:
    today = today_of(office.agency)

    def day(offset: int | None) -> date | None:
        return None if offset is None else today + timedelta(days=offset)

    grant = office.grant("colleague", "editor", "某局")
    grant.starts, grant.ends = day(starts), day(ends)
    grant.save()
    assert office.fresh("colleague").has_perm("manuscript.submit") == holds


def test_standing_is_read_once_for_a_person_and_a_day(
    office: Office, django_assert_num_queries: Callable[[int], Any]
) -> None:
    person = office.fresh("head")
    first = standing_of(person)
    with django_assert_num_queries(0):
        assert standing_of(person) is first
    with clock.moved_to(clock.now() + timedelta(days=1)):
        later = standing_of(person)
    assert later.on == first.on + timedelta(days=1)
    assert (
        later.roles
        == first.roles
        == {
            "writer": {office.unit["第一科"].pk},
            "unit_head": {office.unit["第一科"].pk},
        }
    )


def test_standings_of_many_are_read_at_once(
    office: Office, django_assert_num_queries: Callable[[int], Any]
) -> None:
    today = today_of(office.agency)
    office.deputise("signer", "head", today, today)
    everybody = [office.fresh(key) for key in POSTS]
    with django_assert_num_queries(3):
        remember(everybody)
        scopes = [scopes_of(person) for person in everybody]
    assert scopes == [scopes_of(office.fresh(key)) for key in POSTS]
    remember([])


@pytest.mark.parametrize("other", ["writer", "unit_head", "editor", "signer", "administrator"])
def test_auditor_changes_nothing_whatever_else_they_hold(office: Office, other: str) -> None:
    piece = office.handed_in("writer", "auditor")
    office.grant("auditor", other, "某局")
    today = today_of(office.agency)
    office.deputise("head", "auditor", today, today)
    auditor, seat = office.fresh("auditor"), office.open_seat(piece)
    assert {verb for verb in {*VERBS, *PERSONAL} if auditor.has_perm(verb)} <= READING
    assert not auditor.has_perm("seat.decide", seat)
    assert {verb for verb in PREDICATES if verb.startswith("manu") and auditor.has_perm(verb, piece)} == {
        "manuscript.read"
    }


def test_head_heads_what_lies_below(office: Office) -> None:
    leader, head, writer = (office.fresh(key) for key in ("leader", "head", "writer"))
    assert units_headed(leader, "leader_in_charge") == {unit.pk for unit in office.unit.values()}
    assert units_headed(head, "unit_head", "leader_in_charge") == {office.unit["第一科"].pk}
    assert units_headed(writer, "unit_head") == set()


# Django's door -------------------------------------------------------------------------------------


def test_account_may_what_its_person_may(office: Office) -> None:
    account = office.account("editor")
    assert Backend().has_perm(account, "manuscript.submit")
    assert not Backend().has_perm(account, "people.manage")


def test_nobody_and_no_superuser_walks_through(office: Office) -> None:
    account = office.account("writer")
    vars(account)["is_superuser"] = True  # a name Django would have honoured
    backend = Backend()
    assert not backend.has_perm(account, "people.manage")
    assert not backend.has_perm(AnonymousUser(), "people.read")
    assert not backend.has_perm(None, "people.read")
    asked = (backend.get_all_permissions, backend.get_user_permissions, backend.get_group_permissions)
    assert [ask(account) for ask in asked] == [set(), set(), set()]


def test_allowed_is_asked_of_persons_as_they_are_now(office: Office) -> None:
    manuscript = office.handed_in()
    person = office.fresh("editor")
    assert allowed(person, "manuscript.read", manuscript)
    other = read(manuscript)
    other.pk = uuid4()
    assert not allowed(person, "manuscript.read", other)
