"""From a TOML text to a document, hostile texts included: a clear refusal that names the place."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from hezou.kernel.errors import Refused
from hezou.kernel.messages import Message, define
from hezou.kernel.text import why_not_text
from hezou.packs.rules.rows import (
    CODE,
    NO_WEEKEND,
    OTHER_YEAR,
    WRONG_ORDER,
    Bodies,
    Calendars,
    Document,
    Kinds,
    Labels,
    Limits,
    Routes,
)

Tree = dict[str, Any]

SCHEMA = 1
"""The schema that new documents are written in."""
MIGRATORS: Mapping[int, Callable[[str, Tree], Tree]] = {}
"""Schema number → how a document's family and tree become those of the next number."""
FAMILIES: Mapping[str, type[Document]] = {
    "kinds": Kinds,
    "routes": Routes,
    "labels": Labels,
    "bodies": Bodies,
    "limits": Limits,
    "calendars": Calendars,
}
HOW = {
    "missing": "missing",
    "extra_forbidden": "unknown",
    **{sort: sort for sort in (WRONG_ORDER, OTHER_YEAR, NO_WEEKEND)},
}
"""Pydantic's type of a fault → how it is called here."""
MAX_BYTES = 131_072
MAX_LINE = 1_000
"""Longest line in characters: the reader needs quadratic time for a dotted key, and a key is one line."""
MAX_MESSAGES = 10

UNKNOWN_FAMILY = define("packs.unknown_family", "There is no family of rules called {family}.")
TOO_LARGE = define("packs.too_large", "{family}: the document is larger than {limit} bytes.")
LONG_LINE = define("packs.long_line", "{family}: line {line} is longer than {limit} characters.")
NOT_TOML = define("packs.not_toml", "{family}: line {line} cannot be read as TOML.")
TOO_DEEP = define("packs.too_deep", "{family}: the values are nested too deep.")
NO_SCHEMA = define("packs.no_schema", "{family}: the first value must be the number of the schema.")
NEWER_SCHEMA = define(
    "packs.newer_schema",
    "{family}: written in schema {found}, this installation reads up to {known}. Upgrade it first.",
)
MISSING = define("packs.missing", "{path}: a value is missing.")
UNKNOWN_KEY = define("packs.unknown_key", "{path}: this key is not known.")
WRONG_VALUE = define("packs.wrong_value", "{path}: this value is not allowed here ({value}).")


def parse(family: str, body: str) -> Document:
    """The document that `body` writes. Raises Refused with up to ten messages."""
    if family not in FAMILIES:
        raise Refused(UNKNOWN_FAMILY(family=family[:40]))
    _guard(family, body)
    tree = _tree(family, body)
    try:
        return FAMILIES[family].model_validate(upgrade(family, tree))
    except ValidationError as error:
        raise Refused(*(one.message for one in _faults(family, error)[:MAX_MESSAGES])) from None


@dataclass(frozen=True)
class Fault:
    """What is wrong with one value: its place (keys and numbers from 0), how, and the same as a message.

    `how`: missing, unknown, wrong, or one of the sorts that `rows` names.
    """

    place: tuple[int | str, ...]
    how: str
    message: Message


def admit(family: str, tree: Tree) -> Document | list[Fault]:
    """The document that a tree of plain values makes, or all that is wrong with it."""
    try:
        return FAMILIES[family].model_validate(tree)
    except ValidationError as error:
        return _faults(family, error)


def _faults(family: str, error: ValidationError) -> list[Fault]:
    found = error.errors(include_url=False, include_context=False)
    return [
        Fault(
            one["loc"], HOW.get(one["type"], "wrong"), _message(family, one["type"], one["loc"], one["input"])
        )
        for one in found
    ]


def is_code(text: str) -> bool:
    """Whether `text` has the form of a code."""
    return re.fullmatch(CODE, text) is not None


def text_hash(body: str) -> str:
    """SHA-256 of a document's text as 64 hexadecimal digits; what a stored version is known by."""
    return hashlib.sha256(body.encode()).hexdigest()


def upgrade(
    family: str,
    tree: Tree,
    *,
    target: int = SCHEMA,
    migrators: Mapping[int, Callable[[str, Tree], Tree]] = MIGRATORS,
) -> Tree:
    """The tree in schema `target`, without its schema number. Raises Refused for a number unknown here."""
    found = tree.get("schema")
    if type(found) is not int or found < 1:
        raise Refused(NO_SCHEMA(family=family))
    if found > target:
        raise Refused(NEWER_SCHEMA(family=family, found=_shown(found), known=target))
    tree = {key: value for key, value in tree.items() if key != "schema"}
    for number in range(found, target):
        tree = migrators[number](family, tree)
    return tree


def _guard(family: str, body: str) -> None:
    Refused.unless_none([why_not_text(body)])
    if len(body.encode()) > MAX_BYTES:
        raise Refused(TOO_LARGE(family=family, limit=MAX_BYTES))
    for number, line in enumerate(body.split("\n"), start=1):
        if len(line) > MAX_LINE:
            raise Refused(LONG_LINE(family=family, line=number, limit=MAX_LINE))


def _tree(family: str, body: str) -> Tree:
    try:
        return tomllib.loads(body)
    except RecursionError:
        raise Refused(TOO_DEEP(family=family)) from None
    except ValueError as error:  # an error at the end of the text names no line
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else body.count("\n") + 1
        raise Refused(NOT_TOML(family=family, line=line)) from None


def _message(family: str, kind: str, place: tuple[int | str, ...], value: object) -> Message:
    path = family + "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part[:40]}" for part in place)
    if kind == "missing":
        return MISSING(path=path)
    if kind == "extra_forbidden":
        return UNKNOWN_KEY(path=path)
    return WRONG_VALUE(path=path, value=_shown(value))


def _shown(value: object) -> str:
    """A value short enough for a sentence; of a table or list only what it is."""
    if isinstance(value, str):
        return value[:40]
    if isinstance(value, int) and abs(value) >= 10**15:
        return "…"
    return str(value) if isinstance(value, int | float) else type(value).__name__
