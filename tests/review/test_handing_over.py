"""Handing over: what goes to the successor in one act, what stays, and that R2 holds through it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hezou.audit.models import AuditEntry
from hezou.audit.queries import chain_breaks
from hezou.kernel.errors import Forbidden, NotFound, Refused
from hezou.kernel.messages import Message
from hezou.manuscripts.actions import admit_reader, ask_purge, save_working_copy
from hezou.manuscripts.models import Manuscript, WorkingCopy
from hezou.manuscripts.queries import authors, working_copy
from hezou.manuscripts.rules.purging import PRIVACY
from hezou.notices.models import Notice
from hezou.people.actions import put_on_duty, retire_person
from hezou.people.models import Duty, Grant
from hezou.people.queries import today_of
from hezou.people.rules.roster import Row
from hezou.review.actions import Handover, hand_in, hand_over, plan_handover
from hezou.review.models import Seat
from hezou.review.rules import RETURN
from tests.support.office import TEXT, Office, edit_of, found_office, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return found_office()


def over(
    office: Office, person: str, successor: str, *, by: str = "administrator", with_roles: bool = False
) -> Handover:
    return hand_over(
        by=office.fresh(by),
        person=office.fresh(person),
        successor=office.fresh(successor),
        with_roles=with_roles,
    )


def codes(messages: tuple[Message, ...]) -> list[str]:
    return [message.code for message in messages]


def stays(found: Handover) -> list[tuple[str, list[str]]]:
    return [(item.says.code, codes(item.why_not)) for item in found.staying]


def goes(found: Handover) -> list[str]:
    return [item.says.code for item in found.going]


def named(piece: Manuscript) -> list[str]:
    return [author.person.name for author in authors(piece)]


# --- drafts ---------------------------------------------------------------------------------------
def test_draft_goes_to_a_successor_who_becomes_an_author_too(office: Office) -> None:
    draft, returned = office.draft(), office.handed_in()
    office.decide(returned, "head", verdict=RETURN, opinion="补充数据")
    assert goes(over(office, "writer", "colleague")) == ["manuscript.hands_piece"] * 2
    writer, colleague = office.person["writer"].name, office.person["colleague"].name
    assert [named(one) for one in (draft, returned)] == [[writer, colleague]] * 2
    piece = read(draft)
    hand_in(by=office.fresh("colleague"), manuscript=piece, revision=piece.revision, confirmed=True)
    told = Notice.objects.filter(person=office.person["colleague"], kind="notice.handed_over")
    assert told.count() == 2
    assert list(chain_breaks(office.agency.pk)) == []


def test_successor_who_reviews_may_not_pass_what_they_took_over(office: Office) -> None:
    draft = office.draft()
    over(office, "writer", "head")
    piece = read(draft)
    with pytest.raises(Refused) as refused:
        hand_in(by=office.fresh("head"), manuscript=piece, revision=piece.revision, confirmed=True)
    assert codes(refused.value.messages) == ["review.no_cross_reviewer"]


def test_who_only_began_a_piece_is_replaced(office: Office) -> None:
    draft = office.draft("writer")
    draft.authors.update(person=office.person["head"])
    over(office, "writer", "colleague")
    assert (read(draft).creator, named(draft)) == (office.person["colleague"], [office.person["head"].name])


def test_piece_in_review_stays_with_its_writers(office: Office) -> None:
    piece = office.handed_in()
    assert over(office, "writer", "colleague") == Handover((), ())
    assert named(piece) == [office.person["writer"].name]


def test_internal_draft_is_opened_only_by_who_may_open_it(office: Office) -> None:
    draft = office.draft(content_class="internal")
    closed = [("manuscript.hands_piece", ["manuscript.closed_piece"])]
    assert stays(over(office, "writer", "colleague")) == closed
    assert not office.fresh("colleague").has_perm("manuscript.read", draft)
    assert goes(over(office, "writer", "colleague", by="writer")) == ["manuscript.hands_piece"]
    other = read(office.draft(content_class="internal"))
    reader = office.fresh("other_writer")
    admit_reader(by=office.fresh("writer"), manuscript=other, revision=other.revision, reader=reader)
    assert goes(over(office, "writer", "other_writer")) == ["manuscript.hands_piece"]


def test_draft_stays_where_the_successor_does_not_write(office: Office) -> None:
    office.draft()
    assert stays(over(office, "writer", "auditor")) == [("manuscript.hands_piece", ["manuscript.no_writer"])]


def test_unsent_text_goes_along(office: Office) -> None:
    draft = office.draft()
    save_working_copy(by=office.fresh("writer"), manuscript=draft, text=f"{TEXT}再写", revision=0)
    over(office, "writer", "colleague")
    copy = working_copy(draft, office.person["colleague"])
    assert copy is not None
    assert (copy.text, WorkingCopy.objects.count()) == (f"{TEXT}再写", 1)


def test_unsent_text_of_both_stays_with_each(office: Office) -> None:
    draft = office.draft("writer", "colleague")
    for key in ("writer", "colleague"):
        save_working_copy(by=office.fresh(key), manuscript=draft, text=f"{TEXT}{key}", revision=0)
    found = over(office, "writer", "colleague")
    assert stays(found) == [("manuscript.hands_typed", ["manuscript.types_too"])]
    assert sorted(WorkingCopy.objects.values_list("text", flat=True)) == [f"{TEXT}colleague", f"{TEXT}writer"]


# --- seats ----------------------------------------------------------------------------------------
def test_open_seat_goes_to_a_successor_who_holds_the_role(office: Office) -> None:
    piece = office.handed_in()
    office.grant("colleague", "unit_head", "第一科")
    assert goes(over(office, "head", "colleague")) == ["review.hands_open"]
    told = Notice.objects.filter(person=office.person["colleague"], kind="notice.turn")
    assert told.count() == 1
    with pytest.raises(Forbidden):
        office.decide(piece, "head")
    office.decide(piece, "colleague")
    [seat] = Seat.objects.filter(manuscript=piece, state="passed")
    assert seat.person == office.person["colleague"]
    verbs = AuditEntry.objects.filter(ref_kind="seat", verb="hand_over")
    assert [entry.detail["to"] for entry in verbs] == [str(office.person["colleague"].pk)]


def test_seat_stays_where_the_role_is_missing(office: Office) -> None:
    office.handed_in()
    assert stays(over(office, "head", "colleague")) == [("review.hands_open", ["review.role_missing"])]


def test_seat_stays_from_an_author(office: Office) -> None:
    piece = office.handed_in("colleague")
    office.grant("colleague", "unit_head", "第一科")
    assert stays(over(office, "head", "colleague")) == [("review.hands_open", ["review.author_decides"])]
    assert office.open_seat(piece).person == office.person["head"]


def test_seat_stays_from_who_holds_another_counted_level(office: Office) -> None:
    piece = office.handed_in()
    office.grant("head", "signer", "某局")
    office.decide(piece, "head")
    assert stays(over(office, "signer", "head")) == [("review.hands_later", ["review.two_levels"])]


def test_decided_seat_keeps_its_decision_and_the_successor_is_asked_anew(office: Office) -> None:
    piece = office.handed_in()
    office.decide(piece, "head")
    office.grant("colleague", "unit_head", "第一科")
    assert goes(over(office, "head", "colleague")) == ["review.hands_decided"]
    edit = edit_of(read(piece), TEXT.replace("12项", "15项"), marked="substance")
    office.decide(piece, "editor", edit=edit)
    office.decide(piece, "colleague")
    office.decide(piece, "signer")
    assert read(piece).state == "signed"


def test_counted_and_uncounted_step_of_one_piece_go_together(office: Office) -> None:
    office.grant("editor", "secrecy_reviewer", "某局")
    Grant.objects.filter(person__in=[office.person["secrecy"], office.person["second_editor"]]).delete()
    piece = office.handed_in(openness="proactive")
    office.decide(piece, "head")
    for role in ("editor", "secrecy_reviewer"):
        office.grant("leader", role, "某局")
    assert goes(over(office, "editor", "leader")) == ["review.hands_open"] * 2
    while read(piece).state == "in_review":
        office.decide(piece, "signer" if office.open_seat(read(piece)).role == "signer" else "leader")


# --- roles and duty -------------------------------------------------------------------------------
def test_roles_go_along_and_open_the_way_for_seats(office: Office) -> None:
    piece = office.handed_in()
    found = over(office, "head", "colleague", with_roles=True)
    assert goes(found) == ["people.hands_role", "people.hands_role", "review.hands_open"]
    assert not office.fresh("head").has_perm("review.enter")
    office.decide(piece, "colleague")


def test_withheld_pieces_stay_shut(office: Office) -> None:
    draft, piece = office.draft(), office.handed_in("other_writer")
    for one in (draft, piece):
        ask_purge(by=office.fresh("secrecy"), manuscript=read(one), reason=PRIVACY)
    assert stays(over(office, "writer", "colleague")) == [
        ("manuscript.hands_piece", ["manuscripts.purge_asked"])
    ]
    found = over(office, "other_head", "leader", with_roles=True)
    assert stays(found) == [("review.hands_open", ["manuscripts.purge_asked"])]
    assert not any(
        office.fresh(key).has_perm("manuscript.read", one)
        for key, one in (("colleague", draft), ("leader", piece))
    )


def test_nobody_hands_the_work_of_others_to_themselves(office: Office) -> None:
    with pytest.raises(Refused) as refused:
        over(office, "writer", "administrator")
    assert codes(refused.value.messages) == ["people.to_oneself"]


def test_role_that_excludes_another_stays(office: Office) -> None:
    found = over(office, "administrator", "auditor", with_roles=True)
    assert stays(found) == [("people.hands_role", ["people.excluded"])]


def test_days_on_duty_go_unless_the_successor_is_on_duty_then(office: Office) -> None:
    today, by = today_of(office.agency), office.fresh("editor")
    for offset, staff in enumerate(("甲某", "甲某、乙某")):
        put_on_duty(by=by, row=Row(0, (today + timedelta(days=offset)).isoformat(), staff=staff))
    found = over(office, "writer", "colleague")
    assert (goes(found), stays(found)) == (
        ["people.hands_duty"],
        [("people.hands_duty", ["people.on_duty_already"])],
    )
    on_duty = Duty.objects.filter(person=office.person["colleague"]).values_list("day", flat=True)
    assert sorted(on_duty) == [today, today + timedelta(days=1)]


# --- the act --------------------------------------------------------------------------------------
def test_preview_says_what_the_act_does_and_writes_nothing(office: Office) -> None:
    office.draft()
    office.handed_in("colleague")
    entries = AuditEntry.objects.count()
    parts = {
        "by": office.fresh("administrator"),
        "person": office.fresh("head"),
        "successor": office.fresh("colleague"),
    }
    looked = plan_handover(**parts, with_roles=True)
    assert (AuditEntry.objects.count(), Notice.objects.filter(kind="notice.handed_over").count()) == (
        entries,
        0,
    )
    assert goes(over(office, "head", "colleague", with_roles=True)) == goes(looked) != []
    assert stays(looked) == [("review.hands_open", ["review.author_decides"])]


def test_what_somebody_left_behind_is_handed_over_later(office: Office) -> None:
    draft = office.draft()
    retire_person(by=office.fresh("administrator"), person=office.fresh("writer"))
    over(office, "writer", "colleague")
    assert office.person["colleague"].name in named(draft)


def test_handing_over_belongs_to_oneself_and_the_directory(office: Office) -> None:
    with pytest.raises(Forbidden):
        over(office, "writer", "colleague", by="head")
    with pytest.raises(Forbidden):
        over(office, "writer", "colleague", by="writer", with_roles=True)
    with pytest.raises(Refused) as refused:
        over(office, "writer", "writer")
    assert codes(refused.value.messages) == ["people.successor_missing"]
    retire_person(by=office.fresh("administrator"), person=office.fresh("colleague"))
    with pytest.raises(Refused) as refused:
        over(office, "writer", "colleague")
    assert codes(refused.value.messages) == ["people.retired"]
    with pytest.raises(NotFound):
        hand_over(
            by=office.fresh("administrator"),
            person=office.fresh("writer"),
            successor=found_office("hill").fresh("writer"),
            with_roles=False,
        )
