"""Logging in: what is told, what is kept, and who may try how often."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import signing
from django.core.cache import cache
from django.db import connection
from django.test import Client

from hezou.audit.models import AuditEntry
from hezou.config.logs import about
from hezou.kernel import clock
from hezou.kernel.ids import NIL
from hezou.people.models import Account, OpenSession
from hezou.people.rules.budgets import ACCOUNT, ACCOUNT_AND_SOURCE, KNOWN_DEVICE, SOURCE
from hezou.web.security import gate
from tests.support.entering import browser, is_in, type_in
from tests.support.office import Office
from tests.web.conftest import LogIn
from tests.web.reading import summary, tree, words

WRONG = "not-the-password"


@pytest.fixture(autouse=True)
def _empty_budgets(db: None) -> None:
    cache.clear()


@pytest.fixture
def account(office: Office) -> Account:
    return office.account("writer")


def guess(client: Client, account: Account, times: int, name: str = "") -> list[int]:
    """Statuses of so many wrong passwords."""
    return [type_in(client, name or account.username, f"{WRONG}{n}").status_code for n in range(times)]


def trail() -> list[tuple[str, str, dict[str, object]]]:
    verbs = ("log_in", "log_out", "fail_log_in")
    rows = AuditEntry.objects.filter(verb__in=verbs).order_by("id")
    return [(row.verb, row.ref_id, row.detail) for row in rows]


# --- what is told ---------------------------------------------------------------------------------
def test_answers_alike_whether_the_name_exists(account: Account) -> None:
    pages = []
    for name in (account.username, "nobody.at.all"):
        answer = type_in(browser(), name, WRONG)
        pages.append((answer.status_code, summary(answer), words(tree(answer)).replace(name, "")))
    assert pages[0] == pages[1]
    assert pages[0][0] == 200


def test_answers_alike_when_the_budget_is_spent(account: Account) -> None:
    for name, address in ((account.username, "10.0.0.1"), ("nobody.at.all", "10.0.0.2")):
        found = guess(browser(address), account, 6, name)
        assert found == [200] * 5 + [429]


def test_says_how_long_to_wait(account: Account) -> None:
    client = browser()
    guess(client, account, 5)
    answer = type_in(client, account.username)
    assert (answer.status_code, int(answer["Retry-After"])) == (429, 900)
    assert summary(answer) == [
        "Too many wrong attempts. The next one is possible in 15 minutes. In a browser you logged in from"
        " before, the attempts of others do not count."
    ]
    with clock.moved_to(clock.now() + timedelta(minutes=14, seconds=30)):
        assert re.search(r"possible in \d\d seconds\.", summary(type_in(client, account.username))[0])
    with clock.moved_to(clock.now() + timedelta(minutes=16)):
        assert type_in(client, account.username).status_code == 302


def test_closed_account_is_told_only_to_who_has_its_password(account: Account) -> None:
    Account.objects.filter(pk=account.pk).update(is_active=False)
    assert type_in(browser(), account.username, WRONG).status_code == 200
    answer = type_in(browser(), account.username)
    assert (answer.status_code, "This account is closed" in words(tree(answer))) == (403, True)


@pytest.mark.parametrize(
    ("following", "target"),
    [
        ("/people/", "/people/"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_leads_on_within_the_house_only(account: Account, following: str, target: str) -> None:
    answer = browser().post(
        f"/login/?next={following}",
        {"login": account.username, "password": "a-long-enough-password", "next": following},
    )
    assert (answer.status_code, answer["Location"]) == (302, target)


def test_password_field_is_one(account: Account) -> None:
    [field] = tree(browser().get("/login/")).xpath("//input[@name='password']")
    assert {name: field.get(name) for name in ("type", "autocomplete", "onpaste")} == {
        "type": "password",
        "autocomplete": "current-password",
        "onpaste": None,
    }


def test_log_tells_what_was_refused(
    account: Account, log_in: LogIn, caplog: pytest.LogCaptureFixture
) -> None:
    guess(browser(), account, 6)
    log_in("head").get("/operations/")
    told = [one for one in caplog.records if one.name == "hezou.security"]
    assert [(one.message, about(one)) for one in told] == [
        ("attempt refused", {"budget": "account-source"}),
        ("forbidden", {"page": "operations", "person": about(told[1])["person"]}),
    ]


# --- what is kept ---------------------------------------------------------------------------------
def test_trail_has_each_log_in_and_failure_without_a_secret(account: Account) -> None:
    client = browser()
    type_in(client, account.username, WRONG)
    type_in(client, "nobody.at.all", WRONG)
    type_in(client, account.username)
    client.post("/logout/")
    me = str(account.pk)
    assert trail() == [
        ("fail_log_in", me, {"at": "password"}),
        ("fail_log_in", str(NIL), {"at": "password"}),
        ("log_in", me, {"device": "Chrome · Windows"}),
        ("log_out", me, {}),
    ]


def test_nothing_typed_stands_in_the_trail_or_the_cache(account: Account) -> None:
    type_in(browser(), "my-password-by-mistake", WRONG)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM cache")
        kept = str(cursor.fetchall())
    assert ["by-mistake" in kept, "by-mistake" in str(trail()), WRONG in str(trail())] == [False] * 3


def test_session_key_is_new_after_logging_in(account: Account) -> None:
    client = browser()
    client.get("/login/")
    client.cookies["sessionid"] = "a" * 32
    type_in(client, account.username)
    assert client.cookies["sessionid"].value != "a" * 32
    assert OpenSession.objects.get().session_key == client.cookies["sessionid"].value


def test_cookies_of_a_log_in_are_closed_to_scripts(account: Account) -> None:
    client = browser()
    client.get("/login/")
    type_in(client, account.username)
    flags = {
        one.key: (bool(one["httponly"]), one["samesite"], one["path"]) for one in client.cookies.values()
    }
    assert {name: flags[name] for name in ("csrftoken", "device", "sessionid")} == {
        "csrftoken": (True, "Lax", "/"),
        "device": (True, "Lax", "/"),
        "sessionid": (True, "Lax", "/"),
    }
    assert client.cookies["sessionid"]["max-age"] == ""  # gone with the browser


# --- who may try how often ------------------------------------------------------------------------
def test_strangers_cannot_lock_out_the_owner_at_a_known_device(account: Account) -> None:
    mine = browser("10.0.0.1")
    assert type_in(mine, account.username).status_code == 302
    mine.post("/logout/")
    for source in range(2, 12):
        guess(browser(f"10.0.0.{source}"), account, 6)
    assert guess(browser("10.9.9.9"), account, 1) == [429]  # strangers wait …
    assert type_in(mine, account.username).status_code == 302  # … the owner does not
    assert is_in(mine)


def test_attacker_at_the_same_address_does_not_lock_out_a_known_device(account: Account) -> None:
    mine = browser()
    type_in(mine, account.username)
    mine.post("/logout/")
    attacker = browser()
    assert guess(attacker, account, 8)[-1] == 429
    guess(attacker, account, 60, "other.names")
    assert type_in(mine, account.username).status_code == 302


def test_known_device_has_a_budget_of_its_own(account: Account) -> None:
    mine = browser()
    type_in(mine, account.username)
    mine.post("/logout/")
    assert guess(mine, account, KNOWN_DEVICE.most + 1) == [200] * KNOWN_DEVICE.most + [429]
    assert type_in(browser("10.0.0.9"), account.username).status_code == 302


def test_many_sources_are_slowed_down_at_one_account(account: Account) -> None:
    tried = ACCOUNT.most // 4
    for source in range(tried):
        assert guess(browser(f"10.1.0.{source}"), account, 4) == [200] * 4
    assert guess(browser("10.2.0.1"), account, 1) == [429]
    with clock.moved_to(clock.now() + timedelta(seconds=ACCOUNT.pace + 1)):
        assert type_in(browser("10.2.0.2"), account.username).status_code == 302


def test_one_source_cannot_try_a_password_at_all_accounts(account: Account) -> None:
    client = browser()
    found = [type_in(client, f"name{n}", WRONG).status_code for n in range(SOURCE.most + 1)]
    assert found == [200] * SOURCE.most + [429]


def test_right_passwords_use_nothing_up(office: Office, account: Account) -> None:
    for _ in range(ACCOUNT_AND_SOURCE.most + 2):
        client = browser()
        assert type_in(client, account.username).status_code == 302


def test_refused_attempt_does_not_lengthen_the_wait(account: Account) -> None:
    client = browser()
    guess(client, account, 5)
    with clock.moved_to(clock.now() + timedelta(minutes=10)):
        assert guess(client, account, 20) == [429] * 20
    with clock.moved_to(clock.now() + timedelta(minutes=15, seconds=2)):
        assert type_in(client, account.username).status_code == 302


@pytest.mark.parametrize("forged", ["", "nonsense", "signed"])
def test_forged_device_is_a_stranger(account: Account, forged: str) -> None:
    client = browser()
    device = {"id": "x", "accounts": [str(account.pk)]}
    client.cookies["device"] = signing.dumps(device, salt="other") if forged == "signed" else forged
    assert guess(client, account, 6) == [200] * 5 + [429]


def test_device_is_forgotten_after_half_a_year(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    client = browser()
    type_in(client, account.username)
    client.post("/logout/")
    monkeypatch.setattr(gate, "REMEMBERED", timedelta(0))
    assert guess(client, account, 6) == [200] * 5 + [429]


def test_device_is_known_for_the_accounts_that_logged_in_there(office: Office, account: Account) -> None:
    client, other = browser(), office.account("head")
    type_in(client, account.username)
    client.post("/logout/")
    assert guess(client, other, 6) == [200] * 5 + [429]
    type_in(client, account.username)
    assert is_in(client)


def test_device_forgets_the_oldest_of_many_accounts(account: Account) -> None:
    assert gate.MOST_ACCOUNTS == 8
    client = browser()
    others = [f"account-{n}" for n in range(8)]
    client.cookies["device"] = signing.dumps({"id": "x", "accounts": others}, salt=gate.SALT)
    type_in(client, account.username)
    assert signing.loads(client.cookies["device"].value, salt=gate.SALT) == {
        "id": "x",
        "accounts": [*others[1:], str(account.pk)],
    }


def test_names_differing_in_case_and_blanks_share_a_budget(account: Account) -> None:
    client = browser()
    names = [account.username, account.username.upper(), f" {account.username} "]
    found = [type_in(client, name, WRONG).status_code for name in names * 2]
    assert found == [200] * 5 + [429]


def test_hammering_spends_no_entry_of_the_cache_on_others(account: Account) -> None:
    """The table of budgets holds far more than Django's default of 300 entries."""
    client = browser()
    guess(client, account, 5)
    for n in range(400):
        cache.set(f"noise{n}", 1, 900)
    assert guess(client, account, 1) == [429]
