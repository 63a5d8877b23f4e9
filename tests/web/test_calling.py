"""约稿通知: a text for the group made of what was asked for, and nothing kept of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from hezou.audit.models import AuditEntry
from hezou.manuscripts.models import Manuscript
from tests.support.office import Office
from tests.web.conftest import LogIn
from tests.web.reading import Answer, field_errors, fields, panels, tree, words

CALLS = "/calls/"
ASKED = {
    "content_class": "public",
    "asks": "区委办",
    "wanted": "窗口帮办服务的做法，\n500字。",
    "due_at": "2099-11-24T09:00",
    "writers": "窗口管理科",
    "back": "庚某 8001",
}


@pytest.fixture
def editor(log_in: LogIn) -> Client:
    return log_in("editor")


def press(client: Client, **typed: Any) -> Answer:
    return client.post(CALLS, {**ASKED, **typed})


def test_page_is_for_who_selects_what_came_in(office: Office, log_in: LogIn) -> None:
    keys = ("editor", "writer", "head", "administrator", "auditor")
    assert {key: log_in(key).get(CALLS).status_code for key in keys} == {
        "editor": 200,
        "writer": 403,
        "head": 403,
        "administrator": 403,
        "auditor": 403,
    }


def test_page_offers_one_s_own_name_for_questions(editor: Client, office: Office) -> None:
    person = office.person["editor"]
    assert fields(editor.get(CALLS), "call")["back"] == f"{person.name} {person.phone}".strip()


def test_text_stands_above_the_form_and_nothing_is_kept(editor: Client) -> None:
    before = AuditEntry.objects.count()
    answer = press(editor)
    assert answer.status_code == 200
    assert tree(answer).get_element_by_id("copy_1").value.strip() == (
        "【约稿】区委办约稿：窗口帮办服务的做法， 500字。请窗口管理科于2099年11月24日 09:00前报送，"
        "有疑问请联系庚某 8001。谢谢。"
    )
    assert fields(answer, "call") == ASKED
    assert (AuditEntry.objects.count(), Manuscript.objects.exists()) == (before, False)


def test_internal_matter_is_told_by_telephone(editor: Client) -> None:
    answer = press(editor, content_class="internal")
    assert "Please telephone." in panels(answer)["Copy to the group"]
    assert not tree(answer).xpath("//*[@data-copies]")


@pytest.mark.parametrize("name", ["asks", "wanted", "writers", "back"])
def test_mark_of_secrecy_is_refused_wherever_it_stands(editor: Client, name: str) -> None:
    answer = press(editor, **{name: "机密★1年"})
    assert (answer.status_code, len(field_errors(answer))) == (422, 1)
    assert "bears a mark of secrecy (“机密★1年”)" in field_errors(answer)[0]
    assert not tree(answer).xpath("//*[@data-copies]")


def test_time_that_is_over_is_refused_and_what_was_typed_stays(editor: Client) -> None:
    answer = press(editor, due_at="2026-01-05T09:00")
    assert (answer.status_code, field_errors(answer)) == (
        422,
        ["This time is over already. Name a later one."],
    )
    assert fields(answer, "call")["writers"] == "窗口管理科"


def test_desk_of_the_office_leads_there(editor: Client, log_in: LogIn) -> None:
    def leads(client: Client) -> list[str]:
        return [words(one) for one in tree(client.get("/")).xpath(f"//main//a[@href='{CALLS}']")]

    assert (leads(editor), leads(log_in("writer"))) == (["Ask for a piece"], [])
