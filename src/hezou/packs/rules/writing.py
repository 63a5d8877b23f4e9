"""From a document to its TOML text: what forms made is adopted as what a hand could have written."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from hezou.packs.rules.parsing import SCHEMA
from hezou.packs.rules.rows import Document

DAYS_A_LINE = 7


def write(document: Document) -> str:
    """The text of a document; `parse` gives the same document back. What equals its default is left out."""
    tree = document.model_dump(exclude_defaults=True, exclude_none=True)
    return "\n".join([f"schema = {SCHEMA}", *_table(tree, ())]) + "\n"


def _table(tree: Mapping[str, Any], place: tuple[str, ...]) -> Iterator[str]:
    """A table's own values first: after the head of a further one they would be taken for that one's."""
    for key, value in tree.items():
        if not _is_rows(value):
            yield from _value(key, value)
    for key, rows in tree.items():
        if _is_rows(rows):
            for row in rows:
                yield ""
                yield f"[[{'.'.join((*place, key))}]]"
                yield from _table(row, (*place, key))


def _is_rows(value: Any) -> bool:
    return isinstance(value, tuple) and bool(value) and isinstance(value[0], dict)


def _value(key: str, value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _value(f"{key}.{name}", inner)
    elif isinstance(value, tuple) and (len(value) > DAYS_A_LINE or _is_pairs(value)):
        step = 1 if _is_pairs(value) else DAYS_A_LINE
        yield f"{key} = ["
        for start in range(0, len(value), step):
            yield "  " + ", ".join(map(_scalar, value[start : start + step])) + ","
        yield "]"
    elif isinstance(value, tuple):
        yield f"{key} = [{', '.join(map(_scalar, value))}]"
    else:
        yield f"{key} = {_scalar(value)}"


def _is_pairs(value: tuple[Any, ...]) -> bool:
    return bool(value) and isinstance(value[0], tuple)


def _scalar(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False)  # words hold no control characters: as JSON, so as TOML
