"""误录清除 in the pages: by number, by two, with what is left to people; and nobody else gets in."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from hezou.manuscripts.lifecycle import PURGED
from hezou.manuscripts.models import Manuscript, Purge
from hezou.review.actions import print_sheet
from tests.support.office import Office, read
from tests.web.conftest import LogIn
from tests.web.forms import body, hidden

TEXT = "关于青石坡库房的情况\n一、基本情况\n青石坡库房存放物资37件。"


@pytest.fixture
def piece(office: Office) -> Manuscript:
    return office.handed_in(text=TEXT)


def ask(client: Client, number: str, reason: str = "classified") -> int:
    form = hidden(client.get("/purges/"))
    return client.post("/purges/ask", {**form, "number": number, "reason": reason}).status_code


def test_secrecy_reviewer_withholds_by_number_without_seeing_title_or_text(
    office: Office, piece: Manuscript, log_in: LogIn
) -> None:
    secrecy = log_in("secrecy")
    assert ask(secrecy, f" {piece.number} ") == 303
    page = body(secrecy.get(f"/purges/{Purge.objects.get().pk}"))
    assert (piece.number in page, "青石坡" in page) == (True, False)
    for key in ("writer", "head", "editor"):
        client = log_in(key)
        assert client.get(f"/manuscripts/{piece.pk}").status_code == 404
        assert "青石坡" not in body(client.get("/"))


def test_unknown_number_is_said_at_its_field_and_kept(log_in: LogIn) -> None:
    client = log_in("secrecy")
    form = hidden(client.get("/purges/"))
    answer = client.post("/purges/ask", {**form, "number": "2026-9999", "reason": "privacy"})
    assert answer.status_code == 422
    assert "There is no piece with the number 2026-9999." in body(answer)
    assert re.search(r'name="number" value="2026-9999"', body(answer))


def test_who_asked_sees_why_another_must_confirm(office: Office, piece: Manuscript, log_in: LogIn) -> None:
    client = log_in("secrecy")
    ask(client, piece.number)
    place = f"/purges/{Purge.objects.get().pk}"
    page = body(client.get(place))
    assert "A second person must confirm the purge" in page
    assert client.post(f"{place}/confirm", hidden(client.get(place))).status_code == 422
    assert read(piece).state != PURGED


def test_second_person_purges_and_is_told_what_people_must_treat(
    office: Office, piece: Manuscript, log_in: LogIn
) -> None:
    sheet = print_sheet(by=office.fresh("editor"), manuscript=piece, form="report")
    ask(log_in("secrecy"), piece.number)
    place = f"/purges/{Purge.objects.get().pk}"
    client = log_in("administrator")
    assert client.post(f"{place}/confirm", hidden(client.get(place))).status_code == 303
    page = body(client.get(place))
    assert (read(piece).state, sheet.code in page, "&lt;" in page) == (PURGED, True, False)
    seen = body(log_in("writer").get(f"/manuscripts/{piece.pk}"))
    assert ("This piece was purged" in seen, "青石坡" in seen) == (True, False)


def test_withdrawal_opens_the_piece_again(office: Office, piece: Manuscript, log_in: LogIn) -> None:
    client = log_in("secrecy")
    ask(client, piece.number)
    place = f"/purges/{Purge.objects.get().pk}"
    assert client.post(f"{place}/withdraw", hidden(client.get(place))).status_code == 303
    assert "青石坡" in body(log_in("writer").get(f"/manuscripts/{piece.pk}"))


@pytest.mark.parametrize("key", ["writer", "head", "editor", "auditor"])
def test_pages_are_shut_to_others(office: Office, piece: Manuscript, log_in: LogIn, key: str) -> None:
    ask(log_in("secrecy"), piece.number)
    place = f"/purges/{Purge.objects.get().pk}"
    client = log_in(key)
    answers = [client.get("/purges/"), client.get(place), client.post(f"{place}/confirm")]
    assert [one.status_code for one in [*answers, client.post("/purges/ask")]] == [403] * 4


def test_purge_of_another_agency_is_not_found(office: Office, piece: Manuscript, log_in: LogIn) -> None:
    assert log_in("secrecy").get(f"/purges/{piece.pk}").status_code == 404
