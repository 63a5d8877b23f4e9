"""What the directory knows somebody by, handed to a successor: roles and days on duty."""

from __future__ import annotations

from hezou.audit.actions import action, record, require
from hezou.kernel.ref import Ref
from hezou.people.actions.managing import hold, manage
from hezou.people.actions.roles import end_grant, put_grant
from hezou.people.models import Duty, Grant, Person
from hezou.people.queries import not_over, rules_of, today_of
from hezou.people.rules.handover import DUTY, ON_DUTY_ALREADY, ROLE, Item
from hezou.people.rules.roles import why_not_role

HAND_OVER = "person.hand_over"


def role_items(person: Person, successor: Person) -> list[tuple[Grant, Item]]:
    """The roles of somebody that hold today or will, each with why the successor may not hold it."""
    on, rules = today_of(person.agency), rules_of(person.agency)
    held = Grant.objects.filter(not_over(on), agency_id=person.agency_id)
    own = set(held.filter(person=successor).values_list("role", flat=True))
    found = []
    for grant in held.filter(person=person).select_related("unit").order_by("id"):
        why = why_not_role(grant.role, own)
        row = rules.roles.get(grant.role)
        says = ROLE(role=row.label if row else grant.role, unit=grant.unit.name)
        found.append((grant, Item(Ref.to(grant), says, (why,) if why else ())))
        own |= {grant.role} if why is None else set()
    return found


@action
def hand_over_roles(*, by: Person, person: Person, successor: Person) -> list[Item]:
    """The successor holds the roles from today on, the other no longer; by right of `people.manage`.

    Raises Refused where nobody would be left to keep the system (`end_grant`).
    """
    manage(by, successor)
    on = today_of(by.agency)
    items = role_items(person, successor)
    for grant, item in items:
        if item.why_not:
            continue
        same = Grant.objects.filter(not_over(on), agency_id=by.agency_id, person=successor, role=grant.role)
        if not same.filter(unit=grant.unit).exists():
            put_grant(
                by=by,
                person=successor,
                role=grant.role,
                unit=grant.unit,
                starts=max(grant.starts or on, on),
                ends=grant.ends,
            )
        end_grant(by=by, grant=grant)
    return [item for _, item in items]


def duty_items(person: Person, successor: Person) -> list[tuple[Duty, Item]]:
    """The days on duty from today on, each with why the successor cannot take it."""
    on = today_of(person.agency)
    rows = Duty.objects.filter(agency_id=person.agency_id, day__gte=on)
    taken = set(rows.filter(person=successor).values_list("day", flat=True))
    return [
        (
            duty,
            Item(
                Ref.to(duty),
                DUTY(day=duty.day),
                (ON_DUTY_ALREADY(name=successor.name),) if duty.day in taken else (),
            ),
        )
        for duty in rows.filter(person=person).order_by("day", "part", "position")
    ]


@action
def hand_over_duties(*, by: Person, person: Person, successor: Person) -> list[Item]:
    """The successor is on duty on these days instead, by their own telephone."""
    require(by, HAND_OVER, person)
    hold(by, successor)
    items = duty_items(person, successor)
    for duty, item in items:
        if not item.why_not:
            Duty.objects.filter(pk=duty.pk).update(person=successor, phone=successor.phone)
            record(duty, "hand_over", sender=person.pk, to=successor.pk, day=duty.day.isoformat())
    return [item for _, item in items]
