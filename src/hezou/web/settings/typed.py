"""A document as it is typed: what the fields of a form hold, and what that means.

*Typed* values are a tree of the schema's shape whose leaves are what forms send: text, ticks, codes. Names of
fields are the places in that tree, joined by `-`: `routes-0-levels-1-steps-0-label-zh`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from hezou.kernel.text import why_not_text
from hezou.packs.rules.rows import Row
from hezou.packs.rules.schema import CODE_FIELD, Shape, shapes

Tree = dict[str, Any]
ROWS_AT_MOST = 200
LANGUAGES = ("zh", "en")
GROUP = re.compile(r"[a-z_]+(-\d+-[a-z_]+)*")
DAY = re.compile(r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?")
UNTIL = re.compile(r"至|到|~|～|—+|–|\bto\b")
SPAN = "~"
BETWEEN = "|"
"""Stands between the left and the right part of a line."""
DAYS_AT_MOST = 366


def typed_of(row: Row) -> Tree:
    """The typed values that say what a document or row says."""
    return {shape.name: _typed(shape, getattr(row, shape.name)) for shape in shapes(type(row))}


def _typed(shape: Shape, value: Any) -> Any:
    if shape.row is not None:
        return [typed_of(one) for one in value]
    if shape.inner is not None:
        return typed_of(value) if value is not None else blank(shape.inner)
    if shape.kind == "label":
        return {language: getattr(value, language, "") for language in LANGUAGES}
    if shape.kind in ("choices", "switch"):
        return list(value) if shape.kind == "choices" else value
    return _text(shape, value)


def _text(shape: Shape, value: Any) -> str:
    if shape.kind == "pairs":
        return "\n".join(f"{left} {BETWEEN} {right}".strip() for left, right in value)
    if shape.kind == "days":
        return "\n".join(_lines([one.isoformat() for one in value]))
    return "" if value is None else str(value)


def _lines(days: list[str]) -> Iterator[str]:
    for start in range(0, len(days), 7):
        yield ", ".join(days[start : start + 7])


def blank(row: type[Row]) -> Tree:
    """The typed values of a new row: what the schema takes for given, one row inside where rows are asked."""
    found: Tree = {}
    for shape in shapes(row):
        default = row.model_fields[shape.name].get_default()
        if shape.row is not None:
            found[shape.name] = [blank(shape.row)]
        elif shape.inner is not None:
            found[shape.name] = blank(shape.inner)
        elif shape.kind == "choice":
            found[shape.name] = shape.options[0]
        elif shape.kind in ("choices", "switch"):
            ticked = list(default) if isinstance(default, tuple) else []
            found[shape.name] = ticked if shape.kind == "choices" else default is True
        else:
            found[shape.name] = dict.fromkeys(LANGUAGES, "") if shape.kind == "label" else ""
    return found


def read(row: type[Row], data: QueryDict, prefix: str = "") -> Tree:
    """What was sent for a document, or for the row whose fields begin with `prefix`."""
    found: Tree = {}
    for shape in shapes(row):
        name = prefix + shape.name
        if shape.row is not None:
            found[shape.name] = list(_read_rows(shape.row, data, name))
        elif shape.inner is not None:
            found[shape.name] = read(shape.inner, data, f"{name}-")
        elif shape.kind == "label":
            found[shape.name] = {one: _line(data, f"{name}-{one}") for one in LANGUAGES}
        elif shape.kind == "choices":
            found[shape.name] = [one for one in shape.options if one in data.getlist(name)]
        else:
            found[shape.name] = name in data if shape.kind == "switch" else _line(data, name)
    return found


def _read_rows(row: type[Row], data: QueryDict, name: str) -> Iterator[Tree]:
    for number in range(ROWS_AT_MOST):
        if f"{name}-{number}-{CODE_FIELD}" not in data:
            return
        yield read(row, data, f"{name}-{number}-")


def _line(data: QueryDict, name: str) -> str:
    words = data.get(name, "")
    return "" if why_not_text(words) else words.strip()


def sent(tree: Tree, row: type[Row], prefix: str = "") -> MultiValueDict[str, str]:
    """The fields as a form would send them."""
    found: MultiValueDict[str, str] = MultiValueDict()
    for shape in shapes(row):
        name, value = prefix + shape.name, tree[shape.name]
        if shape.row is not None:
            for number, one in enumerate(value):
                _join(found, sent(one, shape.row, f"{name}-{number}-"))
        elif shape.inner is not None:
            _join(found, sent(value, shape.inner, f"{name}-"))
        elif shape.kind == "label":
            for language in LANGUAGES:
                found[f"{name}-{language}"] = value[language]
        elif shape.kind == "choices":
            found.setlist(name, value)
        elif shape.kind != "switch":
            found[name] = value
        elif value:
            found[name] = "on"
    return found


def _join(found: MultiValueDict[str, str], more: MultiValueDict[str, str]) -> None:
    for name, values in more.lists():
        found.setlist(name, values)


def meant(row: type[Row], tree: Tree) -> Tree:
    """The plain values for `packs.rules.parsing.admit`; what is blank is left out, what is unread stays."""
    found = {shape.name: _meant(shape, tree) for shape in shapes(row)}
    return {name: value for name, value in found.items() if value is not None}


def _meant(shape: Shape, tree: Tree) -> Any:
    value = tree[shape.name]
    if shape.row is not None:
        return [meant(shape.row, one) for one in value]
    if shape.inner is not None:
        inner = meant(shape.inner, value)
        return inner if any(inner.values()) else None
    if shape.kind == "days":
        return days(value, str(tree.get("year", "")))
    return READ[shape.kind](value) if shape.kind in READ else value or None


def _label(value: dict[str, str]) -> dict[str, str] | None:
    """One language is enough: a clerk who writes no English is not asked for it."""
    told = value["zh"] or value["en"]
    return {one: value[one] or told for one in LANGUAGES} if told else None


def _number(value: str) -> int | str | None:
    plain = value.replace(",", "").replace("，", "")
    return int(plain) if re.fullmatch(r"[0-9]{1,9}", plain) else value or None


def _pairs(value: str) -> list[list[str]]:
    lines = (line.partition(BETWEEN) for line in value.splitlines() if line.strip())
    return [[left.strip(), right.strip()] for left, _, right in lines]


READ: dict[str, Callable[[Any], Any]] = {
    "label": _label,
    "number": _number,
    "pairs": _pairs,
    "choices": list,
    "switch": bool,
}
"""Kind of a field → what its typed value means; text means itself, blank text nothing."""


def days(text: str, year: str) -> list[date | str]:
    """The days that a text names one by one or as spans; what cannot be read stays as it was typed."""
    joined = re.sub(rf"\s*({UNTIL.pattern})\s*", SPAN, text)
    found: list[date | str] = []
    for part in filter(None, re.split(r"[\s,，、;；。]+", joined)):
        ends = part.split(SPAN)
        first = _day(ends[0], year)
        last = first if len(ends) == 1 else _last(ends[-1], first)
        if len(ends) > 2 or first is None or last is None or not 0 <= (last - first).days < DAYS_AT_MOST:
            found.append(part)
        else:
            found += [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return list(dict.fromkeys(found))


def _last(text: str, first: date | None) -> date | None:
    """The end of a span; a number alone is a day of the month it begins in: `1月1日至3日`."""
    if first is None:
        return None
    alone = re.fullmatch(r"(\d{1,2})日?", text)
    return _day(f"{first.month}-{alone[1]}" if alone else text, str(first.year))


def _day(text: str, year: str) -> date | None:
    found = DAY.fullmatch(text)
    if found is None or not (found[1] or year.isdecimal()):
        return None
    try:
        return date(int(found[1] or year), int(found[2]), int(found[3]))
    except (ValueError, OverflowError):
        return None


def reshape(document: type[Row], tree: Tree, wish: str) -> str:
    """Add, remove or move a row in place, as `add:kinds` or `up:kinds-2` wishes; the place to look at next.

    A wish that fits nothing changes nothing.
    """
    what, _, place = wish.partition(":")
    group, _, number = (place, "", "") if what == "add" else place.rpartition("-")
    if not GROUP.fullmatch(group) or not (number or "0").isdigit():
        return ""
    found = _rows_at(document, tree, group)
    if found is None:
        return ""
    row, rows = found
    at = int(number or 0)
    if what == "add" and len(rows) < ROWS_AT_MOST:
        rows.append(blank(row))
        return f"{group}-{len(rows) - 1}"
    if what in ("up", "down") and at < len(rows):
        to = min(max(at + (1 if what == "down" else -1), 0), len(rows) - 1)
        rows.insert(to, rows.pop(at))
        return f"{group}-{to}"
    if what == "remove" and at < len(rows):
        rows.pop(at)
        return group
    return ""


def _rows_at(row: type[Row], tree: Tree, group: str) -> tuple[type[Row], list[Tree]] | None:
    """The rows of a group such as `routes-0-levels`, and of which sort they are; None for no group."""
    name, *rest = group.split("-", 2)
    shape = next((one for one in shapes(row) if one.name == name), None)
    if shape is None or shape.row is None or shape.fixed:
        return None
    rows: list[Tree] = tree[name]
    if not rest:
        return shape.row, rows
    return _rows_at(shape.row, rows[int(rest[0])], rest[1]) if int(rest[0]) < len(rows) else None
