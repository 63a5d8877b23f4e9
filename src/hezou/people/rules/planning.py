"""What a sheet would change in the directory: one plan a row, made before anything is written.

Rows are independent of each other: one that cannot be taken is refused with its reasons and left out, the
others are written. Units come first, so that a sheet may name them in any order; then the persons in the
order of the sheet. Nothing is ever ended, retired or moved in the tree by a sheet.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from hezou.kernel.errors import Refused
from hezou.kernel.messages import Message, define
from hezou.people.rules import names
from hezou.people.rules.roles import AGENCY_WIDE, UNKNOWN_ROLE, why_not_role
from hezou.people.rules.sheet import COLUMNS, Row

UNIT_MISSING = define("people.unit_missing", "Name the unit.")
UNKNOWN_UNIT = define(
    "people.unknown_unit",
    "There is no unit {unit}. Add it with its superior unit: in this row, or in a row of its own.",
)
OTHER_PARENT = define("people.other_parent", "{unit} stands under {parent} already; a sheet moves no unit.")
ROOT_UNIT = define("people.root_unit", "{unit} is the agency itself and stands under no other unit.")
SAME_AS = define("people.same_as", "The same person as in row {line}.")
NAMESAKE = define(
    "people.namesake",
    "{name} works in {unit} already. If this is the same person, change the unit on their page; if not, give"
    " the staff number.",
)
AMBIGUOUS = define("people.ambiguous", "Several persons are called {name}. Give the staff number.")
OTHER_NAME = define("people.other_name", "The staff number {number} belongs to {name}.")
NUMBER_TAKEN = define("people.number_taken", "The staff number {number} belongs to {name}, who has left.")
USERNAME_TAKEN = define("people.username_taken", "The account name {username} is taken.")
HAS_ACCOUNT = define("people.has_account", "{name} has the account {username} already.")
NO_PERSON = define("people.no_person", "A row without a name may hold a unit and its superior unit only.")

ADDS_UNIT = define("people.adds_unit", "Adds the unit {unit} under {parent}.")
ADDS_PERSON = define("people.adds_person", "Adds {name} to {unit}.")
CHANGES = define("people.changes", "Changes {what} from “{before}” to “{after}”.")
OPENS_ACCOUNT = define("people.opens_account", "Opens the account {username}.")
GRANTS = define("people.grants", "Gives the role {role} over {unit}.")

CREATED, CHANGED, UNCHANGED, REFUSED = "created", "changed", "unchanged", "refused"

_SEPARATORS = re.compile(r"[、，,;；/\n|]+")
_ROLE = re.compile(r"(?P<role>[^（(]+?)\s*(?:[（(](?P<unit>[^）)]+)[）)])?")


@dataclass(frozen=True)
class Known:
    """A person of the directory as it stands; `roles`: (role, unit name) in force."""

    id: Any
    name: str
    unit: str
    post: str = ""
    phone: str = ""
    staff_number: str = ""
    username: str = ""
    roles: frozenset[tuple[str, str]] = frozenset()
    retired: bool = False


@dataclass(frozen=True)
class Directory:
    """The directory as it stands.

    `root`: the name of the root unit, `aliases`: what else the agency is called; `units`: name → superior
    (the root's is ''); `taken`: account names of the installation among those a sheet names; `labels`:
    role → label; `codes`: what a role may be called in a sheet → role.
    """

    root: str
    aliases: frozenset[str]
    units: Mapping[str, str]
    persons: Sequence[Known]
    taken: frozenset[str]
    labels: Mapping[str, str]
    codes: Mapping[str, str]


@dataclass(frozen=True)
class Plan:
    """What one row would do. `person`: who is meant (None: nobody yet, or a unit's row).

    `values`: the fields to write; `unit` and `parent`: a unit to add first; `messages`: what is done, or why
    not.
    """

    line: int
    outcome: str
    messages: tuple[Message, ...] = ()
    name: str = ""
    person: Any = None
    unit: str = ""
    parent: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    username: str = ""
    roles: tuple[tuple[str, str], ...] = ()


def usernames(rows: Sequence[Row]) -> set[str]:
    """The account names a sheet asks for, as they would be stored; those that cannot be are left out."""
    found = set()
    for row in rows:
        try:
            found.add(names.admit_username(row.username))
        except Refused:
            continue
    return found


def plan(rows: Sequence[Row], directory: Directory) -> list[Plan]:
    """One plan a row, in the order in which they are to be carried out."""
    return _Planner(directory).plan(rows)


class _Planner:
    """The directory as it would stand after the rows planned so far."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self.units = dict(directory.units)
        self.by_name: dict[str, list[Known]] = {}
        self.by_number: dict[str, Known] = {}
        self.taken = set(directory.taken)
        self.lines: dict[Any, int] = {}
        """Person → the line that named them."""
        for known in directory.persons:
            self._keep(known)

    def plan(self, rows: Sequence[Row]) -> list[Plan]:
        found: dict[int, Plan] = {}
        waiting = [row for row in rows if not row.name]
        while waiting:
            # a superior unit may stand further down: as long as any unit finds its place, look again
            placed = [row for row in waiting if self._place(row.parent or self.directory.root) in self.units]
            for row in placed or waiting:
                found[row.line] = _guarded(row, self._plan_unit)
            waiting = [row for row in waiting if row.line not in found]
        for row in rows:
            if row.name:
                found[row.line] = _guarded(row, self._plan_person)
        return list(found.values())

    def _plan_unit(self, row: Row) -> Plan:
        if replace(row, unit="", parent="") != Row(row.line):
            raise Refused(NO_PERSON())
        unit, parent = self._unit(row.unit, row.parent or self.directory.root, own=not row.parent)
        if not parent:
            return Plan(row.line, UNCHANGED, name=unit)
        self.units[unit] = parent
        adds = ADDS_UNIT(unit=unit, parent=parent)
        return Plan(row.line, CREATED, (adds,), name=unit, unit=unit, parent=parent)

    def _plan_person(self, row: Row) -> Plan:
        name, number = names.admit_name(row.name), names.admit_line(row.staff_number, names.NUMBER)
        unit, parent = self._unit(row.unit, row.parent) if row.unit else ("", "")
        known = self._who(name, number, unit)
        if known is None and not unit:
            raise Refused(UNIT_MISSING())
        if known is not None and known.id in self.lines:
            raise Refused(SAME_AS(line=self.lines[known.id]))
        stands = known or Known(("row", row.line), name, unit)
        values, changes = self._values(row, stands, unit, number)
        username = self._username(row, stands)
        roles = self._roles(row, stands, values.get("unit", stands.unit), adds=unit if parent else "")
        messages = (
            *((ADDS_UNIT(unit=unit, parent=parent),) if parent else ()),
            *(changes if known else (ADDS_PERSON(name=name, unit=unit),)),
            *((OPENS_ACCOUNT(username=username),) if username else ()),
            *(GRANTS(role=self.directory.labels[role], unit=over) for role, over in roles),
        )
        if parent:
            self.units[unit] = parent
        self.taken.add(username)
        self.lines[stands.id] = row.line
        if known is None:
            values |= {"name": name, "unit": unit}
            self._keep(replace(stands, staff_number=number))
        return Plan(
            row.line,
            CREATED if known is None else CHANGED if messages else UNCHANGED,
            messages,
            name,
            known.id if known else None,
            unit if parent else "",
            parent,
            values,
            username,
            roles,
        )

    def _keep(self, known: Known) -> None:
        self.by_name.setdefault(known.name, []).append(known)
        if known.staff_number:
            self.by_number[known.staff_number] = known

    def _place(self, unit: str) -> str:
        """A unit's name as stored; whatever the agency is called means its root unit."""
        unit = names.normal(unit)
        return self.directory.root if unit in self.directory.aliases else unit

    def _unit(self, unit: str, parent: str, *, own: bool = False) -> tuple[str, str]:
        """The unit's name, and the superior to add it under ('' when it is there already).

        `own`: the superior is only what is assumed where the row names none.
        """
        unit = self._place(names.admit_line(unit, names.UNIT, missing=UNIT_MISSING))
        parent = self._place(parent)
        if unit == self.directory.root and parent and not own:
            raise Refused(ROOT_UNIT(unit=unit))
        if unit in self.units:
            if parent and not own and self.units[unit] != parent:
                raise Refused(OTHER_PARENT(unit=unit, parent=self.units[unit]))
            return unit, ""
        if parent not in self.units:
            raise Refused(UNKNOWN_UNIT(unit=parent or unit))
        return unit, parent

    def _who(self, name: str, number: str, unit: str) -> Known | None:
        """The person a row means; None for a new one. Raises Refused where that cannot be told."""
        if number in self.by_number:
            holder = self.by_number[number]
            if holder.retired:
                raise Refused(NUMBER_TAKEN(number=number, name=holder.name))
            if holder.name != name:
                raise Refused(OTHER_NAME(number=number, name=holder.name))
            return holder
        same = [one for one in self.by_name.get(name, ()) if not one.retired]
        if number:  # a number not known yet: a new person, or one here who had none
            same = [one for one in same if not one.staff_number]
        here = [one for one in same if unit in {"", one.unit}]
        if len(here) > 1:
            raise Refused(AMBIGUOUS(name=name))
        if same and not here and not number:
            raise Refused(NAMESAKE(name=name, unit=same[0].unit))
        return here[0] if here else None

    def _values(
        self, row: Row, stands: Known, unit: str, number: str
    ) -> tuple[dict[str, str], tuple[Message, ...]]:
        """The fields a row writes, and what it says about that. A blank cell changes nothing."""
        asked = {
            "unit": unit,
            "post": names.admit_line(row.post, names.LINE),
            "phone": names.admit_line(row.phone, names.NUMBER),
            "staff_number": number,
        }
        values = {key: value for key, value in asked.items() if value and value != getattr(stands, key)}
        changes = tuple(
            CHANGES(what=COLUMNS[key][0], before=getattr(stands, key), after=value)
            for key, value in values.items()
        )
        return values, changes

    def _username(self, row: Row, stands: Known) -> str:
        """The account to open; '' for none."""
        username = names.admit_username(row.username) if row.username else ""
        if username in {"", stands.username}:
            return ""
        if stands.username:
            raise Refused(HAS_ACCOUNT(name=stands.name, username=stands.username))
        if username in self.taken:
            raise Refused(USERNAME_TAKEN(username=username))
        return username

    def _roles(self, row: Row, stands: Known, unit: str, adds: str) -> tuple[tuple[str, str], ...]:
        """The roles to give: (role, unit). Written `role` or `role（unit）`, several with marks between."""
        given: list[tuple[str, str]] = []
        for part in filter(None, map(str.strip, _SEPARATORS.split(row.roles))):
            written = _ROLE.fullmatch(part)
            role = self.directory.codes.get(written["role"], "") if written else ""
            if written is None or not role:
                raise Refused(UNKNOWN_ROLE(role=part, known=tuple(self.directory.labels.values())))
            over = self.directory.root if role in AGENCY_WIDE else unit
            if written["unit"]:
                over = self._place(written["unit"])
                if over not in self.units and over != adds:
                    raise Refused(UNKNOWN_UNIT(unit=over))
            Refused.unless_none([why_not_role(role, {held for held, _ in (*stands.roles, *given)})])
            if (role, over) not in stands.roles and (role, over) not in given:
                given.append((role, over))
        return tuple(given)


def _guarded(row: Row, planned: Callable[[Row], Plan]) -> Plan:
    """The plan, or the reasons against it."""
    try:
        Refused.unless_none(row.problems)
        return planned(row)
    except Refused as refusal:
        return Plan(row.line, REFUSED, refusal.messages, name=row.name or row.unit)
