"""采用: what a body used, typed in by the office, and the merits of those who wrote it (R15, R17)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from hezou.kernel.errors import Forbidden, NotFound, Stale
from hezou.manuscripts.models import Author
from hezou.merits.models import Merit
from hezou.merits.queries import merits_of
from hezou.people.models import Person
from hezou.people.queries import today_of
from hezou.submissions.actions import Result, adopt, submit
from hezou.submissions.models import Adoption, Submission
from hezou.submissions.queries import adoptions
from tests.support.office import Office, found_office
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db

WHOLE = Result(form="whole", evidence="verified", adopted_on=date(2026, 3, 2))


@pytest.fixture
def office() -> Office:
    return found_office()


def sent(office: Office, *authors: str, to: str = "市局", **labels: str) -> Submission:
    """A piece that went to one body."""
    manuscript = office.signed(*authors, **labels)
    [row] = submit(
        by=office.fresh("editor"),
        manuscript=manuscript,
        revision=manuscript.revision,
        to=[office.body[to]],
    )
    return row


def record(office: Office, submission: Submission, result: Result = WHOLE, by: str = "editor") -> Adoption:
    submission = Submission.objects.get(pk=submission.pk)
    made = adopt(by=office.fresh(by), submission=submission, revision=submission.revision, result=result)
    return made.adoption


def test_adopt_records_where_when_and_how_sure(office: Office) -> None:
    submission = sent(office)
    result = replace(WHOLE, journal=office.journal["市局"], issue_number="第3期")
    record(office, submission, result)
    kept = Adoption.objects.get()
    assert (kept.journal, kept.form, kept.evidence) == (office.journal["市局"], "whole", "verified")
    assert (kept.issue_number, kept.adopted_on, kept.recorded_by) == (
        "第3期",
        date(2026, 3, 2),
        office.person["editor"],
    )
    submission.refresh_from_db()
    assert (submission.state, submission.revision) == ("adopted", 2)


def test_adopt_books_equal_shares_with_the_units_of_hand_in(office: Office) -> None:
    manuscript_authors = ("writer", "other_writer")
    submission = sent(office, *manuscript_authors)
    # Moved since: points stay where the work was done (R17).
    Person.objects.filter(pk=office.person["writer"].pk).update(unit=office.unit["第二科"])
    adoption = record(office, submission)
    booked = [
        (m.person.name, m.unit.name, m.share_numerator, m.share_denominator)
        for m in Merit.objects.order_by("id").select_related("person", "unit")
    ]
    assert booked == [("甲某", "第一科", 1, 2), ("丁某", "第二科", 1, 2)]
    [merit] = merits_of(office.person["writer"])
    assert (merit.fact, merit.ref_kind, merit.ref_id) == ("adoption", "adoption", str(adoption.pk))
    assert merit.occurred_on == date(2026, 3, 2)
    assert merit.detail == {
        "manuscript": str(submission.manuscript_id),
        "body": str(office.body["市局"].pk),
        "journal": "",
        "form": "whole",
        "evidence": "verified",
    }


def test_adopt_names_the_journal_in_the_merit(office: Office) -> None:
    record(office, sent(office), replace(WHOLE, journal=office.journal["市局"]))
    assert Merit.objects.get().detail["journal"] == str(office.journal["市局"].pk)


def test_adopt_again_in_another_issue_is_another_fact(office: Office) -> None:
    submission = sent(office)
    for number in ("第3期", "第4期"):
        record(office, submission, replace(WHOLE, issue_number=number))
    assert Adoption.objects.count() == Merit.objects.count() == 2


@pytest.mark.parametrize("in_journal", [True, False])
def test_adopt_twice_the_same_is_refused(office: Office, in_journal: bool) -> None:
    submission = sent(office)
    result = replace(WHOLE, journal=office.journal["市局"] if in_journal else None)
    record(office, submission, result)
    with refused("submission.already_adopted"):
        record(office, submission, replace(result, form="brief"))
    assert Adoption.objects.count() == Merit.objects.count() == 1


@pytest.mark.parametrize("unknown", [replace(WHOLE, form="sung"), replace(WHOLE, evidence="dreamt")])
def test_adopt_with_codes_the_rules_do_not_know_is_refused(office: Office, unknown: Result) -> None:
    with refused("packs.unknown"):
        record(office, sent(office), unknown)


def test_adopt_in_a_journal_of_another_body_is_refused(office: Office) -> None:
    with refused("submission.other_body"):
        record(office, sent(office), replace(WHOLE, journal=office.journal["区委办"]))


def test_adopt_in_a_journal_of_another_agency_finds_nothing(office: Office) -> None:
    with pytest.raises(NotFound):
        record(office, sent(office), replace(WHOLE, journal=found_office("hill").journal["市局"]))


def test_adopt_of_a_submission_of_another_agency_finds_nothing(office: Office) -> None:
    with pytest.raises(NotFound):
        record(office, sent(found_office("hill")))


def test_adopt_of_tomorrow_is_refused_and_of_today_is_not(office: Office) -> None:
    submission, today = sent(office), today_of(office.agency)
    with refused("submission.in_future"):
        record(office, submission, replace(WHOLE, adopted_on=today + timedelta(days=1)))
    record(office, submission, replace(WHOLE, adopted_on=today))


@pytest.mark.parametrize("by", ["writer", "head", "signer", "administrator"])
def test_adopt_by_anybody_but_the_office_is_forbidden(office: Office, by: str) -> None:
    with pytest.raises(Forbidden):
        record(office, sent(office), by=by)


def test_adopt_of_an_internal_piece_by_an_editor_who_may_not_read_it_is_forbidden(office: Office) -> None:
    submission = sent(office, content_class="internal")
    office.grant("other_head", "editor", "某局")
    with pytest.raises(Forbidden):
        record(office, submission, by="other_head")


def test_adopt_on_a_stale_page_is_refused(office: Office) -> None:
    submission = sent(office)
    record(office, submission)
    with pytest.raises(Stale):
        adopt(
            by=office.fresh("editor"),
            submission=submission,
            revision=1,
            result=replace(WHOLE, issue_number="第4期"),
        )


def test_adopt_of_a_piece_whose_units_were_lost_is_not_booked_to_anybody(office: Office) -> None:
    submission = sent(office)
    Author.objects.filter(manuscript=submission.manuscript).update(unit=None)
    with pytest.raises(NotFound):
        record(office, submission)
    assert list(Adoption.objects.all()) == list(Merit.objects.all()) == []


def test_adoptions_are_told_by_the_journals_day_latest_first(office: Office) -> None:
    early, late = sent(office), sent(office)
    record(office, late, replace(WHOLE, adopted_on=date(2026, 3, 5)))
    record(office, early, replace(WHOLE, adopted_on=date(2026, 3, 1)))
    told = [(a.submission, a.adopted_on.day) for a in adoptions(office.agency.pk)]
    assert told == [(late, 5), (early, 1)]
