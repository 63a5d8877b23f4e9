"""A sheet of units and persons, written by a plan that was made first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F
from django.utils.translation import get_language

from hezou.audit.actions import act, record, require
from hezou.kernel.messages import Message
from hezou.people.actions.accounts import Secret, new_secret, put_account
from hezou.people.actions.managing import MANAGE, manage
from hezou.people.actions.persons import put_person, write_person
from hezou.people.actions.roles import put_grant
from hezou.people.actions.units import put_unit
from hezou.people.models import Account, Grant, Person, Unit
from hezou.people.queries import not_over, root_unit, rules_of, today_of
from hezou.people.rules.planning import REFUSED, Directory, Known, Plan, plan, usernames
from hezou.people.rules.sheet import Row


@dataclass(frozen=True)
class Line:
    """What became of one row (`line` as in the sheet): created, changed, unchanged or refused, and why.

    `username` and `password`: the account opened, told once; '' in a dry run.
    """

    line: int
    name: str
    outcome: str
    messages: tuple[Message, ...]
    username: str = ""
    password: str = ""


@dataclass(frozen=True)
class Report:
    """One line a row, in the order of the sheet."""

    lines: tuple[Line, ...]

    def count(self, outcome: str) -> int:
        """How many rows came out so."""
        return sum(line.outcome == outcome for line in self.lines)


def import_directory(*, by: Person, rows: Sequence[Row], dry_run: bool) -> Report:
    """Write the units and persons of a sheet; a dry run says what would happen and writes nothing.

    Rows are independent: those with errors are reported and left out, the others are all written in one act.
    Raises Forbidden without the right to manage the directory.
    """
    require(by, MANAGE)
    planned = plan(rows, _directory(by, rows))
    if dry_run:
        return _report(_line(one) for one in planned)
    secrets = {one.username: new_secret() for one in planned if one.username}
    with act(by):
        manage(by)
        writer = _Writer(by, secrets)
        report = _report(writer.write(one) for one in plan(rows, _directory(by, rows)))
        outcomes = {outcome: report.count(outcome) for outcome in ("created", "changed", "refused")}
        record(by.agency, "import", **outcomes)
    return report


class _Writer:
    """Carries out plans; knows the units by name as they come to be."""

    def __init__(self, by: Person, secrets: Mapping[str, Secret]) -> None:
        self.by = by
        self.secrets = secrets
        self.units = {
            unit.name: unit for unit in Unit.objects.filter(agency_id=by.agency_id, retired_at=None)
        }
        self.persons = Person.objects.filter(agency_id=by.agency_id).in_bulk()

    def write(self, planned: Plan) -> Line:
        if planned.outcome == REFUSED:
            return _line(planned)
        if planned.unit:
            parent = self.units[planned.parent]
            self.units[planned.unit] = put_unit(by=self.by, parent=parent, name=planned.unit)
        person = self._person(planned)
        for role, unit in planned.roles:
            put_grant(by=self.by, person=person, role=role, unit=self.units[unit])
        if not planned.username:
            return _line(planned)
        username = planned.username
        secret = self.secrets.get(username)  # none where the directory changed since the first plan
        opened = put_account(by=self.by, person=person, username=username, secret=secret)
        return _line(planned, password=opened.password)

    def _person(self, planned: Plan) -> Any:
        """The row's person, written; None for a unit's row."""
        values: dict[str, Any] = dict(planned.values)
        if planned.person is not None:
            person = self.persons[planned.person]
            if values:
                Person.objects.filter(pk=person.pk).update(revision=F("revision") + 1)
            if "unit" in values:
                values["unit"] = self.units[values["unit"]]
            return write_person(person, values)
        if not values:
            return None
        return put_person(by=self.by, unit=self.units[values.pop("unit")], values=values)


def _report(lines: Iterable[Line]) -> Report:
    return Report(tuple(sorted(lines, key=lambda line: line.line)))


def _line(planned: Plan, password: str = "") -> Line:
    return Line(planned.line, planned.name, planned.outcome, planned.messages, planned.username, password)


def _directory(by: Person, rows: Sequence[Row]) -> Directory:
    """The directory as it stands, as the planner sees it; five queries whatever its size."""
    agency = by.agency
    units: dict[UUID, Unit] = {
        unit.pk: unit for unit in Unit.objects.filter(agency_id=agency.pk).order_by("position")
    }
    root = root_unit(agency.pk)
    accounts = dict(Account.objects.filter(agency_id=agency.pk).values_list("person_id", "username"))
    held: dict[UUID, set[tuple[str, str]]] = {}
    for grant in Grant.objects.filter(not_over(today_of(agency)), agency_id=agency.pk):
        held.setdefault(grant.person_id, set()).add((grant.role, units[grant.unit_id].name))
    roles = rules_of(agency).roles
    language = get_language() or settings.LANGUAGE_CODE
    return Directory(
        root=root.name,
        aliases=frozenset({agency.name, agency.short_name}),
        units={
            unit.name: units[unit.parent_id].name if unit.parent_id else ""
            for unit in units.values()
            if unit.retired_at is None
        },
        persons=[
            Known(
                id=person.pk,
                name=person.name,
                unit=units[person.unit_id].name,
                post=person.post,
                phone=person.phone,
                staff_number=person.staff_number,
                username=accounts.get(person.pk, ""),
                roles=frozenset(held.get(person.pk, ())),
                retired=person.retired_at is not None,
            )
            for person in Person.objects.filter(agency_id=agency.pk, is_system=False)
        ],
        taken=frozenset(
            Account.objects.filter(username__in=usernames(rows)).values_list("username", flat=True)
        ),
        labels={code: row.label.of(language) for code, row in roles.items()},
        codes={name: code for code, row in roles.items() for name in (row.label.zh, row.label.en)},
    )
