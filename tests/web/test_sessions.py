"""Open sessions on the page, and how time ends them."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from hezou.kernel import clock
from hezou.people.models import Account, OpenSession
from tests.support.entering import browser, is_in, type_in
from tests.support.office import PASSWORD, Office
from tests.web.conftest import LogIn
from tests.web.directory import post
from tests.web.reading import rows

EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/90.0 Safari/537.36 Edg/90.0"
NEW = "湖面上有三只白鹭-2026"


@pytest.fixture(autouse=True)
def _empty_budgets(db: None) -> None:
    cache.clear()


@pytest.fixture
def account(office: Office) -> Account:
    return office.account("writer")


def entered(account: Account, agent: str = "") -> Client:
    client = browser()
    if agent:
        client.defaults["HTTP_USER_AGENT"] = agent
    assert type_in(client, account.username).status_code == 302
    return client


def listed(client: Client) -> list[tuple[str, str]]:
    return [(row[0], row[3]) for row in rows(client.get("/security/"), "Where you are logged in")]


def after(**span: int) -> AbstractContextManager[None]:
    return clock.moved_to(clock.now() + timedelta(**span))


# --- the list -------------------------------------------------------------------------------------
def test_list_names_browsers_and_says_which_is_this(account: Account) -> None:
    first, second = entered(account), entered(account, EDGE)
    assert sorted(listed(first)) == [("Chrome · Windows", "This one"), ("Edge · Windows", "Log out")]
    assert sorted(listed(second)) == [("Chrome · Windows", "Log out"), ("Edge · Windows", "This one")]


def test_browser_logged_out_from_afar_is_out_at_once(account: Account) -> None:
    here, there = entered(account), entered(account, EDGE)
    row = OpenSession.objects.get(device__startswith="Edge")
    answer = post(here, reverse("session_end", args=[row.pk]))
    assert (answer.status_code, answer["Location"]) == (303, "/security/")
    assert (is_in(here), is_in(there)) == (True, False)
    assert [name for name, _ in listed(here)] == ["Chrome · Windows"]


def test_all_others_are_logged_out_at_once(account: Account, office: Office) -> None:
    here, *others = (entered(account) for _ in range(3))
    stranger = entered(office.account("head"))
    post(here, reverse("sessions_end"))
    assert [is_in(one) for one in (here, *others, stranger)] == [True, False, False, True]


def test_session_of_another_is_not_there(account: Account, office: Office) -> None:
    entered(account)
    head = entered(office.account("head"))
    row = OpenSession.objects.get(account=account)
    assert post(head, reverse("session_end", args=[row.pk])).status_code == 404
    assert OpenSession.objects.filter(pk=row.pk).exists()


def test_new_password_ends_all_other_sessions(account: Account) -> None:
    here, there = entered(account), entered(account, EDGE)
    answer = here.post("/people/password", {"old": PASSWORD, "new": NEW, "again": NEW})
    assert answer.status_code == 303
    assert (is_in(here), is_in(there)) == (True, False)
    assert listed(here) == [("Chrome · Windows", "This one")]


def test_logging_out_takes_the_row_away(account: Account) -> None:
    client = entered(account)
    key = client.cookies["sessionid"].value
    client.post("/logout/")
    assert OpenSession.objects.count() == 0
    client.cookies["sessionid"] = key
    assert not is_in(client)


# --- time -----------------------------------------------------------------------------------------
def test_idle_log_in_ends(account: Account) -> None:
    client = entered(account)
    with after(minutes=119):
        assert is_in(client)
    with after(minutes=119 + 119):
        assert is_in(client)
    with after(minutes=119 + 119 + 121):
        assert not is_in(client)


def test_page_left_open_does_not_keep_a_log_in_alive(account: Account) -> None:
    client = entered(account)
    for minutes in range(10, 120, 10):
        with after(minutes=minutes):
            assert client.get("/notices/count").status_code == 200
    with after(minutes=121):
        assert not is_in(client)


def test_longest_log_in_ends_however_busy(account: Account) -> None:
    client = entered(account)
    for hours in range(1, 12):
        with after(hours=hours):
            assert is_in(client)
    with after(hours=12, seconds=1):
        assert not is_in(client)


def test_ended_log_in_cannot_be_used_again(account: Account) -> None:
    client = entered(account)
    key = client.cookies["sessionid"].value
    with after(hours=13):
        assert not is_in(client)
    client.cookies["sessionid"] = key
    assert not is_in(client)


def test_acts_within_a_minute_are_written_down_once(log_in: LogIn) -> None:
    client = log_in("writer")
    begun = OpenSession.objects.get().seen_at
    client.get("/people/")
    assert OpenSession.objects.get().seen_at == begun
    with after(seconds=61):
        client.get("/people/")
    assert OpenSession.objects.get().seen_at > begun
