"""What must hold of an agency's rules whoever writes them: signature, four eyes, secrecy review."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hezou.kernel.messages import Message, define
from hezou.packs.rules.rows import (
    LINES,
    REPORT_FIELDS,
    REPORT_NAMES,
    Kind,
    Line,
    Named,
    Nature,
    Route,
)
from hezou.packs.rules.rulebook import (
    COUNTERSIGN_WORKING_DAYS,
    INTERNAL_KEPT,
    MANUSCRIPT_CHARACTERS,
    WORDING_EDIT_CHARACTERS,
    Rulebook,
    steps_for,
)

ROLES = frozenset(
    {
        "writer",
        "unit_head",
        "leader_in_charge",
        "editor",
        "signer",
        "secrecy_reviewer",
        "recorder",
        "auditor",
        "administrator",
    }
)
"""The roles a seat may ask for and a label may name."""

SIGNERS: Mapping[Line, int] = {"up": 2, "out": 2, "in": 1}
"""How many counted steps a line asks for at least (R2: four eyes on all that leaves the house)."""

MOST_WORKING_DAYS = 60
"""A signature that is owed longer is owed no more."""

EMPTY = define("packs.empty", "{path}: at least one row is needed.")
NO_ROUTE = define("packs.no_route", "kinds.{kind}: the route {route} does not exist.")
REPEATED = define("packs.repeated", "routes.{route}: the code {code} stands twice.")
SIGNATURE = define(
    "packs.signature",
    "routes.{route}: the last level must be one step alone that counts and is asked of every line; it is the"
    " signature.",
)
TOO_FEW_SIGNERS = define(
    "packs.too_few_signers",
    "kinds.{kind}: the line {line} asks for at least {wanted} counted steps; the route {route} has {found}.",
)
NO_SECRECY_STEP = define(
    "packs.no_secrecy_step",
    "kinds.{kind}: the line {line} asks for a secrecy review; the route {route} has none.",
)
NOT_PUBLIC = define("packs.not_public", "kinds.{kind}: what goes out must allow the class public.")
NO_CLASS_LEFT = define(
    "packs.no_class_left",
    "kinds.{kind}: allows only the class internal, and limits say that none is kept.",
)
UNKNOWN_ROLE = define("packs.unknown_role", "{path}: the role {role} does not exist.")
UNLABELLED = define("packs.unlabelled", "labels.{table}: {code} has no label.")
NOT_A_CODE_OF = define("packs.not_a_code_of", "labels.{table}: {code} is no code of this table.")
NO_LIMIT = define("packs.no_limit", "limits.{table}: {code} is missing.")
OUT_OF_RANGE = define("packs.out_of_range", "limits.numbers: {code} must lie between 1 and {most}.")
NO_REPORT_FIELD = define(
    "packs.no_report_field", "bodies.natures.{nature}: a report piece has no field {field}."
)
NOT_NAMED = define(
    "packs.not_named", "bodies.natures.{nature}: the head or foot of a report piece must name {field}."
)
NOTHING_BOOKS = define(
    "packs.nothing_books", "bodies.evidence_grades: the last grade must be one that books."
)


def objections(rulebook: Rulebook, roles: frozenset[str] = ROLES) -> list[Message]:
    """Why these rules cannot be in force: one message for each fault, none when they hold."""
    return [
        *_empty_tables(rulebook),
        *(fault for route in rulebook.routes.values() for fault in _route_faults(route, roles)),
        *(fault for kind in rulebook.kinds.values() for fault in _kind_faults(rulebook, kind)),
        *_label_faults("roles", rulebook.roles, roles),
        *_label_faults("lines", rulebook.lines, frozenset(LINES)),
        *_limit_faults(rulebook),
        *(fault for nature in rulebook.natures.values() for fault in _report_faults(nature)),
        *_evidence_faults(rulebook),
    ]


def _empty_tables(rulebook: Rulebook) -> Iterator[Message]:
    for table in ("kinds", "unit_types", "natures", "adoption_forms", "evidence_grades"):
        if not getattr(rulebook, table):
            yield EMPTY(path=table)


def _route_faults(route: Route, roles: frozenset[str]) -> Iterator[Message]:
    steps = [step for _, _, step in route.walk()]
    for codes in ([level.code for level in route.levels], [step.code for step in steps]):
        for code in sorted({code for code in codes if codes.count(code) > 1}):
            yield REPEATED(route=route.code, code=code)
    for step in steps:
        if step.role not in roles:
            yield UNKNOWN_ROLE(path=f"routes.{route.code}.{step.code}", role=step.role)
    last = route.levels[-1].steps
    if len(last) != 1 or not last[0].counts or last[0].lines:
        yield SIGNATURE(route=route.code)


def _kind_faults(rulebook: Rulebook, kind: Kind) -> Iterator[Message]:
    if "out" in kind.lines and "public" not in kind.classes:
        yield NOT_PUBLIC(kind=kind.code)
    keeps = rulebook.switches.get(INTERNAL_KEPT)
    if keeps is not None and not rulebook.classes_of(kind.code):
        yield NO_CLASS_LEFT(kind=kind.code)
    route = rulebook.routes.get(kind.route)
    if route is None:
        yield NO_ROUTE(kind=kind.code, route=kind.route)
        return
    for line in kind.lines:
        # a piece that aims at this line alone is asked the fewest steps
        steps = [step for _, _, step in steps_for(route, frozenset({line})).walk()]
        found = sum(step.counts for step in steps)
        if found < SIGNERS[line]:
            yield TOO_FEW_SIGNERS(
                kind=kind.code, line=line, wanted=SIGNERS[line], route=route.code, found=found
            )
        if line == "out" and not any(step.secrecy for step in steps):
            yield NO_SECRECY_STEP(kind=kind.code, line=line, route=route.code)


def _label_faults(table: str, rows: Mapping[str, Named], codes: frozenset[str]) -> Iterator[Message]:
    for code in sorted(codes - set(rows)):
        yield UNLABELLED(table=table, code=code)
    for code in sorted(set(rows) - codes):
        yield NOT_A_CODE_OF(table=table, code=code)


def _limit_faults(rulebook: Rulebook) -> Iterator[Message]:
    for code in (MANUSCRIPT_CHARACTERS, WORDING_EDIT_CHARACTERS, COUNTERSIGN_WORKING_DAYS):
        if code not in rulebook.numbers:
            yield NO_LIMIT(table="numbers", code=code)
    days = rulebook.numbers.get(COUNTERSIGN_WORKING_DAYS)
    if days is not None and not 1 <= days.value <= MOST_WORKING_DAYS:
        yield OUT_OF_RANGE(code=days.code, most=MOST_WORKING_DAYS)
    if INTERNAL_KEPT not in rulebook.switches:
        yield NO_LIMIT(table="switches", code=INTERNAL_KEPT)


def _report_faults(nature: Nature) -> Iterator[Message]:
    if nature.report is None:
        return
    asked = nature.report.asks()
    for field in asked:
        if field not in REPORT_FIELDS:
            yield NO_REPORT_FIELD(nature=nature.code, field=field[:40])
    for field in REPORT_NAMES:
        if field not in asked:
            yield NOT_NAMED(nature=nature.code, field=field)


def _evidence_faults(rulebook: Rulebook) -> Iterator[Message]:
    grades = list(rulebook.evidence_grades.values())
    if grades and not grades[-1].books:
        yield NOTHING_BOOKS()
