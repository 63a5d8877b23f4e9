"""Tables for spreadsheets (.xlsx): the one place that writes them, so that no cell computes anything.

What people typed ends up in cells: a name such as `=HYPERLINK(…)` must stay a name, also when the table is
saved as something else, opened elsewhere and edited there. So words are written as words, and those that a
spreadsheet might take for a formula carry the mark that Excel and WPS set for a leading apostrophe.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\x00")
"""After OWASP, "CSV Injection", and ASVS 5.0, 1.2.10; full-width forms too, which some programs fold."""
FULL_WIDTH = ("＝", "＋", "－", "＠")


@dataclass(frozen=True)
class Table:
    """One sheet: its name, headings in the first row (none: no such row), rows of words, width of columns."""

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]] = ()
    width: int = 16


def may_compute(words: str) -> bool:
    """Whether a spreadsheet might take words for a formula."""
    return words.startswith((*STARTS_A_FORMULA, *FULL_WIDTH))


def workbook(*tables: Table) -> bytes:
    """An .xlsx of these sheets; every cell, the empty ones below too, is formatted as text."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True})
        plain = book.add_format({"num_format": "@"})
        quoted = book.add_format({"num_format": "@", "quote_prefix": True})
        for table in tables:
            sheet = book.add_worksheet(table.name)
            columns = max([len(table.headings), *(len(row) for row in table.rows)], default=1)
            sheet.set_column(0, max(columns, 1) - 1, table.width, plain)
            for column, heading in enumerate(table.headings):
                sheet.write_string(0, column, heading, bold)
            if table.headings:
                sheet.freeze_panes(1, 0)
            for line, row in enumerate(table.rows, start=1 if table.headings else 0):
                for column, words in enumerate(row):
                    sheet.write_string(line, column, words, quoted if may_compute(words) else plain)
    return file.getvalue()
