"""Pages of second factors: the steps, what each refuses, and what a role asks for."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from hezou.audit.models import AuditEntry
from hezou.kernel import clock
from hezou.notices.models import Notice
from hezou.people.actions import add_app, demand_second_factor, reset_password
from hezou.people.models import Account, OpenSession
from hezou.people.queries import factors, has_second_factor
from hezou.people.rules.budgets import CODE_KNOWN, CODE_STRANGERS
from hezou.people.rules.totp import code_at, new_secret, step_of
from tests.support.entering import browser, is_in, just_typed, type_in
from tests.support.office import PASSWORD, Office
from tests.web.conftest import LogIn
from tests.web.directory import post, url
from tests.web.reading import field_errors, said, summary, tree, words

SECRET = new_secret()
STEP = "/login/second"


@pytest.fixture(autouse=True)
def _empty_budgets(db: None) -> None:
    cache.clear()


@pytest.fixture
def account(office: Office) -> Account:
    return office.account("writer")


@pytest.fixture
def writer(office: Office, log_in: LogIn) -> Client:
    """Somebody who typed the password a moment ago."""
    client = log_in("writer")
    just_typed(client, office.fresh("writer").account)
    return client


def code(ahead: int = 0) -> str:
    return code_at(SECRET, step_of(clock.now().timestamp()) + ahead)


def with_app(office: Office, key: str = "writer") -> list[str]:
    return add_app(by=office.fresh(key), secret=SECRET, typed=code())


def first_step(account: Account, client: Client | None = None) -> Client:
    client = client or browser()
    answer = type_in(client, account.username)
    assert (answer.status_code, answer["Location"]) == (302, STEP)
    return client


def offered(answer: object) -> str:
    """The key that the page offers to an app."""
    return words(tree(answer).xpath("//main//samp")[0]).replace(" ", "")


# --- logging in -----------------------------------------------------------------------------------
def test_password_alone_opens_nothing(office: Office, account: Account) -> None:
    with_app(office)
    client = first_step(account)
    assert not is_in(client)
    assert client.get("/notices/count").status_code == 204
    assert client.get("/")["Location"].startswith("/login/")
    wrong = client.post(STEP, {"code": "nothing"})
    assert (wrong.status_code, len(field_errors(wrong)), is_in(client)) == (200, 1, False)
    right = client.post(STEP, {"code": code(1)})
    assert (right.status_code, right["Location"], is_in(client)) == (302, "/", True)


def test_second_step_leads_on_to_where_one_wanted_to_go(office: Office, account: Account) -> None:
    with_app(office)
    client = browser()
    client.post("/login/", {"login": account.username, "password": PASSWORD, "next": "/people/"})
    assert client.post(STEP, {"code": code(1)})["Location"] == "/people/"


def test_second_step_is_closed_to_who_skips_the_first(office: Office, account: Account) -> None:
    with_app(office)
    client = browser()
    for answer in (client.get(STEP), client.post(STEP, {"code": code(1)})):
        assert (answer.status_code, answer["Location"]) == (302, "/login/")


def test_second_step_waits_a_quarter_of_an_hour_at_most(office: Office, account: Account) -> None:
    with_app(office)
    client = first_step(account)
    session = client.session
    session["account_login"] = {**session["account_login"], "initiated_at": 1}
    session.save()
    assert client.post(STEP, {"code": code(1)})["Location"] == "/login/"


def test_somebody_else_can_begin_anew(office: Office, account: Account) -> None:
    with_app(office)
    client = first_step(account)
    client.post("/logout/")
    assert client.get("/login/").status_code == 200


@pytest.mark.parametrize(
    "credential",
    ["", "nonsense", "{}", "[]", '{"id": 1}', json.dumps({"id": "AA", "rawId": "AA", "response": {}})],
)
def test_answer_that_no_key_gave_is_refused(office: Office, account: Account, credential: str) -> None:
    with_app(office)
    client = first_step(account)
    answer = client.post(STEP, {"credential": credential})
    assert (answer.status_code, len(summary(answer)), is_in(client)) == (200, 1, False)


def test_codes_are_not_guessed_without_end(office: Office, account: Account) -> None:
    with_app(office)
    client = first_step(account)
    found = [client.post(STEP, {"code": f"wrong {n}"}).status_code for n in range(CODE_STRANGERS.most + 1)]
    assert found == [200] * CODE_STRANGERS.most + [429]
    assert client.post(STEP, {"code": code(1)}).status_code == 429  # the right one waits too


def test_who_knows_the_password_cannot_lock_the_owner_out(office: Office, account: Account) -> None:
    mine = browser()
    type_in(mine, account.username)
    mine.post("/logout/")
    with_app(office)
    thief = first_step(account, browser("10.6.6.6"))
    for n in range(CODE_STRANGERS.most + 2):
        thief.post(STEP, {"code": f"wrong {n}"})
    first_step(account, mine)
    assert CODE_KNOWN.most > 1
    assert mine.post(STEP, {"code": code(1)}).status_code == 302
    assert is_in(mine)


def test_trail_tells_the_second_factor_and_its_failures(office: Office, account: Account) -> None:
    codes = with_app(office)
    client = first_step(account)
    client.post(STEP, {"code": "wrong"})
    client.post(STEP, {"credential": '{"id": "x"}'})
    client.post(STEP, {"code": codes[0]})
    rows = AuditEntry.objects.filter(verb__in=("log_in", "fail_log_in")).order_by("number")
    assert [(row.verb, row.detail) for row in rows] == [
        ("fail_log_in", {"at": "code"}),
        ("fail_log_in", {"at": "key"}),
        ("log_in", {"device": "Chrome · Windows", "second": "recovery_codes"}),
    ]


# --- setting up -----------------------------------------------------------------------------------
def test_app_is_set_up_by_the_code_it_shows(office: Office, writer: Client) -> None:
    first = writer.get("/security/app")
    secret = offered(first)
    assert offered(writer.get("/security/app")) == secret  # the page may be loaded again
    wrong = post(writer, "/security/app", code="wrong")
    assert (wrong.status_code, offered(wrong)) == (422, secret)
    shown = post(writer, "/security/app", code=code_at(secret, step_of(clock.now().timestamp())))
    assert (shown.status_code, len(tree(shown).xpath("//ul[@class='codes']/li"))) == (200, 10)
    assert has_second_factor(office.fresh("writer").account)
    assert "pending_app" not in writer.session


def test_square_code_holds_what_is_written_below(writer: Client) -> None:
    answer = writer.get("/security/app")
    [square] = tree(answer).xpath("//img[@class='square-code']/@src")
    assert square.startswith("data:image/svg+xml")
    assert answer["Cache-Control"] == "no-store"


def test_secret_waits_in_the_session_closed(writer: Client) -> None:
    secret = offered(writer.get("/security/app"))
    assert secret not in str(dict(writer.session))


def test_recovery_codes_are_shown_once(office: Office, writer: Client) -> None:
    with_app(office)
    answer = post(writer, "/security/codes")
    shown = [words(one) for one in tree(answer).xpath("//ul[@class='codes']//samp")]
    page = words(tree(writer.get("/security/")))
    assert (len(shown), [one in page for one in shown], "10 of 10 are left" in page) == (
        10,
        [False] * 10,
        True,
    )


def test_key_that_answers_nonsense_is_not_set_up(office: Office, writer: Client) -> None:
    writer.get("/security/keys/new")
    for credential in ("", "{}", "[1]", '{"id": "x"}'):
        answer = post(writer, "/security/keys/new", name="蓝色的", credential=credential)
        assert (answer.status_code, len(summary(answer)) > 0) == (422, True)
    assert factors(office.fresh("writer").account).count() == 0


@pytest.mark.parametrize("address", ["/security/app", "/security/keys/new"])
def test_change_asks_for_the_password_first(log_in: LogIn, address: str) -> None:
    client = log_in("writer")
    asked = client.get(address)
    assert asked["Location"] == f"/security/confirm?next={address.replace('/', '%2F')}"
    assert client.get(asked["Location"]).status_code == 200
    wrong = client.post(asked["Location"], {"password": "not-mine"})
    assert (wrong.status_code, field_errors(wrong)) == (422, ["The password is not right."])
    right = client.post(asked["Location"], {"password": PASSWORD})
    assert (right.status_code, right["Location"]) == (303, address)
    assert client.get(address).status_code == 200
    with clock.moved_to(clock.now() + timedelta(minutes=16)):
        assert client.get(address).status_code == 302


def test_session_has_another_key_after_the_password_was_typed_again(log_in: LogIn) -> None:
    client = log_in("writer")
    before = client.cookies["sessionid"].value
    client.post("/security/confirm", {"password": PASSWORD})
    after = client.cookies["sessionid"].value
    assert (before == after, list(OpenSession.objects.values_list("session_key", flat=True))) == (
        False,
        [after],
    )


@pytest.mark.parametrize("target", ["recovery_codes", "factor_remove", "sessions_end"])
def test_act_without_a_fresh_password_does_nothing(office: Office, log_in: LogIn, target: str) -> None:
    client = log_in("writer")
    with_app(office)
    before = list(factors(office.fresh("writer").account).values_list("pk", flat=True))
    args = [before[0]] if target == "factor_remove" else []
    assert post(client, reverse(target, args=args))["Location"] == "/security/confirm?next=%2Fsecurity%2F"
    assert list(factors(office.fresh("writer").account).values_list("pk", flat=True)) == before


def test_password_is_not_guessed_at_an_open_session(office: Office, log_in: LogIn) -> None:
    client = log_in("writer")
    found = [client.post("/security/confirm", {"password": f"wrong {n}"}).status_code for n in range(6)]
    assert found == [422] * 5 + [429]
    # … which takes nothing from the owner elsewhere
    assert type_in(browser("10.0.0.7"), office.fresh("writer").account.username).status_code == 302


@pytest.mark.parametrize("following", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_confirmation_leads_on_within_the_house_only(log_in: LogIn, following: str) -> None:
    client = log_in("writer")
    answer = client.post(f"/security/confirm?next={following}", {"password": PASSWORD})
    assert answer["Location"] == "/security/"


def test_removing_says_why_not_while_a_role_asks_for_it(office: Office, writer: Client) -> None:
    with_app(office)
    demand_second_factor(by=office.fresh("administrator"), roles=["writer"])
    app = factors(office.fresh("writer").account).get(type="totp")
    answer = post(writer, reverse("factor_remove", args=[app.pk]))
    assert (answer.status_code, len(summary(answer)), has_second_factor(app.user)) == (422, 1, True)


# --- what roles ask for ---------------------------------------------------------------------------
def test_administrator_chooses_the_roles(office: Office, log_in: LogIn) -> None:
    office.account("editor")
    client = log_in("administrator")
    answer = post(client, "/security/demands", roles=["editor", "auditor"])
    assert (answer.status_code, office.fresh("editor").agency.second_factor_roles) == (
        303,
        ["auditor", "editor"],
    )
    assert "庚某" in words(tree(client.get("/security/demands")))
    assert post(client, "/security/demands", roles=["emperor"]).status_code == 422
    assert post(client, "/security/demands").status_code == 303
    assert office.fresh("editor").agency.second_factor_roles == []


@pytest.mark.parametrize("key", ["editor", "auditor", "secrecy"])
def test_nobody_else_chooses_them(log_in: LogIn, key: str) -> None:
    client = log_in(key)
    assert [client.get("/security/demands").status_code, post(client, "/security/demands").status_code] == [
        403,
        403,
    ]


def test_nothing_else_opens_until_it_is_set_up(office: Office, log_in: LogIn) -> None:
    demand_second_factor(by=office.fresh("administrator"), roles=["editor"])
    piece = office.handed_in()
    client = log_in("editor")
    for address in ("/", "/manuscripts/", f"/review/{piece.pk}", "/people/", "/operations/", "/notices/"):
        assert client.get(address)["Location"] == "/security/", address
    assert post(client, "/notices/read", newest="1")["Location"] == "/security/"
    with_app(office, "editor")
    assert client.get("/manuscripts/").status_code == 200


def test_one_time_password_is_replaced_before_the_factor_is_set_up(office: Office, log_in: LogIn) -> None:
    demand_second_factor(by=office.fresh("administrator"), roles=["editor"])
    client = log_in("editor")
    Account.objects.filter(person=office.person["editor"]).update(must_change_password=True)
    assert client.get("/security/")["Location"] == "/people/password"


# --- losing it ------------------------------------------------------------------------------------
def test_administrator_takes_it_away_and_the_person_is_told(office: Office, log_in: LogIn) -> None:
    person = office.person["writer"]
    theirs = log_in("writer")
    with_app(office)
    client = log_in("administrator")
    assert "Take the second factor away" in words(tree(client.get(url(person))))
    answer = post(client, reverse("factor_reset", args=[person.pk]))
    assert (answer.status_code, answer["Location"]) == (303, url(person))
    assert said(answer) == [
        f"{person.name} logs in with the password alone until a second factor is set up again."
    ]
    assert not is_in(theirs)
    notice = Notice.objects.get(person=person)
    again = browser()
    assert type_in(again, person.account.username)["Location"] == "/"
    assert "Second factor was taken away by the administrator" in words(tree(again.get("/notices/")))
    assert again.get(f"/notices/{notice.pk}")["Location"] == "/security/"
    assert "Take the second factor away" not in words(tree(client.get(url(person))))


def test_new_one_time_password_leaves_the_second_factor_in_force(office: Office, account: Account) -> None:
    with_app(office)
    opened = reset_password(by=office.fresh("administrator"), person=office.fresh("writer"))
    answer = type_in(browser(), account.username, opened.password)
    assert (answer.status_code, answer["Location"]) == (302, STEP)


@pytest.mark.parametrize("key", ["editor", "auditor", "head"])
def test_nobody_else_takes_it_away(office: Office, log_in: LogIn, key: str) -> None:
    office.account("writer")
    with_app(office)
    answer = post(log_in(key), reverse("factor_reset", args=[office.person["writer"].pk]))
    assert (answer.status_code, has_second_factor(office.fresh("writer").account)) == (403, True)
