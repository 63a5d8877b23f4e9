"""Roles, deputies, cross reviewers."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from hezou.audit.queries import trail
from hezou.kernel.errors import Forbidden, NotFound, Refused
from hezou.kernel.ref import Ref
from hezou.people.actions import (
    Founding,
    add_person,
    add_unit,
    end_deputy,
    end_grant,
    found_agency,
    grant_role,
    name_cross_reviewer,
    name_deputy,
    retire_person,
)
from hezou.people.directory import Directory
from hezou.people.models import CrossReviewer, Deputy, Grant, Person, Unit
from hezou.people.queries import today_of
from tests.support.processes import race


def codes(caught: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [message.code for message in caught.value.messages]


def here(person: Person) -> Directory:
    """The directory as it stands now."""
    return Directory(person.agency_id, 0)


def test_grant_role_from_a_day_to_a_day(admin: Person, person: Person, today: date, tomorrow: date) -> None:
    grant = grant_role(
        by=admin, person=person, role="writer", unit=person.unit, starts=tomorrow, ends=tomorrow
    )
    assert here(person).roles_of(person.pk, today) == []
    assert here(person).roles_of(person.pk, tomorrow) == [("writer", person.unit_id)]
    assert here(person).roles_of(person.pk, tomorrow + timedelta(days=1)) == []
    entry = trail(admin.agency_id, Ref.to(grant)).get()
    assert (entry.verb, entry.detail) == (
        "grant",
        {
            "person": str(person.pk),
            "role": "writer",
            "unit": str(person.unit_id),
            "starts": tomorrow.isoformat(),
            "ends": tomorrow.isoformat(),
        },
    )


def test_role_opens_the_verbs_of_its_holder(admin: Person, person: Person, root: Unit) -> None:
    fresh = Person.objects.get(pk=person.pk)
    assert not fresh.has_perm("people.manage")
    grant_role(by=admin, person=person, role="administrator", unit=root)
    assert Person.objects.get(pk=person.pk).has_perm("people.manage")


def test_refuse_role_that_is_none(admin: Person, person: Person) -> None:
    with pytest.raises(Refused) as caught:
        grant_role(by=admin, person=person, role="king", unit=person.unit)
    assert codes(caught) == ["people.unknown_role"]
    assert caught.value.messages[0].params["role"] == "king"
    with pytest.raises(Refused) as caught:
        name_cross_reviewer(by=admin, role="king", unit=person.unit, person=person)
    assert codes(caught) == ["people.unknown_role"]


def test_refuse_dates_that_cannot_be(
    admin: Person, person: Person, today: date, tomorrow: date, yesterday: date
) -> None:
    for starts, ends, code in (
        (tomorrow, today, "people.dates"),
        (None, yesterday, "people.past"),
        (yesterday, yesterday, "people.past"),
    ):
        with pytest.raises(Refused) as caught:
            grant_role(by=admin, person=person, role="writer", unit=person.unit, starts=starts, ends=ends)
        assert codes(caught) == [code]


@pytest.mark.parametrize(
    ("held", "asked", "clash"),
    [
        ((None, None), (None, None), True),
        ((None, None), (5, 9), True),
        ((None, 4), (5, None), False),
        ((None, 4), (4, 9), True),
        ((4, 9), (None, 3), False),
        ((4, 9), (None, 4), True),
        ((4, 9), (10, None), False),
        ((4, 9), (9, None), True),
        ((4, None), (1, 3), False),
    ],
)
def test_refuse_role_held_already_on_some_day(
    admin: Person,
    person: Person,
    today: date,
    held: tuple[int | None, int | None],
    asked: tuple[int | None, int | None],
    clash: bool,
) -> None:
    def grant(days: tuple[int | None, int | None]) -> Grant:
        starts, ends = (None if day is None else today + timedelta(days=day) for day in days)
        return grant_role(by=admin, person=person, role="writer", unit=person.unit, starts=starts, ends=ends)

    grant(held)
    if clash:
        with pytest.raises(Refused) as caught:
            grant(asked)
        assert codes(caught) == ["people.holds_already"]
    else:
        grant(asked)
        assert Grant.objects.filter(person=person).count() == 2


def test_same_role_over_another_unit(admin: Person, person: Person, root: Unit) -> None:
    grant_role(by=admin, person=person, role="writer", unit=person.unit)
    grant_role(by=admin, person=person, role="writer", unit=root)
    assert Grant.objects.filter(person=person).count() == 2


def test_refuse_administrator_who_audits(admin: Person, root: Unit) -> None:
    with pytest.raises(Refused) as caught:
        grant_role(by=admin, person=admin, role="auditor", unit=root)
    assert codes(caught) == ["people.excluded"]


def test_end_grant_at_once(admin: Person, person: Person, today: date, yesterday: date) -> None:
    grant = grant_role(by=admin, person=person, role="writer", unit=person.unit, starts=today)
    assert end_grant(by=admin, grant=grant).ends == yesterday
    assert here(person).roles_of(person.pk, today) == []
    end_grant(by=admin, grant=grant)
    assert [entry.verb for entry in trail(admin.agency_id, Ref.to(grant))] == ["grant", "end"]
    grant_role(by=admin, person=person, role="writer", unit=person.unit)


def test_end_grant_that_had_an_end(admin: Person, person: Person, tomorrow: date, yesterday: date) -> None:
    grant = grant_role(by=admin, person=person, role="writer", unit=person.unit, ends=tomorrow)
    assert end_grant(by=admin, grant=grant).ends == yesterday


def test_refuse_to_end_the_last_administrator(admin: Person) -> None:
    with pytest.raises(Refused) as caught:
        end_grant(by=admin, grant=Grant.objects.get(person=admin))
    assert codes(caught) == ["people.last_administrator"]


def test_grants_of_another_agency_do_not_exist(stranger: Person, admin: Person) -> None:
    with pytest.raises(NotFound):
        end_grant(by=stranger, grant=Grant.objects.get(person=admin))


def test_name_deputy_between_two_dates(
    admin: Person, person: Person, colleague: Person, today: date, tomorrow: date, yesterday: date
) -> None:
    named = name_deputy(by=admin, principal=person, deputy=colleague, starts=today, ends=today)
    assert here(colleague).principals_of(colleague.pk, today) == {person.pk}
    assert here(colleague).principals_of(colleague.pk, tomorrow) == set()
    entry = trail(admin.agency_id, Ref.to(named)).get()
    assert (entry.verb, entry.detail) == (
        "name",
        {
            "principal": str(person.pk),
            "deputy": str(colleague.pk),
            "starts": today.isoformat(),
            "ends": today.isoformat(),
        },
    )


def test_refuse_circle_of_deputies(
    admin: Person, person: Person, colleague: Person, today: date, tomorrow: date
) -> None:
    name_deputy(by=admin, principal=person, deputy=colleague, starts=today, ends=tomorrow)
    with pytest.raises(Refused) as caught:
        name_deputy(by=admin, principal=colleague, deputy=person, starts=tomorrow, ends=tomorrow)
    assert codes(caught) == ["people.circle"]
    with pytest.raises(Refused) as caught:
        name_deputy(by=admin, principal=person, deputy=person, starts=today, ends=today)
    assert codes(caught) == ["people.oneself"]


def test_refuse_to_make_oneself_a_deputy(admin: Person, person: Person, today: date) -> None:
    with pytest.raises(Refused) as caught:
        name_deputy(by=admin, principal=person, deputy=admin, starts=today, ends=today)
    assert codes(caught) == ["people.names_oneself"]
    assert here(admin).principals_of(admin.pk, today) == set()


def test_take_deputyship_back_at_once(
    founding: Founding, person: Person, colleague: Person, today: date, tomorrow: date, yesterday: date
) -> None:
    admin, other = (one.account.person for one in founding.accounts[:2])
    now = name_deputy(by=admin, principal=person, deputy=colleague, starts=today, ends=tomorrow)
    later = name_deputy(
        by=admin,
        principal=person,
        deputy=other,
        starts=tomorrow + timedelta(days=3),
        ends=tomorrow + timedelta(days=5),
    )
    for named in (now, later, now):
        assert end_deputy(by=admin, deputy=named).ends == yesterday
    assert here(colleague).principals_of(colleague.pk, today) == set()
    assert here(admin).principals_of(other.pk, tomorrow + timedelta(days=4)) == set()
    assert [entry.verb for entry in trail(admin.agency_id, Ref.to(now))] == ["name", "end"]
    name_deputy(by=admin, principal=colleague, deputy=person, starts=today, ends=tomorrow)


def test_deputies_of_another_agency_do_not_exist(
    stranger: Person, admin: Person, person: Person, colleague: Person, today: date
) -> None:
    named = name_deputy(by=admin, principal=person, deputy=colleague, starts=today, ends=today)
    with pytest.raises(NotFound):
        end_deputy(by=stranger, deputy=named)
    with pytest.raises(NotFound):
        name_deputy(by=stranger, principal=person, deputy=stranger, starts=today, ends=today)
    with pytest.raises(Forbidden):
        name_deputy(by=person, principal=person, deputy=colleague, starts=today, ends=today)
    assert Deputy.objects.count() == 1


def test_name_cross_reviewer_in_place_of_another(
    admin: Person, root: Unit, section: Unit, person: Person, colleague: Person
) -> None:
    name_cross_reviewer(by=admin, role="unit_head", unit=section, person=person)
    name_cross_reviewer(by=admin, role="unit_head", unit=section, person=colleague)
    name_cross_reviewer(by=admin, role="unit_head", unit=root, person=person)
    assert CrossReviewer.objects.count() == 2
    path = [section.pk, root.pk]
    assert here(admin).cross_reviewers("unit_head", path) == [colleague.pk, person.pk]
    retire_person(by=admin, person=colleague)
    assert here(admin).cross_reviewers("unit_head", path) == [person.pk]


def test_find_holders_at_the_nearest_unit(
    admin: Person, root: Unit, section: Unit, person: Person, colleague: Person, today: date
) -> None:
    group = add_unit(by=admin, parent=section, name="一组")
    path = [group.pk, section.pk, root.pk]
    assert here(admin).holders("unit_head", path, today) == (None, [])
    grant_role(by=admin, person=colleague, role="unit_head", unit=root)
    assert here(admin).holders("unit_head", path, today) == (root.pk, [colleague.pk])
    grant_role(by=admin, person=person, role="unit_head", unit=section)
    grant_role(by=admin, person=colleague, role="unit_head", unit=section)
    assert here(admin).holders("unit_head", path, today) == (section.pk, [colleague.pk, person.pk])


def name_in_a_process(by: str, principal: str, deputy: str) -> str:
    """In a process of its own: one administrator names one deputy for today."""
    people = Person.objects.select_related("agency").in_bulk([by, principal, deputy])
    admin, first, second = (people[UUID(pk)] for pk in (by, principal, deputy))
    today = today_of(admin.agency)
    try:
        name_deputy(by=admin, principal=first, deputy=second, starts=today, ends=today)
    except Refused as refusal:
        return refusal.messages[0].code
    return "named"


@pytest.mark.process
@pytest.mark.usefixtures("transactional_db")
def test_two_administrators_close_no_circle_at_once() -> None:
    founding = found_agency(
        code="lake",
        name="某某区湖泊局",
        short_name="湖泊局",
        zone="Asia/Shanghai",
        pack_set="district-bureau",
    )
    admin = founding.accounts[0].account.person
    first, second = (add_person(by=admin, unit=admin.unit, name=name) for name in ("张三", "李四"))
    by, one, other = str(admin.pk), str(first.pk), str(second.pk)
    answers = race(__file__, ("name_in_a_process", by, one, other), ("name_in_a_process", by, other, one))
    assert sorted(answers) == ["named", "people.circle"]
