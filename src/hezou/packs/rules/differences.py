"""Two documents compared row by row, and three brought together: rows are known by their codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from hezou.packs.rules.rows import Document, Row
from hezou.packs.rules.schema import CODE_FIELD, shapes

D = TypeVar("D", bound=Document)

ADDED, REMOVED, CHANGED, MOVED = "added", "removed", "changed", "moved"


@dataclass(frozen=True)
class Change:
    """One difference. `table` and `rows` say where: the rows from the table's down to the one meant.

    `what`: added, removed, changed (`field` went from `before` to `after`), or moved (`field` holds the same
    rows in another order; `before` and `after` are their codes). Without rows the document itself is meant.
    """

    table: str
    rows: tuple[Any, ...]
    what: str
    field: str = ""
    before: Any = None
    after: Any = None


def differences(before: Document, after: Document) -> list[Change]:
    """What became of `before`, another document of the same family, in the order written."""
    return list(_fields("", (), before, after))


def _fields(table: str, rows: tuple[Any, ...], before: Row, after: Row) -> Iterator[Change]:
    for shape in shapes(type(after)):
        old, new = getattr(before, shape.name), getattr(after, shape.name)
        if shape.kind == "rows":
            yield from _tables(table or shape.name, rows, shape.name, old, new)
        elif old != new:
            yield Change(table, rows, CHANGED, shape.name, old, new)


def _tables(
    table: str, rows: tuple[Any, ...], field: str, before: Sequence[Any], after: Sequence[Any]
) -> Iterator[Change]:
    old, new = {row.code: row for row in before}, {row.code: row for row in after}
    yield from (Change(table, (*rows, row), REMOVED) for code, row in old.items() if code not in new)
    for code, row in new.items():
        if code in old:
            yield from _fields(table, (*rows, row), old[code], row)
        else:
            yield Change(table, (*rows, row), ADDED)
    was, now = [code for code in old if code in new], [code for code in new if code in old]
    if was != now:
        yield Change(table, rows, MOVED, field, was, now)


@dataclass(frozen=True)
class Clash:
    """A place that two hands changed differently: where (`path` of codes and fields), and what each wrote;
    None: it was removed, or was never there."""

    path: tuple[str, ...]
    ours: Any
    theirs: Any


def merge(base: D, ours: D, theirs: D) -> tuple[D, list[Clash]]:
    """Both sets of changes since `base` in one document; where they clash, ours stands and is named.

    Raises pydantic's ValidationError where the two do not make a document together.
    """
    clashes: list[Clash] = []
    dumps = (base.model_dump(), ours.model_dump(), theirs.model_dump())
    return type(ours).model_validate(_row(type(ours), (), *dumps, clashes)), clashes


Tree = Mapping[str, Any]
Path = tuple[str, ...]


def _row(row: type[Row], path: Path, base: Tree, ours: Tree, theirs: Tree, clashes: list[Clash]) -> Tree:
    found = {}
    for shape in shapes(row):
        name, inner = shape.name, (*path, shape.name)
        if shape.row is not None:
            found[name] = _rows(shape.row, inner, base[name], ours[name], theirs[name], clashes)
        else:
            found[name] = _value(inner, base[name], ours[name], theirs[name], clashes)
    return found


def _rows(
    row: type[Row],
    path: Path,
    base: Sequence[Tree],
    ours: Sequence[Tree],
    theirs: Sequence[Tree],
    clashes: list[Clash],
) -> tuple[Tree, ...]:
    old, mine, other = ({one[CODE_FIELD]: one for one in rows} for rows in (base, ours, theirs))
    found = []
    for code in _order(list(old), list(mine), list(other)):
        inner, was, our, their = (*path, code), old.get(code), mine.get(code), other.get(code)
        if was is not None and our is not None and their is not None:
            merged = _row(row, inner, was, our, their, clashes)
        else:
            merged = _value(inner, was, our, their, clashes)
        if merged is not None:
            found.append(merged)
    return tuple(found)


def _value(path: Path, base: Any, ours: Any, theirs: Any, clashes: list[Clash]) -> Any:
    if ours in (theirs, base):
        return theirs
    if theirs != base:
        clashes.append(Clash(path, ours, theirs))
    return ours


def _order(base: list[str], ours: list[str], theirs: list[str]) -> list[str]:
    """The codes of both sides: in our order where we changed it, else in theirs; a code that only the other
    side has stands behind the one that it follows there."""
    lead, other = (theirs, ours) if ours == base else (ours, theirs)
    found = list(lead)
    for place, code in enumerate(other):
        if code not in found:
            before = next((one for one in reversed(other[:place]) if one in found), None)
            found.insert(found.index(before) + 1 if before is not None else 0, code)
    return found
