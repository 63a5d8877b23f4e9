"""Whatever is done to a document, reading it gives a text or a refusal that says why, and nothing else."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from hezou.documents.rules import read_document, read_html
from hezou.kernel.errors import Refusal
from hezou.kernel.text import normalise
from tests.papers.build import PAPERS
from tests.papers.dialects import Docx, zipped
from tests.papers.odd import parts_of
from tests.papers.registry import Paper

DOCX = [paper for paper in PAPERS if paper.name.endswith((".docx", ".wps"))]
TAGS = (
    "w:p", "w:r", "w:t", "w:tbl", "w:tr", "w:tc", "w:pPr", "w:rPr", "w:numPr", "w:numId", "w:ilvl",
    "w:ins", "w:del", "w:sdt", "w:sdtContent", "w:sdtPr", "w:fldChar", "w:instrText", "w:drawing",
    "w:pict", "w:txbxContent", "w:br", "w:tab", "w:sym", "w:hyperlink", "w:gridSpan", "w:vMerge",
    "w:tcPr", "w:trPr", "w:footnoteReference", "w:ruby", "w:rubyBase", "w:vanish", "w:pStyle",
    "w:smartTag", "mc:AlternateContent", "mc:Choice", "mc:Fallback", "m:oMath", "m:r", "m:t", "m:f",
    "m:num", "a:blip", "v:imagedata", "v:textpath", "w:object", "w:altChunk",
)  # fmt: skip
VALUES = (
    "",
    "0",
    "1",
    "-1",
    "x",
    "begin",
    "separate",
    "end",
    "restart",
    "99999999999999999999",
    "TOC",
    "true",
)
attributes = st.dictionaries(
    st.sampled_from(
        ["w:val", "w:id", "w:fldCharType", "r:embed", "r:id", "w:char", "w:font", "Requires", "string"]
    ),
    st.sampled_from(VALUES),
    max_size=2,
)


def element(tag: str, given_attributes: dict[str, str], inner: str) -> str:
    written = "".join(f' {name}="{value}"' for name, value in given_attributes.items())
    return f"<{tag}{written}>{inner}</{tag}>"


trees = st.recursive(
    st.sampled_from(["", "甲", "TOC", " "]),
    lambda inner: st.builds(
        element, st.sampled_from(TAGS), attributes, st.lists(inner, max_size=4).map("".join)
    ),
    max_leaves=40,
)


def read_or_refuse(data: bytes) -> None:
    try:
        text = read_document(data, "稿.docx").text
    except Refusal:
        return
    assert normalise(text) == text


@given(st.lists(trees, max_size=5).map("".join))
@settings(max_examples=200, deadline=None)
def test_reads_any_tree_of_known_elements(body: str) -> None:
    read_or_refuse(Docx(body, styles=body, numbering=body).pack())


@given(st.sampled_from(DOCX), st.data())
@settings(max_examples=300, deadline=None)
def test_reads_or_refuses_a_part_with_bytes_changed(paper: Paper, data: st.DataObject) -> None:
    made = paper.make()
    assert isinstance(made, bytes)
    damaged = bytearray(made)
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    read_or_refuse(bytes(damaged))


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_reads_or_refuses_xml_with_pieces_cut_out(data: st.DataObject) -> None:
    files = parts_of(Docx("<w:p><w:r><w:t>甲</w:t></w:r></w:p>"))
    name = data.draw(st.sampled_from(sorted(files)))
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(files[name]))] * 2)))
    read_or_refuse(zipped(files | {name: files[name][:start] + files[name][end:]}))


SOUP = (
    "<p>", "</p>", "<table>", "<tr>", "<td>", "</td>", "</tr>", "</table>", "<ol>", "<li>", "</ol>", "<sup>",
    "</sup>", "<pre>", "</pre>", "<br>", "甲", "2", "<!--", "-->", "<del>", "<![if x]>", "<caption>", "<h1>",
    "<td colspan=3 rowspan=2>",
)  # fmt: skip


@given(st.lists(st.sampled_from(SOUP)).map("".join))
@settings(max_examples=400, deadline=None)
def test_reads_any_soup_of_tags(soup: str) -> None:
    text = read_html(soup).text
    assert normalise(text) == text
