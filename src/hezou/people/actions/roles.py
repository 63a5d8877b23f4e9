"""Who may do what, for whom, and who steps in: roles, deputies, cross reviewers."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from hezou.audit.actions import action, record, same_agency
from hezou.kernel.errors import Refused
from hezou.kernel.messages import define
from hezou.people.actions.managing import end_of, manage
from hezou.people.models import Absence, CrossReviewer, Deputy, Grant, Person, Unit
from hezou.people.queries import not_over, rules_of, today_of
from hezou.people.rules.deputies import DATES, PAST, Term, why_not_deputy
from hezou.people.rules.roles import ADMINISTRATOR, ROLES, UNKNOWN_ROLE, why_not_role

HOLDS_ALREADY = define("people.holds_already", "{name} holds this role over {unit} on some of these days.")
NAMES_ONESELF = define(
    "people.names_oneself", "Nobody makes themselves a deputy: another administrator names you."
)
LAST_ADMINISTRATOR = define(
    "people.last_administrator",
    "Nobody with an account would be left to keep the system. Give the role to somebody else first.",
)


@action
def grant_role(
    *,
    by: Person,
    person: Person,
    role: str,
    unit: Unit,
    starts: date | None = None,
    ends: date | None = None,
) -> Grant:
    """A role over a unit and what is below it, from a day to a day (None: open).

    Raises Refused for an unknown role, dates in the wrong order or over, a role held already, and for roles
    that exclude each other.
    """
    manage(by, person, unit)
    _known(by, role)
    if ends is not None and ends < (starts or ends):
        raise Refused(DATES())
    if ends is not None and ends < today_of(by.agency):
        raise Refused(PAST())
    held = Grant.objects.filter(not_over(today_of(by.agency)), agency_id=by.agency_id, person=person)
    Refused.unless_none([why_not_role(role, set(held.values_list("role", flat=True)))])
    same = held.filter(role=role, unit=unit)
    if starts is not None:
        same = same.filter(Q(ends=None) | Q(ends__gte=starts))
    if ends is not None:
        same = same.filter(Q(starts=None) | Q(starts__lte=ends))
    if same.exists():
        raise Refused(HOLDS_ALREADY(name=person.name, unit=unit.name))
    return put_grant(by=by, person=person, role=role, unit=unit, starts=starts, ends=ends)


@action
def end_grant(*, by: Person, grant: Grant) -> Grant:
    """Take a role back with effect at once; one that is over already stays as it was."""
    manage(by)
    same_agency(by, grant)
    grant.refresh_from_db()
    if grant.ends is None or grant.ends > end_of(by):
        keep_an_administrator(by, leaving=Grant.objects.filter(agency_id=by.agency_id, pk=grant.pk))
        grant.ends = end_of(by)
        Grant.objects.filter(pk=grant.pk).update(ends=grant.ends)
        record(grant, "end")
    return grant


@action
def name_deputy(*, by: Person, principal: Person, deputy: Person, starts: date, ends: date) -> Deputy:
    """`deputy` signs in the name of `principal`, both days included.

    Raises Refused for oneself, for whoever names, dates in the wrong order or over, the same deputy twice,
    and for a circle.
    """
    manage(by, principal, deputy)
    return put_deputy(by=by, principal=principal, deputy=deputy, starts=starts, ends=ends)


@action
def end_deputy(*, by: Person, deputy: Deputy) -> Deputy:
    """Take a deputyship back with effect at once; one that is over already stays as it was."""
    manage(by)
    same_agency(by, deputy)
    deputy.refresh_from_db()
    stop_deputy(by, deputy)
    return deputy


@action
def name_cross_reviewer(*, by: Person, role: str, unit: Unit, person: Person) -> CrossReviewer:
    """Who takes the seat of a role over a unit when its holder is an author; replaces whoever was named."""
    manage(by, unit, person)
    _known(by, role)
    named, _ = CrossReviewer.objects.update_or_create(
        agency_id=by.agency_id, role=role, unit=unit, defaults={"person": person}
    )
    record(named, "name", role=role, unit=unit.pk, person=person.pk)
    return named


def put_deputy(
    *,
    by: Person,
    principal: Person,
    deputy: Person,
    starts: date,
    ends: date,
    absence: Absence | None = None,
) -> Deputy:
    """Within an act that has taken the directory: write the row and its entry. Refused as `name_deputy`."""
    if deputy.pk == by.pk:  # a deputy reads what waits for the principal, internal pieces too (R22)
        raise Refused(NAMES_ONESELF())
    rows = Deputy.objects.filter(agency_id=by.agency_id, ends__gte=starts)
    terms = [Term(row.principal_id, row.deputy_id, row.starts, row.ends) for row in rows]
    new = Term(principal.pk, deputy.pk, starts, ends)
    Refused.unless_none([why_not_deputy(new, terms, today_of(by.agency))])
    named = Deputy.objects.create(
        agency_id=by.agency_id,
        principal=principal,
        deputy=deputy,
        starts=starts,
        ends=ends,
        absence=absence,
    )
    record(
        named,
        "name",
        principal=principal.pk,
        deputy=deputy.pk,
        starts=starts.isoformat(),
        ends=ends.isoformat(),
    )
    return named


def stop_deputy(by: Person, deputy: Deputy) -> None:
    """Within an act that has taken the directory: end a deputyship at once, unless it is over already."""
    if deputy.ends > end_of(by):
        deputy.ends = end_of(by)
        Deputy.objects.filter(pk=deputy.pk).update(ends=deputy.ends)
        record(deputy, "end")


def put_grant(
    *,
    by: Person,
    person: Person,
    role: str,
    unit: Unit,
    starts: date | None = None,
    ends: date | None = None,
) -> Grant:
    """Within an act that has checked it: write the row and its entry."""
    grant = Grant.objects.create(
        agency_id=by.agency_id, person=person, role=role, unit=unit, starts=starts, ends=ends
    )
    record(
        grant,
        "grant",
        person=person.pk,
        role=role,
        unit=unit.pk,
        starts=starts.isoformat() if starts else None,
        ends=ends.isoformat() if ends else None,
    )
    return grant


def keep_an_administrator(by: Person, *, leaving: QuerySet[Grant]) -> None:
    """Raise Refused when nobody would be left who may change the directory."""
    if not leaving.filter(role=ADMINISTRATOR).exists():
        return
    others = Grant.objects.filter(
        Q(starts=None) | Q(starts__lte=today_of(by.agency)),
        agency_id=by.agency_id,
        role=ADMINISTRATOR,
        ends=None,
        person__retired_at=None,
        person__account__is_active=True,
    )
    if not others.exclude(pk__in=leaving.values("pk")).exists():
        raise Refused(LAST_ADMINISTRATOR())


def _known(by: Person, role: str) -> None:
    if role not in ROLES:
        known = tuple(row.label for row in rules_of(by.agency).roles.values())
        raise Refused(UNKNOWN_ROLE(role=role[:40], known=known))
