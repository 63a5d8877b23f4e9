"""Keeping the duty roster: a sheet of days, or one day typed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from hezou.audit.actions import act, record, require
from hezou.kernel.errors import Refused
from hezou.people.actions.importing import Line, Report
from hezou.people.actions.managing import hold
from hezou.people.models import Absence, Agency, Duty, Person
from hezou.people.queries import persons, today_of
from hezou.people.rules.absences import Days
from hezou.people.rules.planning import REFUSED
from hezou.people.rules.roster import PARTS, Colleague, Plan, Post, Row, Stands, plan

KEEP = "duty.keep"


def keep_roster(*, by: Person, rows: Sequence[Row], dry_run: bool) -> Report:
    """Write the days of a roster; a dry run says what would happen and writes nothing.

    Rows are independent: those with errors are reported and left out, the others are all written in one act.
    Raises Forbidden without the right to keep the roster.
    """
    require(by, KEEP)
    if dry_run:
        return _report(plan(rows, _stands(by.agency)))
    with act(by):
        hold(by)
        planned = plan(rows, _stands(by.agency))
        for one in planned:
            _write(by, one)
        return _report(planned)


def put_on_duty(*, by: Person, row: Row) -> Line:
    """One day as it was typed. Raises Refused with the reasons, Forbidden without the right."""
    with act(by):
        [line] = keep_roster(by=by, rows=[row], dry_run=False).lines
        if line.outcome == REFUSED:
            raise Refused(*line.messages)
        return line


def write_part(by: Person, day: date, part: str, posts: Sequence[Post]) -> None:
    """Within an act that has taken the directory: one part of one day; places beyond stay empty."""
    key: dict[str, Any] = {"agency_id": by.agency_id, "day": day, "part": part}
    for position, post in enumerate(posts):
        values = {"person_id": post.person, "phone": post.phone}
        Duty.objects.update_or_create(**key, position=position, defaults=values)
    Duty.objects.filter(**key, position__gte=len(posts)).update(person=None, phone="")
    first = Duty.objects.get(**key, position=0)
    record(first, "put_on_duty", day=day.isoformat(), part=part, persons=[post.person for post in posts])


def _write(by: Person, planned: Plan) -> None:
    if planned.day is None:
        return
    for part in PARTS:
        if part in planned.parts:
            write_part(by, planned.day, part, planned.parts[part])


def _report(planned: Sequence[Plan]) -> Report:
    return Report(tuple(Line(one.line, one.name, one.outcome, one.messages) for one in planned))


def _stands(agency: Agency) -> Stands:
    """Everybody, their absences and the roster as it stands; three queries."""
    today = today_of(agency)
    away: dict[UUID, list[Days]] = {}
    for row in Absence.objects.filter(agency_id=agency.pk, ends__gte=today):
        away.setdefault(row.person_id, []).append((row.starts, row.ends))
    days: dict[date, dict[str, tuple[Post, ...]]] = {}
    duties = Duty.objects.filter(agency_id=agency.pk).exclude(person=None).select_related("person")
    for duty in duties.order_by("day", "part", "position"):
        parts = days.setdefault(duty.day, {})
        name = duty.person.name if duty.person else ""
        parts[duty.part] = (*parts.get(duty.part, ()), Post(duty.person_id, name, duty.phone))
    return Stands(
        persons=[
            Colleague(one.pk, one.name, one.unit.name, one.phone, tuple(away.get(one.pk, ())))
            for one in persons(agency.pk).select_related("unit")
        ],
        days=days,
        today=today,
    )
