"""`hezou account` and `hezou keys`: what only who keeps the machine may do."""

from __future__ import annotations

import base64

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.test import RequestFactory
from django.test.utils import override_settings

from hezou.audit.models import AuditEntry
from hezou.kernel import clock
from hezou.ops.cli import main
from hezou.people.actions import add_app
from hezou.people.models import Account, Person
from hezou.people.queries import factors, has_second_factor
from hezou.people.rules.totp import code_at, new_secret, step_of

pytestmark = pytest.mark.django_db

NEW = base64.urlsafe_b64encode(b"n" * 32).decode()


@pytest.fixture
def account(capsys: pytest.CaptureFixture[str]) -> Account:
    """A last administrator with an app."""
    main(["agency", "new", "--code", "lake", "--name", "湖泊局"])
    capsys.readouterr()
    account = Account.objects.get(username="lake-administrator")
    secret = new_secret()
    add_app(by=account.person, secret=secret, typed=code_at(secret, step_of(clock.now().timestamp())))
    return account


def test_last_administrator_is_let_in_again(account: Account, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["account", "lake-administrator"]) == 0
    [(username, password)] = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert authenticate(RequestFactory().post("/"), username=username, password=password) == account
    assert not has_second_factor(account)
    system = Person.objects.get(is_system=True)
    entries = AuditEntry.objects.filter(ref_id=str(account.pk), actor_id=system.pk).order_by("number")
    assert [row.verb for row in entries] == ["open", "reset_second_factor", "reset_password"]


def test_nobody_is_let_in_under_a_name_that_is_none(
    account: Account, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["account", "nobody"]) == 1
    assert has_second_factor(account)


def test_keys_are_renewed_and_the_old_one_goes(account: Account, capsys: pytest.CaptureFixture[str]) -> None:
    before = factors(account).get(type="totp").data["secret"]
    with override_settings(FACTOR_KEYS=(NEW, *settings.FACTOR_KEYS)):
        assert main(["keys"]) == 0
    assert capsys.readouterr().out == "1\n"
    after = factors(account).get(type="totp").data["secret"]
    assert before != after
    with override_settings(FACTOR_KEYS=(NEW,)):
        assert main(["keys"]) == 0


def test_keys_that_open_nothing_change_nothing(account: Account, capsys: pytest.CaptureFixture[str]) -> None:
    before = factors(account).get(type="totp").data["secret"]
    with override_settings(FACTOR_KEYS=(NEW,)):
        assert main(["keys"]) == 1
    assert factors(account).get(type="totp").data["secret"] == before
    assert AuditEntry.objects.filter(verb="renew_factor_keys").count() == 0
