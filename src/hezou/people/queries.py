"""Reading the directory's rows; who holds what on a day is answered by `directory`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import F, Q, QuerySet

from hezou.audit.prepared import prepared
from hezou.kernel import clock
from hezou.packs.queries import rulebook
from hezou.packs.rules import Rulebook
from hezou.people.directory import directory
from hezou.people.models import (
    Absence,
    Account,
    Agency,
    Deputy,
    Duty,
    Grant,
    OpenSession,
    Person,
    Unit,
)
from hezou.people.rules.roles import RESPONSIBLE
from hezou.people.rules.units import nearest_headed


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


def held_on(agency_id: UUID, on: date) -> QuerySet[Grant]:
    """Every role held on a day by somebody who works here, in the order of names."""
    rows = Grant.objects.filter(in_force(on), agency_id=agency_id, person__retired_at=None)
    return rows.select_related("person", "unit").order_by("person__sort_key", "person_id", "id")


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


def factors(account: Account) -> QuerySet[Authenticator]:
    """An account's second factors in the order they were set up, recovery codes among them."""
    rows: QuerySet[Authenticator] = Authenticator.objects.filter(user=account).order_by("created_at", "id")
    return rows


def has_second_factor(account: Account) -> bool:
    """Whether logging in asks for more than the password."""
    return factors(account).exclude(type=Authenticator.Type.RECOVERY_CODES).exists()


def must_have_second_factor(person: Person) -> bool:
    """Whether a role the person holds today, or a principal's, asks for a second factor."""
    roles = person.agency.second_factor_roles
    if not roles:
        return False
    here, today = directory(person.agency), today_of(person.agency)
    hands = (person.pk, *here.principals_of(person.pk, today))
    return any(role in roles for one in hands for role, _ in here.roles_of(one, today))


def owes_second_factor(person: Person) -> bool:
    """Whether a role asks for a second factor that the person does not have yet."""
    return must_have_second_factor(person) and not is_guarded(person)


def is_guarded(person: Person) -> bool:
    """Whether the person has an account that asks for more than its password."""
    rows = Authenticator.objects.filter(user__person=person)
    return bool(rows.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())


def without_second_factor(agency: Agency) -> QuerySet[Person]:
    """Whoever must have a second factor by a role of their own, has an account, and has none yet."""
    today = today_of(agency)
    held = Grant.objects.filter(
        in_force(today), agency_id=agency.pk, role__in=agency.second_factor_roles
    ).values("person_id")
    safe = Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES).values("user_id")
    rows = persons(agency.pk).filter(pk__in=held, account__is_active=True).exclude(account__pk__in=safe)
    return rows.select_related("unit").order_by("sort_key", "id")


def open_sessions(account: Account) -> QuerySet[OpenSession]:
    """Where an account is logged in, the latest first; what the time-outs have ended is left out."""
    now = clock.now()
    rows = OpenSession.objects.filter(
        agency_id=account.agency_id,
        account=account,
        seen_at__gt=now - settings.SESSION_IDLE,
        begun_at__gt=now - settings.SESSION_LONGEST,
    )
    return rows.order_by("-seen_at", "id")


def absences_of(person: Person, on: date) -> QuerySet[Absence]:
    """The absences of a person that hold on a day or later, the next first."""
    rows = Absence.objects.filter(agency_id=person.agency_id, person=person, ends__gte=on)
    # One that was called off before it began ends before it starts.
    rows = rows.filter(ends__gte=F("starts")).select_related("person__agency", "deputy")
    return rows.order_by("starts", "id")


def away_on(agency_id: UUID, on: date, ids: Iterable[UUID] | None = None) -> dict[UUID, Absence]:
    """Person → their absence on a day, of those named or of everybody; one query."""
    rows = Absence.objects.filter(agency_id=agency_id, starts__lte=on, ends__gte=on)
    if ids is not None:
        rows = rows.filter(person_id__in=set(ids))
    return {row.person_id: row for row in rows.select_related("person", "deputy")}


def usual_deputy(person: Person) -> Person | None:
    """Who stood in when the person was last away, or was last named; None where that person has left."""
    mine = {"agency_id": person.agency_id, "deputy__retired_at": None}
    last = Absence.objects.filter(person=person, **mine).order_by("-pk").values_list("deputy_id", flat=True)
    named = Deputy.objects.filter(principal=person, **mine).order_by("-ends", "-pk")
    found = last.exclude(deputy=None).first() or named.values_list("deputy_id", flat=True).first()
    return Person.objects.filter(agency_id=person.agency_id, pk=found).first() if found else None


def roster(agency_id: UUID, first: date, last: date) -> QuerySet[Duty]:
    """Who is on duty from a day to a day, both included: by day, each part in its order."""
    rows = Duty.objects.filter(agency_id=agency_id, day__gte=first, day__lte=last).exclude(person=None)
    return rows.select_related("person__unit").order_by("day", "part", "position")


def responsible_in(agency_id: UUID, on: date) -> dict[UUID, Person]:
    """Unit → somebody who is responsible for that very unit on a day; units without one are left out."""
    held = Grant.objects.filter(in_force(on), agency_id=agency_id, role=RESPONSIBLE, person__retired_at=None)
    rows = held.select_related("person").order_by("person__sort_key", "person_id")
    return {row.unit_id: row.person for row in reversed(rows)}


def unattended(agency: Agency) -> list[tuple[Unit, Person | None]]:
    """The units nobody is responsible for, in the agency's order, each with who is asked instead."""
    found = list(units(agency.pk))
    heads = responsible_in(agency.pk, today_of(agency))
    nearest = nearest_headed({unit.pk: unit.parent_id for unit in found}, heads)
    asked = {unit: heads[head] for unit, head in nearest.items() if head is not None}
    return [(unit, asked.get(unit.pk)) for unit in found if unit.pk in nearest]
