"""Beginning a piece: paste, see the findings, keep it or hand it in; and every bad input of the page."""

from __future__ import annotations

import pytest
from django.test import Client

from hezou.audit.models import AuditEntry
from hezou.kernel.ids import uuid7
from hezou.manuscripts.models import Manuscript, Text, WorkingCopy
from hezou.manuscripts.queries import authors, current_version
from tests.support.office import TEXT, Office, found_office
from tests.web.conftest import LogIn
from tests.web.forms import area, body, hidden, writing

NEW = "/manuscripts/new"
MARKED = f"机密★1年\n{TEXT}"


@pytest.fixture
def client(log_in: LogIn) -> Client:
    return log_in("writer")


def nothing_stored() -> bool:
    return not (Text.objects.exists() or Manuscript.objects.exists() or WorkingCopy.objects.exists())


def test_open_with_myself_as_author(client: Client, office: Office) -> None:
    page = body(client.get(NEW))
    assert page.count(f'value="{office.person["writer"].pk}" checked') == 1


def test_open_without_the_right_is_forbidden(log_in: LogIn) -> None:
    assert log_in("auditor").get(NEW).status_code == 403


def test_keep_makes_a_draft(client: Client, office: Office) -> None:
    response = client.post(NEW, writing(office.kind, office.person["writer"], do="keep"))
    piece = Manuscript.objects.get()
    assert (response.status_code, response["Location"]) == (303, f"/manuscripts/{piece.pk}")
    assert (piece.state, current_version(piece).text.plain()) == ("draft", TEXT)


def test_hand_in_begins_the_round_at_once(client: Client, office: Office) -> None:
    client.post(NEW, writing(office.kind, office.person["writer"], do="hand_in"))
    assert Manuscript.objects.get().state == "in_review"


def test_line_ends_of_a_browser_are_no_difference(client: Client, office: Office) -> None:
    sent = TEXT.replace("\n", "\r\n")
    client.post(NEW, writing(office.kind, office.person["writer"], text=sent, do="keep"))
    assert current_version(Manuscript.objects.get()).text.plain() == TEXT


def test_name_authors_by_box_and_by_name_in_order(client: Client, office: Office) -> None:
    named = f"{office.person['head'].name}、{office.person['other_writer'].name}（第二科）"
    sent = writing(office.kind, office.person["colleague"], author_names=named, do="keep")
    client.post(NEW, sent)
    found = [author.person_id for author in authors(Manuscript.objects.get())]
    assert found == [office.person[key].pk for key in ("colleague", "head", "other_writer")]


def test_name_nobody_knows_is_refused_and_kept(client: Client, office: Office) -> None:
    response = client.post(NEW, writing(office.kind, author_names="无此人", do="keep"))
    assert (response.status_code, area(response)) == (422, TEXT)
    assert 'value="无此人"' in body(response)
    assert nothing_stored()


def test_name_of_two_persons_asks_for_the_right_one(client: Client, office: Office) -> None:
    namesake = office.person["other_writer"]
    namesake.name = office.person["head"].name
    namesake.save()
    response = client.post(NEW, writing(office.kind, author_names=namesake.name, do="keep"))
    assert response.status_code == 422
    assert "第一科, 第二科" in body(response)


def test_no_author_is_refused(client: Client, office: Office) -> None:
    response = client.post(NEW, writing(office.kind, do="keep"))
    assert (response.status_code, area(response)) == (422, TEXT)
    assert "Name at least one author." in body(response)


@pytest.mark.parametrize("missing", ["kind", "content_class", "openness"])
def test_missing_label_is_refused_with_the_text_kept(client: Client, office: Office, missing: str) -> None:
    sent = {**writing(office.kind, office.person["writer"], do="keep"), missing: ""}
    response = client.post(NEW, sent)
    assert (response.status_code, area(response)) == (422, TEXT)
    assert f'href="#id_{missing}"' in body(response)
    assert nothing_stored()


def test_barred_class_is_refused_before_anything_is_stored(client: Client, office: Office) -> None:
    sent = writing(office.kind, office.person["writer"], content_class="barred", do="keep")
    response = client.post(NEW, sent)
    assert (response.status_code, area(response)) == (422, TEXT)
    assert "State secrets must not be entered here. Nothing was saved" in body(response)
    assert nothing_stored()


def test_internal_and_public_at_once_is_refused(client: Client, office: Office) -> None:
    sent = writing(
        office.kind, office.person["writer"], content_class="internal", openness="proactive", do="keep"
    )
    assert client.post(NEW, sent).status_code == 422
    assert nothing_stored()


def test_marked_text_is_refused_and_stays_on_the_page(client: Client, office: Office) -> None:
    response = client.post(NEW, writing(office.kind, office.person["writer"], text=MARKED, do="keep"))
    assert (response.status_code, area(response)) == (422, MARKED)
    assert nothing_stored()
    assert not AuditEntry.objects.filter(verb="create").exists()


def test_hand_in_with_an_error_is_refused_and_points_to_it(client: Client, office: Office) -> None:
    text = TEXT.replace("12项", "XX项")
    response = client.post(NEW, writing(office.kind, office.person["writer"], text=text, do="hand_in"))
    assert (response.status_code, area(response)) == (422, text)
    start = text.index("XX")
    assert f'data-selects="id_text" data-start="{start}" data-end="{start + 2}"' in body(response)
    assert nothing_stored()


def test_hand_in_with_a_warning_asks_once(client: Client, office: Office) -> None:
    text = TEXT.replace("初步成效。", "初步成效。。")
    sent = writing(office.kind, office.person["writer"], text=text, do="hand_in")
    response = client.post(NEW, sent)
    assert (response.status_code, area(response)) == (422, text)
    assert 'href="#id_confirmed"' in body(response)
    assert body(response).count('name="confirmed"') == 1
    client.post(NEW, {**sent, "confirmed": "on"})
    assert Manuscript.objects.get().state == "in_review"


def test_500000_characters_answer_413_with_the_text_kept(client: Client, office: Office) -> None:
    text = "字" * 500_000
    response = client.post(NEW, writing(office.kind, office.person["writer"], text=text, do="keep"))
    assert (response.status_code, area(response)) == (413, text)
    assert nothing_stored()


def test_nul_is_refused_with_the_text_kept(client: Client, office: Office) -> None:
    text = TEXT + "\n甲\x00乙"
    response = client.post(NEW, writing(office.kind, office.person["writer"], text=text, do="keep"))
    assert (response.status_code, area(response)) == (422, text)
    assert nothing_stored()


def test_lone_surrogate_is_refused_instead_of_altered(client: Client, office: Office) -> None:
    sent = b"text=%E6%A0%87%E9%A2%98%0A%ED%A0%80&do=keep&kind=" + office.kind.encode()
    response = client.post(NEW, sent, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 422
    assert "3 characters could not be read" in body(response)
    assert nothing_stored()


def test_forged_author_of_another_agency_is_not_found(client: Client, office: Office) -> None:
    stranger = found_office("hill").person["writer"]
    response = client.post(NEW, writing(office.kind, stranger, do="keep"))
    assert (response.status_code, area(response)) == (404, TEXT)
    assert nothing_stored()


def test_second_click_gets_the_first_answer(client: Client, office: Office) -> None:
    sent = writing(office.kind, office.person["writer"], do="keep", deed=hidden(client.get(NEW))["deed"])
    answers = [client.post(NEW, sent) for _ in range(2)]
    piece = Manuscript.objects.get()
    assert [(one.status_code, one["Location"]) for one in answers] == [(303, f"/manuscripts/{piece.pk}")] * 2


def test_forged_form_is_refused_by_its_token(office: Office) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(office.account("writer"), backend="hezou.access.backend.Backend")
    response = client.post(NEW, writing(office.kind, office.person["writer"], do="keep", deed=str(uuid7())))
    assert response.status_code == 403
    assert "Go back: what you typed is usually still there." in body(response)
    assert nothing_stored()


def test_check_answers_with_findings_and_stores_nothing(client: Client) -> None:
    response = client.post("/manuscripts/check", {"text": "标题\r\n第XX号，"})
    assert response.status_code == 200
    assert 'data-start="4" data-end="6"' in body(response)
    assert nothing_stored()


def test_check_keeps_the_tick_of_the_confirmation(client: Client) -> None:
    sent = {"text": "标题\n很好。。", "confirmed": "on"}
    assert 'id="id_confirmed" checked' in body(client.post("/manuscripts/check", sent))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (MARKED, "The text bears a mark of secrecy (“机密★1年”)."),
        ("字" * 200_001, "The text has 200,001 characters; a piece holds at most 200,000."),
        ("甲\x00", "The text holds characters that no text file may hold (position 2)."),
    ],
)
def test_check_says_what_may_not_be_kept(client: Client, text: str, says: str) -> None:
    response = client.post("/manuscripts/check", {"text": text})
    assert body(response).count(says) == 2
    assert nothing_stored()


def test_check_asks_for_a_log_in(db: None) -> None:
    assert Client().post("/manuscripts/check", {"text": "标题"}).status_code == 302
