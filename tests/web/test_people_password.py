"""One's own password; the first log-in ends there."""

from __future__ import annotations

import pytest
from django.test import Client

from hezou.people.models import Account
from tests.support.office import PASSWORD, Office
from tests.web.conftest import LogIn
from tests.web.directory import url
from tests.web.reading import field_errors, tree, words

NEW = "江湖-pass-2026"


@pytest.fixture
def writer(log_in: LogIn) -> Client:
    return log_in("writer")


@pytest.fixture
def beginner(office: Office, writer: Client) -> Client:
    """Somebody who logged in with a one-time password."""
    Account.objects.filter(person=office.person["writer"]).update(must_change_password=True)
    return writer


def test_first_log_in_changes_the_password_before_anything_else(office: Office, beginner: Client) -> None:
    for address in ("/", "/people/", url(office.person["head"])):
        assert beginner.get(address)["Location"] == "/people/password"
    assert "one-time password" in words(tree(beginner.get("/people/password")))
    answer = beginner.post("/people/password", {"old": PASSWORD, "new": NEW, "again": NEW})
    assert (answer.status_code, answer["Location"]) == (303, "/")
    assert beginner.get("/people/").status_code == 200
    assert Client().login(username=f"writer.{office.agency.code}", password=NEW) is True


def test_refused_password_says_why(office: Office, beginner: Client) -> None:
    for old, new, again, expected in (
        ("wrong", NEW, NEW, ["The present password is not right."]),
        (PASSWORD, "short", "short", ["The password is too short: at least 12 characters."]),
        (PASSWORD, NEW, NEW + "x", ["The two new passwords differ."]),
        (PASSWORD, PASSWORD, PASSWORD, ["Choose a password other than the present one."]),
    ):
        answer = beginner.post("/people/password", {"old": old, "new": new, "again": again})
        assert (answer.status_code, field_errors(answer)) == (422, expected)
    assert Account.objects.get(person=office.person["writer"]).must_change_password


def test_blank_password_form_names_each_field(beginner: Client) -> None:
    answer = beginner.post("/people/password", {})
    assert (answer.status_code, len(field_errors(answer))) == (422, 3)


def test_password_is_not_guessed_without_end(beginner: Client) -> None:
    guesses = [
        beginner.post("/people/password", {"old": f"wrong{n}", "new": NEW, "again": NEW}).status_code
        for n in range(6)
    ]
    assert guesses == [422] * 5 + [429]


@pytest.mark.parametrize("typed", ["  Blank before, and behind  ", "🦢" * 30 + "湖" * 170, "密" * 200])
def test_password_is_taken_as_typed(office: Office, beginner: Client, typed: str) -> None:
    answer = beginner.post("/people/password", {"old": PASSWORD, "new": typed, "again": typed})
    name = f"writer.{office.agency.code}"
    assert (answer.status_code, Client().login(username=name, password=typed)) == (303, True)
    assert Client().login(username=name, password=typed.strip().lower()[:199]) is False
    browser = Client()
    assert browser.post("/login/", {"login": name, "password": typed}).status_code == 302
