"""How a route becomes seats: who holds them, who is passed over, and who may take an untaken one (R2, R9)."""

from __future__ import annotations

from datetime import date

import pytest

from hezou.kernel.errors import Forbidden
from hezou.manuscripts.models import Manuscript
from hezou.people.models import Grant, Person
from hezou.review import actions as review
from hezou.review.lifecycle import SEAT
from hezou.review.models import Decision, Seat
from tests.support.office import Office, found_office, read
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db

ALWAYS = (date(2020, 1, 1), date(2100, 1, 1))


@pytest.fixture
def office() -> Office:
    return found_office()


def laid_out(manuscript: Manuscript) -> list[tuple[int, str, str | None]]:
    """Level, role and holder of each seat of the round."""
    seats = Seat.objects.filter(manuscript=manuscript, round=read(manuscript).round).order_by("level", "id")
    return [(s.level, s.role, s.person.name if s.person else None) for s in seats.select_related("person")]


def end_role(office: Office, key: str, role: str) -> None:
    Grant.objects.filter(agency=office.agency, person=office.person[key], role=role).delete()


def test_standard_route_has_three_levels(office: Office) -> None:
    assert laid_out(office.handed_in()) == [
        (1, "unit_head", "丙某"),
        (2, "editor", None),
        (3, "signer", "壬某"),
    ]


def test_piece_that_may_go_out_is_asked_for_a_secrecy_review(office: Office) -> None:
    assert laid_out(office.handed_in(openness="proactive")) == [
        (1, "unit_head", "丙某"),
        (2, "editor", None),
        (2, "secrecy_reviewer", "癸某"),
        (3, "signer", "壬某"),
    ]


def test_problems_pass_the_leader_in_charge_too(office: Office) -> None:
    assert laid_out(office.handed_in(kind="problem")) == [
        (1, "unit_head", "丙某"),
        (2, "leader_in_charge", "己某"),
        (3, "editor", None),
        (4, "signer", "壬某"),
    ]


def test_piece_of_another_unit_passes_that_units_head(office: Office) -> None:
    assert laid_out(office.handed_in("other_writer"))[0] == (1, "unit_head", "戊某")


def test_unit_without_a_head_is_reviewed_by_the_head_above(office: Office) -> None:
    end_role(office, "head", "unit_head")
    office.grant("leader", "unit_head", "某局")
    assert laid_out(office.handed_in())[0] == (1, "unit_head", "己某")


def test_step_without_any_holder_stops_hand_in(office: Office) -> None:
    end_role(office, "signer", "signer")
    with refused("review.no_holder"):
        office.handed_in()
    assert list(Seat.objects.all()) == []


def test_holder_of_an_earlier_level_gives_the_later_to_the_cross_reviewer(office: Office) -> None:
    office.grant("head", "signer", "某局")
    end_role(office, "signer", "signer")
    with refused("review.no_cross_reviewer"):
        office.handed_in()
    office.cross_reviewer("signer", "某局", "leader")
    assert laid_out(office.handed_in())[2] == (3, "signer", "己某")


def test_cross_reviewer_who_is_author_too_is_no_way_out(office: Office) -> None:
    office.cross_reviewer("unit_head", "第一科", "colleague")
    with refused("review.no_cross_reviewer"):
        office.handed_in("head", "colleague")


def test_cross_reviewer_of_the_nearest_unit_goes_first(office: Office) -> None:
    office.cross_reviewer("unit_head", "某局", "leader")
    assert laid_out(office.handed_in("head"))[0] == (1, "unit_head", "己某")
    office.cross_reviewer("unit_head", "第一科", "other_head")
    assert laid_out(office.handed_in("head"))[0] == (1, "unit_head", "戊某")


def test_cross_reviewer_who_left_is_nobody(office: Office) -> None:
    office.cross_reviewer("unit_head", "第一科", "other_head")
    Person.objects.filter(pk=office.person["other_head"].pk).update(retired_at="2026-01-01T00:00:00Z")
    with refused("review.no_cross_reviewer"):
        office.handed_in("head")


def test_secrecy_review_may_fall_to_who_sits_on_a_level(office: Office) -> None:
    end_role(office, "secrecy", "secrecy_reviewer")
    office.grant("head", "secrecy_reviewer", "某局")
    assert laid_out(office.handed_in(openness="proactive"))[2] == (2, "secrecy_reviewer", "丙某")


def test_untaken_seat_waits_for_everybody_of_the_role_and_their_deputies(office: Office) -> None:
    manuscript = office.handed_in()
    office.decide(manuscript, "head")
    office.deputise("second_editor", "other_head", *ALWAYS)
    seat = office.open_seat(manuscript)
    may = {key for key in office.person if office.fresh(key).has_perm("seat.decide", seat)}
    assert may == {"editor", "second_editor", "other_head"}
    office.decide(manuscript, "other_head")
    seat.refresh_from_db()
    assert (seat.person, seat.decided_by) == (office.person["second_editor"], office.person["other_head"])
    assert Decision.objects.latest("at").in_name_of == office.person["second_editor"]


def test_deputy_of_somebody_who_left_may_take_no_seat(office: Office) -> None:
    manuscript = office.handed_in()
    office.decide(manuscript, "head")
    office.deputise("second_editor", "other_head", *ALWAYS)
    Person.objects.filter(pk=office.person["second_editor"].pk).update(retired_at="2026-01-01T00:00:00Z")
    with pytest.raises(Forbidden):
        office.decide(manuscript, "other_head")


def test_role_over_another_unit_takes_no_seat_here(office: Office) -> None:
    manuscript = office.handed_in()
    with pytest.raises(Forbidden):
        office.decide(manuscript, "other_head")


def test_author_among_two_holders_leaves_the_seat_to_the_other(office: Office) -> None:
    manuscript = office.handed_in("writer", "second_editor")
    assert laid_out(manuscript)[1] == (2, "editor", "庚某")


def test_author_of_the_role_cannot_take_a_seat_of_three(office: Office) -> None:
    office.grant("leader", "editor", "某局")
    manuscript = office.handed_in("writer", "second_editor")
    office.decide(manuscript, "head")
    with refused("review.author_decides"):
        office.decide(manuscript, "second_editor")


def test_two_that_waited_side_by_side_are_both_asked(office: Office) -> None:
    manuscript = office.handed_in(openness="proactive")
    office.decide(manuscript, "head")
    assert Seat.objects.filter(manuscript=manuscript, state="open").count() == 2
    office.decide(manuscript, "secrecy")
    assert read(manuscript).state == "in_review"
    office.decide(manuscript, "editor")
    office.decide(manuscript, "signer")
    assert read(manuscript).state == "signed"


@pytest.mark.parametrize("kind", ["field_report", "grassroots_voice", "how_to", "station_notes"])
def test_strange_agency_signs_each_of_its_kinds(kind: str) -> None:
    station = found_office("station", rules="county-station", kind=kind)
    manuscript = station.signed(openness="proactive" if kind == "how_to" else "withheld")
    assert manuscript.state == "signed"
    assert Seat.objects.filter(state="passed").count() == (1 if kind == "station_notes" else 5)


def test_seat_lifecycle_lets_each_state_go_only_where_it_may() -> None:
    leads = {state: sorted(t.verb for t in SEAT.from_state(state)) for state in SEAT.states}
    assert leads == {
        "waiting": ["close", "open"],
        "open": ["approve", "close", "record_approve", "record_return", "return"],
        "passed": ["close", "open"],
        "gave_back": [],
        "closed": [],
    }


def test_recall_closes_every_seat(office: Office) -> None:
    manuscript = office.signed()
    review.recall(by=office.fresh("writer"), manuscript=manuscript, revision=manuscript.revision)
    states = Seat.objects.filter(manuscript=manuscript).values_list("state", flat=True)
    assert list(states) == ["closed", "closed", "closed"]
