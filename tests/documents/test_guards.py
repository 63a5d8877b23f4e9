"""Hostile, broken and foreign files are refused by name, before anything of them is unpacked or parsed."""

from __future__ import annotations

import time
import tracemalloc
import zlib
from collections.abc import Callable
from dataclasses import replace
from struct import pack

import pytest

from hezou.documents import messages as say
from hezou.documents.limits import LIMITS, MEGABYTE
from hezou.documents.reading.package import Package
from hezou.documents.rules import kind_of, read_document, read_html
from hezou.kernel.errors import Refusal, Refused, TooLarge
from hezou.kernel.messages import Message
from tests.papers.dialects import TYPES, Docx, Word, drawing, level, num, text_box, zipped
from tests.papers.dialects import abstract as abstract_list
from tests.papers.odd import parts_of
from tests.papers.registry import png

word = Word()
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def plain(body: str = word.p("正文")) -> Docx:
    return Docx(body)


def with_part(name: str, data: bytes) -> bytes:
    return zipped(parts_of(plain()) | {name: data})


def refusal_of(read: Callable[[], object]) -> Refusal:
    with pytest.raises(Refusal) as caught:
        read()
    return caught.value


def compound(stream: str) -> bytes:
    return COMPOUND + stream.encode("utf-16-le") + bytes(64)


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"", "空.docx", say.EMPTY()),
        (b"just text", "通知.docx", say.NOT_DOCX()),
        (b"\x00\x01\x02", "数据.bin", say.UNKNOWN_KIND()),
        (b"PK\x03\x04" + bytes(40), "截断.docx", say.DAMAGED(part="zip")),
        (compound("EncryptedPackage"), "加密.docx", say.ENCRYPTED()),
        (compound("WordDocument"), "旧稿.doc", say.OLD_WORD()),
        (compound("Workbook"), "旧表.xls", say.OLD_OFFICE()),
        (b"{\\rtf1 text}", "稿.doc", say.RICH_TEXT()),
        (b"%PDF-1.7", "稿.pdf", say.PDF()),
        (png(2, 2), "图.docx", say.PICTURE_FILE()),
        (b"<!DOCTYPE html><p>x", "网页.doc", say.WEB_PAGE()),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "稿.odt", say.OPEN_DOCUMENT()),
        (zipped({"a.txt": b"x"}), "打包.docx", say.NOT_DOCX()),
        (b"\x81\x20" * 400, "乱码.txt", say.UNKNOWN_ENCODING()),
        (b"a\x00\x00\x00b" * 100, "二进制.txt", say.UNKNOWN_ENCODING()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_refuses_what_is_no_document(data: bytes, name: str, message: Message) -> None:
    assert refusal_of(lambda: read_document(data, name)).messages == (message,)


@pytest.mark.parametrize(
    ("main_type", "message"),
    [
        ("application/vnd.ms-word.document.macroEnabled.main+xml", say.MACROS()),
        ("application/vnd.ms-word.template.macroEnabledTemplate.main+xml", say.MACROS()),
        (TYPES.replace("wordprocessing", "spreadsheet") + "sheet.main+xml", say.SPREADSHEET()),
        (TYPES.replace("wordprocessing", "presentation") + "presentation.main+xml", say.PRESENTATION()),
        ("application/octet-stream", say.NOT_DOCX()),
    ],
)
def test_refuses_other_office_files_by_their_content(main_type: str, message: Message) -> None:
    data = replace(plain(), main_type=main_type).pack()
    assert refusal_of(lambda: read_document(data, "改名.docx")).messages == (message,)


def test_refuses_macros_hidden_in_a_docx() -> None:
    data = with_part("word/vbaProject.bin", b"\xd0\xcf")
    assert refusal_of(lambda: read_document(data, "稿.docx")).messages == (say.MACROS(),)


def test_refuses_200_megabytes_unread() -> None:
    data = bytes(200 * MEGABYTE)
    started = time.perf_counter()
    caught = refusal_of(lambda: read_document(data, "巨大.docx"))
    assert isinstance(caught, TooLarge)
    assert caught.messages == (say.TOO_LARGE(size=200, limit=50),)
    assert time.perf_counter() - started < 0.5


def test_refuses_200_megabytes_of_paste() -> None:
    caught = refusal_of(lambda: read_html("文" * (70 * MEGABYTE)))
    assert (caught.status, caught.messages) == (413, (say.PASTE_TOO_LARGE(size=210, limit=32),))


def test_refuses_more_markup_than_fits_into_memory() -> None:
    part = b"<w:r/>" * 5_000_000
    data = with_part("word/document.xml", zlib.compress(part)[:0] + part)
    limits = replace(LIMITS, ratio=2_000)
    expected = (say.TOO_MUCH_MARKUP(),)
    assert refusal_of(lambda: read_document(data, "稿.docx", limits=limits)).messages == expected
    assert refusal_of(lambda: read_html("<br>" * 5_000_000)).messages == expected


@pytest.mark.parametrize(
    "text",
    [
        "**a " * 400_000,
        "~~a " * 400_000,
        "![" * 300_000,
        "[" * 500_000,
        "# " + " " * 500_000 + "x",
        "|" * 500_000,
    ],
    ids=["bold", "struck", "image", "link", "heading", "cells"],
)
def test_marks_without_partners_cost_no_time(text: str) -> None:
    started = time.perf_counter()
    read_document(text.encode(), "稿.md")
    assert time.perf_counter() - started < 10


def test_pasted_conditions_without_end_cost_no_time() -> None:
    started = time.perf_counter()
    read_html("<![if" * 200_000)
    assert time.perf_counter() - started < 10


def test_a_thing_named_many_times_is_read_once() -> None:
    docx = Docx("")
    shown = word.run(drawing(docx.picture("image1.png", png(3000, 3000))))
    docx.xml("footnotes.xml", "footnotes", f'<w:footnote w:id="1">{word.p("注") * 500}</w:footnote>')
    marks = word.run('<w:footnoteReference w:id="1"/>') * 3_000
    begins = word.run('<w:fldChar w:fldCharType="begin"/>') + word.run(
        '<w:fldChar w:fldCharType="separate"/>'
    )
    docx.body = (
        word.p("题")
        + word.p(shown * 2_000)
        + word.p(marks)
        + word.p(begins * 5_000 + word.runs("甲") * 5_000)
    )
    data = docx.pack()
    started = time.perf_counter()
    reading = read_document(data, "稿.docx")
    assert time.perf_counter() - started < 10
    assert len(reading.pictures) == 1
    assert reading.text.count("［注1］") == 3_001
    assert reading.text.count("甲") == 5_000


def test_refuses_a_part_packed_like_a_bomb() -> None:
    data = with_part("word/media/x.bin", bytes(20 * MEGABYTE))
    assert len(data) < MEGABYTE
    assert refusal_of(lambda: read_document(data, "炸弹.docx")).messages == (
        say.PACKED_LIKE_A_BOMB(part="word/media/x.bin"),
    )


@pytest.mark.parametrize("claims", [200 * MEGABYTE, 1_000], ids=["true size", "false size"])
def test_refuses_a_bomb_in_little_memory_and_time(claims: int) -> None:
    """A part of 200 MB packed into 200 kB; the zip says so, or says that it is small."""
    honest = with_part("word/document.xml", b" " * 200 * MEGABYTE)
    data = honest.replace(pack("<I", 200 * MEGABYTE), pack("<I", claims))
    assert len(data) < MEGABYTE
    tracemalloc.start()
    started = time.perf_counter()
    try:
        caught = refusal_of(lambda: read_document(data, "炸弹.docx"))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    part = "word/document.xml"
    assert caught.messages in ((say.PACKED_LIKE_A_BOMB(part=part),), (say.DAMAGED(part=part),))
    assert peak < 10 * MEGABYTE
    assert time.perf_counter() - started < 2


def test_refuses_many_parts_that_together_are_too_large() -> None:
    limits = replace(LIMITS, unpacked=2 * MEGABYTE)
    noise = zlib.compress(bytes(range(256)) * 400) * 9
    files = parts_of(plain()) | {f"word/media/{i}.bin": noise * 300 for i in range(3)}
    caught = refusal_of(lambda: read_document(zipped(files, stored=True), "大.docx", limits=limits))
    assert [m.code for m in caught.messages] == ["documents.unpacks_too_large"]


def test_refuses_too_many_parts() -> None:
    files = parts_of(plain()) | {f"word/{i}.xml": b"" for i in range(20)}
    caught = refusal_of(lambda: Package(zipped(files), replace(LIMITS, parts=20)))
    assert caught.messages == (say.TOO_MANY_PARTS(count=24, limit=20),)


def test_refuses_a_text_part_that_is_too_large() -> None:
    limits = replace(LIMITS, xml=100)
    caught = refusal_of(lambda: read_document(plain().pack(), "稿.docx", limits=limits))
    assert isinstance(caught, TooLarge)


def entities(encoding: str) -> bytes:
    declared = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10 if i else "笑" * 10}">' for i in range(9))
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE w [{declared}]><w>&l8;</w>'
    return text.encode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
def test_refuses_a_billion_laughs(encoding: str) -> None:
    data = with_part("word/document.xml", entities(encoding))
    assert refusal_of(lambda: read_document(data, "笑.docx")).messages == (
        say.DECLARES_ENTITIES(part="word/document.xml"),
    )


def test_refuses_entities_in_any_part_that_is_parsed() -> None:
    external = b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><r>&x;</r>'
    data = with_part("word/_rels/document.xml.rels", external)
    assert isinstance(refusal_of(lambda: read_document(data, "外部.docx")), Refused)


def test_refuses_broken_xml_and_a_missing_main_part() -> None:
    broken = with_part("word/document.xml", b"<w:document")
    missing = {name: data for name, data in parts_of(plain()).items() if name != "word/document.xml"}
    expected = (say.DAMAGED(part="word/document.xml"),)
    assert refusal_of(lambda: read_document(broken, "坏.docx")).messages == expected
    assert refusal_of(lambda: read_document(zipped(missing), "缺.docx")).messages == expected


def test_refuses_a_part_whose_bytes_do_not_match_their_sum() -> None:
    files = parts_of(plain())
    data = bytearray(zipped(files, stored=True))
    at = bytes(data).index("正文".encode())
    data[at] ^= 1
    assert refusal_of(lambda: read_document(bytes(data), "坏.docx")).messages == (
        say.DAMAGED(part="word/document.xml"),
    )


def test_refuses_encrypted_zip_entries() -> None:
    data = bytearray(plain().pack())
    at = bytes(data).index(b"PK\x01\x02")
    data[at + 8] |= 1
    assert refusal_of(lambda: read_document(bytes(data), "密.docx")).messages == (say.ENCRYPTED(),)


def nested_tables(depth: int) -> str:
    inner = word.p("底")
    for _ in range(depth):
        inner = word.table(word.row(word.cell(inner, word.p(""))), columns=1)
    return inner


def test_reads_tables_nested_up_to_the_limit_and_refuses_more() -> None:
    limit = LIMITS.nesting
    assert read_document(plain(nested_tables(limit)).pack(), "表.docx").text == "|底|"
    too_deep = plain(nested_tables(limit + 1)).pack()
    assert refusal_of(lambda: read_document(too_deep, "表.docx")).messages == (say.TOO_DEEP(limit=limit),)
    pasted = "<table><tr><td>" * (limit + 1)
    assert refusal_of(lambda: read_html(pasted)).messages == (say.TOO_DEEP(limit=limit),)


def test_refuses_text_boxes_nested_too_deep() -> None:
    inner = word.p("底")
    for _ in range(LIMITS.nesting + 1):
        inner = word.p(word.run(text_box(inner, "")))
    assert isinstance(refusal_of(lambda: read_document(plain(inner).pack(), "框.docx")), Refused)


def test_survives_the_deepest_xml_and_refuses_deeper() -> None:
    revisions = "<w:ins>" * 240 + word.runs("底") + "</w:ins>" * 240
    assert read_document(plain(word.p(revisions)).pack(), "深.docx").text == "底"
    deeper = plain(word.p("<w:ins>" * 300 + "</w:ins>" * 300)).pack()
    assert refusal_of(lambda: read_document(deeper, "深.docx")).messages == (
        say.DAMAGED(part="word/document.xml"),
    )


def test_refuses_pasted_text_nested_beyond_reading() -> None:
    pasted = "<div>" * 300 + "底" + "</div>" * 300
    assert refusal_of(lambda: read_html(pasted)).messages == (say.PASTE_TOO_DEEP(),)


def test_refuses_numbers_that_swell_the_text() -> None:
    swollen = abstract_list(0, level(0, "decimal", "长" * 10_000 + "%1")) + num(1, 0)
    docx = Docx("".join(word.p("", num=(1, 0)) for _ in range(300)), numbering=swollen)
    caught = refusal_of(lambda: read_document(docx.pack(), "膨胀.docx"))
    assert caught.messages == (say.TEXT_TOO_LONG(limit=LIMITS.characters),)


def test_refuses_cells_that_swell_the_table() -> None:
    limits = replace(LIMITS, characters=10_000)
    wide = word.cell("", tcpr='<w:gridSpan w:val="999999999"/>')
    docx = plain(word.table(word.row(*[wide] * 400)))
    assert isinstance(refusal_of(lambda: read_document(docx.pack(), "宽.docx", limits=limits)), TooLarge)
    pasted = f"<table><tr>{'<td rowspan=9999>' * 50}</tr>{'<tr></tr>' * 500}</table>"
    assert isinstance(refusal_of(lambda: read_html(pasted, limits=limits)), TooLarge)


def test_leaves_out_a_picture_of_200_megapixels_and_says_so() -> None:
    huge = bytearray(png(1, 1))
    huge[16:24] = pack(">II", 20_000, 10_000)
    docx = Docx("")
    relation = docx.picture("image1.png", bytes(huge))
    docx.body = word.p("标题") + word.p(word.run(drawing(relation))) * 2
    reading = read_document(docx.pack(), "大图.docx")
    assert (reading.text, reading.pictures) == ("标题", ())
    assert reading.notes == (say.PICTURES_TOO_LARGE(limit=100, count=2, width=20_000, height=10_000),)


def test_reads_300_pages_in_seconds() -> None:
    line = "全市水务系统要认真贯彻落实会议精神，压紧压实工作责任，确保完成2026年各项目标任务。"
    numbering = abstract_list(0, level(0, "chineseCounting", "（%1）")) + num(1, 0)
    row = word.row("办公室", "25", "9")
    page = word.p(line, num=(1, 0)) + word.p(line) * 12 + word.table(*[row] * 5)
    data = Docx(page * 300, numbering=numbering).pack()
    started = time.perf_counter()
    reading = read_document(data, "长.docx")
    assert time.perf_counter() - started < 10
    assert reading.text.count("\n") == 300 * 18 - 1


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"", "x.docx", "empty"),
        (plain().pack(), "x.wps", "docx"),
        (compound("WordDocument"), "x.wps", "doc"),
        ("文".encode(), "x.TXT", "txt"),
        ("文".encode(), "C:\\稿件\\x.md", "md"),
        ("文".encode(), "无后缀", "txt"),
        ("文".encode(), "x.doc", "not-docx"),
    ],
)
def test_tells_the_kind_by_content(data: bytes, name: str, kind: str) -> None:
    assert kind_of(data, name) == kind
