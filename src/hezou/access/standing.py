"""What a person is today: roles over units, and in whose name they may act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from hezou.people.models import Person
from hezou.people.queries import Units, deputyships, grants, today_of


@dataclass(frozen=True)
class Standing:
    """Role code → units it is held over (with everything below them); and the ids of principals."""

    on: date
    roles: dict[str, frozenset[UUID]]
    principals: frozenset[UUID]
    units: Units = field(compare=False)

    def holds(self, *roles: str) -> bool:
        return any(role in self.roles for role in roles)


def standing_of(person: Person) -> Standing:
    """The standing of a person today; read once for each person object (that is, once a request)."""
    kept: Standing | None = person.__dict__.get("_standing")
    if kept is not None and kept.on == today_of(person.agency):
        return kept
    remember([person])
    found: Standing = person.__dict__["_standing"]
    return found


def remember(everybody: Sequence[Person]) -> None:
    """Read what many persons of one agency are today, in as few queries as for one of them."""
    if not everybody:
        return
    agency, ids = everybody[0].agency, [person.pk for person in everybody]
    today, units = today_of(agency), Units(agency.pk)
    held: dict[UUID, dict[str, set[UUID]]] = {}
    for person_id, role, unit_id in grants(agency.pk, ids, today).values_list("person_id", "role", "unit_id"):
        held.setdefault(person_id, {}).setdefault(role, set()).add(unit_id)
    principals: dict[UUID, set[UUID]] = {}
    signing = deputyships(agency.pk, ids, today)
    for deputy_id, principal_id in signing.values_list("deputy_id", "principal_id"):
        principals.setdefault(deputy_id, set()).add(principal_id)
    for person in everybody:
        roles = {role: frozenset(over) for role, over in held.get(person.pk, {}).items()}
        mine = frozenset(principals.get(person.pk, ()))
        person.__dict__["_standing"] = Standing(today, roles, mine, units)


def units_headed(person: Person, *roles: str) -> set[UUID]:
    """The units over which a person holds any of the roles, with everything below."""
    standing = standing_of(person)
    tops = {unit for role in roles for unit in standing.roles.get(role, ())}
    return standing.units.below(tops) if tops else set()


def limit(person: Person, verbs: frozenset[str]) -> Person:
    """Let this person object do no more than the verbs: how a request by token is made to stay within it."""
    person.__dict__["_limits"] = verbs
    return person


def limits_of(person: Person) -> frozenset[str] | None:
    """The verbs a person is limited to for now; None for somebody who acts by hand."""
    found: frozenset[str] | None = person.__dict__.get("_limits")
    return found
