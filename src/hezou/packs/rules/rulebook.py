"""What is in force on a day, by code, and the route of a piece."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Any, TypeVar

from hezou.kernel.errors import Refused
from hezou.kernel.messages import define
from hezou.packs.rules.rows import (
    CalendarYear,
    ContentClass,
    Document,
    EvidenceGrade,
    Kind,
    Line,
    Named,
    Nature,
    Number,
    Route,
    Switch,
)

Row = TypeVar("Row")

MANUSCRIPT_CHARACTERS = "manuscript_characters"
"""Number: how many characters a manuscript holds at most."""
WORDING_EDIT_CHARACTERS = "wording_edit_characters"
"""Number: an edit in a step that touches more characters than this is never a mere change of wording."""
COUNTERSIGN_WORKING_DAYS = "countersign_working_days"
"""Number: within how many working days a consent by word of mouth is signed on paper (补签)."""
INTERNAL_KEPT = "internal_kept"
"""Switch: whether pieces of the class `internal` may be kept on this installation at all."""

UNKNOWN = define("packs.unknown", "The rules in force know no {path}.")
DUPLICATE = define("packs.duplicate", "{path}: this code stands twice.")
NOT_A_LINE = define("packs.not_a_line", "Kind {kind}: it does not take the line {line}.")


@dataclass(frozen=True)
class Rulebook:
    """The rules of one agency on one day: tables of rows by code, each in the order written.

    The look-ups raise Refused for a code that is not there. `past` holds by table the rows that were in force
    on an earlier day and are not any more: things made then are still called so (`known`).
    """

    kinds: Mapping[str, Kind]
    routes: Mapping[str, Route]
    roles: Mapping[str, Named]
    unit_types: Mapping[str, Named]
    lines: Mapping[str, Named]
    terms: Mapping[str, Named]
    natures: Mapping[str, Nature]
    adoption_forms: Mapping[str, Named]
    evidence_grades: Mapping[str, EvidenceGrade]
    numbers: Mapping[str, Number]
    switches: Mapping[str, Switch]
    years: Mapping[str, CalendarYear]
    past: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def known(self, table: str, code: str) -> Any | None:
        """The row of a code in force or formerly in force; None for a code there never was."""
        rows: Mapping[str, Any] = getattr(self, table)
        return rows.get(code) or self.past.get(table, {}).get(code)

    def kind(self, code: str) -> Kind:
        return _find("kinds", self.kinds, code)

    def route(self, code: str) -> Route:
        return _find("routes", self.routes, code)

    def role(self, code: str) -> Named:
        return _find("roles", self.roles, code)

    def unit_type(self, code: str) -> Named:
        return _find("unit_types", self.unit_types, code)

    def line(self, code: str) -> Named:
        return _find("lines", self.lines, code)

    def term(self, code: str) -> Named:
        return _find("terms", self.terms, code)

    def nature(self, code: str) -> Nature:
        return _find("natures", self.natures, code)

    def adoption_form(self, code: str) -> Named:
        return _find("adoption_forms", self.adoption_forms, code)

    def evidence_grade(self, code: str) -> EvidenceGrade:
        return _find("evidence_grades", self.evidence_grades, code)

    def limit(self, code: str) -> int:
        return _find("numbers", self.numbers, code).value

    def allows(self, code: str) -> bool:
        return _find("switches", self.switches, code).on

    def classes_of(self, kind: str) -> tuple[ContentClass, ...]:
        """The classes a piece of this kind may have here: the kind's, less `internal` where none is kept.

        Knows kinds that are no longer in use, for the pieces there are of them.
        """
        kept = self.allows(INTERNAL_KEPT)
        row: Kind = self.known("kinds", kind) or self.kind(kind)
        return tuple(one for one in row.classes if kept or one != "internal")


TABLES = tuple(one.name for one in fields(Rulebook) if one.name != "past")
"""The names of the tables, in the order of the families."""


def compose(documents: Iterable[Document], earlier: Iterable[Document] = ()) -> Rulebook:
    """The documents joined, each table in the order given. Raises Refused for a code that stands twice.

    `earlier`: what was in force before, oldest first; of a code that is gone the latest row is kept.
    """
    tables: dict[str, dict[str, Any]] = {name: {} for name in TABLES}
    repeated = []
    for document in documents:
        for name, rows in document.tables():
            for row in rows:
                if row.code in tables[name]:
                    repeated.append(DUPLICATE(path=f"{name}.{row.code}"))
                tables[name][row.code] = row
    Refused.unless_none(repeated)
    past: dict[str, dict[str, Any]] = {}
    for document in earlier:
        for name, rows in document.tables():
            gone = {row.code: row for row in rows if row.code not in tables[name]}
            past.setdefault(name, {}).update(gone)
    return Rulebook(past=past, **{name: MappingProxyType(rows) for name, rows in tables.items()})


def route_for(rulebook: Rulebook, kind: str, lines: Iterable[Line] | None = None) -> Route:
    """The route a piece of `kind` goes that aims at `lines` (None: at every line of its kind).

    Holds only the steps asked of these lines; a level left without a step is left out. Raises Refused for
    an unknown kind and for a line that the kind does not take.
    """
    row = rulebook.kind(kind)
    aims = frozenset(row.lines if lines is None else lines)
    Refused.unless_none([NOT_A_LINE(kind=kind, line=line) for line in sorted(aims - set(row.lines))])
    return steps_for(rulebook.route(row.route), aims)


def steps_for(route: Route, lines: frozenset[Line]) -> Route:
    """The route with only the steps asked of a piece that aims at these lines."""
    levels = []
    for level in route.levels:
        steps = tuple(step for step in level.steps if step.asked_of(lines))
        if steps:
            levels.append(level.model_copy(update={"steps": steps}))
    return route.model_copy(update={"levels": tuple(levels)})


def _find(table: str, rows: Mapping[str, Row], code: str) -> Row:
    found = rows.get(code)
    if found is None:
        raise Refused(UNKNOWN(path=f"{table}.{code[:40]}"))
    return found
