"""Passwords that others would guess."""

from __future__ import annotations

import pytest

from hezou.kernel.errors import Refused
from hezou.people.actions import change_own_password
from hezou.people.models import Person
from hezou.people.rules.passwords import names_its_owner
from tests.support.office import PASSWORD, found_office

WORDS = ["li.si.hill", "13800001111", "湖泊局", "hezou"]


@pytest.mark.parametrize(
    ("password", "named"),
    [
        ("13800001111!", True),
        ("Li.Si.Hill2026", True),
        ("hezou-is-ours", False),
        ("湖泊局的水面上有三只白鹭", False),
        ("something else altogether", False),
    ],
)
def test_know_what_others_know(password: str, named: bool) -> None:
    assert names_its_owner(password, WORDS) is named


@pytest.mark.django_db
def test_refuse_ones_telephone_as_a_password() -> None:
    office = found_office()
    office.account("writer")
    Person.objects.filter(pk=office.person["writer"].pk).update(phone="13800001111")
    with pytest.raises(Refused) as caught:
        change_own_password(by=office.fresh("writer"), old=PASSWORD, new="13800001111!")
    assert [one.code for one in caught.value.messages] == ["people.password_own_words"]
