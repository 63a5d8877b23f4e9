"""Reading the directory's rows; who holds what on a day is answered by `directory`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db.models import Q, QuerySet

from hezou.audit.prepared import prepared
from hezou.kernel import clock
from hezou.packs.queries import rulebook
from hezou.packs.rules import Rulebook
from hezou.people.models import Account, Agency, Deputy, Person, Unit


def today_of(agency: Agency) -> date:
    """The calendar day in the agency's zone."""
    return clock.today(agency.zone)


def rules_of(agency: Agency) -> Rulebook:
    """The rules in force in the agency today, by its own calendar.

    Kept per process by the agency's revision, which every adoption of rules bumps: no query while it stands.
    """
    return _rules(agency.pk, agency.revision, today_of(agency))


@lru_cache(maxsize=64)
def _rules(agency_id: UUID, revision: int, on: date) -> Rulebook:
    return rulebook(agency_id, on)


def in_force(on: date) -> Q:
    """Rows with `starts` and `ends` that hold on a day, both included; an open end is NULL."""
    return Q(Q(starts=None) | Q(starts__lte=on), Q(ends=None) | Q(ends__gte=on))


def units(agency_id: UUID) -> QuerySet[Unit]:
    """The units in use, in the order the agency gives them."""
    return Unit.objects.filter(agency_id=agency_id, retired_at=None).order_by("position", "sort_key")


def root_unit(agency_id: UUID) -> Unit:
    return Unit.objects.get(agency_id=agency_id, parent=None)


def persons(agency_id: UUID) -> QuerySet[Person]:
    """Everybody who works here now, without the system person."""
    return Person.objects.filter(agency_id=agency_id, retired_at=None, is_system=False)


def account(account_id: UUID) -> Account | None:
    """An account with its person, their unit and agency."""
    found = _accounts(account_id=account_id)
    return found[0] if found else None


@prepared
def _accounts(account_id: UUID) -> QuerySet[Account]:
    return Account.objects.filter(pk=account_id)


def not_over(on: date) -> Q:
    """Rows with `ends` that hold on a day or begin after it; an open end is NULL."""
    return Q(ends=None) | Q(ends__gte=on)


def tree(rows: Iterable[Unit]) -> list[tuple[Unit, int]]:
    """Units with their depth (the root has 0), each after its superior, otherwise in the order given."""
    children: dict[UUID | None, list[Unit]] = {}
    for unit in rows:
        children.setdefault(unit.parent_id, []).append(unit)
    found: list[tuple[Unit, int]] = []
    pending = [(unit, 0) for unit in reversed(children.get(None, ()))]
    while pending:
        unit, depth = pending.pop()
        found.append((unit, depth))
        pending.extend((child, depth + 1) for child in reversed(children.get(unit.pk, ())))
    return found


def deputies_of(person: Person, on: date) -> QuerySet[Deputy]:
    """Deputyships that hold on a day or later, in which the person is principal or deputy."""
    involved = Q(principal=person) | Q(deputy=person)
    rows = Deputy.objects.filter(not_over(on), involved, agency_id=person.agency_id)
    return rows.select_related("principal", "deputy").order_by("starts", "id")
