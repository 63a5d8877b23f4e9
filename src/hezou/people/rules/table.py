"""From an .xlsx file to the rows of a table whose columns people name as they like; and the empty sheet."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from hezou.documents.rules import Table, workbook
from hezou.kernel.errors import Refused, TooLarge
from hezou.kernel.messages import Message, define
from hezou.people.rules.names import normal
from hezou.people.rules.workbook import (
    MOST_COLUMNS,
    MOST_MERGES,
    MOST_ROWS,
    NOT_XLSX,
    TOO_WIDE,
    column_name,
    opened,
)

NO_HEADER = define(
    "people.no_header", "No row names the columns. One of the first rows must hold one of these: {headings}."
)
TWO_HEADERS = define("people.two_headers", "Rows {first} and {second} both name columns. Keep one of them.")
TWO_COLUMNS = define("people.two_columns", "The columns {first} and {second} are both called {heading}.")
NO_ROWS = define("people.no_rows", "There is nothing below the row that names the columns.")
FORMULA = define("people.formula", "Cell {cell} holds a formula. Put its value there instead.")
NOT_WORDS = define(
    "people.not_words", "Cell {cell} holds a number or a date where words belong. Write it as text."
)
LOST_DIGITS = define(
    "people.lost_digits", "Cell {cell} holds a number too long for a number cell. Write it as text."
)
MERGED = define("people.merged", "Cells {cells} are merged. Take the merge apart and fill every row.")

HEADER_WITHIN = 20
EXACT = 10**15
"""A number cell keeps fifteen digits."""

_REMARK = re.compile(r"[（(][^（）()]*[）)]|[\s*＊:：]")

Cells = Sequence[Sequence[Any]]
Merge = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class Layout:
    """What a table may hold.

    `columns`: field → its headings; the empty sheet uses the first, and where two columns fit, the heading
    named earlier wins. One of the fields `needed` must have a column. In `numbers` a whole number in a number
    cell is as good as text, in `days` a date.
    """

    columns: Mapping[str, tuple[str, ...]]
    needed: tuple[str, ...]
    numbers: frozenset[str] = frozenset()
    days: frozenset[str] = frozenset()

    @cached_property
    def fields(self) -> dict[str, str]:
        """Heading → field."""
        return {heading: name for name, headings in self.columns.items() for heading in headings}

    @property
    def headings(self) -> list[str]:
        """What the empty sheet calls the columns."""
        return [headings[0] for headings in self.columns.values()]


@dataclass(frozen=True)
class TableRow:
    """One row: `line` counts from 1 as the office program does; `values`: field → text, blanks trimmed, a day
    as `2026-03-05`; `problems` say why it cannot be read as it stands."""

    line: int
    values: dict[str, str]
    problems: tuple[Message, ...]


def read_table(data: bytes, layout: Layout) -> list[TableRow]:
    """The rows of the first visible sheet; columns in any order, columns not known and blank rows left out.

    Raises TooLarge, or Refused when the file is no .xlsx, names its columns nowhere or twice, or is empty.
    """
    book = opened(data)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(book.data)) as workbook:
            sheet = workbook.get_sheet_by_index(book.index)
            cells = sheet.to_python(skip_empty_area=False)
            merges = sheet.merged_cell_ranges or []
    except CalamineError:
        raise Refused(NOT_XLSX()) from None
    if len(merges) > MOST_MERGES:
        raise TooLarge(TOO_WIDE(rows=MOST_ROWS, columns=MOST_COLUMNS))
    header, columns = _header(cells, layout)
    reader = _Reader(layout, columns, book.formulas, merges)
    rows = [
        reader.row(number, cells[number])
        for number in range(header + 1, len(cells))
        if any(normal(str(cells[number][column])) for column in columns.values())
    ]
    if not rows:
        raise Refused(NO_ROWS())
    return rows


def empty_sheet(layout: Layout, words: Mapping[str, Sequence[str]]) -> bytes:
    """An empty sheet with the headings, every cell formatted as text; `words`: name of a further sheet → what
    may be written."""
    known = [Table(name, (), [[line] for line in lines], width=24) for name, lines in words.items()]
    return workbook(Table("Sheet1", layout.headings), *known)


class _Reader:
    """Reads rows by the columns found."""

    def __init__(
        self,
        layout: Layout,
        columns: Mapping[str, int],
        formulas: frozenset[tuple[int, int]],
        merges: Sequence[Merge],
    ) -> None:
        self.layout, self.columns, self.formulas, self.merges = layout, columns, formulas, merges

    def row(self, number: int, cells: Sequence[Any]) -> TableRow:
        """The row at `number` (from 0)."""
        values = {name: _words(cells[column]) for name, column in self.columns.items()}
        return TableRow(number + 1, values, tuple(self._problems(number, cells)))

    def _problems(self, number: int, cells: Sequence[Any]) -> list[Message]:
        """Why the row cannot be read: merges, formulas, and cells that hold no words."""
        used = set(self.columns.values())
        found = [
            MERGED(cells=f"{column_name(left)}{top + 1}:{column_name(right)}{bottom + 1}")
            for (top, left), (bottom, right) in self.merges
            if top <= number <= bottom and any(left <= column <= right for column in used)
        ]
        for name, column in self.columns.items():
            cell = f"{column_name(column)}{number + 1}"
            if (number, column) in self.formulas:
                found.append(FORMULA(cell=cell))
            elif (problem := self._why_not_words(name, cells[column])) is not None:
                found.append(problem(cell=cell))
        return found

    def _why_not_words(self, name: str, value: Any) -> Any:
        if isinstance(value, str) or (name in self.layout.days and isinstance(value, date)):
            return None
        is_whole = isinstance(value, float) and value.is_integer()
        if name not in self.layout.numbers or not is_whole:
            return NOT_WORDS
        return LOST_DIGITS if abs(value) >= EXACT else None


def _heading(cell: Any) -> str:
    """A heading without remarks in brackets, blanks, stars and colons."""
    return _REMARK.sub("", normal(str(cell)))


def _names_columns(cells: Sequence[Any], layout: Layout) -> bool:
    """Whether a row looks like one of headings: two known ones, or known ones only."""
    headings = [heading for cell in cells if (heading := _heading(cell))]
    known = [heading for heading in headings if heading in layout.fields]
    return len(known) >= 2 or (len(known) == 1 and len(headings) == 1)


def _header(cells: Cells, layout: Layout) -> tuple[int, dict[str, int]]:
    """The row of headings (from 0), and field → column."""
    found = [number for number, row in enumerate(cells) if _names_columns(row, layout)]
    if len(found) > 1:
        raise Refused(TWO_HEADERS(first=found[0] + 1, second=found[1] + 1))
    columns: dict[str, int] = {}
    if found and found[0] < HEADER_WITHIN:
        headings = [_heading(cell) for cell in cells[found[0]]]
        for name, known in layout.columns.items():
            best = next((heading for heading in known if heading in headings), None)
            if best is not None:
                columns[name] = _only(headings, best)
    if not columns.keys() & set(layout.needed):
        raise Refused(NO_HEADER(headings="、".join(layout.columns[name][0] for name in layout.needed)))
    return found[0], columns


def _only(headings: Sequence[str], heading: str) -> int:
    places = [column for column, one in enumerate(headings) if one == heading]
    if len(places) > 1:
        first, second = column_name(places[0]), column_name(places[1])
        raise Refused(TWO_COLUMNS(first=first, second=second, heading=heading))
    return places[0]


def _words(cell: Any) -> str:
    """A cell as text; a whole number without the decimal point that number cells add."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else normal(str(cell))
