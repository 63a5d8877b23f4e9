"""The small parts: numbers, picture headers, encodings, signs, and the corners of each reader."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hezou.documents import messages as say
from hezou.documents.limits import LIMITS
from hezou.documents.pictures import PictureFacts, picture_facts
from hezou.documents.reading.fields import Fields
from hezou.documents.reading.model import Gatherer
from hezou.documents.reading.numerals import circled, format_number
from hezou.documents.reading.plain import decode
from hezou.documents.reading.symbols import bullet, script
from hezou.documents.rules import Reading, read_document, read_html
from hezou.kernel.errors import Refused
from hezou.kernel.messages import Message
from tests.papers.dialects import (
    Docx,
    Word,
    abstract,
    drawing,
    level,
    num,
    restart,
    styles,
    text_box,
    zipped,
)  # fmt: skip
from tests.papers.odd import parts_of
from tests.papers.registry import png

word = Word()


def read(body: str, **parts: Any) -> Reading:
    return read_document(Docx(body, **parts).pack(), "稿.docx")


def note(code: Callable[..., Message], count: int = 1) -> Message:
    return code(count=count)


@pytest.mark.parametrize(
    ("form", "number", "written"),
    [
        ("decimal", 12, "12"), ("decimalZero", 7, "07"), ("decimalZero", 12, "12"),
        ("decimalFullWidth", 10, "１０"), ("decimalEnclosedCircle", 20, "⑳"),
        ("decimalEnclosedCircleChinese", 21, "㉑"), ("decimalEnclosedCircle", 51, "51"),
        ("decimalEnclosedParen", 1, "⑴"), ("decimalEnclosedParen", 21, "21"),
        ("decimalEnclosedFullstop", 2, "⒉"),
        ("numberInDash", 3, "- 3 -"), ("ordinal", 1, "1st"), ("ordinal", 12, "12th"), ("ordinal", 23, "23rd"),
        ("upperRoman", 1994, "MCMXCIV"), ("lowerRoman", 4, "iv"), ("upperLetter", 27, "AA"),
        ("lowerLetter", 3, "c"),
        ("chineseCounting", 10, "十"), ("chineseCounting", 99, "九十九"), ("chineseCounting", 120, "一二○"),
        ("chineseCountingThousand", 11, "十一"), ("chineseCountingThousand", 20, "二十"),
        ("chineseCountingThousand", 105, "一百零五"), ("chineseCountingThousand", 110, "一百一十"),
        ("chineseCountingThousand", 1005, "一千零五"), ("chineseCountingThousand", 2050, "二千零五十"),
        ("taiwaneseCountingThousand", 100, "一百"), ("japaneseCounting", 115, "百十五"),
        ("japaneseCounting", 1205, "千二百五"), ("chineseLegalSimplified", 12, "壹拾贰"),
        ("chineseLegalSimplified", 104, "壹佰零肆"), ("ideographDigital", 10, "一○"),
        ("taiwaneseDigital", 3, "三"),
        ("ideographTraditional", 10, "癸"), ("ideographTraditional", 11, "11"), ("ideographZodiac", 12, "亥"),
        ("ideographEnclosedCircle", 1, "㊀"), ("none", 5, ""), ("decimal", 0, "0"), ("upperRoman", -3, "-3"),
        ("upperLetter", 10**9, "1000000000"), ("bahtText", 1, None),
    ],
)  # fmt: skip
def test_writes_numbers_in_every_form(form: str, number: int, written: str | None) -> None:
    assert format_number(number, form) == written


@given(st.integers(1, 9_999))
def test_han_numbers_say_their_number(number: int) -> None:
    digits, units = "零一二三四五六七八九", {"十": 10, "百": 100, "千": 1000}
    total, digit = 0, 0
    for character in format_number(number, "chineseCountingThousand") or "":
        if character in units:
            total, digit = total + (digit or 1) * units[character], 0
        else:
            digit = digits.index(character)
    assert total + digit == number


def test_circles_numbers_up_to_fifty() -> None:
    assert [circled(n) for n in (1, 20, 21, 35, 36, 50, 51)] == [*"①⑳㉑㉟㊱㊿", "51"]


JPEG = (
    b"\xff\xd8\xff\xe0\x00\x10JFIF\0" + bytes(9) + b"\xff\xff\x01\xff\xc4\x00\x04ab"
    + b"\xff\xc2\x00\x11\x08" + struct.pack(">HH", 480, 640) + bytes(10)
)  # fmt: skip
WEBP_LOSSY = b"RIFF\0\0\0\0WEBPVP8 " + bytes(10) + struct.pack("<HH", 30, 20)
WEBP_LOSSLESS = b"RIFF\0\0\0\0WEBPVP8L" + bytes(4) + b"\x2f" + struct.pack("<I", 29 | 19 << 14)
WEBP_EXTENDED = b"RIFF\0\0\0\0WEBPVP8X" + bytes(8) + b"\x1d\0\0\x13\0\0"
BMP = b"BM" + bytes(12) + struct.pack("<Iii", 40, 30, -20)


@pytest.mark.parametrize(
    ("data", "facts"),
    [
        (png(3, 2), PictureFacts("image/png", 3, 2)),
        (JPEG, PictureFacts("image/jpeg", 640, 480)),
        (b"GIF89a" + struct.pack("<HH", 30, 20), PictureFacts("image/gif", 30, 20)),
        (b"GIF87a" + struct.pack("<HH", 0, 20), None),
        (BMP, PictureFacts("image/bmp", 30, 20)),
        (b"BM" + bytes(12) + struct.pack("<Iii", 12, 3, 2), None),
        (WEBP_LOSSY, PictureFacts("image/webp", 30, 20)),
        (WEBP_LOSSLESS, PictureFacts("image/webp", 30, 20)),
        (WEBP_EXTENDED, PictureFacts("image/webp", 30, 20)),
        (b"RIFF\0\0\0\0WAVEfmt ", None),
        (b"\x89PNG\r\n\x1a\n", None),
        (b"\x89PNG\r\n\x1a\n\0\0\0\x0dIDAT" + bytes(8), None),
        (b"\xff\xd8\xff\xe0\x00", None),
        (b"\xff\xd8\xff\xda\x00\x02\x00\x00", None),
        (b"\xff\xd8\xff" + b"\xff" * 5_000, None),
        (b"<svg/>", None),
        (b"", None),
    ],
)
def test_measures_pictures_by_their_headers(data: bytes, facts: PictureFacts | None) -> None:
    assert picture_facts(data) == facts


@given(st.text(st.sampled_from("全市水务系统要认真贯彻落实会议精神。，：（）2026年\n"), min_size=6))
def test_finds_the_encoding_of_office_texts(words: str) -> None:
    # A mere word of GBK can be good UTF-8 of another; a sentence cannot.
    text = "全市水务系统要认真贯彻落实会议精神。" + words
    for codec in ("utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"):
        assert decode(text.encode(codec), Gatherer(LIMITS)) == text


@given(st.binary(max_size=200))
def test_decodes_or_refuses_any_bytes(data: bytes) -> None:
    try:
        text = read_document(data, "稿.txt").text
    except Refused:
        return
    assert "\0" not in text


def test_says_how_many_characters_could_not_be_read() -> None:
    reading = read_document("青屏市水务局关于防汛的通知".encode("gbk") * 20 + b"\xff", "稿.txt")
    assert reading.text.endswith("通知〓")
    assert reading.notes == (note(say.CHARACTERS_UNREADABLE), say.ENCODING(encoding="GB18030"))


def test_reads_bullets_and_shifted_figures() -> None:
    assert (bullet("Wingdings", "\uf0d8"), bullet("Wingdings", "?"), bullet("宋体", "\uf0fc")) == (
        "➢",
        "•",
        "✓",
    )
    assert (script("10", raised=True), script("x", raised=False), script("", raised=True)) == (
        "¹⁰",
        None,
        None,
    )


def test_an_end_mark_without_a_field_is_nothing() -> None:
    stray = "".join(word.run(f'<w:fldChar w:fldCharType="{kind}"/>') for kind in ("separate", "end", "odd"))
    told = word.run("<w:instrText>PAGE</w:instrText>")
    assert read(word.p("甲", stray, told, "乙")).text == "甲乙"
    assert Fields().separate() == ""


def test_a_formula_inside_an_instruction_is_silent() -> None:
    begin = word.run('<w:fldChar w:fldCharType="begin"/>')
    end = word.run('<w:fldChar w:fldCharType="end"/>')
    reading = read(word.p("甲", begin, "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>", end))
    assert (reading.text, reading.notes) == ("甲", (note(say.FIELDS_LEFT_OUT),))


def test_reads_the_choice_it_understands_and_else_the_fallback() -> None:
    def alternate(requires: str, fallback: str) -> str:
        choice = f'<mc:Choice Requires="{requires}">{word.run("<w:t>选</w:t>")}</mc:Choice>'
        return f"<mc:AlternateContent>{choice}{fallback}</mc:AlternateContent>"

    fallback = f"<mc:Fallback>{word.run('<w:t>退</w:t>')}</mc:Fallback>"
    body = word.p(alternate("wps", fallback), alternate("cx1", fallback), alternate("cx1", ""), "完")
    assert read(body).text == "选退完"
    blocks = (
        f'<mc:AlternateContent><mc:Choice Requires="w14">{word.p("段")}</mc:Choice></mc:AlternateContent>'
    )
    nothing = "<mc:AlternateContent><mc:Fallback/></mc:AlternateContent>"
    drawn = word.run(f"<w:drawing>{nothing}</w:drawing>") + word.run("<mc:AlternateContent/>")
    assert read(blocks + nothing + word.p("尾", drawn)).text == "段\n尾"


def test_hands_over_a_watermark_written_twice_once() -> None:
    docx = Docx(word.p("正文"))
    docx.xml(
        "header1.xml",
        "header",
        word.p(word.run(text_box(word.p("秘密★1年")))) + word.p(word.run("<mc:AlternateContent/>")),
    )
    docx.parts["header9.xml"] = docx.parts["header1.xml"]
    docx.external["rId98"] = "http://www.example.cn/"
    reading = read_document(docx.pack(), "稿.docx")
    assert (reading.left_out, reading.notes) == (("秘密★1年",) * 2, (note(say.HEADERS_LEFT_OUT, 2),))


def test_takes_block_revisions_and_custom_xml_apart() -> None:
    by = 'w:id="1" w:author="某"'
    body = (
        f"<w:del {by}>{word.p('删')}</w:del><w:moveTo {by}>{word.p('移')}</w:moveTo>"
        f'<w:customXml w:uri="u" w:element="e">{word.p("自定")}</w:customXml><w:sdt><w:sdtPr/></w:sdt>'
    )
    reading = read(body + word.p("尾", "<w:sdt><w:sdtPr/></w:sdt>"))
    assert (reading.text, reading.left_out) == ("移\n自定\n尾", ("删",))
    assert reading.notes == (note(say.REVISIONS_ACCEPTED, 2),)


def test_keeps_the_last_paragraph_whose_mark_is_deleted() -> None:
    reading = read(word.p("头") + word.p("尾", ppr='<w:rPr><w:del w:id="1" w:author="某"/></w:rPr>'))
    assert reading.text == "头\n尾"


def test_a_note_that_is_missing_or_begins_with_a_table_keeps_its_mark() -> None:
    docx = Docx(word.p("甲", *(word.run(f'<w:footnoteReference w:id="{key}"/>') for key in (1, 2))))
    docx.xml(
        "footnotes.xml", "footnotes", f'<w:footnote w:id="2">{word.table(word.row("表", "格"))}</w:footnote>'
    )
    assert read_document(docx.pack(), "稿.docx").text == "甲［注1］［注2］\n［注1］\n［注2］\n|表|格|"


def test_a_caption_takes_the_picture_before_it_once() -> None:
    docx = Docx("", styles=styles(("c", "caption", "")))
    shown = word.p(word.run(drawing(docx.picture("image1.png", png(2, 2)))))
    docx.body = (
        word.p("题注在前", style="c") + shown + word.p("图一", style="c") + word.p("又一行", style="c")
    )
    reading = read_document(docx.pack(), "稿.docx")
    assert reading.text == f"题注在前\n![图一](file:{reading.pictures[0].sha256})\n又一行"


def test_signs_that_cannot_be_told_are_marked() -> None:
    body = word.p(
        word.run('<w:sym w:font="Wingdings" w:char="zz"/>'), word.run('<w:sym w:font="宋体" w:char="00B1"/>'),
        word.run("<w:ruby/>"),
    )  # fmt: skip
    reading = read(body)
    assert reading.text == "〓±"
    assert reading.notes == (note(say.SYMBOLS_UNKNOWN), note(say.READINGS_LEFT_OUT))


def test_numbers_survive_broken_definitions() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "decimal", "[%1]")}</w:lvlOverride>'
    hidden = level(0, "decimal", "%1.").replace("</w:lvl>", "<w:rPr><w:vanish/></w:rPr></w:lvl>")
    numbering = (
        abstract(0, level(0, "decimal", "%1."), level(12, "decimal", "%1."))
        + abstract(1, extra='<w:numStyleLink w:val="nowhere"/>')
        + abstract(2, hidden)
        + abstract(3, level(0, "bullet", ""))
        + num(1, 0, own) + num(2, 0, restart(0, 5)) + num(3, 1) + num(4, 9) + num(5, 2) + num(6, 3)
    )  # fmt: skip
    lines = [word.p("文", num=(key, 0)) for key in (1, 2, 3, 4, 5, 6)] + [word.p("文", num=(1, 20))]
    bad = word.p("文", ppr='<w:numPr><w:numId w:val="x"/></w:numPr>')
    assert read("".join(lines) + bad, numbering=numbering).text.split("\n") == ["[1]文", "5.文", *["文"] * 6]


def test_a_circle_of_styles_ends() -> None:
    sheet = styles(("x", "甲", '<w:basedOn w:val="y"/>'), ("y", "乙", '<w:basedOn w:val="x"/>'))
    assert read(word.p("文", style="x"), styles=sheet).text == "文"


def test_refuses_a_document_without_body_and_entries_twice() -> None:
    files = parts_of(Docx(""))
    with pytest.raises(Refused) as caught:
        read_document(zipped(files | {"word/document.xml": b"<a/>"}), "稿.docx")
    assert caught.value.messages == (say.NOT_DOCX(),)
    with pytest.raises(Refused) as caught:
        read_document(zipped(files | {"WORD/document.xml": b"<a/>"}), "稿.docx")
    assert caught.value.messages == (say.DAMAGED(part="zip"),)
    no_main = files | {"_rels/.rels": b"<Relationships/>", "[Content_Types].xml": b"<Types><Odd/></Types>"}
    with pytest.raises(Refused) as caught:
        read_document(zipped(no_main), "稿.docx")
    assert caught.value.messages == (say.NOT_DOCX(),)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""), ("  \n", ""), ("<!-- -->", ""), ("<?xml version='1.0'?>", ""),
        ("正文", "正文"), ("甲<br>乙<br>", "甲\n乙"), ("<p>甲</p>\n<p>&nbsp;</p><p>乙</p>", "甲\n\n乙"),
        ("<td>甲</td><tr>乙</tr>", "甲\n乙"), ("<table></table>尾", "尾"), ("<li>甲</li>", "•甲"),
        ("<div style='display:none'> </div>甲", "甲"), ("</td></tr></table></sup></ol>甲", "甲"),
        ("A\nB 中\n文", "A B 中文"), ("<ol type=a><li>甲<li value=30>乙</ol>", "a.甲\ndd.乙"),
        ("<h2>一、甲</h2><h3>乙</h3>", "一、甲\n乙"), ("<sub> </sub>甲", "甲"),
        ("<table><tr><td>甲<br>乙</td></tr></table>", "甲\n乙"), ("<table><tr><td>甲</table>", "|甲|"),
        ("<table><tr><td rowspan=2>甲<td colspan=x>乙<tr><td>丙</table>", "|甲|乙|\n||丙|"),
    ],
)  # fmt: skip
def test_reads_the_corners_of_pasted_html(html: str, text: str) -> None:
    assert read_html(html).text == text


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("data:image/png;base64,%%%", say.PICTURES_UNFIT),
        ("data:image/png;base64,A", say.PICTURES_ELSEWHERE),
        ("data:text/html,x", say.PICTURES_ELSEWHERE),
        ("", say.PICTURES_ELSEWHERE),
    ],
)
def test_names_pictures_that_a_paste_does_not_bring(source: str, code: Callable[..., Message]) -> None:
    assert read_html(f'<p>甲</p><img src="{source}">').notes == (note(code),)


@given(st.text(max_size=60))
def test_reads_any_paste(pasted: str) -> None:
    assert "\0" not in read_html(pasted).text


def test_keeps_no_lone_surrogates_or_nul_bytes() -> None:
    reading = read_html("甲\0\ud800乙")
    assert (reading.text, reading.notes) == ("甲乙", (note(say.CONTROLS_DROPPED, 2),))
