"""What a person is today: roles over units, and in whose name they may act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hezou.people.models import Person
from hezou.people.queries import below, grants_of, principals_of, today_of


@dataclass(frozen=True)
class Standing:
    """Role code → units it is held over (with everything below them); and the ids of principals."""

    on: date
    roles: dict[str, frozenset[UUID]]
    principals: frozenset[UUID]

    def holds(self, *roles: str) -> bool:
        return any(role in self.roles for role in roles)


def standing_of(person: Person) -> Standing:
    """The standing of a person today; read once for each person object (that is, once a request)."""
    today = today_of(person.agency)
    kept: Standing | None = person.__dict__.get("_standing")
    if kept is not None and kept.on == today:
        return kept
    held: dict[str, set[UUID]] = {}
    for role, unit_id in grants_of(person, today).values_list("role", "unit_id"):
        held.setdefault(role, set()).add(unit_id)
    found = Standing(
        on=today,
        roles={role: frozenset(units) for role, units in held.items()},
        principals=frozenset(principals_of(person, today).values_list("pk", flat=True)),
    )
    person.__dict__["_standing"] = found
    return found


def units_headed(person: Person, *roles: str) -> set[UUID]:
    """The units over which a person holds any of the roles, with everything below."""
    tops = {unit for role in roles for unit in standing_of(person).roles.get(role, ())}
    return below(person.agency_id, tops) if tops else set()


def limit(person: Person, verbs: frozenset[str]) -> Person:
    """Let this person object do no more than the verbs: how a request by token is made to stay within it."""
    person.__dict__["_limits"] = verbs
    return person


def limits_of(person: Person) -> frozenset[str] | None:
    """The verbs a person is limited to for now; None for somebody who acts by hand."""
    found: frozenset[str] | None = person.__dict__.get("_limits")
    return found
