"""One's tokens: made and shown once, revoked; others' for who keeps the directory."""

from __future__ import annotations

import re

from django.urls import reverse

from hezou.access.actions import make_token
from hezou.access.models import Token
from hezou.access.queries import token_of
from hezou.kernel.ids import uuid7
from tests.support.office import Office, found_office
from tests.web.conftest import LogIn
from tests.web.reading import field_errors, panels, rows, said, tree, words

SENT = {"name": "信息台账", "verbs": ["manuscript.read", "text.check"], "days": "90"}


def test_a_token_is_made_and_shown_once(office: Office, log_in: LogIn) -> None:
    client = log_in("writer")
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
    assert [row[:2] for row in rows(listed, "In force")] == [["信息台账", "Read pieces, Check texts"]]
    assert len(Token.objects.all()) == 1


def test_offers_what_is_ones_own(log_in: LogIn) -> None:
    pages = {key: tree(log_in(key).get(reverse("tokens"))) for key in ("writer", "editor")}
    offered = {
        key: [one.get("value") for one in page.xpath("//input[@name='verbs']")] for key, page in pages.items()
    }
    assert set(offered["editor"]) - set(offered["writer"]) == {
        "manuscript.submit",
        "submission.record",
        "hook.manage",
    }


def test_what_is_wrong_is_said_at_its_field(log_in: LogIn) -> None:
    client = log_in("writer")
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
    assert list(panels(listed)) == ["In force", "Open nothing any more", "Make a token"]


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
    page = log_in("writer").get(reverse("person", args=[office.person["writer"].pk]))
    assert reverse("tokens") in page.content.decode()
