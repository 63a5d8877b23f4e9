"""The directory's rows: by unit and by what was looked for, in the order of names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import QueryDict

from hezou.kernel.ids import parse
from hezou.kernel.text import why_not_text
from hezou.people.directory import directory
from hezou.people.models import Grant, Person, Unit
from hezou.people.queries import away_on, in_force, persons, rules_of, today_of, tree, units
from hezou.people.rules.names import normal
from hezou.web.people.finding import role_label
from hezou.web.people.labels import away_words

SIZE = 30
DEEPER = "\u3000"
"""Moves a unit in by one step of the tree."""


@dataclass(frozen=True)
class Filters:
    """What the directory is narrowed to: a unit with what is below it, words looked for."""

    unit: Unit | None
    words: str

    def query(self, **other: str) -> str:
        """The address' query of these filters; `other` changes one or, when empty, leaves it out."""
        values = {"unit": str(self.unit.pk) if self.unit else "", "q": self.words, **other}
        return "?" + urlencode({name: value for name, value in values.items() if value})

    def chips(self) -> list[dict[str, Any]]:
        """The filters in force for `parts/chips.html`."""
        found = []
        if self.unit is not None:
            found.append({"label": self.unit.name, "remove_url": self.query(unit="")})
        if self.words:
            found.append({"label": self.words, "remove_url": self.query(q="")})
        return found


@dataclass(frozen=True)
class Row:
    """One person of the list, with the labels of their roles, and in words why they are away today."""

    person: Person
    roles: list[str]
    away: str


def filters_of(asked: QueryDict, offered: list[tuple[Unit, int]]) -> Filters:
    """The filters an address names; what is unknown filters nothing."""
    wanted = parse(asked.get("unit", ""))
    unit = next((one for one, _ in offered if one.pk == wanted), None)
    words = normal(asked.get("q", ""))[:60]
    return Filters(unit, "" if why_not_text(words) else words)


def offered_units(asking: Person) -> list[tuple[Unit, int]]:
    """The agency's tree, each unit with its depth."""
    return tree(units(asking.agency_id))


def rows_for(asking: Person, filters: Filters) -> QuerySet[Person]:
    """The persons asked for."""
    rows = persons(asking.agency_id).select_related("unit")
    if filters.unit is not None:
        rows = rows.filter(unit_id__in=directory(asking.agency).below([filters.unit.pk]))
    if filters.words:
        words = filters.words
        spoken = Q(sort_key__istartswith=words) | Q(phone__contains=words) | Q(staff_number=words)
        rows = rows.filter(Q(name__icontains=words) | Q(post__icontains=words) | spoken)
    return rows


def page_of(rows: QuerySet[Person], after: str) -> tuple[list[Person], str]:
    """One page in the order of names, and the cursor of the next ('' on the last)."""
    key, _, row_id = after.rpartition("~")
    last = parse(row_id)
    if last is not None and why_not_text(key) is None:
        rows = rows.filter(Q(sort_key__gt=key) | Q(sort_key=key, pk__gt=last))
    found = list(rows.order_by("sort_key", "pk")[: SIZE + 1])
    if len(found) <= SIZE:
        return found, ""
    return found[:SIZE], f"{found[SIZE - 1].sort_key}~{found[SIZE - 1].pk}"


def with_roles(asking: Person, found: list[Person]) -> list[Row]:
    """The persons with the roles they hold today, in the order of the agency's rules; two queries."""
    rules, ids = rules_of(asking.agency), [one.pk for one in found]
    held: dict[UUID, list[str]] = {}
    grants = Grant.objects.filter(
        in_force(today_of(asking.agency)), agency_id=asking.agency_id, person_id__in=ids
    )
    order = {code: place for place, code in enumerate(rules.roles)}
    for person_id, role in sorted(
        set(grants.values_list("person_id", "role")), key=lambda one: order.get(one[1], len(order))
    ):
        held.setdefault(person_id, []).append(role_label(rules, role))
    away = away_on(asking.agency_id, today_of(asking.agency), ids)
    return [Row(one, held.get(one.pk, []), away_words(away.get(one.pk))) for one in found]
