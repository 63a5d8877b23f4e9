"""From an .xlsx file to the rows of a directory, and the empty sheet to fill in."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
    "people.no_header", "No row names the columns. One of the first rows must hold {unit} or {name}."
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

COLUMNS: dict[str, tuple[str, ...]] = {
    # Field: its headings. The template uses the first; where two columns fit, the heading named earlier wins.
    "unit": ("单位", "科室", "股室", "处室", "部门", "所在部门", "所属部门", "部门名称", "所在单位"),
    "parent": ("上级部门", "上级单位", "上级"),
    "name": ("姓名", "人员姓名", "名字"),
    "post": ("职务", "职位"),
    "phone": ("手机", "手机号", "手机号码", "联系电话", "电话", "电话号码", "联系方式"),
    "staff_number": ("工号", "职工号", "人员编号"),
    "username": ("账号", "帐号", "登录名", "用户名"),
    "roles": ("角色", "岗位"),
}
FIELDS = {heading: name for name, headings in COLUMNS.items() for heading in headings}
NUMBERS = frozenset({"phone", "staff_number", "username"})
"""Fields in which a whole number in a number cell is as good as text."""
HEADER_WITHIN = 20
EXACT = 10**15
"""A number cell keeps fifteen digits."""

_REMARK = re.compile(r"[（(][^（）()]*[）)]|[\s*＊:：]")

Cells = Sequence[Sequence[Any]]
Merge = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class Row:
    """One line of the sheet as written, blanks trimmed; `line` counts from 1 as the office program does.

    `problems` say why the row cannot be read as it stands.
    """

    line: int
    unit: str = ""
    parent: str = ""
    name: str = ""
    post: str = ""
    phone: str = ""
    staff_number: str = ""
    username: str = ""
    roles: str = ""
    problems: tuple[Message, ...] = ()


def read_directory(data: bytes) -> list[Row]:
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
    header, columns = _header(cells)
    rows = [
        _row(number, cells[number], columns, _problems(number, cells[number], columns, book.formulas, merges))
        for number in range(header + 1, len(cells))
        if any(normal(str(cells[number][column])) for column in columns.values())
    ]
    if not rows:
        raise Refused(NO_ROWS())
    return rows


def template(roles: Sequence[str]) -> bytes:
    """An empty sheet with the headings, every cell formatted as text; `roles`: labels on a second sheet."""
    headings = [known[0] for known in COLUMNS.values()]
    known = [[role] for role in roles]
    return workbook(Table("Sheet1", headings), Table(COLUMNS["roles"][0], (), known, width=24))


def _heading(cell: Any) -> str:
    """A heading without remarks in brackets, blanks, stars and colons."""
    return _REMARK.sub("", normal(str(cell)))


def _names_columns(cells: Sequence[Any]) -> bool:
    """Whether a row looks like one of headings: two known ones, or known ones only."""
    headings = [heading for cell in cells if (heading := _heading(cell))]
    known = [heading for heading in headings if heading in FIELDS]
    return len(known) >= 2 or (len(known) == 1 and len(headings) == 1)


def _header(cells: Cells) -> tuple[int, dict[str, int]]:
    """The row of headings (from 0), and field → column."""
    found = [number for number, row in enumerate(cells) if _names_columns(row)]
    if len(found) > 1:
        raise Refused(TWO_HEADERS(first=found[0] + 1, second=found[1] + 1))
    columns: dict[str, int] = {}
    if found and found[0] < HEADER_WITHIN:
        headings = [_heading(cell) for cell in cells[found[0]]]
        for name, known in COLUMNS.items():
            best = next((heading for heading in known if heading in headings), None)
            if best is not None:
                columns[name] = _only(headings, best)
    if not columns.keys() & {"unit", "name"}:
        raise Refused(NO_HEADER(unit=COLUMNS["unit"][0], name=COLUMNS["name"][0]))
    return found[0], columns


def _only(headings: Sequence[str], heading: str) -> int:
    places = [column for column, one in enumerate(headings) if one == heading]
    if len(places) > 1:
        first, second = column_name(places[0]), column_name(places[1])
        raise Refused(TWO_COLUMNS(first=first, second=second, heading=heading))
    return places[0]


def _row(number: int, cells: Sequence[Any], columns: Mapping[str, int], problems: list[Message]) -> Row:
    values = {name: _words(cells[column]) for name, column in columns.items()}
    return Row(line=number + 1, problems=tuple(problems), **values)


def _words(cell: Any) -> str:
    """A cell as text; a whole number without the decimal point that number cells add."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else normal(str(cell))


def _problems(
    number: int,
    cells: Sequence[Any],
    columns: Mapping[str, int],
    formulas: frozenset[tuple[int, int]],
    merges: Sequence[Merge],
) -> list[Message]:
    """Why the row at `number` (from 0) cannot be read: merges, formulas, and cells that hold no words."""
    used = set(columns.values())
    found = [
        MERGED(cells=f"{column_name(left)}{top + 1}:{column_name(right)}{bottom + 1}")
        for (top, left), (bottom, right) in merges
        if top <= number <= bottom and any(left <= column <= right for column in used)
    ]
    for name, column in columns.items():
        cell = f"{column_name(column)}{number + 1}"
        if (number, column) in formulas:
            found.append(FORMULA(cell=cell))
        elif (problem := _why_not_words(name, cells[column])) is not None:
            found.append(problem(cell=cell))
    return found


def _why_not_words(name: str, value: Any) -> Any:
    if isinstance(value, str):
        return None
    if name not in NUMBERS or not isinstance(value, float) or not value.is_integer():
        return NOT_WORDS
    return LOST_DIGITS if abs(value) >= EXACT else None
