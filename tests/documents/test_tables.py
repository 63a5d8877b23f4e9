"""Tables for spreadsheets: nothing that people typed computes."""

from __future__ import annotations

import ast
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from python_calamine import CalamineWorkbook

from hezou.documents.writing.tables import Table, may_compute, workbook
from tests.support.sources import python

HOSTILE = [
    "=1+1",
    '=HYPERLINK("http://evil.example","看")',
    "+86 138 0000 1111",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1",
    "＝1+1",
    "{=1+1}",
    "http://evil.example",
]
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def cells(data: bytes) -> list[tuple[str, bool, bool]]:
    """Of every cell of the first sheet: its type, whether it computes, whether it is marked as words."""
    found = parts(data)
    styles = etree.fromstring(found["xl/styles.xml"]).findall(f"{MAIN}cellXfs/{MAIN}xf")
    sheet = etree.fromstring(found["xl/worksheets/sheet1.xml"])
    return [
        (
            cell.get("t", ""),
            cell.find(f"{MAIN}f") is not None,
            styles[int(cell.get("s", "0"))].get("quotePrefix") == "1",
        )
        for cell in sheet.iter(f"{MAIN}c")
    ]


def test_words_stay_words_whatever_they_begin_with() -> None:
    data = workbook(Table("Sheet1", (), [[one] for one in HOSTILE]))
    assert cells(data) == [("s", False, True)] * 7 + [("s", False, False)] * 2
    assert [name for name in parts(data) if "hyperlink" in name or name.endswith("sheet1.xml.rels")] == []


def test_table_reads_back_as_written() -> None:
    data = workbook(Table("表", ["部门", "姓名"], [["=科", "甲"], ["乙科", "-乙"]]))
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert book.get_sheet_by_name("表").to_python() == [["部门", "姓名"], ["=科", "甲"], ["乙科", "-乙"]]


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=40))
def test_no_words_become_a_formula(words: str) -> None:
    [(kind, is_formula, is_marked)] = cells(workbook(Table("Sheet1", (), [[words]]))) or [("s", False, False)]
    assert (kind or "s", is_formula) == ("s", False)
    assert is_marked == may_compute(words) or not words


@pytest.mark.parametrize("words", ["", "科室", "1=1", " =1"])
def test_harmless_words_are_not_marked(words: str) -> None:
    assert not may_compute(words)


def test_nothing_else_writes_tables() -> None:
    writers = {
        source.place
        for source in python("src/")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        and {"xlsxwriter", "openpyxl", "csv"}
        & {
            name.partition(".")[0]
            for name in [getattr(node, "module", "") or "", *(one.name for one in node.names)]
        }
    }
    assert writers == {"src/hezou/documents/writing/tables.py"}
