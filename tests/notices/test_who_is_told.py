"""Who is told of what on a piece's way: through the verbs of review and submission."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hezou.kernel.ref import Ref
from hezou.manuscripts.models import Manuscript
from hezou.notices.models import Notice
from hezou.people.queries import today_of
from hezou.review import actions as review
from hezou.review.rules import RETURN
from hezou.submissions.actions import Result, adopt, submit
from hezou.submissions.models import Submission
from tests.support.office import TEXT, Office, edit_of, read
from tests.support.paper import record

pytestmark = pytest.mark.django_db
SUBSTANCE = TEXT.replace("12项", "13项")
WORDING = TEXT.replace("初步成效", "较好成效")


def told(office: Office, kind: str) -> list[str]:
    """Who was told so, in the order of the posts."""
    rows = Notice.objects.filter(kind=f"notice.{kind}").values_list("person_id", flat=True)
    return [key for key, person in office.person.items() for row in rows if row == person.pk]


def sent(office: Office, manuscript: Manuscript) -> Submission:
    by = office.fresh("editor")
    return submit(by=by, manuscript=manuscript, revision=manuscript.revision, to=[office.body["区委办"]])[0]


def test_hand_in_tells_the_first_reviewer_and_nobody_else(office: Office) -> None:
    manuscript = office.handed_in()
    assert [(row.kind, row.ref, row.by) for row in Notice.objects.all()] == [
        ("notice.turn", Ref("manuscript", str(manuscript.pk)), office.person["writer"])
    ]
    assert told(office, "turn") == ["head"]


def test_approval_tells_everybody_who_may_take_the_next_seat(office: Office) -> None:
    manuscript = office.handed_in()
    office.decide(manuscript, "head")
    assert told(office, "turn") == ["head", "editor", "second_editor"]


def test_turn_reaches_the_deputy_of_today_and_no_other(office: Office) -> None:
    today = today_of(office.agency)
    office.deputise("head", "colleague", today, today)
    office.deputise("head", "other_head", today + timedelta(days=1), today + timedelta(days=2))
    office.handed_in()
    assert told(office, "turn") == ["colleague", "head"]


def test_turn_does_not_reach_a_deputy_who_is_an_author(office: Office) -> None:
    today = today_of(office.agency)
    office.deputise("head", "colleague", today, today)
    office.handed_in("writer", "colleague")
    assert told(office, "turn") == ["head"]


def test_return_tells_every_author_and_who_began(office: Office) -> None:
    manuscript = office.handed_in("writer", "colleague")
    office.decide(manuscript, "head", verdict=RETURN, opinion="请补充数据")
    assert told(office, "returned") == ["writer", "colleague"]


def test_second_return_in_a_later_round_tells_again(office: Office) -> None:
    manuscript = office.handed_in()
    for _ in range(2):
        office.decide(manuscript, "head", verdict=RETURN, opinion="请补充数据")
        back, by = read(manuscript), office.fresh("writer")
        review.hand_in(by=by, manuscript=back, revision=back.revision, confirmed=True)
    assert told(office, "returned") == ["writer", "writer"]
    assert told(office, "turn") == ["head", "head", "head"]


def test_last_approval_tells_the_authors_that_it_is_signed(office: Office) -> None:
    office.signed("writer", "colleague")
    assert told(office, "signed") == ["writer", "colleague"]


def test_recorded_decision_tells_whom_it_stands_for_and_the_authors(office: Office) -> None:
    today = today_of(office.agency)
    office.grant("secrecy", "recorder", "某局")
    office.deputise("head", "other_head", today, today)
    manuscript = office.handed_in("writer", "colleague")
    record(office, manuscript, "other_head", by="secrecy")
    assert told(office, "in_your_name") == ["head", "other_head"]
    assert told(office, "entered") == ["writer", "colleague"]


def test_decision_of_ones_own_hand_tells_nobody_that_it_was_entered(office: Office) -> None:
    office.decide(office.handed_in(), "head")
    assert (told(office, "in_your_name"), told(office, "entered")) == ([], [])


def test_edit_in_wording_tells_the_earlier_signer(office: Office) -> None:
    manuscript = office.handed_in()
    office.decide(manuscript, "head")
    office.decide(manuscript, "editor", edit=edit_of(manuscript, WORDING))
    assert told(office, "edited") == ["head"]
    assert told(office, "turn") == ["head", "editor", "second_editor", "signer"]


def test_edit_in_substance_tells_the_earlier_signer_whose_turn_it_is_again(office: Office) -> None:
    manuscript = office.handed_in()
    office.decide(manuscript, "head")
    office.decide(manuscript, "editor", edit=edit_of(manuscript, SUBSTANCE, marked="substance"))
    assert told(office, "edited") == ["head"]
    assert told(office, "turn").count("head") == 2


def test_submission_tells_the_authors_once_for_all_bodies(office: Office) -> None:
    manuscript = office.signed("writer", "colleague")
    by, bodies = office.fresh("editor"), list(office.body.values())
    submit(by=by, manuscript=manuscript, revision=manuscript.revision, to=bodies)
    assert told(office, "submitted") == ["writer", "colleague"]


def test_each_adoption_tells_the_authors(office: Office) -> None:
    submission = sent(office, office.signed("writer", "colleague"))
    for number in ("1", "2"):
        submission.refresh_from_db()
        result = Result("whole", "heard", today_of(office.agency), office.journal["区委办"], number)
        adopt(by=office.fresh("editor"), submission=submission, revision=submission.revision, result=result)
    assert told(office, "adopted") == ["writer", "writer", "colleague", "colleague"]


def test_refused_act_tells_nobody(office: Office) -> None:
    manuscript = office.handed_in()
    before = Notice.objects.count()
    with pytest.raises(Exception, match="Say in a few words"):
        office.decide(manuscript, "head", verdict=RETURN)
    assert Notice.objects.count() == before
