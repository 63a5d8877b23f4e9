"""Rounds kept as history are judged by the rules of review, and their edits by the texts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hezou.audit.actions import load_history
from hezou.manuscripts.lifecycle import RETURNED
from hezou.ops.verifying import differences
from hezou.review.lifecycle import CLOSED, GAVE_BACK
from hezou.review.models import Decision, Seat
from hezou.review.rules import RETURN
from tests.support.office import TEXT, Office, found_office
from tests.support.past import BEGUN, STEPS, Finished
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db

REWORDED = TEXT.replace("聚焦", "围绕")
CHANGED = TEXT.replace("12项", "15项")


@pytest.fixture
def office() -> Office:
    return found_office()


def keep(office: Office, hands: dict[str, str], *authors: str) -> None:
    piece = Finished(office, authors=authors or ("writer",))
    first = piece.begin()
    piece.round(first, [piece.say(step, by, first) for step, by in hands.items()])


def edited(office: Office, text: str, marked: str) -> Finished:
    """A piece whose editor changed the text; nobody below looked at it again."""
    piece = Finished(office)
    first = piece.begin()
    said = [piece.say("unit_review", "head", first)]
    second = piece.version(text, "editor", "decision")
    said.append(piece.say("editing", "editor", first, after=second, marked=marked))
    said.append(piece.say("signature", "signer", second))
    judged = piece.round(first, said)
    piece.send(judged, second, {office.body["市局"]: None})
    return piece


def given_back(office: Office, verdict: str, reason: str) -> Finished:
    """A piece that the editor gave back."""
    piece = Finished(office, state=RETURNED)
    first = piece.begin()
    said = [piece.say("unit_review", "head", first)]
    said.append(piece.say("editing", "editor", first, verdict=verdict, opinion=reason))
    piece.round(first, said)
    return piece


def test_keep_round_refuses_an_author_who_decides(office: Office) -> None:
    with refused("review.author_decides"):
        keep(office, STEPS, "writer", "head")


def test_keep_round_refuses_one_person_on_two_levels(office: Office) -> None:
    with refused("review.two_levels"):
        keep(office, {**STEPS, "signature": "editor"})


def test_keep_round_refuses_a_signature_over_an_undecided_step(office: Office) -> None:
    hands = {"unit_review": "head", "signature": "signer"}
    with refused("review.undecided"):
        keep(office, hands)


def test_keep_round_lets_an_edit_of_wording_stand(office: Office) -> None:
    piece = edited(office, REWORDED, "wording")
    load_history(by=office.fresh("administrator"), past=piece.past)
    assert list(Decision.objects.order_by("at").values_list("edit_class", flat=True)) == ["", "wording", ""]
    assert list(differences(office.agency.pk)) == []


def test_keep_round_calls_a_changed_number_substance_whatever_it_was_marked(office: Office) -> None:
    with refused("review.undecided"):
        edited(office, CHANGED, "wording")


def test_keep_round_closes_what_a_return_ends(office: Office) -> None:
    piece = given_back(office, RETURN, "请补充事例")
    load_history(by=office.fresh("administrator"), past=piece.past)
    states = dict(Seat.objects.values_list("step", "state"))
    assert states == {"unit_review": CLOSED, "editing": GAVE_BACK, "signature": CLOSED}
    seats = {seat.step: seat for seat in Seat.objects.all()}
    opened = [seats[step].opened_at for step in ("unit_review", "editing", "signature")]
    assert opened == [BEGUN + timedelta(hours=1), BEGUN + timedelta(hours=2), None]
    assert seats["signature"].person_id is None


def test_keep_round_refuses_a_return_without_a_reason(office: Office) -> None:
    with refused("review.no_reason"):
        given_back(office, RETURN, " ")


def test_keep_round_refuses_an_author_who_gives_back(office: Office) -> None:
    piece = Finished(office, state=RETURNED, authors=("writer", "head"))
    first = piece.begin()
    said = [piece.say("unit_review", "head", first, verdict=RETURN, opinion="请补充")]
    with refused("review.author_decides"):
        piece.round(first, said)
