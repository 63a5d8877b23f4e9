"""An agency begins with everything three administrators need, and nothing half-done."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.contrib.auth import authenticate
from django.test import RequestFactory

from hezou.audit.models import AuditEntry
from hezou.audit.queries import chain_breaks
from hezou.kernel import clock
from hezou.kernel.errors import Refused
from hezou.kernel.ids import NIL
from hezou.packs.queries import history
from hezou.people.actions import Founding, Installation, add_person, found_agency
from hezou.people.models import Account, Agency, Grant, Person
from hezou.people.queries import persons, root_unit, rules_of

VALUES = {
    "code": "lake",
    "name": "某某区湖泊局",
    "short_name": "湖泊局",
    "zone": "Asia/Shanghai",
    "pack_set": "district-bureau",
}


def entries(agency_id: UUID) -> list[tuple[str, str]]:
    rows = AuditEntry.objects.filter(agency_id=agency_id).order_by("number")
    return list(rows.values_list("ref_kind", "verb"))


def test_found_agency_whole(founding: Founding) -> None:
    agency = founding.agency
    assert root_unit(agency.pk).name == "某某区湖泊局"
    assert [row.label.zh for row in rules_of(agency).natures.values()] == ["条线", "属地", "同级", "其他"]
    labels = rules_of(agency).roles
    roles = ["administrator", "secrecy_reviewer", "auditor"]
    assert [one.account.person.name for one in founding.accounts] == [labels[role].label.zh for role in roles]
    assert [one.account.username for one in founding.accounts] == [f"lake-{role}" for role in roles]
    held = Grant.objects.filter(agency=agency).order_by("id").values_list("role", "unit", "starts", "ends")
    assert list(held) == [(role, root_unit(agency.pk).pk, None, None) for role in roles]
    assert persons(agency.pk).count() == 3
    assert Person.objects.get(agency=agency, is_system=True) == founding.system


def test_found_agency_chains_its_beginning_and_the_installation_notes_it(founding: Founding) -> None:
    three = [("person", "add"), ("grant", "grant"), ("account", "open")] * 3
    packs = [("packversion", "adopt")] * history(founding.agency.pk).count()
    assert entries(founding.agency.pk) == [("agency", "found"), ("unit", "add"), *packs, *three]
    assert entries(NIL) == [("agency", "found")]
    assert list(chain_breaks(founding.agency.pk)) == []
    assert {row.actor_id for row in AuditEntry.objects.filter(agency_id=founding.agency.pk)} == {
        founding.system.pk
    }
    assert AuditEntry.objects.get(agency_id=NIL).ref_id == str(founding.agency.pk)


def test_entries_hold_no_name_and_no_password(founding: Founding) -> None:
    said = str(list(AuditEntry.objects.values_list("detail", flat=True)))
    for opened in founding.accounts:
        assert opened.password not in said
        assert opened.account.person.name not in said
        assert opened.password not in repr(opened)


def test_one_time_passwords_open_the_accounts(founding: Founding) -> None:
    request = RequestFactory().post("/")
    for opened in founding.accounts:
        found = authenticate(request, username=opened.account.username, password=opened.password)
        assert found == opened.account
        assert opened.account.must_change_password


def test_found_agency_again_before_anybody_entered_gives_new_passwords(founding: Founding) -> None:
    again = found_agency(**VALUES)
    assert again.agency == founding.agency
    assert [one.account for one in again.accounts] == [one.account for one in founding.accounts]
    assert {one.password for one in again.accounts} & {one.password for one in founding.accounts} == set()
    assert all(Account.objects.get(pk=o.account.pk).check_password(o.password) for o in again.accounts)
    assert entries(NIL) == [("agency", "found")]
    assert Agency.objects.count() == 1


@pytest.mark.usefixtures("founding")
def test_found_agency_again_makes_up_for_a_note_that_a_crash_prevented() -> None:
    AuditEntry.objects.filter(agency_id=NIL).delete()
    found_agency(**VALUES)
    assert entries(NIL) == [("agency", "found")]


def refused(**changed: str) -> list[str]:
    with pytest.raises(Refused) as caught:
        found_agency(**{**VALUES, **changed})
    return [message.code for message in caught.value.messages]


def test_refuse_code_of_an_agency_somebody_entered(founding: Founding) -> None:
    Account.objects.filter(pk=founding.accounts[2].account.pk).update(last_login=clock.now())
    assert refused() == ["people.code_taken"]


def test_refuse_code_of_an_agency_somebody_built_on(founding: Founding) -> None:
    admin = founding.accounts[0].account.person
    add_person(by=admin, unit=admin.unit, name="张三")
    assert refused() == ["people.code_taken"]


def test_refuse_code_of_another_agency(founding: Founding) -> None:
    assert refused(name="某某区别的局") == ["people.code_taken"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"code": "x"}, "people.wrong_code"),
        ({"code": "Lake"}, "people.wrong_code"),
        ({"code": "湖泊"}, "people.wrong_code"),
        ({"code": "a" * 41}, "people.wrong_code"),
        ({"name": " "}, "people.agency_name_missing"),
        ({"short_name": ""}, "people.agency_name_missing"),
        ({"short_name": "局" * 41}, "people.too_long"),
        ({"zone": "Asia/Nowhere"}, "people.unknown_zone"),
        ({"zone": ""}, "people.unknown_zone"),
        ({"zone": "../etc"}, "people.unknown_zone"),
        ({"pack_set": "none"}, "packs.unknown_set"),
    ],
)
@pytest.mark.django_db
def test_refuse_wrong_values_and_leave_nothing(changed: dict[str, str], code: str) -> None:
    assert refused(**changed) == [code]
    assert (Agency.objects.count(), AuditEntry.objects.count()) == (0, 0)


def test_installation_may_found_and_nothing_else() -> None:
    assert Installation().has_perm("agency.found")
    assert not Installation().has_perm("people.manage")
    assert not Installation().has_perm("agency.found", Agency())
