"""One's tokens: made and shown once, revoked; others' for who keeps the directory."""

from __future__ import annotations

import re
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hezou.access.actions import make_token
from hezou.access.models import Token
from hezou.access.queries import token_of
from hezou.kernel import clock
from hezou.kernel.ids import uuid7
from hezou.people.actions import add_app, demand_second_factor
from hezou.people.rules.totp import code_at, new_secret, step_of
from tests.support.entering import just_typed
from tests.support.office import Office, found_office
from tests.web.conftest import LogIn
from tests.web.reading import field_errors, panels, rows, said, tree, words

SENT: dict[str, Any] = {"name": "信息台账", "verbs": ["manuscript.read", "text.check"], "days": "90"}


def typed(office: Office, log_in: LogIn, key: str) -> Client:
    """Somebody who typed the password a moment ago."""
    client = log_in(key)
    just_typed(client, office.fresh(key).account)
    return client


def test_a_token_is_made_and_shown_once(office: Office, log_in: LogIn) -> None:
    client = typed(office, log_in, "writer")
    sent = {**SENT, "deed": str(uuid7())}
    answer = client.post(reverse("token_make"), sent)
    [text] = re.findall(r"hz_\w{32}_[\w-]{43}", answer.content.decode())
    token = token_of(text)
    assert token is not None
    assert (token.person, token.name, token.verbs) == (office.person["writer"], SENT["name"], SENT["verbs"])
    assert answer["Cache-Control"] == "no-store"
    again = client.post(reverse("token_make"), sent)  # pressed twice
    assert (again.status_code, again["Location"]) == (303, reverse("tokens"))
    listed = client.get(reverse("tokens"))
    assert text not in listed.content.decode()
    assert [row[:2] for row in rows(listed, "Tokens in force")] == [["信息台账", "Read pieces, Check texts"]]
    assert len(Token.objects.all()) == 1


def test_making_one_asks_for_the_password_first(office: Office, log_in: LogIn) -> None:
    client = log_in("writer")
    asks = f"{reverse('confirm')}?next=%2Ftokens%2F"
    page = tree(client.get(reverse("tokens")))
    assert ([one.get("href") for one in page.xpath("//*[@class='main-action']/a")]) == [asks]
    assert page.xpath("//input[@name='verbs']") == []
    answer = client.post(reverse("token_make"), {**SENT, "deed": str(uuid7())})
    assert (answer.status_code, answer["Location"], Token.objects.exists()) == (303, asks, False)


def test_an_auditor_is_offered_none(office: Office, log_in: LogIn) -> None:
    page = tree(typed(office, log_in, "auditor").get(reverse("tokens")))
    assert page.xpath("//*[@class='main-action']/*") == page.xpath("//input[@name='verbs']") == []


def test_one_without_the_second_factor_asked_for_is_told_as_such(office: Office, log_in: LogIn) -> None:
    client = log_in("writer")
    make_token(by=office.fresh("writer"), name="台账", verbs=["text.check"], days=30)
    demand_second_factor(by=office.fresh("administrator"), roles=["writer"])
    secret = new_secret()
    typed_code = code_at(secret, step_of(clock.now().timestamp()))
    add_app(by=office.fresh("writer"), secret=secret, typed=typed_code)
    make_token(by=office.fresh("writer"), name="网站", verbs=["text.check"], days=30)
    listed = client.get(reverse("tokens"))
    assert [row[0] for row in rows(listed, "Tokens in force")] == ["网站", "台账 Opens nothing"]


def test_list_costs_the_same_for_one_token_and_for_six(office: Office, log_in: LogIn) -> None:
    client = log_in("writer")
    demand_second_factor(by=office.fresh("administrator"), roles=["writer"])
    secret = new_secret()
    add_app(by=office.fresh("writer"), secret=secret, typed=code_at(secret, step_of(clock.now().timestamp())))

    def cost(names: str) -> int:
        for name in names:
            make_token(by=office.fresh("writer"), name=name, verbs=["text.check"], days=30)
        client.get(reverse("tokens"))
        with CaptureQueriesContext(connection) as told:
            client.get(reverse("tokens"))
        return len(told)

    assert cost("甲") == cost("乙丙丁戊己")


def test_offers_what_is_ones_own(office: Office, log_in: LogIn) -> None:
    pages = {key: tree(typed(office, log_in, key).get(reverse("tokens"))) for key in ("writer", "editor")}
    offered = {
        key: [one.get("value") for one in page.xpath("//input[@name='verbs']")] for key, page in pages.items()
    }
    assert set(offered["editor"]) - set(offered["writer"]) == {
        "seat.select",
        "review.record",
        "duty.keep",
        "manuscript.submit",
        "submission.record",
        "hook.manage",
    }


def test_what_is_wrong_is_said_at_its_field(office: Office, log_in: LogIn) -> None:
    client = typed(office, log_in, "writer")
    answer = client.post(reverse("token_make"), {"days": "90"})
    assert (answer.status_code, field_errors(answer)) == (422, ["Say which program the token is for."])
    answer = client.post(reverse("token_make"), {"name": "x", "days": "90"})
    assert field_errors(answer) == ["Choose at least one thing that the program may do."]
    answer = client.post(reverse("token_make"), {**SENT, "verbs": ["manuscript.submit"]})
    assert answer.status_code == 422
    assert not Token.objects.exists()


def test_a_token_is_revoked(office: Office, log_in: LogIn) -> None:
    made = make_token(by=office.fresh("writer"), name="台账", verbs=["text.check"], days=30)
    client = log_in("writer")
    answer = client.post(reverse("token_revoke", args=[made.token.pk]), {"deed": str(uuid7())})
    assert said(answer) == ["“台账” opens nothing any more."]
    assert token_of(made.text) is None
    listed = client.get(reverse("tokens"))
    assert list(panels(listed)) == ["Tokens in force", "Open nothing any more"]


def test_the_administrator_revokes_anybodys(office: Office, log_in: LogIn) -> None:
    made = make_token(by=office.fresh("writer"), name="台账", verbs=["text.check"], days=30)
    client = log_in("administrator")
    page = reverse("tokens_of_person", args=[office.person["writer"].pk])
    person = client.get(reverse("person", args=[office.person["writer"].pk]))
    assert page not in person.content.decode()  # there is no account yet
    office.account("writer")
    assert page in client.get(reverse("person", args=[office.person["writer"].pk])).content.decode()
    assert words(tree(client.get(page)).xpath("//h1")[0]) == "Tokens for programs"
    answer = client.post(reverse("token_revoke", args=[made.token.pk]), {"deed": str(uuid7())})
    assert (answer["Location"], Token.objects.get().revoked_at is not None) == (page, True)


def test_others_tokens_are_nobody_elses_business(office: Office, log_in: LogIn) -> None:
    made = make_token(by=office.fresh("writer"), name="台账", verbs=["text.check"], days=30)
    client = log_in("head")
    assert client.get(reverse("tokens_of_person", args=[office.person["writer"].pk])).status_code == 403
    assert client.post(reverse("token_revoke", args=[made.token.pk])).status_code == 404
    other = found_office("river")
    stranger = log_in("administrator", other)
    assert stranger.get(reverse("tokens_of_person", args=[office.person["writer"].pk])).status_code == 404
    assert stranger.post(reverse("token_revoke", args=[made.token.pk])).status_code == 404
    assert Token.objects.get().revoked_at is None


def test_the_page_is_found_from_ones_own(office: Office, log_in: LogIn) -> None:
    client = log_in("writer")
    page = client.get(reverse("person", args=[office.person["writer"].pk]))
    assert reverse("tokens") in page.content.decode()
    menu = tree(client.get(reverse("desk"))).xpath("//details[@class='menu']//a/@href")
    assert menu == [reverse("security"), reverse("tokens"), reverse("change_password")]
    overview = panels(client.get(reverse("security")))["Programs"]
    assert "0 tokens are in force." in overview
