"""What families, tables, fields and values of rules are called."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.dateformat import format as date_text
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from hezou.kernel.messages import Message
from hezou.packs.rules import (
    COUNTERSIGN_WORKING_DAYS,
    INTERNAL_KEPT,
    MANUSCRIPT_CHARACTERS,
    WORDING_EDIT_CHARACTERS,
    Rulebook,
)
from hezou.packs.rules.rows import Label, Row
from hezou.packs.rules.schema import Shape, shapes
from hezou.web.review.labels import CLASS
from hezou.web.templatetags.words import day, label

Said = str | Promise

FAMILIES: dict[str, tuple[Said, Said]] = {
    "kinds": (
        gettext_lazy("Kinds of manuscripts"),
        gettext_lazy("What is written here, which lines each kind takes and which route it goes."),
    ),
    "routes": (
        gettext_lazy("Review routes"),
        gettext_lazy("Level after level, who passes a piece before it may leave."),
    ),
    "labels": (
        gettext_lazy("Names"),
        gettext_lazy("How roles, units and lines are called here."),
    ),
    "bodies": (
        gettext_lazy("Reporting and adoption"),
        gettext_lazy("What sorts of bodies, adoptions and proofs of adoption there are."),
    ),
    "limits": (
        gettext_lazy("Limits and switches"),
        gettext_lazy("Figures that the program keeps to, and what is allowed here."),
    ),
    "calendars": (
        gettext_lazy("Working days"),
        gettext_lazy("Days off and days worked in exchange, as announced for each year."),
    ),
}
"""Family → its name and what it is for."""

TABLES: dict[str, Said] = {
    "kinds": gettext_lazy("Kinds"),
    "routes": gettext_lazy("Routes"),
    "levels": gettext_lazy("Levels"),
    "steps": gettext_lazy("Steps"),
    "roles": gettext_lazy("Roles"),
    "unit_types": gettext_lazy("Types of units"),
    "lines": gettext_lazy("Lines"),
    "terms": gettext_lazy("Our own things"),
    "natures": gettext_lazy("Natures of bodies"),
    "adoption_forms": gettext_lazy("Forms of adoption"),
    "evidence_grades": gettext_lazy("How sure an adoption is"),
    "numbers": gettext_lazy("Figures"),
    "switches": gettext_lazy("Switches"),
    "years": gettext_lazy("Years"),
}

FIELDS: dict[tuple[str, str], tuple[Said, Said]] = {
    ("", "label"): (gettext_lazy("Called"), ""),
    ("", "source"): (
        gettext_lazy("Rests on"),
        gettext_lazy("The paper or meeting that decided it; blank: as the whole of these rules."),
    ),
    ("Document", "source"): (
        gettext_lazy("Rests on"),
        gettext_lazy("The paper or meeting that decided these rules."),
    ),
    ("Kind", "lines"): (gettext_lazy("May take the lines"), ""),
    ("Kind", "route"): (gettext_lazy("Goes the route"), ""),
    ("Kind", "classes"): (gettext_lazy("May have the classes"), ""),
    ("Kind", "note"): (gettext_lazy("What is asked of it"), gettext_lazy("Shown to writers.")),
    ("Kind", "min_characters"): (
        gettext_lazy("Usual length from"),
        gettext_lazy("Characters; a hint, never enforced."),
    ),
    ("Kind", "max_characters"): (gettext_lazy("Usual length to"), gettext_lazy("Characters.")),
    ("Step", "role"): (gettext_lazy("Who decides"), ""),
    ("Step", "scope"): (gettext_lazy("Where the role is held"), ""),
    ("Step", "counts"): (
        gettext_lazy("Counts as one of the signers"),
        gettext_lazy("Those who count are different persons, and no authors."),
    ),
    ("Step", "edits"): (gettext_lazy("May change the text"), ""),
    ("Step", "secrecy"): (gettext_lazy("Is the secrecy review"), ""),
    ("Step", "lines"): (
        gettext_lazy("Asked only of pieces that may take"),
        gettext_lazy("None ticked: asked of every piece."),
    ),
    ("Nature", "report"): (gettext_lazy("How its report pieces are headed"), ""),
    ("ReportForm", "masthead"): (
        gettext_lazy("Name above a report piece"),
        gettext_lazy("Blank, with the lines below: the form that any body gets."),
    ),
    ("ReportForm", "under"): (
        gettext_lazy("Lines under the name"),
        gettext_lazy(
            "One a line, left | right. Fields: {unit} {signer} {writer} {telephone} {addressee} "
            "{issue_date} {number} {title}."
        ),
    ),
    ("ReportForm", "foot"): (gettext_lazy("Lines at the foot"), gettext_lazy("In the same way.")),
    ("EvidenceGrade", "books"): (gettext_lazy("From here on points are booked"), ""),
    ("Number", "value"): (gettext_lazy("Figure"), ""),
    ("Switch", "on"): (gettext_lazy("Allowed"), ""),
    ("CalendarYear", "year"): (gettext_lazy("Year"), ""),
    ("CalendarYear", "off"): (
        gettext_lazy("Days off"),
        gettext_lazy("As the notice has them, weekend days included: 2027-01-01 to 2027-01-03, 2027-02-05."),
    ),
    ("CalendarYear", "work"): (
        gettext_lazy("Weekend days worked"),
        gettext_lazy("In the same way: 2027-01-09, 2027-02-14."),
    ),
}
"""Row and field → label and help; a row without words of its own has those of the blank row."""

CODES: dict[str, Said] = {
    MANUSCRIPT_CHARACTERS: gettext_lazy("A manuscript holds at most so many characters"),
    WORDING_EDIT_CHARACTERS: gettext_lazy("An edit of more characters is never a mere change of wording"),
    COUNTERSIGN_WORKING_DAYS: gettext_lazy(
        "A consent by word of mouth is signed within so many working days"
    ),
    INTERNAL_KEPT: gettext_lazy("Internal pieces may be kept here"),
}
"""What the figures and switches are that have no name of their own."""

OPTIONS: dict[str, Said] = {
    "unit": gettext_lazy("In the piece's own unit, else in the one above it"),
    "agency": gettext_lazy("Anywhere in the agency"),
    **CLASS,
}

SCOPES: dict[str, Said] = {"unit": gettext_lazy("own unit"), "agency": gettext_lazy("whole agency")}


def field_words(row: type[Row], shape: Shape) -> tuple[str, str]:
    """Label and help of a field; a field without words is called by its name."""
    if shape.kind == "rows":
        return str(TABLES.get(shape.name, shape.name)), ""
    known = [FIELDS[key] for sort in row.__mro__ if (key := (sort.__name__, shape.name)) in FIELDS]
    words, help_text = known[0] if known else FIELDS.get(("", shape.name), (shape.name, ""))
    return str(words), str(help_text)


def title(row: Any) -> str:
    """What a row is called: its name, its year, or what the program calls a figure."""
    if hasattr(row, "label"):
        return label(row.label)
    if hasattr(row, "year"):
        return str(row.year)
    return str(CODES.get(row.code, row.code))


def option_words(code: str, rules: Rulebook) -> str:
    """One of the values that a field may have."""
    if code in rules.lines:
        return label(rules.lines[code].label)
    return str(OPTIONS.get(code, code))


def value_words(shape: Shape, value: Any, rules: Rulebook) -> str:
    """A value as a reader reads it; blank for none."""
    if value is None or value == ():
        return ""
    speak = SPEAK.get(shape.kind)
    return speak(shape, value, rules) if speak else str(value)


def _label(_: Shape, value: Label, __: Rulebook) -> str:
    return " / ".join(dict.fromkeys(value.of(language) for language in ("zh", "en")))


def _switch(_: Shape, value: bool, __: Rulebook) -> str:
    return gettext("yes") if value else gettext("no")


def _number(shape: Shape, value: int, _: Rulebook) -> str:
    return str(value) if shape.name == "year" else f"{value:,}"


def _name(shape: Shape, value: str, rules: Rulebook) -> str:
    found = rules.known(shape.table, value)
    return title(found) if found else value


def _choices(shape: Shape, value: Sequence[str], rules: Rulebook) -> str:
    return gettext(", ").join(option_words(one, rules) for one in value)


SPEAK: dict[str, Callable[[Shape, Any, Rulebook], str]] = {
    "label": _label,
    "switch": _switch,
    "number": _number,
    "name": _name,
    "choices": _choices,
    "part": lambda _, value, rules: summary(value, rules),
    "pairs": lambda _, value, __: " ⏎ ".join("　".join(filter(None, pair)) for pair in value),
    "choice": lambda _, value, rules: option_words(value, rules),
    "days": lambda _, value, __: days_words(value),
}
"""Kind of a field → how its values are said; text is said as it is."""


def days_words(days: Sequence[date]) -> str:
    """Days in their order, neighbours drawn together."""
    spans: list[list[date]] = []
    for one in sorted(days):
        if spans and (one - spans[-1][-1]).days == 1:
            spans[-1].append(one)
        else:
            spans.append([one])
    said = [_day(span[0]) if len(span) == 1 else _span(span[0], span[-1]) for span in spans]
    return gettext(", ").join(said)


def _day(one: date) -> str:
    return date_text(one, gettext("j M"))


def _span(first: date, last: date) -> str:
    return gettext("%(first)s to %(last)s") % {"first": _day(first), "last": _day(last)}


def summary(row: Any, rules: Rulebook) -> str:
    """A row in one line: what it says besides its name."""
    said = []
    sort: type[Row] = type(row)
    for shape in shapes(sort):
        value = getattr(row, shape.name)
        if not shape.is_shown or shape.name in ("label", "source"):
            continue
        if shape.kind == "rows":
            said.append(" → ".join(_inner(one, rules) for one in value))
        elif value_words(shape, value, rules):
            words, _ = field_words(sort, shape)
            said.append(_pair(words, shape, value, rules))
    return gettext("; ").join(filter(None, said))


def _inner(row: Any, rules: Rulebook) -> str:
    return f"{title(row)} {seat_words(row, rules)}" if hasattr(row, "role") else title(row)


def _pair(words: str, shape: Shape, value: Any, rules: Rulebook) -> str:
    if shape.kind == "switch":
        return words if value else ""
    return gettext("%(field)s: %(value)s") % {"field": words, "value": value_words(shape, value, rules)}


def seat_words(step: Any, rules: Rulebook) -> str:
    """`部门主要负责人（本部门）`: who decides at a step."""
    role = rules.known("roles", step.role)
    who = title(role) if role else step.role
    return gettext("%(role)s (%(where)s)") % {"role": who, "where": SCOPES[step.scope]}


def in_words(message: Message, rules: Rulebook) -> Message:
    """A message of the rules with names in the place of codes."""
    told = dict(message.params)
    for param, table in (
        ("kind", "kinds"),
        ("route", "routes"),
        ("nature", "natures"),
        ("role", "roles"),
        ("line", "lines"),
    ):
        row = rules.known(table, told[param]) if isinstance(told.get(param), str) else None
        if row is not None:
            told[param] = title(row)
    route = rules.known("routes", message.params.get("route", ""))
    if route is not None and "step" in told:
        told["step"] = next((title(s) for _, _, s in route.walk() if s.code == told["step"]), told["step"])
    for param in ("table", "path"):
        if told.get(param) in TABLES:
            told[param] = str(TABLES[told[param]])
    if told.get("code") in CODES:
        told["code"] = str(CODES[told["code"]])
    if "day" in told:
        told["day"] = day(date.fromisoformat(told["day"]))
    return Message(message.code, told)


def all_in_words(messages: Iterable[Message], rules: Rulebook) -> list[Message]:
    return [in_words(one, rules) for one in messages]
