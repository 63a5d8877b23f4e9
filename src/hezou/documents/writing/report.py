"""The report piece: a text under the head its addressee wants, naming unit, signer, writer and telephone.

Numbers of clauses are those of GB/T 9704—2012.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from hezou.documents import messages as say
from hezou.documents.writing.document import TextWriter
from hezou.documents.writing.forms import REPORT_FORM, HeaderForm, Pair
from hezou.documents.writing.layouts import OFFICIAL, Face, points
from hezou.documents.writing.parts import Meta, Parts, pack
from hezou.documents.writing.xml import Element, face_properties, paragraph, run, w
from hezou.kernel.errors import Refused
from hezou.kernel.messages import Code, Message
from hezou.kernel.text import title_of

_PLACE = re.compile(r"\{(\w*)\}")
_RED = "FF0000"
_LARGEST, _SMALLEST = 120, 44  # half points of the masthead: as large as its line allows
_RULE_BETWEEN, _RULE_END = 6, 8  # eighths of a point: 0.25 mm and 0.35 mm

_RED_RULE = 12
_SMALL = Face(OFFICIAL.body.font, 28)
_LINE = points(26)

NAMED: dict[str, Code] = {
    "unit": say.REPORT_WITHOUT_UNIT,
    "signer": say.REPORT_WITHOUT_SIGNER,
    "writer": say.REPORT_WITHOUT_WRITER,
    "telephone": say.REPORT_WITHOUT_TELEPHONE,
}
"""What every report piece names."""
FIELDS = (*NAMED, "addressee", "issue_date", "number", "title")
"""What a header form may name."""


@dataclass(frozen=True)
class Report:
    """A text on its way up: the words of its head, ready to print, and the form that places them."""

    text: str
    unit: str
    signer: str
    writer: str
    telephone: str
    addressee: str = ""
    issue_date: str = ""
    number: str = ""
    form: HeaderForm = REPORT_FORM
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    created: datetime | None = None


def write_report_piece(report: Report) -> bytes:
    """The report as a .docx in the official layout.

    Raises Refused: unit, signer, writer or telephone empty; a form that names an unknown field or has no
    place for one of these four; a picture that is missing or that Word cannot show.
    """
    Refused.unless_none(why_not_form(report.form))
    Refused.unless_none(code() if not getattr(report, name).strip() else None for name, code in NAMED.items())
    values = {name: getattr(report, name, "").strip() for name in FIELDS if name != "title"}
    values["title"] = title_of(report.text)
    parts = Parts()
    body = [
        _masthead(_filled(report.form.masthead, values)),
        *_head_lines(_filled_pairs(report.form.under, values)),
        *TextWriter(OFFICIAL, parts, report.pictures).body(report.text),
        paragraph(),
        *_foot_lines(_filled_pairs(report.form.foot, values)),
    ]
    return pack(
        body, OFFICIAL, parts, Meta(title=values["title"], creator=report.unit, created=report.created)
    )


def why_not_form(form: HeaderForm) -> list[Message]:
    """Why a header form cannot be used: fields that no report has, and the four that it must place."""
    asked = [name for text in _texts(form) for name in _PLACE.findall(text)]
    unknown = [say.FORM_UNKNOWN_FIELD(field=name) for name in dict.fromkeys(asked) if name not in FIELDS]
    return [*unknown, *(say.FORM_LACKS_FIELD(field=name) for name in NAMED if name not in asked)]


def _texts(form: HeaderForm) -> list[str]:
    return [form.masthead, *(text for pair in (*form.under, *form.foot) for text in pair)]


def _filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its fields; empty where it has fields and all are."""
    names = _PLACE.findall(text)
    if names and not any(values[name] for name in names):
        return ""
    return _PLACE.sub(lambda place: values[place[1]], text)


def _filled_pairs(pairs: tuple[Pair, ...], values: Mapping[str, str]) -> list[Pair]:
    filled = [(_filled(left, values), _filled(right, values)) for left, right in pairs]
    return [pair for pair in filled if any(pair)]


def _masthead(words: str) -> Element:
    """The name above, red, as large as fits on one line."""
    fitting = OFFICIAL.page.text_width // (10 * max(1, len(words)))
    size = max(_SMALLEST, min(_LARGEST, fitting)) // 2 * 2
    face = Face(OFFICIAL.title.font, size)
    spacing = w("spacing", line=size * 12, lineRule="exact", after=OFFICIAL.line // 2)
    red = (*face_properties(face), w("color", val=_RED))
    return paragraph(run(words, *red), style="Title", properties=(spacing,))


def _head_lines(pairs: list[Pair]) -> list[Element]:
    """The lines under the name, a red line below the last, then two lines free (7.2.7, 7.3.1)."""
    last = len(pairs) - 1
    return [
        _line(
            pair,
            w("spacing", after=2 * OFFICIAL.line if index == last else 0, line=_LINE, lineRule="exact"),
            *([w("pBdr", _border("bottom", _RED_RULE, _RED))] if index == last else []),
            centred=not pair[1],
        )
        for index, pair in enumerate(pairs)
    ]


def _foot_lines(pairs: list[Pair]) -> list[Element]:
    """The lines at the foot, a thick line above the first and below the last, thin ones between (7.4)."""
    found = []
    for index, pair in enumerate(pairs):
        borders = [_border("top", _RULE_BETWEEN if index else _RULE_END, "auto")]
        if index == len(pairs) - 1:
            borders.append(_border("bottom", _RULE_END, "auto"))
        found.append(_line(pair, w("spacing", line=_LINE, lineRule="exact"), w("pBdr", *borders)))
    return found


def _line(pair: Pair, *properties: Element, centred: bool = False) -> Element:
    """One line with a left and a right end, one character in on either side."""
    left, right = (" ".join(text.split("\t")) for text in pair)
    inset = _SMALL.em
    place = (
        w("tabs", w("tab", val="right", pos=OFFICIAL.page.text_width - inset)),
        w("ind", left=inset, right=inset, firstLineChars=0, firstLine=0),
        w("jc", val="center" if centred else "left"),
    )
    words = f"{left}\t{right}" if right else left
    return paragraph(run(words, *face_properties(_SMALL)), properties=(*place, *properties))


def _border(side: str, thickness: int, colour: str) -> Element:
    return w(side, val="single", sz=thickness, space=1, color=colour)
