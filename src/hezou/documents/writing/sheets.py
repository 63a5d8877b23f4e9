"""The approval sheet: what a piece is, who decided what on it, and the code that ties paper to text."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hezou.documents import messages as say
from hezou.documents.pictures import picture_facts
from hezou.documents.writing.document import inline_picture
from hezou.documents.writing.forms import LABELS, SheetLabels
from hezou.documents.writing.layouts import PLAIN, Face, Page, millimetres, points
from hezou.documents.writing.parts import Meta, Parts, pack
from hezou.documents.writing.xml import Element, paragraph, run, w
from hezou.kernel.errors import Refused

_LAYOUT = replace(
    PLAIN,
    page=Page(
        width=PLAIN.page.width,
        height=PLAIN.page.height,
        top=millimetres(20),
        right=millimetres(20),
        bottom=millimetres(15),
        left=millimetres(20),
        footer=millimetres(10),
    ),
    title=Face("方正小标宋简体", 44),
    table_line=points(16),
)
_COLUMNS = tuple(millimetres(length) for length in (28, 62, 28, 52))
_CODE = Face("宋体", 36, bold=True)
_SMALL = Face("宋体", 18)
_QR_SIDE = 28 * 36_000  # EMUs: 28 mm, which a telephone reads from a photo of the page
_INK_HEIGHT = millimetres(32)
_GROUP = 8


@dataclass(frozen=True)
class Opinion:
    """One seat and what its holder decided, in words ready to print; `verdict` empty until they have.

    `mode` and `recorded_by` name how a decision came in and who entered it, where somebody else did. `waits`
    stands instead of room for ink at a seat that this sheet is not signed for.
    """

    step: str
    seat: str = ""
    verdict: str = ""
    words: str = ""
    person: str = ""
    in_name_of: str = ""
    mode: str = ""
    recorded_by: str = ""
    at: str = ""
    waits: str = ""

    @property
    def said(self) -> str:
        """Verdict and words; the words alone where they begin with the verdict (同意。)."""
        if self.words.startswith(self.verdict):
            return self.words
        return "：".join(part for part in (self.verdict, self.words) if part)


@dataclass(frozen=True)
class Sheet:
    """What an approval sheet says, in words ready to print.

    `heading` is the form's name (`forms.HEADINGS` has the shipped ones), `facts` are further pairs of label
    and value, `seal` and `chain_head` hexadecimal, `chain_number` how many entries the chain then had, `code`
    the short form of text and step, `qr` a PNG of it.
    """

    heading: str
    agency: str
    number: str
    title: str
    kind: str
    content_class: str
    openness: str
    unit: str
    authors: str
    opinions: tuple[Opinion, ...]
    seal: str
    chain_head: str
    code: str
    qr: bytes
    printed_at: str
    chain_number: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    labels: SheetLabels = LABELS


def write_approval_sheet(sheet: Sheet) -> bytes:
    """The sheet as a .docx of A4; seats not yet taken get room for ink.

    Raises Refused when `qr` is no PNG.
    """
    facts = picture_facts(sheet.qr)
    if facts is None or facts.content_type != "image/png":
        raise Refused(say.PICTURE_UNFIT(sha256=sheet.code))
    parts = Parts()
    relation = parts.add("media/code.png", "image", sheet.qr, "image/png")
    picture = w("r", w("drawing", inline_picture(relation, 1, sheet.code, (_QR_SIDE, _QR_SIDE))))
    body = [
        paragraph(run(sheet.agency), style="Caption"),
        paragraph(run(sheet.heading), style="Title", properties=(w("spacing", after=_LAYOUT.line // 2),)),
        _table(_facts(sheet) + _opinions(sheet) + _codes(sheet, picture)),
        paragraph(_small(sheet.labels.footnote), style="TableText", properties=(_close(before=120),)),
    ]
    return pack(body, _LAYOUT, parts, Meta(title=f"{sheet.heading} {sheet.number}"))


def _facts(sheet: Sheet) -> list[Element]:
    labels = sheet.labels
    pairs = [
        (labels.number, sheet.number),
        (labels.kind, sheet.kind),
        (labels.content_class, sheet.content_class),
        (labels.openness, sheet.openness),
        (labels.unit, sheet.unit),
        (labels.authors, sheet.authors),
        *sheet.facts,
    ]
    rows = [_row(_label(labels.title), _cell([sheet.title], span=3))]
    for left, right in zip(pairs[::2], [*pairs[1::2], None], strict=False):
        if right is None:
            rows.append(_row(_label(left[0]), _cell([left[1]], span=3)))
        else:
            rows.append(_row(_label(left[0]), _cell([left[1]]), _label(right[0], 2), _cell([right[1]], 3)))
    return rows


def _opinions(sheet: Sheet) -> list[Element]:
    head = _row(_cell([sheet.labels.opinions], span=4, style="TableHead"))
    return [head, *(_opinion(opinion, sheet.labels) for opinion in sheet.opinions)]


def _opinion(opinion: Opinion, labels: SheetLabels) -> Element:
    who = _cell([line for line in (opinion.step, opinion.seat) if line], style="TableHead")
    if opinion.waits:
        return _row(who, _cell([opinion.waits], span=3))
    if not opinion.verdict:
        return _row(who, _cell([labels.sign_here], span=3, alignment="right", low=True), height=_INK_HEIGHT)
    signed = opinion.person
    if opinion.in_name_of:
        signed += f"（{labels.in_name_of.format(person=opinion.in_name_of)}）"
    lines = [opinion.said, "　".join(part for part in (signed, opinion.at) if part)]
    if opinion.recorded_by:
        lines.append(f"（{labels.recorded_by.format(mode=opinion.mode, person=opinion.recorded_by)}）")
    return _row(who, _cell(lines, span=3))


def _codes(sheet: Sheet, picture: Element) -> list[Element]:
    labels = sheet.labels
    large = [w("b"), w("bCs"), w("sz", val=_CODE.size), w("szCs", val=_CODE.size)]
    tall = w("spacing", line=_CODE.em + _SMALL.em, lineRule="exact")
    number = f"（{sheet.chain_number}）" if sheet.chain_number else ""
    lines = [
        *_hexadecimal(labels.seal, sheet.seal),
        *_hexadecimal(labels.chain_head + number, sheet.chain_head),
        f"{labels.printed_at}　{sheet.printed_at}",
    ]
    content = [
        paragraph(_small(f"{labels.code}　"), run(sheet.code, *large), style="TableText", properties=(tall,)),
        *(paragraph(_small(line), style="TableText", properties=(_close(),)) for line in lines),
    ]
    left = w("tc", _cell_properties(0, span=3), *content)
    right = w("tc", _cell_properties(3), paragraph(picture, style="Picture"))
    return [_row(left, right)]


def _hexadecimal(label: str, digits: str) -> list[str]:
    """A label and its digits in groups that an eye can follow, 32 on a line."""
    groups = [digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP)]
    return [label, *(" ".join(groups[at : at + 4]) for at in range(0, len(groups), 4))]


def _close(before: int = 0) -> Element:
    """Lines of small print close together; `before`: twips above the first."""
    return w("spacing", before=before, line=points(13), lineRule="exact")


def _small(text: str) -> Element:
    return run(text, w("sz", val=_SMALL.size), w("szCs", val=_SMALL.size))


def _table(rows: list[Element]) -> Element:
    return w(
        "tbl",
        w(
            "tblPr",
            w("tblStyle", val="TableGrid"),
            w("tblW", w=sum(_COLUMNS), type="dxa"),
            w("jc", val="center"),
            w("tblLayout", type="fixed"),
        ),
        w("tblGrid", *(w("gridCol", w=width) for width in _COLUMNS)),
        *rows,
    )


def _row(*cells: Element, height: int = millimetres(9)) -> Element:
    return w("tr", w("trPr", w("cantSplit"), w("trHeight", val=height, hRule="atLeast")), *cells)


def _label(text: str, column: int = 0) -> Element:
    return _cell([text], column, style="TableHead")


def _cell(
    lines: list[str],
    column: int = 1,
    *,
    span: int = 1,
    style: str = "TableText",
    alignment: str = "",
    low: bool = False,
) -> Element:
    """A cell of one paragraph for each line; what spans all columns begins with the first."""
    written = [
        paragraph(run(line), style=style, properties=(w("jc", val=alignment),) if alignment else ())
        for text in lines or [""]
        for line in text.split("\n")
    ]
    first = 0 if span == len(_COLUMNS) else column
    return w("tc", _cell_properties(first, span, low=low), *written)


def _cell_properties(column: int, span: int = 1, *, low: bool = False) -> Element:
    width = w("tcW", w=sum(_COLUMNS[column : column + span]), type="dxa")
    spans = [w("gridSpan", val=span)] if span > 1 else []
    return w("tcPr", width, *spans, w("vAlign", val="bottom" if low else "center"))
