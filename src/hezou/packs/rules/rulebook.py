"""What is in force on a day, by code, and the route of a piece."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
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
NOT_A_LINE = define("packs.not_a_line", "kinds.{kind}: this kind does not take the line {line}.")


@dataclass(frozen=True)
class Rulebook:
    """The rules of one agency on one day: tables of rows by code, each in the order written.

    The look-ups raise Refused for a code that is not there.
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
        """The classes a piece of this kind may have here: the kind's, less `internal` where none is kept."""
        kept = self.allows(INTERNAL_KEPT)
        return tuple(one for one in self.kind(kind).classes if kept or one != "internal")


def compose(documents: Iterable[Document]) -> Rulebook:
    """The documents joined, each table in the order given. Raises Refused for a code that stands twice."""
    tables: dict[str, dict[str, Any]] = {field.name: {} for field in fields(Rulebook)}
    repeated = []
    for document in documents:
        for name, rows in document.tables():
            for row in rows:
                if row.code in tables[name]:
                    repeated.append(DUPLICATE(path=f"{name}.{row.code}"))
                tables[name][row.code] = row
    Refused.unless_none(repeated)
    return Rulebook(**{name: MappingProxyType(rows) for name, rows in tables.items()})


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
