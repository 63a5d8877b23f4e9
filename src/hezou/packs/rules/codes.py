"""Codes for rows that people name but do not code."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from pypinyin import lazy_pinyin

from hezou.packs.rules.rows import Document, Row
from hezou.packs.rules.schema import CODE_FIELD, shapes

Tree = dict[str, Any]
LONGEST = 30
"""Leaves room for a number where a code is taken."""


def code_for(label: Mapping[str, Any], taken: Collection[str]) -> str:
    """A code after the English name of a row, else after the sound of the Chinese one; none of `taken`."""
    english, chinese = (str(label.get(language) or "") for language in ("en", "zh"))
    words = english if re.search("[A-Za-z]", english) else " ".join(lazy_pinyin(chinese))
    plain = re.sub("[^a-z0-9]+", "_", words.lower()).strip("_")[:LONGEST].strip("_")
    base = plain if plain[:1].isalpha() else f"row_{plain}".strip("_")
    number, code = 1, base
    while code in taken:
        number += 1
        code = f"{base}_{number}"
    return code


def fill(document: type[Document], tree: Tree, taken: Mapping[str, Collection[str]]) -> None:
    """Give every row of the tree that has none a code, in place. `taken`: table → codes that mean something
    already. Inside one row codes of one sort differ throughout: a step's from that of every other level too.
    """
    for shape in shapes(document):
        if shape.row is not None:
            rows: list[Tree] = tree[shape.name]
            _fill_all(rows, taken.get(shape.name, ()))
            for one in rows:
                inside: dict[type[Row], list[Tree]] = {}
                _gather(shape.row, one, inside)
                for found in inside.values():
                    _fill_all(found, ())


def _gather(row: type[Row], tree: Tree, found: dict[type[Row], list[Tree]]) -> None:
    for shape in shapes(row):
        if shape.row is not None:
            for one in tree[shape.name]:
                found.setdefault(shape.row, []).append(one)
                _gather(shape.row, one, found)


def _fill_all(rows: Sequence[Tree], taken: Collection[str]) -> None:
    codes = {*taken, *(one[CODE_FIELD] for one in rows)}
    for one in rows:
        if not one[CODE_FIELD]:
            label = one.get("label") or {"en": f"y{one.get('year', '')}"}
            one[CODE_FIELD] = code_for(label, codes)
            codes.add(one[CODE_FIELD])
