"""Where in a document a fault of the whole rules is put right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hezou.kernel.messages import Message
from hezou.packs.rules.rows import Document, Label
from hezou.packs.rules.rulebook import INTERNAL_KEPT

Place = tuple[int | str, ...]
"""Keys and numbers (from 0) from the document down to a value, a table or a row."""

BY_ROW: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "packs.no_route": (("kinds", "kind", "route"),),
    "packs.too_few_signers": (("kinds", "kind", "route"), ("routes", "route", "levels")),
    "packs.no_secrecy_step": (("kinds", "kind", "route"), ("routes", "route", "levels")),
    "packs.not_public": (("kinds", "kind", "classes"),),
    "packs.no_class_left": (("kinds", "kind", "classes"),),
    "packs.signature": (("routes", "route", "levels"),),
    "packs.repeated": (("routes", "route", "levels"),),
    "packs.untrodden": (("routes", "route", "label"),),
    "packs.no_report_field": (("natures", "nature", "report"),),
    "packs.not_named": (("natures", "nature", "report"),),
    "packs.out_of_range": (("numbers", "code", "value"),),
}
"""Message code → where to look, in order: a table, the parameter that is the row's code, the field."""
BY_STEP: Mapping[str, str] = {
    "packs.unknown_role": "role",
    "packs.not_reviewing": "role",
    "packs.unreachable": "lines",
}
"""Message code → the field of the step that the parameters `route` and `step` name."""


def place_of(message: Message, document: Document) -> Place | None:
    """The place in this document that an objection or remark is about; None where it is about none of it."""
    return next((place for place in _candidates(message, document) if place is not None), None)


def _candidates(message: Message, document: Document) -> Iterator[Place | None]:
    code, told = message.code, message.params
    for table, param, field in BY_ROW.get(code, ()):
        yield _value(document, table, told[param], field)
    if code in BY_STEP:
        yield _step(document, told["route"], told["step"], BY_STEP[code])
    elif code == "packs.same_name":
        yield _double(document, told["table"], told["name"])
    elif code == "packs.no_class_left":
        yield _value(document, "switches", INTERNAL_KEPT, "on")
    elif code == "packs.nothing_books" and _rows(document, "evidence_grades"):
        yield ("evidence_grades", len(_rows(document, "evidence_grades")) - 1, "books")
    elif code == "packs.empty" and hasattr(document, told["path"]):
        yield (told["path"],)


def _rows(document: Document, table: str) -> tuple[Any, ...]:
    return getattr(document, table, ())


def _number(document: Document, table: str, code: str) -> int | None:
    rows = enumerate(_rows(document, table))
    return next((number for number, row in rows if row.code == code), None)


def _value(document: Document, table: str, code: str, field: str) -> Place | None:
    number = _number(document, table, code)
    return None if number is None else (table, number, field)


def _step(document: Document, route: str, step: str, field: str) -> Place | None:
    number = _number(document, "routes", route)
    if number is None:
        return None
    levels = _rows(document, "routes")[number].levels
    return next(
        ("routes", number, "levels", level, "steps", place, field)
        for level, row in enumerate(levels)
        for place, one in enumerate(row.steps)
        if one.code == step
    )


def _double(document: Document, table: str, name: Label) -> Place | None:
    """The second of two rows of one name: a row of a table, or a level or step of one route."""
    found: dict[tuple[str, int], list[Place]] = {}
    for number, row in enumerate(_rows(document, table)):
        found.setdefault((row.label.of("zh"), 0), []).append((table, number, "label"))
    for number, route in enumerate(_rows(document, "routes")):
        for level, row in enumerate(route.levels):
            place: Place = ("routes", number, "levels", level)
            if table == "levels":
                found.setdefault((row.label.of("zh"), number), []).append((*place, "label"))
            if table == "steps":
                for at, step in enumerate(row.steps):
                    key = (step.label.of("zh"), number)
                    found.setdefault(key, []).append((*place, "steps", at, "label"))
    twice = (places[1] for (zh, _), places in found.items() if zh == name.of("zh") and len(places) > 1)
    return next(twice, None)
