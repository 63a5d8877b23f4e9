"""The signature owed, who may see what was recorded, and what is told of it."""

from __future__ import annotations

import pytest

from hezou.review.models import CounterSignature, Decision
from tests.support.office import Office
from tests.support.paper import owed, printed, record
from tests.web.conftest import LogIn
from tests.web.reading import field_errors, panels, said, tree
from tests.web.recorder import LIST, hand_in_signature, picture_of, press


@pytest.fixture
def office(office: Office) -> Office:
    """Among its people `colleague` records."""
    office.grant("colleague", "recorder", "某局")
    return office


# --- who may --------------------------------------------------------------------------------------
def test_pages_are_closed_to_others(office: Office, log_in: LogIn) -> None:
    manuscript = office.handed_in()
    record(office, manuscript, "head")
    places = [f"{LIST}{manuscript.pk}", f"{LIST}owed/{owed().pk}"]
    writer, stranger = log_in("writer"), log_in("other_writer")
    assert [writer.get(place).status_code for place in places] == [403, 403]
    assert [stranger.get(place).status_code for place in places] == [404, 403]
    assert writer.post(places[0], {"verdict": "approve"}).status_code == 403


def test_evidence_is_for_who_sees_the_piece(office: Office, log_in: LogIn) -> None:
    manuscript = office.handed_in()
    sheet = printed(office, manuscript)
    press(log_in("colleague"), manuscript, mode="paper", picture=picture_of(sheet))
    place = f"{LIST}evidence/{Decision.objects.get().pk}"
    assert log_in("writer").get(place).status_code == 200
    assert log_in("other_writer").get(place).status_code == 404


def test_decision_without_a_picture_has_none(office: Office, log_in: LogIn) -> None:
    manuscript = office.handed_in()
    record(office, manuscript, "head")
    client = log_in("colleague")
    assert client.get(f"{LIST}evidence/{Decision.objects.get().pk}").status_code == 404
    assert client.get(f"{LIST}owed/{owed().pk}/evidence").status_code == 404


# --- the signature owed ---------------------------------------------------------------------------
def test_signature_is_handed_in_by_photo(office: Office, log_in: LogIn) -> None:
    manuscript = office.handed_in()
    record(office, manuscript, "head", words="同意。")
    row = owed()
    client = log_in("colleague")
    opened = client.get(f"{LIST}owed/{row.pk}")
    assert "同意。" in panels(opened)["The consent"]
    sheet = printed(office, manuscript, seat=row.decision.seat)
    answer = hand_in_signature(client, picture=picture_of(sheet))
    assert (answer.status_code, said(answer)) == (303, ["The signature of 丙某 is in."])
    assert client.get(f"{LIST}owed/{row.pk}/evidence").status_code == 200
    assert client.get(f"{LIST}owed/{row.pk}").status_code == 404
    assert CounterSignature.objects.get().sheet == sheet


def test_piece_shows_the_signature_owed_and_then_its_sheet(office: Office, log_in: LogIn) -> None:
    manuscript = office.handed_in()
    record(office, manuscript, "head")
    row, writer = owed(), log_in("writer")
    page = f"/manuscripts/{manuscript.pk}?part=review"
    shown = panels(writer.get(page))["Decisions of round 1"]
    assert f"To be signed on paper by {row.due_on.day} {row.due_on:%B %Y}" in shown
    sheet = printed(office, manuscript, seat=row.decision.seat)
    hand_in_signature(log_in("colleague"), picture=picture_of(sheet))
    answer = writer.get(page)
    shown = panels(answer)["Decisions of round 1"]
    assert ("To be signed" in shown, "Signed on paper later" in shown) == (False, True)
    [kept] = [link.get("href") for link in tree(answer).iter("a") if link.text == "The signed sheet"]
    assert writer.get(kept).status_code == 200


def test_signature_asks_for_a_code_and_for_the_right_one(office: Office, log_in: LogIn) -> None:
    manuscript, other = office.handed_in(), office.handed_in()
    record(office, manuscript, "head")
    client = log_in("colleague")
    assert field_errors(hand_in_signature(client)) == [
        "A signature on paper closes the step by the code of its sheet. Photograph the code, or type it."
    ]
    assert field_errors(hand_in_signature(client, code=printed(office, other).code)) == [
        f"This sheet belongs to another piece (number {other.number})."
    ]
    sheet = printed(office, manuscript, seat=owed().decision.seat)
    assert hand_in_signature(client, code=sheet.code).status_code == 303


def test_history_tells_of_record_sheet_and_signature(office: Office, log_in: LogIn) -> None:
    manuscript = office.handed_in()
    record(office, manuscript, "head", mode="paper")
    record(office, manuscript, "editor")
    client = log_in("colleague")
    hand_in_signature(client, code=printed(office, manuscript, seat=owed().decision.seat).code)
    told = panels(client.get(f"/manuscripts/{manuscript.pk}?part=history"))["What happened"]
    wanted = [
        "entered that 丙某 approved at the step “Unit review”",
        "printed the sheet ",
        "asked for a signature on paper by ",
        "handed in the signature on paper for the step “Editing”",
    ]
    assert [one for one in wanted if one not in told] == []
