"""Who holds what over which unit: an agency's directory in memory, read once for each of its revisions.

Every change of the directory takes the agency's row and bumps its revision (`actions.managing.manage`), so
that what is kept here is never older than the agency it is asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from django.db import connection

from hezou.people.models import Agency, CrossReviewer, Deputy, Grant, Unit


@dataclass(frozen=True)
class Held:
    """A role of one person over one unit, with the days it holds."""

    person: UUID
    role: str
    unit: UUID
    starts: date | None
    ends: date | None

    def on(self, day: date) -> bool:
        """Whether it holds on a day; the first and the last day are included."""
        return (self.starts is None or self.starts <= day) and (self.ends is None or self.ends >= day)


@dataclass(frozen=True)
class Deputed:
    """`deputy` signs for `principal` from `starts` to `ends`, both days included."""

    principal: UUID
    deputy: UUID
    starts: date
    ends: date

    def on(self, day: date) -> bool:
        return self.starts <= day <= self.ends


class Directory:
    """Units, roles, deputies and cross reviewers of an agency, as ids. Each part is one query."""

    def __init__(self, agency_id: UUID, revision: int) -> None:
        self.agency_id, self.revision = agency_id, revision

    @cached_property
    def superiors(self) -> dict[UUID, UUID | None]:
        """Unit → the unit above it; the root has none."""
        return dict(Unit.objects.filter(agency_id=self.agency_id).values_list("id", "parent_id"))

    @cached_property
    def grants(self) -> list[Held]:
        """Every role of somebody who still works here, in the order of their names."""
        rows = Grant.objects.filter(agency_id=self.agency_id, person__retired_at=None)
        ordered = rows.order_by("person__sort_key", "person_id")
        return [Held(*row) for row in ordered.values_list("person_id", "role", "unit_id", "starts", "ends")]

    @cached_property
    def deputies(self) -> list[Deputed]:
        rows = Deputy.objects.filter(agency_id=self.agency_id)
        return [Deputed(*row) for row in rows.values_list("principal_id", "deputy_id", "starts", "ends")]

    @cached_property
    def cross(self) -> dict[tuple[str, UUID], UUID]:
        """Role and unit → who was named in advance and still works here (R2)."""
        rows = CrossReviewer.objects.filter(agency_id=self.agency_id, person__retired_at=None)
        return {
            (role, unit): person for role, unit, person in rows.values_list("role", "unit_id", "person_id")
        }

    def read(self) -> Directory:
        """Read every part now."""
        _ = self.superiors, self.grants, self.deputies, self.cross
        return self

    @cached_property
    def _by_person(self) -> dict[UUID, list[Held]]:
        found: dict[UUID, list[Held]] = {}
        for held in self.grants:
            found.setdefault(held.person, []).append(held)
        return found

    @cached_property
    def _by_place(self) -> dict[tuple[str, UUID], list[Held]]:
        found: dict[tuple[str, UUID], list[Held]] = {}
        for held in self.grants:
            found.setdefault((held.role, held.unit), []).append(held)
        return found

    def ancestry(self, unit: UUID) -> list[UUID]:
        """The ids from the unit up to the root, nearest first."""
        path: list[UUID] = []
        current: UUID | None = unit
        while current is not None and current not in path:
            path.append(current)
            current = self.superiors.get(current)
        return path

    def below(self, tops: Iterable[UUID]) -> set[UUID]:
        """The units named and everything under them."""
        children: dict[UUID | None, list[UUID]] = {}
        for unit, superior in self.superiors.items():
            children.setdefault(superior, []).append(unit)
        found: set[UUID] = set()
        pending = list(tops)
        while pending:
            unit = pending.pop()
            if unit not in found:
                found.add(unit)
                pending.extend(children.get(unit, ()))
        return found

    def roles_of(self, person: UUID, on: date) -> list[tuple[str, UUID]]:
        """The roles a person holds on a day, each with its unit."""
        return [(held.role, held.unit) for held in self._by_person.get(person, ()) if held.on(on)]

    def holders(self, role: str, path: Iterable[UUID], on: date) -> tuple[UUID | None, list[UUID]]:
        """Who holds a role at the nearest unit of `path` that has any holder, and which unit that is."""
        for unit in path:
            held = [one.person for one in self._by_place.get((role, unit), ()) if one.on(on)]
            if held:
                return unit, held
        return None, []

    def cross_reviewers(self, role: str, path: Iterable[UUID]) -> list[UUID]:
        """Who was named in advance for a role, nearest unit first (R2)."""
        return [self.cross[role, unit] for unit in path if (role, unit) in self.cross]

    def principals_of(self, person: UUID, on: date) -> frozenset[UUID]:
        """In whose name a person may sign on a day."""
        return frozenset(one.principal for one in self.deputies if one.deputy == person and one.on(on))

    def deputies_of(self, principals: Collection[UUID], on: date) -> frozenset[UUID]:
        """Who may sign for any of the principals on a day."""
        return frozenset(one.deputy for one in self.deputies if one.principal in principals and one.on(on))


_kept: dict[UUID, Directory] = {}


def directory(agency: Agency) -> Directory:
    """The directory of an agency at the revision at hand; no query while that one is kept.

    Nothing is kept of what a transaction reads: it may yet be rolled back, and the revision be used again.
    """
    kept = _kept.get(agency.pk)
    if kept is not None and kept.revision == agency.revision:
        return kept
    found = Directory(agency.pk, agency.revision)
    if connection.in_atomic_block:
        return found
    _kept[agency.pk] = found.read()
    return found
