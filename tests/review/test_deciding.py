"""Deciding at a seat: edits and how they count, forged forms, and what is kept of it (R1)."""

from __future__ import annotations

import pytest

from hezou.audit.queries import trail
from hezou.kernel.errors import NotFound
from hezou.kernel.ref import Ref
from hezou.manuscripts.models import Version
from hezou.manuscripts.queries import current_version, version
from hezou.packs.rules import Label
from hezou.people.queries import today_of
from hezou.review import actions as review
from hezou.review.models import Decision, Seat
from hezou.review.queries import board, decisions, next_hands, waiting_for
from hezou.review.rules import why_not_leave
from tests.support.office import TEXT, Office, edit_of, found_office, read
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db

WORDED = TEXT.replace("取得初步成效", "已见成效")


@pytest.fixture
def office() -> Office:
    return found_office()


def newest(office: Office) -> Decision:
    return Decision.objects.latest("at")


def decide_at(office: Office, key: str, seat: Seat, verdict: str = "approve") -> None:
    """Press the button of a form that names a seat."""
    manuscript = read(seat.manuscript)
    review.decide(
        by=office.fresh(key),
        manuscript=manuscript,
        revision=manuscript.revision,
        seat=seat,
        verdict=verdict,
        opinion="有话要说",
    )


def test_edit_is_bound_to_the_version_it_made(office: Office) -> None:
    manuscript = office.handed_in()
    office.decide(manuscript, "head", opinion=" 同意。", edit=edit_of(manuscript, WORDED))
    made = newest(office)
    assert (made.version_before.number, made.version_after.number) == (1, 2)
    assert (made.edit_class, made.opinion, made.mode) == ("wording", "同意。", "online")
    assert (made.version_after.made_by, made.version_after.round) == (office.person["head"], 1)
    assert version(manuscript, 1).text.plain() == TEXT


def test_edit_that_changes_nothing_is_none(office: Office) -> None:
    manuscript = office.handed_in()
    office.decide(manuscript, "head", edit=edit_of(manuscript, f"{TEXT} \r\n", marked="substance"))
    assert newest(office).edit_class == ""
    assert Version.objects.filter(manuscript=manuscript).count() == 1


@pytest.mark.parametrize(
    "labels",
    [{"kind": "news"}, {"content_class": "internal"}, {"openness": "on_request"}],
    ids=["kind", "class", "openness"],
)
def test_edit_of_a_label_is_of_substance_whatever_was_marked(office: Office, labels: dict[str, str]) -> None:
    manuscript = office.handed_in()
    office.decide(manuscript, "head", edit=edit_of(manuscript, TEXT, marked="wording", **labels))
    assert newest(office).edit_class == "substance"
    kept = current_version(read(manuscript))
    assert {name: getattr(kept, name) for name in labels} == labels


def test_edit_longer_than_the_rules_say_is_of_substance(office: Office) -> None:
    manuscript = office.handed_in()
    office.decide(
        manuscript, "head", edit=edit_of(manuscript, TEXT.replace("。\n", "，" + "好" * 21 + "。\n", 1))
    )
    assert newest(office).edit_class == "substance"


def test_edit_beyond_the_limit_of_other_rules_is_of_substance() -> None:
    station = found_office("station", rules="county-station", kind="grassroots_voice")
    manuscript = station.handed_in()
    station.decide(
        manuscript, "head", edit=edit_of(manuscript, TEXT.replace("。\n", "，" + "好" * 10 + "。\n", 1))
    )
    assert newest(station).edit_class == "substance"


def test_edit_at_a_step_that_does_not_edit_is_refused(office: Office) -> None:
    manuscript = office.handed_in(openness="proactive")
    office.decide(manuscript, "head")
    with refused("review.no_edit"):
        office.decide(manuscript, "secrecy", edit=edit_of(manuscript, WORDED))
    office.decide(manuscript, "secrecy", edit=edit_of(manuscript, TEXT))
    assert newest(office).edit_class == ""


def test_edit_into_a_kind_that_goes_another_way_is_refused(office: Office) -> None:
    manuscript = office.handed_in()
    with refused("review.other_route"):
        office.decide(manuscript, "head", edit=edit_of(manuscript, TEXT, kind="problem"))


def test_edit_that_opens_the_way_out_does_not_pass_without_secrecy_review(office: Office) -> None:
    manuscript = office.handed_in()
    office.decide(manuscript, "head", edit=edit_of(manuscript, TEXT, openness="proactive"))
    office.decide(manuscript, "editor")
    office.decide(manuscript, "signer")
    judged = board(read(manuscript))
    assert [m.code for m in why_not_leave(judged, "out")] == ["review.no_secrecy_review"]
    assert why_not_leave(judged, "up") == []


def test_return_leaves_the_edit_behind(office: Office) -> None:
    manuscript = office.handed_in()
    office.decide(manuscript, "head", verdict="return", opinion="请改", edit=edit_of(manuscript, WORDED))
    assert (read(manuscript).state, read(manuscript).version_count) == ("returned", 1)
    assert Seat.objects.get(manuscript=manuscript, level=1).state == "gave_back"


def test_seat_that_is_not_open_decides_nothing(office: Office) -> None:
    manuscript = office.handed_in()
    last = Seat.objects.get(manuscript=manuscript, role="signer")
    with refused("review.not_open"):
        decide_at(office, "signer", last)


def test_seat_of_another_piece_in_a_forged_form_decides_nothing(office: Office) -> None:
    one, other = office.handed_in(), office.handed_in()
    with refused("review.not_open"):
        review.decide(
            by=office.fresh("head"),
            manuscript=read(one),
            revision=read(one).revision,
            seat=office.open_seat(other),
            verdict="approve",
        )


def test_seat_of_another_agency_is_not_found(office: Office) -> None:
    foreign = found_office("hill").handed_in()
    with pytest.raises(NotFound):
        decide_at(office, "head", Seat.objects.get(manuscript=foreign, level=1))


@pytest.mark.parametrize("verdict", ["", "sign", "open", "close"])
def test_verdict_that_no_button_sends_is_impossible(office: Office, verdict: str) -> None:
    manuscript = office.handed_in()
    with refused("kernel.impossible"):
        decide_at(office, "head", office.open_seat(manuscript), verdict)
    assert list(Decision.objects.all()) == []


def test_trail_tells_decisions_by_seal_and_never_words(office: Office) -> None:
    manuscript = office.handed_in()
    seat = office.open_seat(manuscript)
    office.decide(manuscript, "head", opinion="此句不入链", edit=edit_of(manuscript, WORDED))
    entry = trail(office.agency.pk, Ref.to(seat)).get(verb="approve")
    assert entry.detail == {
        "before": "open",
        "after": "passed",
        "manuscript": str(manuscript.pk),
        "version": 2,
        "seal": current_version(read(manuscript)).seal,
        "edit": "wording",
    }


def test_decisions_are_told_oldest_first_over_all_rounds(office: Office) -> None:
    manuscript = office.handed_in()
    office.decide(manuscript, "head")
    office.decide(manuscript, "editor", verdict="return", opinion="请改")
    again = read(manuscript)
    review.hand_in(by=office.fresh("writer"), manuscript=again, revision=again.revision, confirmed=True)
    office.decide(manuscript, "head")
    told = [(d.seat.round, d.verdict, d.decided_by.name) for d in decisions(manuscript)]
    assert told == [(1, "approve", "丙某"), (1, "return", "庚某"), (2, "approve", "丙某")]


def test_board_of_an_earlier_version_ends_there(office: Office) -> None:
    manuscript = office.handed_in()
    office.decide(manuscript, "head")
    office.decide(manuscript, "editor", edit=edit_of(manuscript, WORDED))
    first = board(read(manuscript), version(manuscript, 1))
    assert (first.version, first.handed_in, len(first.decisions)) == (1, 1, 1)
    whole = board(read(manuscript))
    assert (whole.version, whole.handed_in, len(whole.decisions)) == (2, 1, 2)


def test_board_of_a_draft_is_empty(office: Office) -> None:
    judged = board(office.draft())
    assert (judged.seats, judged.handed_in, judged.version) == ((), 1, 1)
    assert [m.code for m in why_not_leave(judged, "up")] == ["review.no_round"]


def test_board_of_a_later_round_begins_with_what_was_handed_in_then(office: Office) -> None:
    manuscript = office.handed_in()
    office.decide(manuscript, "head", edit=edit_of(manuscript, WORDED))
    office.decide(manuscript, "editor", verdict="return", opinion="请改")
    again = read(manuscript)
    review.hand_in(by=office.fresh("writer"), manuscript=again, revision=again.revision, confirmed=True)
    assert (board(read(manuscript)).handed_in, board(read(manuscript)).version) == (2, 2)


def test_next_hands_of_a_page_of_pieces(office: Office) -> None:
    one, other, draft = office.handed_in(), office.handed_in("other_writer"), office.draft()
    hands = next_hands([one, other, draft])
    assert {key: [s.person.name for s in seats if s.person] for key, seats in hands.items()} == {
        one.pk: ["丙某"],
        other.pk: ["戊某"],
    }
    assert next_hands([]) == {}


def test_longest_wait_is_told_first(office: Office) -> None:
    first, second = office.handed_in(), office.handed_in()
    waiting = waiting_for(office.fresh("head"), today_of(office.agency))
    assert [seat.manuscript_id for seat in waiting] == [first.pk, second.pk]


def test_steps_are_named_in_both_languages(office: Office) -> None:
    manuscript = office.handed_in()
    assert board(manuscript).seats[-1].label == Label(zh="签发", en="Signature")
