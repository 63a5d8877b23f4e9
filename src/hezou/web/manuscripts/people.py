"""Choosing persons without a script: the chosen first, then everybody by unit, and names typed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from hezou.kernel.errors import NotFound, Refused
from hezou.kernel.messages import define
from hezou.people.models import Person
from hezou.people.queries import persons

NO_SUCH_PERSON = define(
    "web.no_such_person", "Nobody here is called {name}. Look for the person in the list."
)
SAME_NAME = define(
    "web.same_name", "{name} is the name of several persons ({units}). Tick the right one in the list."
)

_BETWEEN = re.compile(r"[、，,;；/\s]+")
_WITH_UNIT = re.compile(r"(?P<name>[^（(]+)[（(](?P<unit>[^）)]+)[）)]")


@dataclass(frozen=True)
class UnitOfPersons:
    """A unit with those of its persons who are not chosen yet."""

    name: str
    is_mine: bool
    persons: list[Person]


def directory(asking: Person) -> list[Person]:
    """Everybody who works here, unit by unit, the asking person's unit first."""
    rows = persons(asking.agency_id).select_related("unit").order_by("sort_key", "id")
    return sorted(
        rows,
        key=lambda one: (
            one.unit_id != asking.unit_id,
            one.unit.position,
            one.unit.sort_key,
            str(one.unit_id),
        ),
    )


def by_unit(asking: Person, everybody: Iterable[Person], chosen: Iterable[Person]) -> list[UnitOfPersons]:
    """The directory without the chosen, as units."""
    taken = {one.pk for one in chosen}
    groups = groupby(everybody, key=lambda one: one.unit)
    units = ((unit, [one for one in members if one.pk not in taken]) for unit, members in groups)
    return [
        UnitOfPersons(unit.name, unit.pk == asking.unit_id, members) for unit, members in units if members
    ]


def chosen_persons(asking: Person, ids: list[UUID]) -> list[Person]:
    """The persons of the ids, in their order. Raises NotFound for an id that is nobody's of this agency."""
    known = {asking.pk: asking}
    if others := [one for one in ids if one != asking.pk]:
        rows = Person.objects.filter(agency_id=asking.agency_id, is_system=False, pk__in=others)
        known |= {one.pk: one for one in rows.select_related("unit")}
    if not known.keys() >= set(ids):
        raise NotFound
    return [known[one] for one in ids]


def named_persons(everybody: Iterable[Person], typed: str) -> list[Person]:
    """The persons whose names were typed, each name alone or with its unit: `甲某、乙某（第一科）`.

    Raises Refused for a name nobody has and for one that several have.
    """
    found = []
    here = list(everybody)
    for word in filter(None, _BETWEEN.split(typed)):
        match = _WITH_UNIT.fullmatch(word)
        name, unit = (match["name"], match["unit"]) if match else (word, "")
        fits = [one for one in here if one.name == name and unit in ("", one.unit.name)]
        if not fits:
            raise Refused(NO_SUCH_PERSON(name=word[:60]))
        if len(fits) > 1:
            raise Refused(SAME_NAME(name=name, units=tuple(one.unit.name for one in fits)))
        found.append(fits[0])
    return found
