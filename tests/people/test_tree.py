"""Units and persons: who may change them, what is refused, what the trail says."""

from __future__ import annotations

from datetime import date

import pytest

from hezou.audit.queries import trail
from hezou.kernel.errors import Forbidden, NotFound, Refused, Stale
from hezou.kernel.ref import Ref
from hezou.people.actions import (
    Founding,
    add_person,
    add_unit,
    change_person,
    grant_role,
    name_deputy,
    open_account,
    rename_unit,
    retire_person,
    retire_unit,
)
from hezou.people.directory import Directory
from hezou.people.models import Account, Agency, Deputy, Grant, Person, Unit
from hezou.people.queries import persons, units


def codes(caught: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [message.code for message in caught.value.messages]


def verbs(admin: Person, thing: object) -> list[str]:
    return [entry.verb for entry in trail(admin.agency_id, Ref.to(thing))]


def test_add_unit_after_those_there_are(admin: Person, root: Unit, section: Unit) -> None:
    office = add_unit(by=admin, parent=section, name=" 第一科 一组 ")
    assert (office.name, office.sort_key, office.position) == (
        "第一科 一组",
        "di yi ke   yi zu 第一科 一组",
        2,
    )
    assert Directory(office.agency_id, 0).ancestry(office.pk) == [office.pk, section.pk, root.pk]
    assert list(units(admin.agency_id)) == [root, section, office]
    assert Directory(admin.agency_id, 0).below([section.pk]) == {section.pk, office.pk}
    assert Directory(admin.agency_id, 0).below([root.pk, section.pk]) == {root.pk, section.pk, office.pk}
    assert verbs(admin, office) == ["add"]


def test_change_of_the_directory_bumps_the_agency_s_revision(admin: Person, root: Unit) -> None:
    before = Agency.objects.get(pk=admin.agency_id).revision
    add_unit(by=admin, parent=root, name="第二科")
    assert Agency.objects.get(pk=admin.agency_id).revision == before + 1


@pytest.mark.parametrize(
    ("name", "code"),
    [("", "people.unit_name_missing"), ("第一科", "people.name_taken"), ("长" * 101, "people.too_long")],
)
def test_refuse_unit_name(admin: Person, root: Unit, section: Unit, name: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        add_unit(by=admin, parent=root, name=name)
    assert codes(caught) == [code]


def test_rename_unit(admin: Person, section: Unit, root: Unit) -> None:
    rename_unit(by=admin, unit=section, name="综合科")
    rename_unit(by=admin, unit=section, name="综合科")
    found = Unit.objects.get(pk=section.pk)
    assert (found.name, found.sort_key) == ("综合科", "zong he ke 综合科")
    assert verbs(admin, section) == ["add", "rename"]
    with pytest.raises(Refused) as caught:
        rename_unit(by=admin, unit=section, name=root.name)
    assert codes(caught) == ["people.name_taken"]


def test_rename_unit_only_in_its_blanks(admin: Person, section: Unit) -> None:
    rename_unit(by=admin, unit=section, name="第一科 ")
    assert Unit.objects.get(pk=section.pk).name == "第一科"


def test_retire_unit_ends_roles_over_it(
    admin: Person, root: Unit, section: Unit, tomorrow: date, yesterday: date
) -> None:
    head = add_person(by=admin, unit=root, name="王五")
    held = grant_role(by=admin, person=head, role="unit_head", unit=section)
    until = grant_role(by=admin, person=head, role="writer", unit=section, ends=tomorrow)
    retire_unit(by=admin, unit=section)
    assert list(units(admin.agency_id)) == [root]
    assert set(Grant.objects.filter(unit=section).values_list("ends", flat=True)) == {yesterday}
    assert (verbs(admin, held), verbs(admin, until)) == (["grant", "end"], ["grant", "end"])
    assert add_unit(by=admin, parent=root, name="第一科") != section


def test_refuse_to_retire_unit_in_use(admin: Person, root: Unit, section: Unit) -> None:
    with pytest.raises(Refused) as caught:
        retire_unit(by=admin, unit=root)
    assert codes(caught) == ["people.root_stays"]
    group = add_unit(by=admin, parent=section, name="一组")
    with pytest.raises(Refused) as caught:
        retire_unit(by=admin, unit=section)
    assert codes(caught) == ["people.unit_in_use"]
    add_person(by=admin, unit=group, name="张三")
    with pytest.raises(Refused) as caught:
        retire_unit(by=admin, unit=group)
    assert codes(caught) == ["people.unit_in_use"]


def test_refuse_what_is_retired(admin: Person, section: Unit, person: Person) -> None:
    retire_person(by=admin, person=person)
    with pytest.raises(Refused) as caught:
        open_account(by=admin, person=person, username="zs")
    assert [(m.code, m.params) for m in caught.value.messages] == [("people.retired", {"name": "张三"})]
    retire_unit(by=admin, unit=section)
    with pytest.raises(Refused) as caught:
        add_person(by=admin, unit=section, name="李四")
    assert codes(caught) == ["people.retired"]


def test_refuse_those_who_do_not_keep_the_directory(founding: Founding, root: Unit, person: Person) -> None:
    for one in founding.accounts[1:]:
        with pytest.raises(Forbidden):
            add_unit(by=one.account.person, parent=root, name="第二科")
    with pytest.raises(Forbidden):
        add_unit(by=founding.system, parent=root, name="第二科")
    with pytest.raises(Forbidden):
        add_unit(by=person, parent=root, name="第二科")


def test_rows_of_another_agency_do_not_exist(stranger: Person, section: Unit, person: Person) -> None:
    with pytest.raises(NotFound):
        rename_unit(by=stranger, unit=section, name="别名")
    with pytest.raises(NotFound):
        retire_person(by=stranger, person=person)
    with pytest.raises(NotFound):
        add_person(by=stranger, unit=section, name="张三")


def test_system_person_is_not_of_the_directory(admin: Person, founding: Founding) -> None:
    with pytest.raises(NotFound):
        retire_person(by=admin, person=founding.system)
    assert founding.system not in persons(admin.agency_id)


def test_add_person(admin: Person, section: Unit, person: Person) -> None:
    found = Person.objects.get(pk=person.pk)
    assert (found.name, found.sort_key, found.unit) == ("张三", "zhang san 张三", section)
    assert (found.post, found.phone, found.staff_number) == ("科员", "8001", "0007")
    assert verbs(admin, person) == ["add"]


def test_refuse_staff_number_twice(admin: Person, section: Unit, person: Person, colleague: Person) -> None:
    with pytest.raises(Refused) as caught:
        add_person(by=admin, unit=section, name="王五", staff_number=" 0007")
    assert [(m.code, m.params) for m in caught.value.messages] == [
        ("people.staff_number_taken", {"number": "0007", "name": "张三"})
    ]
    with pytest.raises(Refused) as caught:
        change(admin, colleague, staff_number="0007")
    assert codes(caught) == ["people.staff_number_taken"]


def change(admin: Person, person: Person, **values: object) -> Person:
    """`change_person` with the values as they are unless named."""
    now = {name: getattr(person, name) for name in ("unit", "name", "post", "phone", "staff_number")}
    revision = values.pop("revision", person.revision)
    return change_person(by=admin, person=person, revision=revision, **{**now, **values})  # type: ignore[arg-type]


def test_change_person(admin: Person, root: Unit, person: Person) -> None:
    changed = change(admin, person, name="张小三", unit=root, phone="")
    assert (changed.name, changed.sort_key, changed.unit, changed.phone) == (
        "张小三",
        "zhang xiao san 张小三",
        root,
        "",
    )
    entry = trail(admin.agency_id, Ref.to(person)).last()
    assert entry is not None
    assert (entry.verb, entry.detail) == (
        "change",
        {"fields": ["name", "phone", "unit"], "unit": str(root.pk)},
    )


def test_change_person_into_the_same_leaves_no_entry(admin: Person, person: Person) -> None:
    changed = change(admin, person)
    assert changed.revision == 2
    assert verbs(admin, person) == ["add"]


def test_refuse_change_by_a_stale_form(admin: Person, person: Person) -> None:
    change(admin, person, phone="8002", revision=1)
    with pytest.raises(Stale):
        change(admin, person, phone="8003", revision=1)
    assert Person.objects.get(pk=person.pk).phone == "8002"


def test_retire_person_closes_everything(
    admin: Person, root: Unit, person: Person, colleague: Person, today: date, tomorrow: date, yesterday: date
) -> None:
    account = open_account(by=admin, person=person, username="zs").account
    grant = grant_role(by=admin, person=person, role="writer", unit=person.unit)
    later = name_deputy(by=admin, principal=person, deputy=colleague, starts=tomorrow, ends=tomorrow)
    now = name_deputy(by=admin, principal=colleague, deputy=person, starts=today, ends=today)
    retire_person(by=admin, person=person)
    assert list(persons(admin.agency_id).filter(pk=person.pk)) == []
    assert not Account.objects.get(pk=account.pk).is_active
    assert Grant.objects.get(pk=grant.pk).ends == yesterday
    assert set(Deputy.objects.values_list("ends", flat=True)) == {yesterday}
    assert [verbs(admin, row)[-1] for row in (grant, later, now, person)] == ["end", "end", "end", "retire"]


def test_refuse_to_retire_the_last_administrator(admin: Person, root: Unit) -> None:
    with pytest.raises(Refused) as caught:
        retire_person(by=admin, person=admin)
    assert codes(caught) == ["people.last_administrator"]
    second = add_person(by=admin, unit=root, name="王五")
    grant_role(by=admin, person=second, role="administrator", unit=root)
    with pytest.raises(Refused) as caught:
        retire_person(by=admin, person=admin)
    assert codes(caught) == ["people.last_administrator"]
    open_account(by=admin, person=second, username="second")
    retire_person(by=admin, person=admin)
    assert list(persons(admin.agency_id).filter(pk=admin.pk)) == []
