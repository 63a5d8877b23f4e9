"""What a document may say, as forms and pages need it: the shape of each field of each row.

Read from the rows themselves, so that a field added there is shown, asked for and compared without more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from hezou.packs.rules.parsing import FAMILIES
from hezou.packs.rules.rows import Fixed, Given, Label, Names, Row

CODE_FIELD = "code"
"""The field a row is known by: never typed, never changed."""


@dataclass(frozen=True)
class Shape:
    """One field of a row.

    `kind`: code, given (fixed by the product), words, label, number, switch, choice (one of `options`),
    choices (some of `options`), name (the code of a row of the table `table`), days, pairs (lines of two
    parts), part (a row without a code, of `inner`), or rows (of `row`). `optional`: may be left out.
    `fixed`: of rows, the product names the codes; none is added or removed.
    """

    name: str
    kind: str
    optional: bool = False
    options: tuple[str, ...] = ()
    table: str = ""
    row: type[Row] | None = None
    inner: type[Row] | None = None
    fixed: bool = False

    @property
    def is_shown(self) -> bool:
        """Whether the field says something to a reader: codes do not."""
        return self.kind not in ("code", "given")


@lru_cache(maxsize=64)
def shapes(row: type[Row]) -> tuple[Shape, ...]:
    """The fields of a row or document, in the order written."""
    return tuple(_shape(name, info) for name, info in row.model_fields.items())


def tables(family: str) -> tuple[Shape, ...]:
    """The tables of a family's document."""
    return tuple(shape for shape in shapes(FAMILIES[family]) if shape.kind == "rows")


def every_row() -> Iterator[type[Row]]:
    """Every sort of row and document there is, each once."""
    pending: list[type[Row]] = list(FAMILIES.values())
    seen: set[type[Row]] = set()
    while pending:
        row = pending.pop(0)
        if row not in seen:
            seen.add(row)
            yield row
            pending += [one for shape in shapes(row) for one in (shape.row, shape.inner) if one is not None]


def _shape(name: str, info: FieldInfo) -> Shape:
    marks = list(info.metadata)
    sort, may_be_none = _peeled(info.annotation, marks)
    optional = may_be_none or not info.is_required()
    named = next((mark.table for mark in marks if isinstance(mark, Names)), "")
    if name == CODE_FIELD or Given() in marks:
        return Shape(name, "code" if name == CODE_FIELD else "given")
    if get_origin(sort) is tuple:
        return _several(name, optional, get_args(sort)[0], marks)
    if get_origin(sort) is Literal:
        return Shape(name, "choice", optional, get_args(sort))
    if isinstance(sort, type) and issubclass(sort, Row) and sort is not Label:
        return Shape(name, "part", optional, inner=sort)
    return Shape(name, "name" if named else KINDS[sort], optional, table=named)


def _several(name: str, optional: bool, sort: Any, marks: list[Any]) -> Shape:
    inner, _ = _peeled(sort, marks)
    if isinstance(inner, type) and issubclass(inner, Row):
        return Shape(name, "rows", optional, row=inner, fixed=Fixed() in marks)
    if inner is date or get_origin(inner) is tuple:
        return Shape(name, "days" if inner is date else "pairs")
    return Shape(name, "choices", optional, get_args(inner))


KINDS: dict[Any, str] = {str: "words", Label: "label", int: "number", bool: "switch"}


def _peeled(sort: Any, marks: list[Any]) -> tuple[Any, bool]:
    """The sort itself without what is said about it, which joins `marks`; and whether it may be None."""
    optional = False
    while True:
        if get_origin(sort) is Annotated:
            sort, *more = get_args(sort)
            marks += more
        elif get_origin(sort) in (Union, UnionType):
            [sort] = [one for one in get_args(sort) if one is not type(None)]
            optional = True
        else:
            return sort, optional
