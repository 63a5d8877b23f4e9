"""What a person is today: roles over units, and in whose name they may act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from hezou.people.directory import Directory, directory
from hezou.people.models import Person
from hezou.people.queries import today_of


@dataclass(frozen=True)
class Standing:
    """Role code → units it is held over (with everything below them); and the ids of principals."""

    on: date
    roles: dict[str, frozenset[UUID]]
    principals: frozenset[UUID]
    directory: Directory = field(compare=False)

    def holds(self, *roles: str) -> bool:
        return any(role in self.roles for role in roles)


def standing_of(person: Person) -> Standing:
    """The standing of a person today; worked out once for each person object (that is, once a request)."""
    today = today_of(person.agency)
    kept: Standing | None = person.__dict__.get("_standing")
    if kept is not None and kept.on == today:
        return kept
    return _stand(person, directory(person.agency), today)


def remember(everybody: Sequence[Person]) -> None:
    """Work out what many persons of one agency are today, from one reading of its directory."""
    if not everybody:
        return
    agency = everybody[0].agency
    here, today = directory(agency), today_of(agency)
    for person in everybody:
        _stand(person, here, today)


def _stand(person: Person, here: Directory, today: date) -> Standing:
    held: dict[str, set[UUID]] = {}
    for role, unit_id in here.roles_of(person.pk, today):
        held.setdefault(role, set()).add(unit_id)
    roles = {role: frozenset(units) for role, units in held.items()}
    found = Standing(today, roles, here.principals_of(person.pk, today), here)
    person.__dict__["_standing"] = found
    return found


def units_headed(person: Person, *roles: str) -> set[UUID]:
    """The units over which a person holds any of the roles, with everything below."""
    standing = standing_of(person)
    tops = {unit for role in roles for unit in standing.roles.get(role, ())}
    return standing.directory.below(tops) if tops else set()


def limit(person: Person, verbs: frozenset[str]) -> Person:
    """Let this person object do no more than the verbs: how a request by token is made to stay within it."""
    person.__dict__["_limits"] = verbs
    return person


def limits_of(person: Person) -> frozenset[str] | None:
    """The verbs a person is limited to for now; None for somebody who acts by hand."""
    found: frozenset[str] | None = person.__dict__.get("_limits")
    return found
