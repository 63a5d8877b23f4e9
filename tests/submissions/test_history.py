"""What left earlier, loaded as history: only what could have left, with its adoptions and merits."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hezou.audit.actions import load_history
from hezou.merits.models import Merit
from hezou.submissions.models import Adoption, Submission
from tests.support.office import Office, found_office
from tests.support.past import BEGUN, STEPS, Finished, finished
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return found_office()


def test_keep_submissions_books_equal_shares_of_the_authors(office: Office) -> None:
    load_history(by=office.fresh("administrator"), past=finished(office, authors=("writer", "colleague")))
    adoption = Adoption.objects.get()
    used_on = (BEGUN + timedelta(hours=4, days=9)).date()
    assert (adoption.form, adoption.issue_number, adoption.adopted_on) == ("whole", "第3期", used_on)
    assert adoption.submission.revision == 2
    merits = Merit.objects.filter(ref_id=str(adoption.pk)).order_by("person__name")
    assert sorted((m.person_id, m.share_numerator, m.share_denominator) for m in merits) == sorted(
        (office.person[key].pk, 1, 2) for key in ("writer", "colleague")
    )
    assert {m.detail["manuscript"] for m in merits} == {str(adoption.submission.manuscript_id)}


def test_keep_submissions_refuses_what_could_not_leave(office: Office) -> None:
    piece = Finished(office)
    first = piece.begin()
    said = [piece.say(step, by, first) for step, by in STEPS.items() if step != "signature"]
    said.append(piece.say("signature", "signer", first, verdict="return", opinion="请补充"))
    judged = piece.round(first, said)
    with refused("review.undecided"):
        piece.send(judged, first, {office.body["市局"]: None})
    assert Submission.objects.count() == 0
