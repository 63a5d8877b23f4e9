"""Look-ups by id: whatever is forged, foreign or hidden is not found, and nobody learns which it was."""

from __future__ import annotations

from uuid import UUID

import pytest

from hezou.access.scopes import find_manuscript, find_submission, scopes_of, title_of
from hezou.kernel.errors import NotFound
from hezou.kernel.ids import uuid7
from hezou.kernel.ref import Ref
from hezou.people.queries import today_of
from hezou.submissions.actions import submit
from hezou.submissions.models import Submission
from tests.support.office import TEXT, Office, found_office

pytestmark = pytest.mark.django_db

FORGED = ["", "x", "0", "../1", "\x00", "ffffffff-ffff-ffff-ffff-ffffffffffff'--", str(UUID(int=0)), uuid7()]


@pytest.fixture
def office() -> Office:
    return found_office()


def sent(office: Office, **labels: str) -> Submission:
    manuscript = office.signed(**labels)
    [row] = submit(
        by=office.fresh("editor"),
        manuscript=manuscript,
        revision=manuscript.revision,
        to=[office.body["市局"]],
    )
    return row


def test_find_gives_what_one_may_see_by_id_or_its_text(office: Office) -> None:
    submission = sent(office)
    manuscript = submission.manuscript
    for key in ("writer", "head", "editor"):
        person = office.fresh(key)
        assert (
            find_manuscript(person, manuscript.pk)
            == find_manuscript(person, str(manuscript.pk))
            == manuscript
        )
        assert (
            find_submission(person, submission.pk)
            == find_submission(person, str(submission.pk))
            == submission
        )


@pytest.mark.parametrize("forged", FORGED)
def test_find_of_a_forged_id_finds_nothing(office: Office, forged: UUID | str) -> None:
    office.draft()
    for find in (find_manuscript, find_submission):
        with pytest.raises(NotFound):
            find(office.fresh("writer"), forged)


def test_find_of_what_belongs_to_another_agency_finds_nothing(office: Office) -> None:
    foreign = sent(found_office("hill"))
    for find, thing in ((find_manuscript, foreign.manuscript), (find_submission, foreign)):
        with pytest.raises(NotFound):
            find(office.fresh("editor"), thing.pk)


def test_find_of_what_is_hidden_finds_nothing(office: Office) -> None:
    hidden = sent(office, content_class="internal")
    for key in ("colleague", "leader", "administrator", "auditor", "secrecy"):
        for find, thing in ((find_manuscript, hidden.manuscript), (find_submission, hidden)):
            with pytest.raises(NotFound):
                find(office.fresh(key), thing.pk)


def test_title_is_told_to_readers_alone(office: Office) -> None:
    manuscript = office.draft()
    ref = Ref.to(manuscript)
    assert title_of(office.fresh("writer"), ref) == TEXT.split("\n")[0]
    assert title_of(office.fresh("editor"), ref) is None
    assert title_of(found_office("hill").fresh("editor"), ref) is None


@pytest.mark.parametrize("ref", [Ref("submission", str(uuid7())), Ref("manuscript", "x"), Ref("", "")])
def test_title_of_what_has_none_is_none(office: Office, ref: Ref) -> None:
    assert title_of(office.fresh("editor"), ref) is None


def test_scopes_follow_roles_and_principals(office: Office) -> None:
    today = today_of(office.agency)
    office.deputise("signer", "head", today, today)
    head = office.person["head"].pk
    assert scopes_of(office.fresh("head")) == [
        ("person", head),
        ("seat", head),
        ("seat", office.person["signer"].pk),
        ("head", office.unit["第一科"].pk),
    ]
    editor = office.person["editor"].pk
    assert scopes_of(office.fresh("editor")) == [
        ("person", editor),
        ("seat", editor),
        ("office", office.agency.pk),
    ]


def test_scopes_are_read_once_for_a_person(office: Office) -> None:
    person = office.fresh("head")
    assert scopes_of(person) is scopes_of(person)
