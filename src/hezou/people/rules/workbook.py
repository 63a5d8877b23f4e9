"""An .xlsx file opened under limits.

An .xlsx is a zip of XML parts: a small file can unpack to gigabytes, and one cell in the last corner makes a
reader of ranges fill the memory. So the parts are unpacked under a cap, every sheet is measured, and the
reader gets an honest copy.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from hezou.kernel.errors import Refused, TooLarge
from hezou.kernel.messages import define

TOO_LARGE = define("people.file_too_large", "The file is larger than {most} MB. Split it.")
NOT_XLSX = define(
    "people.not_xlsx",
    "This is no .xlsx file. Open it in WPS or Excel and save it as .xlsx, without a password.",
)
SWELLS = define("people.swells", "The file unpacks to far more than a list of people needs; it was not read.")
TOO_WIDE = define(
    "people.too_wide",
    "The sheet holds more than {rows} rows or {columns} columns. Split it, or clear the rest.",
)

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 40 * 1024 * 1024
MOST_PARTS = 500
MOST_ROWS, MOST_COLUMNS, MOST_MERGES = 2000, 200, 2000

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError)
"""What zipfile raises for damaged, encrypted (RuntimeError) and oddly packed (NotImplementedError) parts."""
_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


@dataclass(frozen=True)
class Book:
    """`data`: an honest copy; `index`: its first visible sheet; `formulas`: (row, column) from 0 there."""

    data: bytes
    index: int
    formulas: frozenset[tuple[int, int]]


def opened(data: bytes) -> Book:
    """The file under its limits. Raises TooLarge, or Refused for what is no .xlsx or swells."""
    if len(data) > MOST_BYTES:
        raise TooLarge(TOO_LARGE(most=MOST_BYTES // 1024 // 1024))
    parts = _parts(data)
    try:
        index, part = _first_visible(parts)
        measured = {name: _measure(body) for name, body in parts.items() if _is_sheet(body)}
    except (etree.XMLSyntaxError, KeyError, ValueError):
        raise Refused(NOT_XLSX()) from None
    return Book(_copy(parts), index, measured.get(part, frozenset()))


def column_name(column: int) -> str:
    """The letters of a column counted from 0: A, B, … Z, AA."""
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _parts(data: bytes) -> dict[str, bytes]:
    """Every part unpacked. The sizes a zip declares may lie, so what comes out is counted."""
    parts, left = {}, MOST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if len(archive.infolist()) > MOST_PARTS:
                raise Refused(SWELLS())
            for info in archive.infolist():
                with archive.open(info) as part:
                    parts[info.filename] = part.read(left + 1)
                left -= len(parts[info.filename])
                if left < 0:
                    raise Refused(SWELLS())
    except _BROKEN:
        raise Refused(NOT_XLSX()) from None
    return parts


def _copy(parts: dict[str, bytes]) -> bytes:
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w") as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return copy.getvalue()


def _elements(body: bytes, *events: str) -> Iterator[tuple[str, etree._Element]]:
    """The XML's elements as they are read; no entity is expanded and nothing is fetched."""
    return etree.iterparse(
        io.BytesIO(body), events=events or ("end",), resolve_entities=False, no_network=True, load_dtd=False
    )


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _first_visible(parts: dict[str, bytes]) -> tuple[int, str]:
    """The place of the first visible sheet in the workbook's order, and the name of its part."""
    targets = {
        element.get("Id"): element.get("Target", "")
        for _, element in _elements(parts[_RELATIONS])
        if _local(element) == "Relationship" and element.get("Type", "").endswith("/worksheet")
    }
    sheets = [element for _, element in _elements(parts[_WORKBOOK]) if _local(element) == "sheet"]
    for index, sheet in enumerate(sheets):
        relation = next((value for key, value in sheet.items() if str(key).endswith("}id")), None)
        if relation in targets and sheet.get("state", "visible") == "visible":
            target = targets[relation]
            return index, target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    raise KeyError("sheet")


def _is_sheet(body: bytes) -> bool:
    """Whether a part is a worksheet, whatever it is called."""
    try:
        _, root = next(iter(_elements(body, "start")))
    except (etree.XMLSyntaxError, StopIteration):
        return False
    return _local(root) == "worksheet"


def _measure(body: bytes) -> frozenset[tuple[int, int]]:
    """The places of a sheet's formulas. Raises TooLarge when a cell that holds anything lies too far out."""
    formulas, row = set(), -1
    for _, element in _elements(body):
        if _local(element) != "row":
            continue
        row, column = int(element.get("r", row + 2)) - 1, -1
        for cell in element:
            row, column = _place(cell, row, column + 1)
            if len(cell) and (row >= MOST_ROWS or column >= MOST_COLUMNS):
                raise TooLarge(TOO_WIDE(rows=MOST_ROWS, columns=MOST_COLUMNS))
            if any(_local(child) == "f" for child in cell):
                formulas.add((row, column))
        element.clear()
    return frozenset(formulas)


def _place(cell: etree._Element, row: int, column: int) -> tuple[int, int]:
    """Where a cell says it is; one that does not say follows the one before it."""
    named = cell.get("r")
    if named is None:
        return row, column
    place = _CELL.fullmatch(named)
    if place is None:
        raise ValueError("a cell without a place")
    return int(place[2]) - 1, _column(place[1])


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
