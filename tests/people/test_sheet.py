"""From .xlsx files, tidy, untidy and hostile, to rows; or a refusal that says what to do."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from hezou.kernel.errors import Refusal, Refused
from hezou.people.rules.sheet import COLUMNS, Row, read_directory, template
from hezou.people.rules.workbook import MOST_BYTES, column_name, opened

Sheet = Any


def book(*rows: Sequence[object], then: Callable[[Sheet], object] | None = None) -> bytes:
    """An .xlsx file with these rows on its first sheet."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as workbook:
        sheet = workbook.add_worksheet()
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is not None:
                    sheet.write(number, column, value)
        if then is not None:
            then(sheet)
    return file.getvalue()


def repacked(data: bytes, change: Callable[[dict[str, bytes]], object]) -> bytes:
    """The file with its parts changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return file.getvalue()


def refusal(data: bytes) -> list[tuple[str, dict[str, object]]]:
    with pytest.raises(Refusal) as caught:
        read_directory(data)
    return [(message.code, message.params) for message in caught.value.messages]


def problems(data: bytes) -> list[list[tuple[str, dict[str, object]]]]:
    return [[(m.code, m.params) for m in row.problems] for row in read_directory(data)]


SHEET = "xl/worksheets/sheet1.xml"
HEADER: list[object] = ["部门", "姓名", "手机"]


def test_read_columns_in_any_order_and_under_any_heading() -> None:
    data = book(
        ["某某局人员名单"],
        [
            "序号",
            "联系电话",
            " 姓 名 *",
            "所在部门",
            "岗位（可填多个）",
            "登录名：",
            "上级部门",
            "职务",
            "工号",
        ],
        [1, "8001", "张三", "第一科", "信息员", "zs", "某局", "科员", "0007"],
        [],
        ["", " ", "　"],
        [2, 13800000000, "李四", "第一科", "", 1002, "", "", 8],
    )
    assert read_directory(data) == [
        Row(3, "第一科", "某局", "张三", "科员", "8001", "0007", "zs", "信息员"),
        Row(6, "第一科", "", "李四", "", "13800000000", "8", "1002", ""),
    ]


def test_prefer_the_more_telling_of_two_columns() -> None:
    data = book(["单位", "科室", "电话", "手机", "姓名"], ["某局", "第一科", "8001", "138", "张三"])
    assert read_directory(data) == [Row(2, "某局", "", "张三", "", "138")]


def test_read_first_visible_sheet() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as workbook:
        hidden, shown = workbook.add_worksheet("甲"), workbook.add_worksheet("乙")
        hidden.write_row(0, 0, ["姓名", "部门"])
        hidden.write_row(1, 0, ["不读", "甲科"])
        hidden.hide()
        shown.write_row(0, 0, ["姓名", "部门"])
        shown.write_row(1, 0, ["张三", "乙科"])
        shown.activate()
        shown.set_first_sheet()
    assert read_directory(file.getvalue()) == [Row(2, "乙科", "", "张三")]


def test_read_template_again() -> None:
    empty = template(["信息员", "=1+1"])
    assert refusal(empty) == [("people.no_rows", {})]
    with CalamineWorkbook.from_filelike(io.BytesIO(empty)) as workbook:
        assert workbook.get_sheet_by_index(0).to_python() == [[names[0] for names in COLUMNS.values()]]
        assert workbook.get_sheet_by_name("角色").to_python() == [["信息员"], ["=1+1"]]
    assert b"<f>" not in opened(empty).data


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["甲", "乙"], ["张三", "第一科"]], ("people.no_header", {"headings": "单位、姓名"})),
        ([["手机", "工号"], ["1", "2"]], ("people.no_header", {"headings": "单位、姓名"})),
        ([[]] * 20 + [HEADER, ["第一科", "张三"]], ("people.no_header", {"headings": "单位、姓名"})),
        ([], ("people.no_header", {"headings": "单位、姓名"})),
        ([HEADER, ["第一科", "张三"], HEADER], ("people.two_headers", {"first": 1, "second": 3})),
        ([["部门", "姓名", "联系方式"], ["", "", "手机"]], ("people.two_headers", {"first": 1, "second": 2})),
        (
            [["姓名", "部门", "姓名"], ["张三", "", ""]],
            ("people.two_columns", {"first": "A", "second": "C", "heading": "姓名"}),
        ),
        ([HEADER, [" "]], ("people.no_rows", {})),
    ],
)
def test_refuse_sheet_without_one_clear_header(
    rows: list[list[object]], expected: tuple[str, dict[str, object]]
) -> None:
    assert refusal(book(*rows)) == [expected]


def test_name_cells_that_hold_no_words() -> None:
    data = book(
        HEADER,
        ["第一科", 20260301, "1"],
        ["第一科", date(2026, 3, 1), "1"],
        ["第一科", True, "1"],
        ["第一科", "张三", 123456789012345678],
        ["第一科", "张三", 1.5],
        ["第一科", "张三", datetime(2026, 3, 1, 8)],  # noqa: DTZ001 - cells know no zone
        then=lambda sheet: sheet.write_formula("B8", '="张"&"三"', value="张三"),
    )
    found = problems(data)
    assert [codes[0] for codes in found] == [
        ("people.not_words", {"cell": "B2"}),
        ("people.not_words", {"cell": "B3"}),
        ("people.not_words", {"cell": "B4"}),
        ("people.lost_digits", {"cell": "C5"}),
        ("people.not_words", {"cell": "C6"}),
        ("people.not_words", {"cell": "C7"}),
        ("people.formula", {"cell": "B8"}),
    ]
    assert [len(codes) for codes in found] == [1] * 7


def test_name_rows_touched_by_a_merge() -> None:
    def merge(sheet: Sheet) -> None:
        sheet.merge_range("A2:A3", "第一科")
        sheet.merge_range("D2:E2", "备注")

    data = book(HEADER, [None, "张三"], [None, "李四"], ["第二科", "王五"], then=merge)
    merged = ("people.merged", {"cells": "A2:A3"})
    assert problems(data) == [[merged], [merged], []]


def test_merged_title_above_the_header_is_no_problem() -> None:
    data = book(
        ["名单"], HEADER, ["第一科", "张三"], then=lambda sheet: sheet.merge_range("A1:C1", "人员名单")
    )
    assert problems(data) == [[]]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04 no zip",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "单位,姓名\n第一科,张三".encode("gbk"),
    ],
)
def test_refuse_what_is_no_xlsx(data: bytes) -> None:
    assert refusal(data) == [("people.not_xlsx", {})]


@pytest.mark.parametrize(
    "change",
    [
        lambda parts: parts.pop("xl/workbook.xml"),
        lambda parts: parts.pop(SHEET),
        lambda parts: parts.pop("xl/_rels/workbook.xml.rels"),
        lambda parts: parts.update({"xl/workbook.xml": b"<workbook"}),
        lambda parts: parts.update({"xl/workbook.xml": b"<workbook><!-- no sheet --></workbook>"}),
        lambda parts: parts.update({SHEET: parts[SHEET].replace(b'r="A1"', b'r="A"')}),
        lambda parts: parts.update({SHEET: parts[SHEET].replace(b'<row r="1"', b'<row r="one"')}),
    ],
)
def test_refuse_broken_parts(change: Callable[[dict[str, bytes]], object]) -> None:
    assert refusal(repacked(book(HEADER, ["第一科", "张三"]), change)) == [("people.not_xlsx", {})]


def test_read_cells_that_do_not_say_where_they_are() -> None:
    def strip(parts: dict[str, bytes]) -> None:
        for place in (b' r="A1"', b' r="B1"', b' r="C1"', b' r="A2"', b' r="B2"', b' r="1"', b' r="2"'):
            parts[SHEET] = parts[SHEET].replace(place, b"")

    assert read_directory(repacked(book(HEADER, ["第一科", "张三"]), strip)) == [Row(2, "第一科", "", "张三")]


def test_read_part_named_from_the_root() -> None:
    def name_from_root(parts: dict[str, bytes]) -> None:
        relations = "xl/_rels/workbook.xml.rels"
        parts[relations] = parts[relations].replace(b'"worksheets/', b'"/xl/worksheets/')

    assert read_directory(repacked(book(HEADER, ["第一科", "张三"]), name_from_root)) == [
        Row(2, "第一科", "", "张三")
    ]


def test_entities_are_not_expanded() -> None:
    def swell(parts: dict[str, bytes]) -> None:
        bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(
            f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">'.encode() for i in range(9)
        )
        parts["xl/workbook.xml"] = bomb + b"]><workbook>&j;</workbook>"

    assert refusal(repacked(book(HEADER, ["第一科", "张三"]), swell)) == [("people.not_xlsx", {})]


def test_refuse_file_too_large() -> None:
    assert refusal(bytes(MOST_BYTES + 1)) == [("people.file_too_large", {"most": 5})]


def test_refuse_file_that_swells() -> None:
    swollen = repacked(book(HEADER), lambda parts: parts.update({"xl/theme/x.xml": bytes(50 * 1024 * 1024)}))
    assert len(swollen) < MOST_BYTES
    assert refusal(swollen) == [("people.swells", {})]


def test_refuse_file_of_too_many_parts() -> None:
    many = repacked(book(HEADER), lambda parts: parts.update({f"x{n}": b"" for n in range(500)}))
    assert refusal(many) == [("people.swells", {})]


@pytest.mark.parametrize("cell", ["A2001", "GS1", "XFD1048576"])
def test_refuse_cell_in_a_far_corner(cell: str) -> None:
    data = book(HEADER, ["第一科", "张三"], then=lambda sheet: sheet.write_string(cell, "x"))
    assert refusal(data) == [("people.too_wide", {"rows": 2000, "columns": 200})]


def test_blank_formatted_cells_reach_as_far_as_they_like() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, ["第一科", "张三"])
        sheet.write_blank("XFD1048576", None, workbook.add_format({"bold": True}))
    assert read_directory(file.getvalue()) == [Row(2, "第一科", "", "张三")]


def test_refuse_endless_merges() -> None:
    def merge(parts: dict[str, bytes]) -> None:
        merges = b"".join(f'<mergeCell ref="A{n}:A1048576"/>'.encode() for n in range(2, 2100))
        parts[SHEET] = parts[SHEET].replace(
            b"</sheetData>", b"</sheetData><mergeCells>" + merges + b"</mergeCells>"
        )

    data = repacked(book(HEADER, ["第一科", "张三"]), merge)
    assert refusal(data) == [("people.too_wide", {"rows": 2000, "columns": 200})]


def test_mangled_files_are_refused_and_nothing_else() -> None:
    whole = book(HEADER, *(["第一科", f"张{n}", "138"] for n in range(30)))
    chance = random.Random(7)
    for _ in range(300):
        mangled = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            mangled[chance.randrange(len(mangled))] = chance.randrange(256)
        with suppress(Refusal):
            read_directory(bytes(mangled))

    def mangle(parts: dict[str, bytes]) -> None:
        name = chance.choice(sorted(parts))
        body = bytearray(parts[name])
        for _ in range(chance.randint(1, 8)):
            body[chance.randrange(len(body))] = chance.randrange(256)
        parts[name] = bytes(body)

    for _ in range(300):
        with suppress(Refused):
            read_directory(repacked(whole, mangle))


def test_name_columns_as_the_office_program_does() -> None:
    assert [column_name(number) for number in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
