"""Recording an adoption: who is credited, what is refused and where it is said."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from hezou.kernel.ids import uuid7
from hezou.merits.models import Merit
from hezou.people.queries import today_of
from hezou.submissions.actions import submit
from hezou.submissions.models import Adoption, Submission
from tests.support.office import Office, found_office
from tests.web.conftest import LogIn
from tests.web.reading import Answer, field_errors, fields, panels, said, summary, tree, words

LIST = "/submissions/"
STALE = (
    "Somebody else changed this in the meantime. What you typed is kept; look at the change, then try again."
)


@pytest.fixture
def submission(office: Office) -> Submission:
    """A piece of two authors from one unit, sent to one body."""
    manuscript = office.signed("writer", "colleague")
    by = office.fresh("editor")
    return submit(by=by, manuscript=manuscript, revision=manuscript.revision, to=[office.body["区委办"]])[0]


def adoption_form(client: Client, submission: Submission, **typed: str) -> dict[str, str]:
    opened = fields(client.get(f"/submissions/{submission.pk}/adopt"), "adopt")
    return {**opened, "form": "whole", "evidence": "verified", **typed}


def record(client: Client, submission: Submission, form: dict[str, str]) -> Answer:
    return client.post(f"/submissions/{submission.pk}/adopt", form)


def test_record_an_adoption_says_who_is_credited(
    office: Office, log_in: LogIn, submission: Submission
) -> None:
    client = log_in("editor")
    journal = office.journal["区委办"]
    form = adoption_form(client, submission, journal=str(journal.pk), issue_number="第12期")
    assert form["adopted_on"] == today_of(office.agency).isoformat()
    answer = record(client, submission, form)
    assert (answer.status_code, answer["Location"]) == (303, LIST)
    assert said(answer) == [
        "The adoption by 区委办 is recorded and credited to 甲某 (第一科), 乙某 (第一科)."
    ]
    made = Adoption.objects.get()
    assert (made.journal, made.form, made.evidence, made.issue_number) == (
        journal,
        "whole",
        "verified",
        "第12期",
    )
    assert Merit.objects.count() == 2


def test_record_offers_the_journals_of_the_body_alone(
    office: Office, log_in: LogIn, submission: Submission
) -> None:
    client = log_in("editor")
    answer = client.get(f"/submissions/{submission.pk}/adopt")
    assert [words(one) for one in tree(answer).xpath("//select[@id='id_journal']/option")] == [
        "No journal",
        "区委办信息",
    ]
    foreign = adoption_form(client, submission, journal=str(office.journal["市局"].pk), issue_number="9")
    refused = record(client, submission, foreign)
    assert (refused.status_code, len(field_errors(refused))) == (422, 1)
    assert fields(refused, "adopt")["issue_number"] == "9"


def test_record_refuses_a_future_day_at_its_field(
    office: Office, log_in: LogIn, submission: Submission
) -> None:
    client = log_in("editor")
    tomorrow = today_of(office.agency) + timedelta(days=1)
    form = adoption_form(client, submission, adopted_on=tomorrow.isoformat(), issue_number="9")
    answer = record(client, submission, form)
    assert answer.status_code == 422
    assert field_errors(answer) == ["The date of the journal lies in the future."]
    again = fields(answer, "adopt")
    assert (again["adopted_on"], again["issue_number"]) == (tomorrow.isoformat(), "9")
    assert Adoption.objects.count() == 0


@pytest.mark.parametrize("name", ["form", "evidence", "adopted_on"])
def test_record_asks_for_what_is_missing(log_in: LogIn, submission: Submission, name: str) -> None:
    client = log_in("editor")
    answer = record(client, submission, adoption_form(client, submission, **{name: ""}))
    assert (answer.status_code, len(field_errors(answer))) == (422, 1)


@pytest.mark.parametrize("typed", ["9\x00", "9" * 41], ids=["nul", "long"])
def test_record_refuses_an_unfit_issue(log_in: LogIn, submission: Submission, typed: str) -> None:
    client = log_in("editor")
    answer = record(client, submission, adoption_form(client, submission, issue_number=typed))
    assert (answer.status_code, len(field_errors(answer))) == (422, 1)


def test_second_click_records_once(log_in: LogIn, submission: Submission) -> None:
    client = log_in("editor")
    form = adoption_form(client, submission)
    first, second = record(client, submission, form), record(client, submission, form)
    assert [(a.status_code, a["Location"]) for a in (first, second)] == [(303, LIST), (303, LIST)]
    assert Adoption.objects.count() == 1


def test_record_on_a_stale_page_keeps_what_was_typed(log_in: LogIn, submission: Submission) -> None:
    first, second = log_in("editor"), log_in("second_editor")
    late = adoption_form(second, submission, issue_number="第9期")
    record(first, submission, adoption_form(first, submission))
    answer = record(second, submission, late)
    assert (answer.status_code, summary(answer)) == (409, [STALE])
    assert fields(answer, "adopt")["issue_number"] == "第9期"
    assert "Adopted whole" in panels(answer)["Recorded already"]


def test_record_the_same_adoption_again_is_refused(log_in: LogIn, submission: Submission) -> None:
    client = log_in("editor")
    record(client, submission, adoption_form(client, submission))
    answer = record(client, submission, adoption_form(client, submission))
    assert answer.status_code == 422
    assert field_errors(answer) == ["This adoption is already recorded."]


def test_recording_is_closed_to_others(office: Office, log_in: LogIn, submission: Submission) -> None:
    place = f"/submissions/{submission.pk}/adopt"
    assert log_in("writer").get(place).status_code == 403
    assert log_in("other_writer").get(place).status_code == 404
    assert log_in("editor", found_office("hill")).get(place).status_code == 404
    assert log_in("editor").get(f"/submissions/{uuid7()}/adopt").status_code == 404
