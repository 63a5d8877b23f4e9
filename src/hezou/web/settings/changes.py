"""Differences of rules in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from hezou.packs.rules import Document, Rulebook
from hezou.packs.rules.differences import ADDED, CHANGED, MOVED, REMOVED, Change, Clash
from hezou.packs.rules.rows import Row
from hezou.packs.rules.schema import Shape, shapes
from hezou.web.settings.words import TABLES, field_words, summary, title, value_words


@dataclass(frozen=True)
class Shown:
    """One change: where, of which field, what became of it, and what stood there before and stands now."""

    where: str
    field: str
    what: str
    before: str
    after: str


@dataclass(frozen=True)
class ShownClash:
    """A place that two hands changed: what each wrote."""

    where: str
    ours: str
    theirs: str


def in_words(changes: Iterable[Change], old: Rulebook, new: Rulebook) -> list[Shown]:
    """The changes for readers; names are those of the rules before and after."""
    return [_shown(one, old, new) for one in changes]


def _shown(one: Change, old: Rulebook, new: Rulebook) -> Shown:
    where = " › ".join([str(TABLES[one.table]) if one.table else "", *(title(row) for row in one.rows)])
    if one.what == ADDED:
        return Shown(where, "", gettext("added"), "", summary(one.rows[-1], new))
    if one.what == REMOVED:
        return Shown(where, "", gettext("taken out"), summary(one.rows[-1], old), "")
    if one.what == MOVED:
        return Shown(where, "", gettext("in another order"), "", "")
    shape, words = _field(one)
    before, after = value_words(shape, one.before, old), value_words(shape, one.after, new)
    return Shown(where.strip(), words, gettext("changed"), before, after)


def _field(one: Change) -> tuple[Shape, str]:
    assert one.what == CHANGED
    sort: type[Row] = type(one.rows[-1]) if one.rows else Document
    shape = next(shape for shape in shapes(sort) if shape.name == one.field)
    return shape, field_words(sort, shape)[0]


def clashes_in_words(document: Document, clashes: Sequence[Clash], rules: Rulebook) -> list[ShownClash]:
    """Clashes for readers; `document` is the one in which ours stands."""
    return [_clash(document, one, rules) for one in clashes]


def _clash(document: Document, clash: Clash, rules: Rulebook) -> ShownClash:
    row: Any = document
    sort: type[Row] = type(document)
    said: list[str] = []
    shape: Shape | None = None
    for key in clash.path:
        found = next((one for one in shapes(sort) if one.name == key), None)
        if found is not None:
            shape = found
            said.append(field_words(sort, found)[0])
            sort, row = found.row or sort, getattr(row, key, ()) if row is not None else ()
        else:
            row = next((one for one in row or () if one.code == key), None)
            said.append(title(row) if row is not None else key)
    values = (_value(shape, sort, one, rules) for one in (clash.ours, clash.theirs))
    return ShownClash(" › ".join(said), *values)


def _value(shape: Shape | None, sort: type[Row], value: Any, rules: Rulebook) -> str:
    """A clashing value, which is plain: a row as a mapping, a label as one, or what a field holds."""
    if value is None:
        return gettext("taken out")
    if isinstance(value, dict) and "code" in value:
        return summary(sort.model_validate(value), rules)
    if isinstance(value, dict):
        return str(value["zh"]) if value["zh"] == value["en"] else f"{value['zh']} / {value['en']}"
    return value_words(shape, value, rules) if shape is not None else str(value)
