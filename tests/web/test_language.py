"""Reading in Chinese or English: chosen, kept with the account, never guessed."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from hezou.people.models import Account, Grant
from tests.support.office import PASSWORD, Office
from tests.web.conftest import LogIn
from tests.web.forms import hidden, writing

COOKIE = settings.LANGUAGE_COOKIE_NAME


@pytest.fixture(autouse=True)
def _as_installed() -> None:
    translation.activate(settings.LANGUAGE_CODE)


def heading(client: Client, path: str = "/") -> str:
    page = client.get(path).content.decode()
    return page.split("<h1>")[1].split("</h1>")[0]


def choose(client: Client, code: str, back: str = "/") -> str:
    answer = client.post(reverse("language"), {"language": code, "next": back})
    assert answer.status_code == 303
    return answer["Location"]


def test_pages_are_chinese_without_a_choice_whatever_the_browser_asks_for(log_in: LogIn) -> None:
    client = log_in("writer")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en-GB,en"
    assert heading(client) == "工作台"


def test_choice_holds_at_once_and_leads_back(log_in: LogIn) -> None:
    client = log_in("writer")
    assert choose(client, "en", "/manuscripts/?mine=1") == "/manuscripts/?mine=1"
    assert heading(client) == "Desk"
    assert '<html lang="en">' in client.get("/").content.decode()
    choose(client, "zh-hans")
    assert heading(client) == "工作台"


def test_choice_follows_the_person_to_another_browser_and_nobody_else(office: Office, log_in: LogIn) -> None:
    choose(log_in("writer"), "en")
    other = Client()
    other.post(reverse("account_login"), {"login": f"writer.{office.agency.code}", "password": PASSWORD})
    assert (heading(other), heading(log_in("head"))) == ("Desk", "工作台")


def test_choice_before_the_log_in_is_kept_by_the_browser(db: None) -> None:
    client = Client()
    path = reverse("account_login")
    assert heading(client, path) == "登录"
    assert choose(client, "en", path) == path
    assert heading(client, path) == "Log in"
    assert Account.objects.count() == 0


def test_choice_of_the_account_goes_before_the_browsers(log_in: LogIn) -> None:
    client = log_in("writer")
    choose(client, "zh-hans")
    client.cookies[COOKIE] = "en"
    assert heading(client) == "工作台"


@pytest.mark.parametrize("code", ["", "fr", "EN", "zh"])
def test_choice_of_a_language_there_is_not_is_no_page(log_in: LogIn, code: str) -> None:
    client = log_in("writer")
    assert client.post(reverse("language"), {"language": code}).status_code == 404
    assert Account.objects.get().language == ""


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "\\\\elsewhere", "x"])
def test_choice_leads_nowhere_else(log_in: LogIn, back: str) -> None:
    assert choose(log_in("writer"), "en", back) == "/"


def test_cookie_of_an_unknown_language_is_no_choice(db: None) -> None:
    client = Client()
    client.cookies[COOKIE] = "fr"
    assert heading(client, reverse("account_login")) == "登录"


def test_refusals_are_said_in_the_chosen_language(log_in: LogIn) -> None:
    client = log_in("auditor")
    assert heading(client, reverse("review")) == "您不能进行这项操作"
    choose(client, "en")
    assert heading(client, reverse("review")) == "This is not open to you"
    assert heading(client, "/nowhere") == "This does not exist here"


@pytest.mark.parametrize(("code", "step"), [("zh-hans", "“部门审核”"), ("en", "“Unit review”")])
def test_steps_within_refusals_are_named_in_the_readers_language(
    office: Office, log_in: LogIn, code: str, step: str
) -> None:
    Grant.objects.filter(agency=office.agency, role="unit_head").delete()
    piece, client = office.draft(), log_in("writer")
    choose(client, code)
    path = reverse("manuscript_edit", args=[piece.pk])
    drawn = hidden(client.get(path))
    sent = writing(piece.kind, office.person["writer"], do="hand_in", revision=drawn["revision"])
    answer = client.post(path, sent)
    assert (answer.status_code, step in answer.content.decode()) == (422, True)


def test_every_page_leads_to_the_password_and_the_other_language(log_in: LogIn) -> None:
    page = log_in("auditor").get("/").content.decode()
    assert f'href="{reverse("change_password")}">修改密码</a>' in page
    assert 'name="language" value="en" lang="en">English</button>' in page
