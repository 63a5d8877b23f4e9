"""What must hold of an agency's rules whoever writes them: signature, four eyes, secrecy review."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from hezou.kernel.messages import Message, define
from hezou.packs.rules.rows import (
    LINES,
    REPORT_FIELDS,
    REPORT_NAMES,
    Kind,
    Level,
    Line,
    Named,
    Nature,
    Route,
    Step,
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

SEATED = frozenset({"unit_head", "leader_in_charge", "editor", "signer", "secrecy_reviewer"})
"""The roles that may sit in review; writers, recorders and the administrators do not (R22)."""

SIGNERS: Mapping[Line, int] = {"up": 2, "out": 2, "in": 1}
"""How many counted steps a line asks for at least (R2: four eyes on all that leaves the house)."""

MOST_WORKING_DAYS = 60
"""A signature that is owed longer is owed no more."""

NAMED = (
    "kinds",
    "routes",
    "roles",
    "unit_types",
    "lines",
    "natures",
    "adoption_forms",
    "evidence_grades",
)
"""The tables whose rows people choose by name."""

EMPTY = define("packs.empty", "{path}: at least one row is needed.")
NO_ROUTE = define("packs.no_route", "Kind {kind}: the route {route} does not exist.")
REPEATED = define("packs.repeated", "Route {route}: the code {code} stands twice.")
SIGNATURE = define(
    "packs.signature",
    "Route {route}: the last level must be one step alone that counts and is asked of every line; it is the"
    " signature.",
)
TOO_FEW_SIGNERS = define(
    "packs.too_few_signers",
    "Kind {kind}: the line {line} asks for at least {wanted} counted steps; the route {route} has {found}.",
)
NO_SECRECY_STEP = define(
    "packs.no_secrecy_step",
    "Kind {kind}: the line {line} asks for a secrecy review; the route {route} has none.",
)
NOT_PUBLIC = define("packs.not_public", "Kind {kind}: what goes out must allow the class public.")
NO_CLASS_LEFT = define(
    "packs.no_class_left",
    "Kind {kind}: allows only the class internal, and limits say that none is kept.",
)
UNKNOWN_ROLE = define("packs.unknown_role", "Route {route}, step {step}: the role {role} does not exist.")
NOT_REVIEWING = define(
    "packs.not_reviewing", "Route {route}, step {step}: the role {role} does not review pieces."
)
UNREACHABLE = define(
    "packs.unreachable",
    "Route {route}, step {step}: no kind on this route takes a line that asks for it; nobody sits there.",
)
UNTRODDEN = define("packs.untrodden", "Route {route}: no kind goes this route.")
SAME_NAME = define("packs.same_name", "{table}: two rows are called {name}. Give one another name.")
UNLABELLED = define("packs.unlabelled", "{table}: {code} has no label.")
NOT_A_CODE_OF = define("packs.not_a_code_of", "{table}: {code} is no code of this table.")
NO_LIMIT = define("packs.no_limit", "{table}: {code} is missing.")
OUT_OF_RANGE = define("packs.out_of_range", "{code}: from 1 to {most}, no other figure.")
NO_REPORT_FIELD = define("packs.no_report_field", "Nature {nature}: a report piece has no field {field}.")
NOT_NAMED = define(
    "packs.not_named", "Nature {nature}: the head or foot of a report piece must name {field}."
)
NOTHING_BOOKS = define("packs.nothing_books", "The last grade of evidence must be one that books.")


def objections(rulebook: Rulebook, roles: frozenset[str] = ROLES) -> list[Message]:
    """Why these rules cannot be in force: one message for each fault, none when they hold."""
    return [
        *_empty_tables(rulebook),
        *(fault for route in rulebook.routes.values() for fault in _route_faults(route, roles)),
        *(fault for kind in rulebook.kinds.values() for fault in _kind_faults(rulebook, kind)),
        *_same_names(rulebook),
        *_label_faults("roles", rulebook.roles, roles),
        *_label_faults("lines", rulebook.lines, frozenset(LINES)),
        *_limit_faults(rulebook),
        *(fault for nature in rulebook.natures.values() for fault in _report_faults(nature)),
        *_evidence_faults(rulebook),
    ]


def remarks(rulebook: Rulebook) -> list[Message]:
    """What is odd but holds: rules that ask nobody. Kinds and routes are adopted one after the other, so that
    in between such a rule must be possible."""
    return [*_unreachable(rulebook), *_untrodden(rulebook)]


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
            yield UNKNOWN_ROLE(route=route.code, step=step.code, role=step.role)
        elif step.role not in SEATED:
            yield NOT_REVIEWING(route=route.code, step=step.code, role=step.role)
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


def _unreachable(rulebook: Rulebook) -> Iterator[Message]:
    """Steps asked only of lines that no kind on their route takes."""
    for route in rulebook.routes.values():
        taken = [line for kind in rulebook.kinds.values() if kind.route == route.code for line in kind.lines]
        for _, _, step in route.walk():
            if taken and not step.asked_of(frozenset(taken)):
                yield UNREACHABLE(route=route.code, step=step.code)


def _untrodden(rulebook: Rulebook) -> Iterator[Message]:
    gone = {kind.route for kind in rulebook.kinds.values()}
    yield from (UNTRODDEN(route=code) for code in rulebook.routes if code not in gone)


def _same_names(rulebook: Rulebook) -> Iterator[Message]:
    """Rows that nobody could tell apart in a list to choose from."""
    for table in NAMED:
        yield from _doubles(table, getattr(rulebook, table).values())
    for route in rulebook.routes.values():
        yield from _doubles("levels", route.levels)
        yield from _doubles("steps", [step for _, _, step in route.walk()])


def _doubles(table: str, rows: Iterable[Named | Level | Step]) -> Iterator[Message]:
    """What the agency calls two rows alike; its own language is Chinese."""
    seen: set[str] = set()
    for row in rows:
        if row.label.of("zh") in seen:
            yield SAME_NAME(table=table, name=row.label)
        seen.add(row.label.of("zh"))


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
