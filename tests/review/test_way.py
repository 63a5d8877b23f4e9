"""A piece's way through review, by actions, on real tables."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hezou.kernel.errors import Forbidden, NotFound, Refused, Stale
from hezou.manuscripts.queries import current_version
from hezou.people.queries import today_of
from hezou.review import actions as review
from hezou.review.models import Decision, Seat
from hezou.review.queries import board, waiting_for
from hezou.review.rules import why_not_leave
from tests.support.office import TEXT, Office, edit_of, found_office, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return found_office()


def waits(office: Office, key: str) -> list[object]:
    person = office.fresh(key)
    return [seat.manuscript_id for seat in waiting_for(person, today_of(office.agency))]


def codes(caught: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [message.code for message in caught.value.messages]


def test_hand_in_opens_first_level_only(office: Office) -> None:
    manuscript = office.handed_in(kind="experience")
    seats = list(Seat.objects.filter(manuscript=manuscript).order_by("level").values_list("role", "state"))
    assert seats[0] == ("unit_head", "open")
    assert {state for _, state in seats[1:]} == {"waiting"}
    assert waits(office, "head") == [manuscript.pk]
    assert waits(office, "editor") == []


def test_sign_after_every_level(office: Office) -> None:
    manuscript = office.signed()
    assert manuscript.state == "signed"
    assert why_not_leave(board(manuscript), "up") == []


def test_decide_on_stale_page_is_refused(office: Office) -> None:
    manuscript = office.handed_in()
    seat = office.open_seat(manuscript)
    with pytest.raises(Stale):
        review.decide(
            by=office.fresh("head"),
            manuscript=read(manuscript),
            revision=manuscript.revision - 1,
            seat=seat,
            verdict="approve",
        )


def test_decide_on_seat_of_another_is_forbidden(office: Office) -> None:
    manuscript = office.handed_in()
    with pytest.raises(Forbidden):
        office.decide(manuscript, "editor")


def test_decide_from_another_agency_finds_nothing(office: Office) -> None:
    other = found_office("hill")
    manuscript = office.handed_in()
    with pytest.raises(NotFound):
        other.decide(manuscript, "head")


def test_wording_edit_keeps_earlier_signature(office: Office) -> None:
    manuscript = office.handed_in()
    office.decide(manuscript, "head")
    edited = TEXT.replace("取得初步成效", "已见初步成效")
    office.decide(manuscript, "editor", edit=edit_of(manuscript, edited))
    assert [d.edit_class for d in Decision.objects.order_by("at")] == ["", "wording"]
    assert waits(office, "signer") == [manuscript.pk]
    office.decide(manuscript, "signer")
    assert read(manuscript).state == "signed"
    assert current_version(read(manuscript)).text.plain() == edited


def test_numeral_edit_returns_to_earlier_signer_whatever_was_marked(office: Office) -> None:
    manuscript = office.handed_in()
    office.decide(manuscript, "head")
    edited = TEXT.replace("12项", "15项")
    office.decide(manuscript, "editor", edit=edit_of(manuscript, edited))
    assert Decision.objects.order_by("-at")[0].edit_class == "substance"
    assert waits(office, "head") == [manuscript.pk]
    assert waits(office, "signer") == []
    office.decide(manuscript, "head")
    office.decide(manuscript, "signer")
    assert read(manuscript).state == "signed"
    assert read(manuscript).round == 1


def test_signer_edits_in_substance_then_earlier_ones_confirm(office: Office) -> None:
    manuscript = office.handed_in()
    office.decide(manuscript, "head")
    office.decide(manuscript, "editor")
    office.decide(manuscript, "signer", edit=edit_of(manuscript, TEXT + "\n四、下一步\n继续推进。"))
    assert read(manuscript).state == "in_review"
    office.decide(manuscript, "head")
    assert waits(office, "editor") == [manuscript.pk]
    office.decide(manuscript, "editor")
    assert read(manuscript).state == "signed"


def test_earlier_signer_edits_on_return_then_later_ones_pass_it(office: Office) -> None:
    manuscript = office.handed_in()
    office.decide(manuscript, "head")
    office.decide(manuscript, "editor", edit=edit_of(manuscript, TEXT.replace("12项", "15项")))
    again = TEXT.replace("12项", "15项").replace("取得初步成效", "已见初步成效")
    office.decide(manuscript, "head", edit=edit_of(manuscript, again))
    assert waits(office, "editor") == [manuscript.pk]
    office.decide(manuscript, "editor")
    office.decide(manuscript, "signer")
    assert read(manuscript).state == "signed"


def test_return_needs_a_reason(office: Office) -> None:
    manuscript = office.handed_in()
    with pytest.raises(Refused) as caught:
        office.decide(manuscript, "head", verdict="return")
    assert codes(caught) == ["review.no_reason"]


def test_return_ends_the_round_and_decisions_count_no_more(office: Office) -> None:
    manuscript = office.handed_in()
    office.decide(manuscript, "head")
    office.decide(manuscript, "editor", verdict="return", opinion="补充数据来源")
    manuscript = read(manuscript)
    assert manuscript.state == "returned"
    manuscript = review.hand_in(
        by=office.fresh("writer"), manuscript=manuscript, revision=manuscript.revision, confirmed=True
    )
    assert manuscript.round == 2
    assert board(manuscript).decisions == ()
    assert waits(office, "head") == [manuscript.pk]


def test_recall_in_review_gives_the_draft_back(office: Office) -> None:
    manuscript = office.handed_in()
    office.decide(manuscript, "head")
    fresh = read(manuscript)
    review.recall(by=office.fresh("writer"), manuscript=fresh, revision=fresh.revision)
    assert read(manuscript).state == "draft"
    assert waits(office, "editor") == []


def test_recall_by_reviewer_is_forbidden(office: Office) -> None:
    manuscript = office.handed_in()
    with pytest.raises(Forbidden):
        review.recall(by=office.fresh("head"), manuscript=manuscript, revision=manuscript.revision)


def test_head_as_author_without_cross_reviewer_is_refused(office: Office) -> None:
    with pytest.raises(Refused) as caught:
        office.handed_in("head")
    assert codes(caught) == ["review.no_cross_reviewer"]


def test_head_as_author_goes_to_cross_reviewer(office: Office) -> None:
    office.cross_reviewer("unit_head", "第一科", "other_head")
    manuscript = office.handed_in("head")
    assert office.open_seat(manuscript).person == office.person["other_head"]


def test_author_editor_leaves_the_seat_to_the_second(office: Office) -> None:
    manuscript = office.handed_in("writer", "editor")
    office.decide(manuscript, "head")
    assert office.open_seat(read(manuscript)).person == office.person["second_editor"]


def test_untaken_seat_is_taken_by_who_decides(office: Office) -> None:
    manuscript = office.handed_in()
    office.decide(manuscript, "head")
    seat = office.open_seat(read(manuscript))
    assert (seat.person, seat.role) == (None, "editor")
    office.decide(manuscript, "second_editor")
    seat.refresh_from_db()
    assert seat.person == office.person["second_editor"]


def test_second_counted_level_by_one_person_is_refused(office: Office) -> None:
    office.grant("head", "editor", "某局")
    manuscript = office.handed_in()
    office.decide(manuscript, "head")
    with pytest.raises(Refused) as caught:
        office.decide(manuscript, "head")
    assert codes(caught) == ["review.two_levels"]


def test_deputy_signs_in_the_name_of_the_principal(office: Office) -> None:
    today = today_of(office.agency)
    office.deputise("signer", "leader", today, today)
    manuscript = office.handed_in()
    office.decide(manuscript, "head")
    office.decide(manuscript, "editor")
    office.decide(manuscript, "leader")
    last = Decision.objects.order_by("-at")[0]
    assert (last.decided_by, last.in_name_of) == (office.person["leader"], office.person["signer"])
    assert read(manuscript).state == "signed"


@pytest.mark.parametrize("starts", [1, -3])
def test_deputy_outside_the_dates_is_forbidden(office: Office, starts: int) -> None:
    day = today_of(office.agency) + timedelta(days=starts)
    office.deputise("head", "leader", day, day + timedelta(days=1))
    manuscript = office.handed_in()
    with pytest.raises(Forbidden):
        office.decide(manuscript, "leader")


def test_deputy_who_is_author_is_refused(office: Office) -> None:
    office.deputise("head", "writer", date(2020, 1, 1), date(2100, 1, 1))
    manuscript = office.handed_in()
    with pytest.raises(Refused) as caught:
        office.decide(manuscript, "writer")
    assert codes(caught) == ["review.author_decides"]


def test_deputy_for_two_levels_is_refused(office: Office) -> None:
    for principal in ("head", "signer"):
        office.deputise(principal, "leader", date(2020, 1, 1), date(2100, 1, 1))
    manuscript = office.handed_in()
    office.decide(manuscript, "leader")
    office.decide(manuscript, "editor")
    with pytest.raises(Refused) as caught:
        office.decide(manuscript, "leader")
    assert codes(caught) == ["review.two_levels"]


def test_untaken_seat_does_not_wait_for_an_author(office: Office) -> None:
    for key in ("colleague", "other_head"):
        office.grant(key, "editor", "某局")
    manuscript = office.handed_in("writer", "editor")
    office.decide(manuscript, "head")
    assert waits(office, "editor") == []
    assert waits(office, "second_editor") == [manuscript.pk]
