"""Decisions that somebody else enters: paper, telephone, in person, message; and the signature owed (R3)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from hezou.audit.queries import chain_breaks, trail
from hezou.files.actions import put
from hezou.files.models import Blob
from hezou.files.queries import data_of
from hezou.files.rules import admit
from hezou.kernel import clock
from hezou.kernel.errors import Forbidden, NotFound, Stale
from hezou.kernel.ref import Ref
from hezou.manuscripts.actions import admit_reader
from hezou.manuscripts.queries import current_version
from hezou.people.queries import today_of
from hezou.review import actions as review
from hezou.review.models import CounterSignature, Decision, Seat
from hezou.review.queries import board, deciders
from hezou.review.rules import RETURN, why_not_leave
from tests.support.office import TEXT, Office, edit_of, found_office, read
from tests.support.paper import photo, printed, record
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db

WORDED = TEXT.replace("取得初步成效", "已见成效")
EVENING = datetime(2026, 9, 30, 13, 30, tzinfo=UTC)
"""21:30 in Beijing on the last day before the holidays of October 2026."""


@pytest.fixture
def office() -> Office:
    """Among its people `colleague` records."""
    office = found_office()
    office.grant("colleague", "recorder", "某局")
    return office


def newest() -> Decision:
    return Decision.objects.latest("at")


# --- entering -------------------------------------------------------------------------------------
def test_record_keeps_who_decided_who_entered_and_how(office: Office) -> None:
    manuscript = office.handed_in()
    record(office, manuscript, "head", words=" 同意，请办公室统稿。 ")
    made = newest()
    assert (made.decided_by, made.in_name_of, made.recorded_by) == (
        office.person["head"],
        None,
        office.person["colleague"],
    )
    assert (made.mode, made.opinion, made.edit_class) == ("telephone", "同意，请办公室统稿。", "")
    assert office.open_seat(manuscript).role == "editor"


@pytest.mark.parametrize("mode", ["paper", "telephone", "in_person", "message"])
def test_record_carries_a_piece_to_its_signature(office: Office, mode: str) -> None:
    manuscript = office.handed_in()
    for key in ("head", "editor", "signer"):
        record(office, manuscript, key, mode=mode)
    assert read(manuscript).state == "signed"
    assert why_not_leave(board(read(manuscript)), "up") == []
    assert CounterSignature.objects.count() == (0 if mode == "paper" else 3)


def test_record_is_told_by_the_trail(office: Office) -> None:
    manuscript = office.handed_in()
    seat = office.open_seat(manuscript)
    content = admit(photo())
    put(office.agency.pk, content)
    sheet = printed(office, manuscript)
    record(office, manuscript, "head", mode="paper", sheet=sheet, evidence=content)
    entry = trail(office.agency.pk, Ref.to(seat)).get(verb="record_approve")
    assert entry.actor_id == office.person["colleague"].pk
    assert entry.detail == {
        "before": "open",
        "after": "passed",
        "manuscript": str(manuscript.pk),
        "version": 1,
        "seal": current_version(manuscript).seal,
        "decider": str(office.person["head"].pk),
        "mode": "paper",
        "sheet": str(sheet.pk),
        "evidence": content.sha256,
    }
    assert list(chain_breaks(office.agency.pk)) == []


def test_record_keeps_the_picture(office: Office) -> None:
    manuscript = office.handed_in()
    content = admit(photo())
    put(office.agency.pk, content)
    record(office, manuscript, "head", mode="paper", evidence=content)
    kept = newest().evidence
    assert kept is not None
    assert data_of(kept) == content.data


def test_record_of_a_picture_that_is_none_is_refused(office: Office) -> None:
    manuscript = office.handed_in()
    with refused("review.no_picture"):
        record(office, manuscript, "head", evidence=admit("同意".encode()))
    assert (Blob.objects.count(), Decision.objects.count()) == (0, 0)


def test_record_of_a_return_gives_back_and_owes_nothing(office: Office) -> None:
    manuscript = office.handed_in()
    with refused("review.no_reason"):
        record(office, manuscript, "head", verdict=RETURN, words=" ")
    record(office, manuscript, "head", verdict=RETURN, words="数据请核实。")
    assert (read(manuscript).state, newest().verdict) == ("returned", "return")
    assert CounterSignature.objects.count() == 0


def test_record_of_a_deputy_s_word_names_both(office: Office) -> None:
    today = today_of(office.agency)
    office.deputise("head", "other_head", today, today)
    manuscript = office.handed_in()
    seat = office.open_seat(manuscript)
    assert [p.name for p in deciders(office.agency, seat, today)] == [
        office.person[k].name for k in ("head", "other_head")
    ]
    record(office, manuscript, "other_head")
    assert (newest().decided_by, newest().in_name_of) == (office.person["other_head"], office.person["head"])


def test_record_at_a_seat_nobody_has_taken(office: Office) -> None:
    manuscript = office.handed_in()
    office.decide(manuscript, "head")
    seat = office.open_seat(manuscript)
    today = today_of(office.agency)
    assert seat.person is None
    assert [p.pk for p in deciders(office.agency, seat, today)] == [
        office.person[k].pk for k in ("editor", "second_editor")
    ]
    record(office, manuscript, "second_editor")
    seat.refresh_from_db()
    assert (seat.person, seat.decided_by) == (office.person["second_editor"],) * 2


# --- who may --------------------------------------------------------------------------------------
@pytest.mark.parametrize("by", ["writer", "other_writer", "leader", "secrecy", "administrator"])
def test_record_is_refused_to_who_holds_no_such_role(office: Office, by: str) -> None:
    manuscript = office.handed_in()
    with refused("kernel.forbidden", kind=Forbidden):
        record(office, manuscript, "head", by=by)


def test_record_is_refused_where_the_recorder_may_not_read(office: Office) -> None:
    manuscript = office.handed_in(content_class="internal")
    with refused("kernel.forbidden", kind=Forbidden):
        record(office, manuscript, "head")
    fresh = read(manuscript)
    admit_reader(
        by=office.fresh("writer"),
        manuscript=fresh,
        revision=fresh.revision,
        reader=office.fresh("colleague"),
    )
    record(office, manuscript, "head")


@pytest.mark.parametrize("decider", ["other_head", "editor", "signer", "administrator"])
def test_record_is_refused_for_who_may_not_decide_here(office: Office, decider: str) -> None:
    manuscript = office.handed_in()
    with refused("review.may_not_decide"):
        record(office, manuscript, decider)


def test_record_of_one_s_own_word_is_refused(office: Office) -> None:
    manuscript = office.handed_in()
    office.decide(manuscript, "head")
    with refused("review.own_decision"):
        record(office, manuscript, "editor", by="editor")


def test_record_by_an_author_is_refused_for_what_may_leave(office: Office) -> None:
    manuscript = office.handed_in("writer", "colleague")
    with refused("review.author_records"):
        record(office, manuscript, "head")


def test_record_by_an_author_is_taken_for_what_stays() -> None:
    station = found_office("station", rules="county-station", kind="station_notes")
    station.grant("colleague", "recorder", "某局")
    manuscript = station.handed_in("writer", "colleague")
    record(station, manuscript, "signer")
    assert read(manuscript).state == "signed"


def test_record_asks_the_decider_for_four_eyes(office: Office) -> None:
    """The leader who passed the first level by telephone cannot pass the next by telephone either."""
    office.grant("head", "editor", "某局")
    manuscript = office.handed_in()
    record(office, manuscript, "head")
    with refused("review.two_levels"):
        record(office, manuscript, "head")


def test_record_for_an_author_is_refused(office: Office) -> None:
    manuscript = office.handed_in()
    seat = office.open_seat(manuscript)
    Seat.objects.filter(pk=seat.pk).update(person=office.person["writer"])
    with refused("review.author_decides"):
        record(office, manuscript, "writer")


def test_record_in_another_agency_finds_nothing(office: Office) -> None:
    other = found_office("hill")
    manuscript = other.handed_in()
    with refused("kernel.not_found", kind=NotFound):
        record(other, manuscript, "head", by="editor", seat=office.open_seat(office.handed_in()))
    with refused("kernel.not_found", kind=NotFound):
        review.record_decision(
            by=office.fresh("editor"),
            manuscript=manuscript,
            revision=manuscript.revision,
            seat=other.open_seat(manuscript),
            decider=other.fresh("head"),
            mode="telephone",
            verdict="approve",
        )


@pytest.mark.parametrize(
    ("mode", "verdict"), [("online", "approve"), ("", "approve"), ("telephone", "close")]
)
def test_record_of_an_unknown_mode_or_verdict_is_refused(office: Office, mode: str, verdict: str) -> None:
    manuscript = office.handed_in()
    with refused("kernel.impossible"):
        record(office, manuscript, "head", mode=mode, verdict=verdict)


def test_record_on_an_old_page_is_stale(office: Office) -> None:
    manuscript = office.handed_in()
    seat = office.open_seat(manuscript)
    with refused("kernel.stale", kind=Stale):
        review.record_decision(
            by=office.fresh("colleague"),
            manuscript=manuscript,
            revision=manuscript.revision - 1,
            seat=seat,
            decider=office.fresh("head"),
            mode="telephone",
            verdict="approve",
        )


def test_record_at_a_seat_decided_meanwhile_is_refused(office: Office) -> None:
    manuscript = office.handed_in()
    seat = office.open_seat(manuscript)
    office.decide(manuscript, "head")
    with refused("review.not_open"):
        record(office, manuscript, "head", seat=seat)


# --- ink and times --------------------------------------------------------------------------------
def test_record_enters_ink_as_the_leader_s_edit(office: Office) -> None:
    manuscript = office.handed_in()
    record(
        office, manuscript, "head", mode="paper", edit=edit_of(manuscript, WORDED), edit_basis="authorised"
    )
    made = newest()
    assert (made.version_before.number, made.version_after.number) == (1, 2)
    assert (made.edit_class, made.edit_basis) == ("wording", "authorised")
    assert made.version_after.made_by == office.person["colleague"]
    for key in ("editor", "signer"):
        office.decide(manuscript, key)
    assert current_version(read(manuscript)).text.plain() == WORDED
    assert why_not_leave(board(read(manuscript)), "up") == []


def test_record_of_ink_nobody_agreed_to_is_refused(office: Office) -> None:
    manuscript = office.handed_in()
    with refused("review.no_basis"):
        record(office, manuscript, "head", edit=edit_of(manuscript, WORDED))


def test_record_of_an_edit_at_a_step_that_does_not_edit_is_refused(office: Office) -> None:
    manuscript = office.handed_in(openness="proactive")
    office.decide(manuscript, "head")
    with refused("review.no_edit"):
        record(
            office,
            manuscript,
            "secrecy",
            seat=Seat.objects.get(manuscript=manuscript, role="secrecy_reviewer"),
            edit=edit_of(manuscript, WORDED),
            edit_basis="initialled",
        )


def test_record_of_a_time_to_come_or_before_the_step_is_refused(office: Office) -> None:
    now = clock.now()
    manuscript = office.handed_in()
    with refused("review.in_future"):
        record(office, manuscript, "head", spoken_at=now + timedelta(minutes=2))
    with refused("review.too_early"):
        record(office, manuscript, "head", spoken_at=now - timedelta(minutes=2))
    record(office, manuscript, "head", spoken_at=now.replace(second=0, microsecond=0))
    assert newest().given_at == now.replace(second=0, microsecond=0)


def test_record_of_a_time_before_the_present_text_is_refused(office: Office) -> None:
    """Two steps stand side by side: a consent to the text before the other's edit is none to that after."""
    with clock.moved_to(EVENING):
        manuscript = office.handed_in(openness="proactive")
        office.decide(manuscript, "head")
        said = clock.now() + timedelta(minutes=10)
    with clock.moved_to(EVENING + timedelta(hours=1)):
        office.decide(manuscript, "editor", edit=edit_of(manuscript, WORDED))
        with refused("review.too_early"):
            record(office, manuscript, "secrecy", spoken_at=said)
