"""Guesses sent side by side: each counts, and a code that is right opens one session."""

from __future__ import annotations

from contextlib import suppress

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory

from hezou.kernel import clock
from hezou.people.actions import add_app, pass_code
from hezou.people.models import Account
from hezou.people.rules.budgets import ACCOUNT_AND_SOURCE
from hezou.people.rules.totp import code_at, new_secret, step_of
from hezou.web.security import gate
from tests.support.office import Office, found_office
from tests.support.processes import race


def guess(username: str, times: int) -> list[int]:
    """Wrong passwords, one after the other; their statuses."""
    client = Client(HTTP_HOST="localhost")
    typed = [{"login": username, "password": f"wrong-{number}"} for number in range(times)]
    return [client.post("/login/", one).status_code for one in typed]


def knock(name: str, times: int) -> int:
    """So many attempts as fast as they go; how many were admitted."""
    request, admitted = RequestFactory().post("/login/"), 0
    for _ in range(times):
        with suppress(gate.Throttled):
            gate.admit_password(request, name, None)
            admitted += 1
    return admitted


def spend(username: str, code: str) -> str:
    return pass_code(account=Account.objects.get(username=username), typed=code)


@pytest.fixture
def office(transactional_db: None) -> Office:
    cache.clear()
    return found_office()


@pytest.mark.process
def test_guesses_side_by_side_all_count(office: Office) -> None:
    username = office.account("writer").username
    answers = race(__file__, *[("guess", username, 3)] * 4)
    statuses = [status for answer in answers for status in answer]
    assert (statuses.count(200), statuses.count(429)) == (
        ACCOUNT_AND_SOURCE.most,
        12 - ACCOUNT_AND_SOURCE.most,
    )


@pytest.mark.process
def test_budget_holds_whoever_knocks_at_once(transactional_db: None) -> None:
    cache.clear()
    assert sum(race(__file__, *[("knock", "nobody", 40)] * 4)) == ACCOUNT_AND_SOURCE.most


@pytest.mark.process
@pytest.mark.parametrize("kind", ["app", "recovery"])
def test_one_code_typed_twice_at_once_opens_once(office: Office, kind: str) -> None:
    account, secret = office.account("writer"), new_secret()
    step = step_of(clock.now().timestamp())
    codes = add_app(by=office.fresh("writer"), secret=secret, typed=code_at(secret, step))
    code = code_at(secret, step + 1) if kind == "app" else codes[0]
    answers = race(__file__, *[("spend", account.username, code)] * 3)
    assert sorted(answers)[:2] == ["", ""]
    assert sorted(answers)[2] != ""
