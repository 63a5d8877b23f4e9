"""Accounts: opened with a one-time password, closed with the person."""

from __future__ import annotations

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import identify_hasher
from django.test import RequestFactory, override_settings

from hezou.audit.queries import trail
from hezou.kernel.errors import Forbidden, NotFound, Refused, Stale
from hezou.kernel.ref import Ref
from hezou.people.actions import (
    OneTime,
    change_own_password,
    open_account,
    reset_password,
    retire_person,
)
from hezou.people.models import Account, Person

NEW = "江湖-pass-2026"


def codes(caught: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [message.code for message in caught.value.messages]


@pytest.fixture
def opened(admin: Person, person: Person) -> OneTime:
    return open_account(by=admin, person=person, username="ZhangSan")


def may_enter(username: str, password: str) -> bool:
    return authenticate(RequestFactory().post("/"), username=username, password=password) is not None


def test_open_account_with_one_time_password(admin: Person, person: Person, opened: OneTime) -> None:
    account = Account.objects.get(person=person)
    assert (account.username, account.must_change_password, account.agency) == (
        "zhangsan",
        True,
        admin.agency,
    )
    assert may_enter("zhangsan", opened.password)
    assert may_enter("ZhangSan", opened.password)
    assert not may_enter("zhangsan", opened.password.upper())
    entry = trail(admin.agency_id, Ref.to(account)).get()
    assert (entry.verb, entry.detail) == ("open", {"person": str(person.pk)})


def test_refuse_second_account_and_name_taken(
    admin: Person, person: Person, colleague: Person, stranger: Person, opened: OneTime
) -> None:
    with pytest.raises(Refused) as caught:
        open_account(by=admin, person=person, username="another")
    assert [(m.code, m.params) for m in caught.value.messages] == [
        ("people.has_account", {"name": "张三", "username": "zhangsan"})
    ]
    for taken in ("zhangsan", "hill-administrator"):  # the second of another agency
        with pytest.raises(Refused) as caught:
            open_account(by=admin, person=colleague, username=taken)
        assert codes(caught) == ["people.username_taken"]


def test_reset_password_ends_the_old_one(admin: Person, person: Person, opened: OneTime) -> None:
    change_own_password(by=person, old=opened.password, new=NEW)
    again = reset_password(by=admin, person=person)
    assert not may_enter("zhangsan", NEW)
    assert may_enter("zhangsan", again.password)
    assert Account.objects.get(person=person).must_change_password
    with pytest.raises(Forbidden):
        reset_password(by=person, person=admin)


def test_reset_password_of_nobody_s_account(admin: Person, person: Person) -> None:
    with pytest.raises(NotFound):
        reset_password(by=admin, person=person)


def test_change_own_password(admin: Person, person: Person, opened: OneTime) -> None:
    account = change_own_password(by=person, old=opened.password, new=NEW)
    assert not account.must_change_password
    assert may_enter("zhangsan", NEW)
    assert not may_enter("zhangsan", opened.password)
    entry = trail(admin.agency_id, Ref.to(account)).last()
    assert entry is not None
    assert (entry.verb, entry.actor_id, entry.detail) == ("change_password", person.pk, {})


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("short", ["people.password_short"]),
        ("qwertyuiop123", ["people.password_common"]),
        ("zhangsan1234", ["people.password_similar"]),
    ],
)
def test_refuse_weak_password(person: Person, opened: OneTime, new: str, expected: list[str]) -> None:
    with pytest.raises(Refused) as caught:
        change_own_password(by=person, old=opened.password, new=new)
    assert codes(caught) == expected


def test_refuse_wrong_and_unchanged_password(person: Person, opened: OneTime) -> None:
    with pytest.raises(Refused) as caught:
        change_own_password(by=person, old="wrong", new=NEW)
    assert codes(caught) == ["people.wrong_password"]
    with pytest.raises(Refused) as caught:
        change_own_password(by=person, old=opened.password, new=opened.password)
    assert codes(caught) == ["people.same_password"]
    assert Account.objects.get(person=person).must_change_password


def test_change_own_password_while_it_is_reset(
    admin: Person, person: Person, opened: OneTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(*_args: object) -> None:
        reset_password(by=admin, person=person)

    # between the look at the old hash and the write of the new one
    monkeypatch.setattr("hezou.people.actions.accounts.validate_password", meanwhile)
    with pytest.raises(Stale):
        change_own_password(by=person, old=opened.password, new=NEW)
    assert not may_enter("zhangsan", NEW)


def test_account_of_somebody_who_left_is_closed(admin: Person, person: Person, opened: OneTime) -> None:
    retire_person(by=admin, person=person)
    assert not may_enter("zhangsan", opened.password)


def test_one_time_password_is_hashed_anew_when_first_used(admin: Person, person: Person) -> None:
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.PBKDF2PasswordHasher"]):
        opened = open_account(by=admin, person=person, username="zs")
        before = Account.objects.get(person=person).password
        assert identify_hasher(before).decode(before)["iterations"] == 10_000
        assert may_enter("zs", opened.password)
        after = Account.objects.get(person=person).password
        assert identify_hasher(after).decode(after)["iterations"] >= 1_000_000
