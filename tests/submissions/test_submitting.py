"""上报: the signed version goes to bodies; what may not leave does not, whoever presses."""

from __future__ import annotations

import pytest

from hezou.audit.queries import trail
from hezou.kernel.errors import Forbidden, NotFound, Stale
from hezou.kernel.ref import Ref
from hezou.manuscripts.models import Manuscript
from hezou.manuscripts.queries import current_version
from hezou.people.models import Body
from hezou.review import actions as review
from hezou.submissions.actions import submit
from hezou.submissions.lifecycle import SUBMISSION
from hezou.submissions.models import Submission
from hezou.submissions.queries import bodies, journals, submissions, submissions_of
from tests.support.office import TEXT, Office, edit_of, found_office, read
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return found_office()


def send(office: Office, manuscript: Manuscript, *to: str, by: str = "editor") -> list[Submission]:
    """Submit to the bodies named (both by default)."""
    manuscript = read(manuscript)
    return submit(
        by=office.fresh(by),
        manuscript=manuscript,
        revision=manuscript.revision,
        to=[office.body[name] for name in to or ("区委办", "市局")],
    )


def test_submit_sends_the_signed_version_to_each_body_once(office: Office) -> None:
    manuscript = office.signed()
    sent = send(office, manuscript, "市局", "区委办", "市局")
    version = current_version(manuscript)
    assert [(s.body.name, s.version, s.state) for s in sent] == [
        ("市局", version, "sent"),
        ("区委办", version, "sent"),
    ]
    assert read(manuscript).state == "sent"
    assert list(submissions_of(manuscript)) == list(reversed(sent))


def test_submit_is_told_in_the_chain_by_seal(office: Office) -> None:
    manuscript = office.signed()
    [sent] = send(office, manuscript, "市局")
    entry = trail(office.agency.pk, Ref.to(sent)).get()
    assert (entry.verb, entry.actor_id) == ("submit", office.person["editor"].pk)
    assert entry.detail == {
        "manuscript": str(manuscript.pk),
        "body": str(office.body["市局"].pk),
        "seal": current_version(manuscript).seal,
    }


def test_submit_to_a_further_body_later(office: Office) -> None:
    manuscript = office.signed()
    send(office, manuscript, "市局")
    send(office, manuscript, "区委办")
    assert [s.body.name for s in submissions_of(manuscript)] == ["区委办", "市局"]


def test_submit_to_a_body_twice_is_refused_and_names_it(office: Office) -> None:
    manuscript = office.signed()
    send(office, manuscript, "市局")
    with refused("submission.already_sent"):
        send(office, manuscript, "区委办", "市局")
    assert Submission.objects.count() == 1


def test_submit_to_nobody_is_refused(office: Office) -> None:
    manuscript = office.signed()
    with refused("submission.no_body"):
        submit(by=office.fresh("editor"), manuscript=manuscript, revision=manuscript.revision, to=[])


def test_submit_to_a_body_of_another_agency_finds_nothing(office: Office) -> None:
    manuscript = office.signed()
    with pytest.raises(NotFound):
        submit(
            by=office.fresh("editor"),
            manuscript=manuscript,
            revision=manuscript.revision,
            to=[found_office("hill").body["市局"]],
        )


def test_submit_of_a_piece_of_another_agency_finds_nothing(office: Office) -> None:
    with pytest.raises(NotFound):
        send(office, found_office("hill").signed())


@pytest.mark.parametrize("by", ["writer", "head", "signer", "leader", "administrator", "secrecy"])
def test_submit_by_anybody_but_the_office_is_forbidden(office: Office, by: str) -> None:
    with pytest.raises(Forbidden):
        send(office, office.signed(), by=by)


def test_submit_of_an_internal_piece_by_an_editor_who_may_not_read_it_is_forbidden(office: Office) -> None:
    manuscript = office.signed(content_class="internal")
    office.grant("other_head", "editor", "某局")
    with pytest.raises(Forbidden):
        send(office, manuscript, by="other_head")
    assert len(send(office, manuscript)) == 2


def test_submit_on_a_stale_page_is_refused(office: Office) -> None:
    manuscript = office.signed()
    with pytest.raises(Stale):
        submit(
            by=office.fresh("editor"),
            manuscript=manuscript,
            revision=manuscript.revision - 1,
            to=[office.body["市局"]],
        )


def test_submit_of_a_draft_is_refused(office: Office) -> None:
    with refused("review.no_round"):
        send(office, office.draft())


def test_submit_before_the_signature_names_what_is_missing(office: Office) -> None:
    manuscript = office.handed_in()
    office.decide(manuscript, "head")
    with refused("review.undecided", "review.undecided", "review.too_few"):
        send(office, manuscript)


def test_submit_of_what_was_recalled_after_the_signature_is_impossible(office: Office) -> None:
    manuscript = office.signed()
    review.recall(by=office.fresh("writer"), manuscript=manuscript, revision=manuscript.revision)
    with refused("kernel.impossible"):
        send(office, manuscript)


def test_submit_of_a_kind_that_does_not_go_up_is_refused() -> None:
    station = found_office("station", rules="county-station", kind="how_to")
    with refused("review.line_closed"):
        send(station, station.signed(openness="proactive"))


def test_submit_of_what_one_person_signed_for_the_house_is_refused() -> None:
    station = found_office("station", rules="county-station", kind="station_notes")
    with refused("review.line_closed", "review.too_few"):
        send(station, station.signed())


def test_recall_of_what_left_is_impossible(office: Office) -> None:
    manuscript = office.signed()
    send(office, manuscript)
    manuscript = read(manuscript)
    with refused("kernel.impossible"):
        review.recall(by=office.fresh("writer"), manuscript=manuscript, revision=manuscript.revision)


def test_what_left_holds_the_edit_made_in_review(office: Office) -> None:
    manuscript = office.handed_in()
    edited = TEXT.replace("12项", "15项")
    office.decide(manuscript, "head", edit=edit_of(manuscript, edited))
    for key in ("editor", "signer"):
        office.decide(manuscript, key)
    [sent] = send(office, manuscript, "市局")
    assert sent.version.text.plain() == edited


def test_register_tells_the_latest_first(office: Office) -> None:
    first, second = office.signed(), office.signed("colleague")
    send(office, first, "市局")
    send(office, second, "市局")
    assert [s.manuscript for s in submissions(office.agency.pk)] == [second, first]
    assert list(submissions(found_office("hill").agency.pk)) == []


def test_bodies_and_journals_in_use_are_offered_in_order(office: Office) -> None:
    Body.objects.filter(pk=office.body["市局"].pk).update(position=-1)
    assert [b.name for b in bodies(office.agency.pk)] == ["市局", "区委办"]
    Body.objects.filter(pk=office.body["市局"].pk).update(retired_at="2026-01-01T00:00:00Z")
    assert [b.name for b in bodies(office.agency.pk)] == ["区委办"]
    assert [j.name for j in journals(office.body["区委办"])] == ["区委办信息"]


def test_lifecycle_of_a_submission_knows_adoption_alone() -> None:
    leads = {state: [t.verb for t in SUBMISSION.from_state(state)] for state in SUBMISSION.states}
    assert leads == {"sent": ["adopt"], "adopted": ["adopt"]}
