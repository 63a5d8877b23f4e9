"""The duty roster as pages show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from hezou.people.models import Duty
from hezou.people.rules.roster import LEADER, STAFF


@dataclass(frozen=True)
class Day:
    """One day: part → its places in order."""

    day: date
    parts: dict[str, list[Duty]]
    is_today: bool

    @property
    def leaders(self) -> list[Duty]:
        return self.parts[LEADER]

    @property
    def staff(self) -> list[Duty]:
        return self.parts[STAFF]

    def written(self) -> dict[str, str]:
        """As it would be typed: names and telephones of each part, with marks between."""
        found = {}
        for part, places in self.parts.items():
            found[part] = "、".join(_name(one) for one in places)
            found[f"{part}_phone"] = "、".join(one.phone for one in places if one.phone)
        return found


def days_of(rows: Iterable[Duty], today: date) -> list[Day]:
    """The rows of a roster, in the order of `people.queries.roster`, day by day."""
    found = []
    for day, places in groupby(rows, key=lambda one: one.day):
        parts: dict[str, list[Duty]] = {LEADER: [], STAFF: []}
        for one in places:
            parts[one.part].append(one)
        found.append(Day(day, parts, day == today))
    return found


def _name(one: Duty) -> str:
    person = one.person
    return f"{person.name}（{person.unit.name}）" if person else ""
