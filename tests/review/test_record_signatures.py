"""补签: a consent given aloud is signed on paper within some working days (R3)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from hezou.audit.queries import trail
from hezou.files.actions import put
from hezou.files.rules import admit
from hezou.kernel import clock
from hezou.kernel.errors import Forbidden
from hezou.kernel.ref import Ref
from hezou.review import actions as review
from hezou.review.models import CounterSignature
from hezou.review.queries import countersign_due, outstanding
from tests.support.office import TEXT, Office, edit_of, found_office, read
from tests.support.paper import owed, photo, printed, record
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


def close(office: Office, by: str = "colleague", **sheet: object) -> CounterSignature:
    """Hand in the signature that is owed."""
    row = owed()
    paper = printed(office, row.decision.seat.manuscript, seat=row.decision.seat)
    return review.countersign(by=office.fresh(by), countersignature=row, sheet=paper)


def test_consent_by_telephone_is_to_be_signed_within_three_working_days(office: Office) -> None:
    with clock.moved_to(EVENING):
        manuscript = office.handed_in()
        record(office, manuscript, "head")
    assert owed().due_on == date(2026, 10, 10)  # a Saturday worked in exchange, after the days off
    due = countersign_due(office.agency, date(2026, 9, 30))
    assert (due.day, due.assumed) == (date(2026, 10, 10), False)
    assert [day.day for day, counted in due.steps if counted] == [8, 9, 10]


def test_consent_counts_its_days_from_when_it_was_given(office: Office) -> None:
    with clock.moved_to(EVENING - timedelta(days=2)):
        manuscript = office.handed_in()
        said = clock.now() + timedelta(hours=1)
    with clock.moved_to(EVENING):
        record(office, manuscript, "head", spoken_at=said)
    assert owed().due_on == date(2026, 10, 8)


def test_countersign_closes_by_the_sheet_of_step_and_text(office: Office) -> None:
    manuscript = office.handed_in()
    record(office, manuscript, "head")
    office.decide(manuscript, "editor", edit=edit_of(manuscript, WORDED))  # wording: the consent stands
    row = close(office)
    assert (row.closed_by, row.closed_at is not None) == (office.person["colleague"], True)
    assert row.sheet is not None
    assert (row.sheet.version.number, row.sheet.seat) == (1, row.decision.seat)
    assert list(outstanding(office.agency.pk)) == []
    verbs = [entry.verb for entry in trail(office.agency.pk, Ref.to(row))]
    assert verbs == ["ask", "countersign"]


def test_countersign_takes_the_sheet_that_was_printed_before_the_call(office: Office) -> None:
    manuscript = office.handed_in()
    sheet = printed(office, manuscript)
    record(office, manuscript, "head")
    review.countersign(by=office.fresh("editor"), countersignature=owed(), sheet=sheet)
    assert list(outstanding(office.agency.pk)) == []


def test_countersign_of_a_text_edited_by_telephone_asks_for_that_text(office: Office) -> None:
    manuscript = office.handed_in()
    before = printed(office, manuscript)
    record(office, manuscript, "head", edit=edit_of(manuscript, WORDED), edit_basis="authorised")
    with refused("review.printed_before"):
        review.countersign(by=office.fresh("editor"), countersignature=owed(), sheet=before)
    close(office)


def test_countersign_keeps_the_picture(office: Office) -> None:
    manuscript = office.handed_in()
    record(office, manuscript, "head")
    content = admit(photo())
    put(office.agency.pk, content)
    sheet = printed(office, manuscript, seat=owed().decision.seat)
    row = review.countersign(
        by=office.fresh("editor"), countersignature=owed(), sheet=sheet, evidence=content
    )
    assert row.evidence is not None
    assert row.evidence.sha256 == content.sha256


def test_countersign_a_second_time_is_refused(office: Office) -> None:
    manuscript = office.handed_in()
    record(office, manuscript, "head")
    row = close(office)
    assert row.sheet is not None
    with refused("review.closed_already"):
        review.countersign(by=office.fresh("editor"), countersignature=row, sheet=row.sheet)


def test_countersign_is_refused_to_others_and_to_the_author(office: Office) -> None:
    manuscript = office.handed_in("writer", "other_writer")
    office.grant("other_writer", "recorder", "某局")
    record(office, manuscript, "head")
    with refused("kernel.forbidden", kind=Forbidden):
        close(office, by="writer")
    with refused("review.author_records"):
        close(office, by="other_writer")
    assert owed().sheet is None


def test_signature_is_no_longer_owed_once_the_consent_is_void(office: Office) -> None:
    manuscript = office.handed_in()
    record(office, manuscript, "head")
    office.decide(manuscript, "editor", edit=edit_of(manuscript, TEXT.replace("12项", "15项")))
    assert list(outstanding(office.agency.pk)) == []  # the head is asked again
    office.decide(manuscript, "head")
    assert list(outstanding(office.agency.pk)) == []


def test_signature_is_no_longer_owed_once_the_piece_is_taken_back(office: Office) -> None:
    manuscript = office.handed_in()
    record(office, manuscript, "head")
    fresh = read(manuscript)
    review.recall(by=office.fresh("writer"), manuscript=fresh, revision=fresh.revision)
    assert list(outstanding(office.agency.pk)) == []
