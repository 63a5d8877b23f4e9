"""Printed sheets: what they are bound to, which ones close a step, which are refused and why (R3)."""

from __future__ import annotations

import pytest

from hezou.audit.queries import head, trail
from hezou.kernel.errors import Forbidden, NotFound
from hezou.kernel.ref import Ref
from hezou.manuscripts.actions import revise
from hezou.manuscripts.queries import current_version
from hezou.ops.verifying import holds_head
from hezou.review import actions as review
from hezou.review.models import Seat, Sheet
from hezou.review.queries import sheet_by_code
from hezou.review.rules import RETURN, read_code
from tests.support.office import TEXT, Office, edit_of, found_office, read
from tests.support.paper import owed, printed, record
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    """Among its people `colleague` records."""
    office = found_office()
    office.grant("colleague", "recorder", "某局")
    return office


def test_print_ties_a_code_to_text_step_and_chain(office: Office) -> None:
    manuscript = office.handed_in()
    end = head(office.agency.pk)
    sheet = printed(office, manuscript)
    assert (sheet.version, sheet.seat, sheet.form) == (
        current_version(manuscript),
        office.open_seat(manuscript),
        "report",
    )
    assert read_code(sheet.code) == sheet.code
    assert (sheet.chain_number, sheet.chain_hash) == end
    assert holds_head(office.agency.pk, *end) is None
    assert sheet_by_code(office.agency.pk, sheet.code) == sheet
    entry = trail(office.agency.pk, Ref.to(sheet)).get()
    assert (entry.verb, entry.actor_id) == ("print", office.person["writer"].pk)
    assert entry.detail == {
        "manuscript": str(manuscript.pk),
        "seat": str(sheet.seat_id),
        "version": 1,
        "seal": sheet.version.seal,
        "code": sheet.code,
    }


def test_print_for_the_file_has_no_step(office: Office) -> None:
    manuscript = office.signed()
    sheet = review.print_sheet(by=office.fresh("editor"), manuscript=manuscript, form="report")
    assert (sheet.seat, sheet.version.number) == (None, 1)


def test_print_is_refused_where_nothing_is_to_be_signed(office: Office) -> None:
    manuscript = office.handed_in()
    first = office.open_seat(manuscript)
    office.decide(manuscript, "head")
    waiting = Seat.objects.get(manuscript=manuscript, signs=True)
    for seat in (first, waiting):
        with refused("review.nothing_to_sign"):
            printed(office, manuscript, seat=seat)
    assert Sheet.objects.count() == 0


def test_print_before_hand_in_or_of_an_unknown_form_is_refused(office: Office) -> None:
    draft = office.draft()
    with refused("review.no_round"):
        review.print_sheet(by=office.fresh("writer"), manuscript=draft, form="report")
    with refused("kernel.impossible"):
        printed(office, office.handed_in(), form="receipt")


def test_print_is_refused_to_who_may_not_read(office: Office) -> None:
    manuscript = office.handed_in()
    with refused("kernel.forbidden", kind=Forbidden):
        printed(office, manuscript, by="other_writer")


def test_print_for_a_seat_of_another_piece_finds_nothing(office: Office) -> None:
    manuscript, other = office.handed_in(), office.handed_in()
    with refused("kernel.not_found", kind=NotFound):
        printed(office, manuscript, seat=office.open_seat(other))


def test_sheet_of_another_agency_is_not_found(office: Office) -> None:
    other = found_office("hill")
    sheet = printed(other, other.handed_in())
    with refused("kernel.not_found", kind=NotFound):
        sheet_by_code(office.agency.pk, sheet.code)
    with refused("kernel.not_found", kind=NotFound):
        record(office, office.handed_in(), "head", mode="paper", sheet=sheet)


# --- which sheet closes which step ----------------------------------------------------------------
def test_paper_without_a_sheet_is_refused(office: Office) -> None:
    manuscript = office.handed_in()
    with refused("review.no_sheet"):
        record(office, manuscript, "head", mode="paper", sheet=None)


def test_sheet_of_another_piece_is_refused(office: Office) -> None:
    manuscript, other = office.handed_in(), office.handed_in()
    with refused("review.other_piece"):
        record(office, manuscript, "head", mode="paper", sheet=printed(office, other))


def test_sheet_of_another_step_is_refused(office: Office) -> None:
    manuscript = office.handed_in()
    first = printed(office, manuscript)
    record(office, manuscript, "head", mode="paper", sheet=first)
    with refused("review.other_step"):
        record(office, manuscript, "editor", mode="paper", sheet=first)


def test_sheet_for_the_file_is_refused(office: Office) -> None:
    manuscript = office.handed_in()
    sheet = review.print_sheet(by=office.fresh("editor"), manuscript=manuscript, form="report")
    with refused("review.for_the_file"):
        record(office, manuscript, "head", mode="paper", sheet=sheet)


def test_sheet_printed_before_the_last_edit_is_refused(office: Office) -> None:
    manuscript = office.handed_in()
    old = printed(office, manuscript)
    record(office, manuscript, "head", mode="paper", sheet=old)
    office.decide(manuscript, "editor", edit=edit_of(manuscript, TEXT.replace("12项", "15项")))
    with refused("review.printed_before"):  # the head is asked again, on the new text
        record(office, manuscript, "head", mode="paper", sheet=old)
    record(office, manuscript, "head", mode="paper")


def test_sheet_of_an_earlier_round_is_refused(office: Office) -> None:
    manuscript = office.handed_in()
    old = printed(office, manuscript)
    record(office, manuscript, "head", mode="message", verdict=RETURN, words="请改。")
    fresh, by = read(manuscript), office.fresh("writer")
    labels = {"kind": fresh.kind, "content_class": fresh.content_class, "openness": fresh.openness}
    fresh = revise(by=by, manuscript=fresh, revision=fresh.revision, text=TEXT, named=[by], **labels)
    review.hand_in(by=by, manuscript=fresh, revision=fresh.revision, confirmed=True)
    with refused("review.earlier_round"):
        record(office, manuscript, "head", mode="paper", sheet=old)


def test_sheet_is_taken_with_a_telephone_consent_too_and_must_fit(office: Office) -> None:
    manuscript, other = office.handed_in(), office.handed_in()
    with refused("review.other_piece"):
        record(office, manuscript, "head", sheet=printed(office, other))
    record(office, manuscript, "head", sheet=printed(office, manuscript))
    assert owed().decision.sheet is not None
