"""Persons: where they work, what they are called, how they are reached."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import F, Q

from hezou.audit.actions import action, compare_and_set, record
from hezou.kernel.errors import Refused
from hezou.kernel.messages import define
from hezou.people.actions.managing import end_of, manage, retire
from hezou.people.actions.roles import keep_an_administrator
from hezou.people.actions.sessions import forget
from hezou.people.models import Account, Deputy, Grant, Person, Unit
from hezou.people.queries import not_over, today_of
from hezou.people.rules import names

STAFF_NUMBER_TAKEN = define(
    "people.staff_number_taken", "The staff number {number} belongs to {name} already."
)


@action
def add_person(
    *, by: Person, unit: Unit, name: str, post: str = "", phone: str = "", staff_number: str = ""
) -> Person:
    """Somebody who works in a unit; has no account yet. Raises Refused on a blank name or a number taken."""
    manage(by, unit)
    values = _values(by, None, name=name, post=post, phone=phone, staff_number=staff_number)
    return put_person(by=by, unit=unit, values=values)


@action
def change_person(
    *,
    by: Person,
    person: Person,
    revision: int,
    unit: Unit,
    name: str,
    post: str,
    phone: str,
    staff_number: str,
) -> Person:
    """What is known of a person as it now stands; a new unit counts for what is handed in from now on.

    Raises Stale when somebody else changed the person since the form was drawn.
    """
    manage(by, person, unit)
    values = _values(by, person, name=name, post=post, phone=phone, staff_number=staff_number)
    person = compare_and_set(person, revision)
    return write_person(person, {**values, "unit": unit})


@action
def retire_person(*, by: Person, person: Person) -> Person:
    """Somebody left: the account closes, roles and deputyships end with effect at once."""
    manage(by, person)
    grants = Grant.objects.filter(not_over(today_of(by.agency)), agency_id=by.agency_id, person=person)
    keep_an_administrator(by, leaving=grants)
    for grant in grants:
        Grant.objects.filter(pk=grant.pk).update(ends=end_of(by))
        record(grant, "end")
    involved = Q(principal=person) | Q(deputy=person)
    for deputy in Deputy.objects.filter(involved, agency_id=by.agency_id, ends__gte=today_of(by.agency)):
        Deputy.objects.filter(pk=deputy.pk).update(ends=end_of(by))
        record(deputy, "end")
    for account in Account.objects.filter(agency_id=by.agency_id, person=person):
        Account.objects.filter(pk=account.pk).update(is_active=False)
        forget(account)
    Person.objects.filter(pk=person.pk).update(revision=F("revision") + 1)
    retire(person)
    record(person, "retire")
    return person


def put_person(*, by: Person, unit: Unit, values: Mapping[str, str]) -> Person:
    """Within an act that has checked the values: write the row and its entry."""
    person = Person.objects.create(
        agency_id=by.agency_id, unit=unit, sort_key=names.person_sort_key(values["name"]), **values
    )
    record(person, "add", unit=unit.pk)
    return person


def write_person(person: Person, values: Mapping[str, Any]) -> Person:
    """Within an act that has taken the row and checked the values: write what differs, and its entry."""
    changed = {key: value for key, value in values.items() if getattr(person, key) != value}
    if "name" in changed:
        changed["sort_key"] = names.person_sort_key(changed["name"])
    if changed:
        Person.objects.filter(pk=person.pk).update(**changed)
        unit = changed["unit"].pk if "unit" in changed else None
        record(person, "change", fields=sorted(changed.keys() - {"sort_key"}), unit=unit)
        person.refresh_from_db()
    return person


def _values(by: Person, person: Person | None, **written: str) -> dict[str, str]:
    """The values as stored, or a refusal."""
    number = names.admit_line(written["staff_number"], names.NUMBER)
    same = Person.objects.filter(agency_id=by.agency_id, staff_number=number) if number else ()
    holder = next((one for one in same if one != person), None)
    if holder is not None:
        raise Refused(STAFF_NUMBER_TAKEN(number=number, name=holder.name))
    return {
        "name": names.admit_name(written["name"]),
        "post": names.admit_line(written["post"], names.LINE),
        "phone": names.admit_line(written["phone"], names.NUMBER),
        "staff_number": number,
    }
