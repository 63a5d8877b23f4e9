"""What a person is today: roles over units, and in whose name they may act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hezou.people.directory import directory
from hezou.people.models import Person
from hezou.people.queries import today_of


@dataclass(frozen=True)
class Standing:
    """Role code → units it is held over (with everything below them); and the ids of principals."""

    on: date
    roles: dict[str, frozenset[UUID]]
    principals: frozenset[UUID]

    def holds(self, *roles: str) -> bool:
        return any(role in self.roles for role in roles)


def standing_of(person: Person) -> Standing:
    """The standing of a person today; worked out once for each person object (that is, once a request)."""
    today = today_of(person.agency)
    kept: Standing | None = person.__dict__.get("_standing")
    if kept is not None and kept.on == today:
        return kept
    here = directory(person.agency)
    held: dict[str, set[UUID]] = {}
    for role, unit_id in here.roles_of(person.pk, today):
        held.setdefault(role, set()).add(unit_id)
    found = Standing(
        on=today,
        roles={role: frozenset(units) for role, units in held.items()},
        principals=here.principals_of(person.pk, today),
    )
    person.__dict__["_standing"] = found
    return found


def units_headed(person: Person, *roles: str) -> set[UUID]:
    """The units over which a person holds any of the roles, with everything below."""
    tops = {unit for role in roles for unit in standing_of(person).roles.get(role, ())}
    return directory(person.agency).below(tops) if tops else set()
