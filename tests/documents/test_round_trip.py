"""Text → .docx → text is equal, for every text that the model can express; the file is valid by structure."""

from __future__ import annotations

import hashlib
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from hezou.documents import messages as say
from hezou.documents.rules import LAYOUTS, Meta, expressible, read_document, write_docx
from hezou.documents.writing.layouts import OFFICIAL, millimetres
from hezou.kernel.clock import now
from hezou.kernel.errors import Refused
from hezou.kernel.messages import Message
from hezou.kernel.text import normalise
from tests.documents.structure import faults
from tests.papers.build import PAPERS, Paper, read
from tests.papers.dialects import zipped
from tests.papers.registry import png

SHADES = {hashlib.sha256(data).hexdigest(): data for data in (png(40, 30, shade) for shade in (10, 90))}
ONE, TWO = SHADES
EACH_LAYOUT = pytest.mark.parametrize("layout", sorted(LAYOUTS))

pieces = st.text(
    st.one_of(
        st.sampled_from(
            "一二（）1.、。：|　 \t\u00a0报送[]!·“”e\u0301㊙𠮷\ue000\u2028\x85\x7f\x0b\x01\ufffe"
        ),
        st.characters(exclude_categories=["Cs"], exclude_characters="\x00"),
    ),
    max_size=12,
)
cells = st.text(st.sampled_from("甲乙 12　\t"), max_size=4)
rows = st.lists(cells, min_size=1, max_size=5).map(lambda row: f"|{'|'.join(row)}|")
captions = st.text(st.sampled_from("图1 [东　"), max_size=4)
figures = st.builds(
    lambda caption, sha256: f"![{caption}](file:{sha256})", captions, st.sampled_from([ONE, TWO])
)
headings = st.builds(str.__add__, st.sampled_from(["一、", "（二）", "3.", "（4）"]), pieces)
closings = st.sampled_from(["各科室：", "青屏市水务局", "2026年6月5日", "一、抓早。各单位要抓早。", ""])
texts = st.lists(st.one_of(pieces, rows, figures, headings, closings), max_size=12).map("\n".join)


def round_trip(text: str, layout: str) -> str:
    reading = read_document(write_docx(text, pictures=SHADES, layout=layout), "稿.docx")
    assert reading.notes == ()
    return reading.text


@given(texts, st.sampled_from(sorted(LAYOUTS)))
@example("", "official")
@example("\n\n题\n\n", "plain")
@example("||\n| |\n\n|||\n　|甲|\n|甲|乙|\n|丙|", "official")
@example(f"![]({'file:' + ONE})\n![ ](file:{ONE})\n![图 [1](file:{TWO})", "official")
@example("题\n" + "|" * 70, "plain")
@settings(max_examples=200, deadline=None)
def test_gives_back_what_was_written(text: str, layout: str) -> None:
    assert round_trip(text, layout) == expressible(text)


def fits_into_xml(character: str) -> bool:
    try:
        etree.Element("a").text = character
    except ValueError:
        return False
    return True


@given(texts)
def test_expressible_drops_what_no_xml_can_hold_and_blanks_alone(text: str) -> None:
    carried = expressible(text)
    possible = normalise("".join(filter(fits_into_xml, text)))
    assert expressible(carried) == carried
    assert "".join(carried.split()) == "".join(possible.split())
    assert carried.count("\n") == possible.count("\n")


@EACH_LAYOUT
@pytest.mark.parametrize("paper", PAPERS, ids=[paper.slug for paper in PAPERS])
def test_gives_back_every_paper(paper: Paper, layout: str) -> None:
    reading = read(paper)
    pictures = {picture.sha256: picture.data for picture in reading.pictures}
    written = write_docx(reading.text, pictures=pictures, layout=layout)
    again = read_document(written, "稿.docx")
    assert (again.text, again.pictures, again.notes) == (reading.text, reading.pictures, ())
    assert faults(written) == []


@given(texts, st.sampled_from(sorted(LAYOUTS)))
@settings(max_examples=100, deadline=None)
def test_writes_valid_structure(text: str, layout: str) -> None:
    assert faults(write_docx(text, pictures=SHADES, layout=layout)) == []


@pytest.mark.parametrize(
    ("part", "good", "bad"),
    [
        ("word/document.xml", "<w:body>", "<w:body><w:tbl>"),
        ("word/document.xml", 'w:val="Title"', 'w:val="Titel"'),
        ("word/document.xml", 'r:embed="rId1"', 'r:embed="rId99"'),
        ("word/document.xml", "<w:tblW", '<w:jc w:val="left"/><w:tblW'),
        ("word/document.xml", "<w:gridCol", '<w:gridCol w:w="9"/><w:gridCol'),
        ("word/document.xml", "<w:p/><w:sectPr>", "<w:sectPr>"),
        ("word/document.xml", "<w:p/><w:sectPr>", "<w:p><w:pPr><w:jc/><w:ind/></w:pPr></w:p><w:sectPr>"),
        ("word/styles.xml", 'w:styleId="Footer"', 'w:styleId="Title"'),
        ("word/_rels/document.xml.rels", "styles.xml", "style.xml"),
        ("[Content_Types].xml", 'Extension="png"', 'Extension="gif"'),
        ("word/settings.xml", "<w:zoom", "<w:compat/><w:zoom"),
    ],
)
def test_structure_check_finds_faults(part: str, good: str, bad: str) -> None:
    whole = write_docx(f"题\n![](file:{ONE})\n|甲|", pictures=SHADES)
    with ZipFile(BytesIO(whole)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert good in files[part].decode()
    assert faults(zipped(files)) == []
    assert faults(zipped(files | {part: files[part].decode().replace(good, bad, 1).encode()})) != []


@EACH_LAYOUT
def test_another_library_reads_the_same_words(layout: str) -> None:
    text = f"关于防汛的通知\n\n一、范围\n全市。\n|单位|数量|\n|甲||\n![图1](file:{ONE})\n2026年6月5日"
    document = docx.Document(BytesIO(write_docx(text, pictures=SHADES, layout=layout)))
    words = [paragraph.text for paragraph in document.paragraphs]
    assert words == ["关于防汛的通知", "", "一、范围", "全市。", "", "图1", "2026年6月5日"]
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [
        ["单位", "数量"],
        ["甲", ""],
    ]
    assert [p.style.name for p in document.paragraphs[:3] if p.style] == ["Title", "Normal", "Heading 1"]


def test_writes_the_same_bytes_for_the_same_text() -> None:
    assert write_docx("题\n正文", pictures={}) == write_docx("题\n正文", pictures={})


def test_says_of_the_file_what_it_is_told() -> None:
    at = now().replace(microsecond=0)
    data = write_docx("题", pictures={}, meta=Meta(title="新题", creator="办公室", created=at))
    properties = docx.Document(BytesIO(data)).core_properties
    assert (properties.title, properties.author, properties.created) == ("新题", "办公室", at)


@pytest.mark.parametrize(
    ("pictures", "message"),
    [
        ({}, say.PICTURE_MISSING(sha256=ONE)),
        ({ONE: b"RIFF\0\0\0\0WEBPVP8X" + bytes(14)}, say.PICTURE_UNFIT(sha256=ONE)),
        ({ONE: b"<svg/>"}, say.PICTURE_UNFIT(sha256=ONE)),
    ],
    ids=["missing", "webp", "svg"],
)
def test_refuses_a_picture_it_cannot_show(pictures: dict[str, bytes], message: Message) -> None:
    with pytest.raises(Refused) as caught:
        write_docx(f"题\n![](file:{ONE})", pictures=pictures)
    assert caught.value.messages == (message,)


def test_official_layout_measures_follow_the_standard() -> None:
    page = OFFICIAL.page
    assert (page.text_width, page.text_height) == (millimetres(156), millimetres(225))
    assert page.text_height - 22 * OFFICIAL.line in range(OFFICIAL.line)
    assert 28 * (OFFICIAL.body.em - OFFICIAL.squeeze) <= page.text_width
    assert 29 * (OFFICIAL.body.em - OFFICIAL.squeeze) > page.text_width
    assert page.bottom - page.footer - OFFICIAL.page_number.em == millimetres(7)


def test_official_layout_places_addressee_signature_and_date() -> None:
    text = "通知\n局属各单位：\n请认真落实。\n青屏市水务局办公室\n2026年6月5日"
    paragraphs = docx.Document(BytesIO(write_docx(text, pictures={}, layout="official"))).paragraphs
    indents = []
    for paragraph in paragraphs:
        ind = paragraph._p.find(".//{*}ind")
        indents.append(
            None if ind is None else {str(k).rpartition("}")[2]: int(v) for k, v in ind.attrib.items()}
        )
    flush = {"firstLineChars": 0, "firstLine": 0}
    assert indents == [
        None, flush, None,
        flush | {"rightChars": 250, "right": 800},  # nine characters centred over a date of six
        flush | {"rightChars": 400, "right": 1280},
    ]  # fmt: skip


def test_official_layout_sets_only_the_first_sentence_of_a_run_in_heading() -> None:
    data = write_docx("题\n（一）抓早。各单位要抓早。", pictures={}, layout="official")
    runs = docx.Document(BytesIO(data)).paragraphs[1].runs
    assert [(run.text, run.font.name) for run in runs] == [
        ("（一）抓早。", "楷体_GB2312"),
        ("各单位要抓早。", None),
    ]


def test_a_large_picture_stays_inside_the_text() -> None:
    wide = png(4_000, 10)
    sha256 = hashlib.sha256(wide).hexdigest()
    document = docx.Document(BytesIO(write_docx(f"![](file:{sha256})", pictures={sha256: wide})))
    shape = document.inline_shapes[0]
    width, margin = document.sections[0].page_width, document.sections[0].left_margin
    assert width is not None
    assert margin is not None
    assert shape.width <= width - 2 * margin
    assert shape.height > 0
