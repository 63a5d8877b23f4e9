"""What stands inside a paragraph: runs, fields, revisions, pictures, text boxes."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

from lxml import etree

from hezou.documents import messages as say
from hezou.documents.reading.fields import Fields, drawn
from hezou.documents.reading.formulas import formula
from hezou.documents.reading.model import Figure, Flow, Gatherer, Line
from hezou.documents.reading.ooxml import (
    MC,
    WP,
    XML_SPACE,
    A,
    M,
    O,
    R,
    V,
    W,
    chosen,
    flag,
    value,
    without_twins,
)  # fmt: skip
from hezou.documents.reading.styles import Style, Styles
from hezou.documents.reading.symbols import MISSING, is_symbol_font, script, sign

PAGE_BREAK = "\f"
"""Stands for a page or column break while a paragraph is read; no XML can hold the character itself."""
_BLANK = re.compile(r"[\t\r\n]")
_GENERATED_ALT = re.compile(
    r"(?:图片|图像|图形|图示|picture|image|graphic|img)?[\s_]*\d*|[a-z]:\\.*|\w+://.*|.*\.[a-z]{3,4}"
    r"|.*(?:描述已自动生成|中度可信度描述|automatically generated).*",
    re.IGNORECASE | re.DOTALL,
)
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"


class Surroundings(Protocol):
    """What a paragraph needs of the document around it."""

    gatherer: Gatherer
    styles: Styles
    fields: Fields

    def blocks(self, container: etree._Element, flow: Flow) -> None: ...

    def deeper(self) -> AbstractContextManager[None]: ...

    def note_mark(self, part: str, note_id: str) -> str: ...

    def picture(self, relation_id: str, caption: str) -> Figure | None: ...

    def is_address(self, relation_id: str) -> bool: ...


@dataclass
class Paragraph:
    """A paragraph in the making. `before` and `after` its words stand its pictures, then the text boxes."""

    pieces: list[str] = field(default_factory=list)
    before: list[Figure] = field(default_factory=list)
    after: list[Figure] = field(default_factory=list)
    boxes: Flow = field(default_factory=list)
    swallowed: bool = False
    """Whether something of it was left out: an empty rest is then no empty line."""

    @property
    def text(self) -> str:
        return "".join(self.pieces).strip(PAGE_BREAK).replace(PAGE_BREAK, "\n")


class InlineReader:
    """Reads the content of one paragraph (or of several that a deleted mark joins) into a Paragraph."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self._gatherer = around.gatherer
        self._chain: list[Style] = []
        self._hiding = False
        self._striking = False
        self._aside: list[str] = []
        self.paragraph = Paragraph()

    def read(self, element: etree._Element, chain: list[Style]) -> None:
        """Read a w:p; `chain` is its style and what that is based on."""
        self._chain = chain
        self._walk(element)
        self._end_aside()

    def _walk(self, parent: etree._Element) -> None:
        for child in parent:
            handler = _INSIDE_PARAGRAPH.get(child.tag)
            if handler is not None:
                handler(self, child)

    # Inside a paragraph

    def _accepted(self, element: etree._Element) -> None:
        self._gatherer.count(say.REVISIONS_ACCEPTED)
        self._walk(element)

    def _removed(self, element: etree._Element) -> None:
        self._gatherer.count(say.REVISIONS_ACCEPTED)
        self._aside.append(spoken(element, W + "delText", W + "t"))
        self.paragraph.swallowed = True

    def _end_aside(self) -> None:
        """Hand over what was left out between two visible words as one: a mark of secrecy may span runs."""
        self._gatherer.leave_out("".join(self._aside))
        self._aside.clear()

    def _link(self, element: etree._Element) -> None:
        if self._around.is_address(element.get(R + "id", "")):
            self._gatherer.count(say.LINKS_FLATTENED)
        self._walk(element)

    def _control(self, element: etree._Element) -> None:
        content = element.find(W + "sdtContent")
        if is_prompt(element):
            self._gatherer.count(say.PROMPTS_LEFT_OUT)
            self.paragraph.swallowed = True
        elif content is not None:
            self._walk(content)

    def _formula(self, element: etree._Element) -> None:
        if not self._around.fields.silent:
            self._gatherer.count(say.FORMULAS_FLATTENED)
            self._add(formula(element))

    def _alternate(self, element: etree._Element) -> None:
        branch = chosen(element)
        if branch is not None:
            self._walk(branch)

    # Inside a run

    def _run(self, run: etree._Element) -> None:
        properties = run.find(W + "rPr")
        hidden = self._is_hidden(properties)
        if hidden and not self._hiding:
            self._gatherer.count(say.HIDDEN_LEFT_OUT)
        self._hiding = hidden
        self._run_content(run, properties, hidden)

    def _run_content(self, parent: etree._Element, properties: etree._Element | None, hidden: bool) -> None:
        for child in parent:
            if child.tag == MC + "AlternateContent":
                branch = chosen(child)
                if branch is not None:
                    self._run_content(branch, properties, hidden)
            elif child.tag in _FIELD_MARKS:
                _FIELD_MARKS[child.tag](self, child)
            elif child.tag in _INSIDE_RUN:
                if hidden or self._around.fields.silent:
                    self.paragraph.swallowed = True
                    self._aside.append(spoken(child, W + "t", itself=True) if hidden else "")
                else:
                    _INSIDE_RUN[child.tag](self, child, properties)

    def _is_hidden(self, properties: etree._Element | None) -> bool:
        direct = flag(properties, "vanish")
        if direct is not None:
            return direct
        chain = [*self._around.styles.run(properties), *self._chain]
        return next((style.hidden for style in chain if style.hidden is not None), False)

    def _text(self, element: etree._Element, properties: etree._Element | None) -> None:
        text = element.text or ""
        if element.get(XML_SPACE) != "preserve":
            text = text.strip(" \t\r\n")
        text = self._signs(_BLANK.sub(" ", text), properties)
        shift = value(properties, "vertAlign")
        if shift in ("superscript", "subscript") and text.strip():
            shifted = script(text, raised=shift == "superscript")
            if shifted is None:
                self._gatherer.count(say.SCRIPTS_FLATTENED)
            text = shifted or text
        struck = bool(flag(properties, "strike") or flag(properties, "dstrike"))
        if struck and not self._striking and text.strip():
            self._gatherer.count(say.STRUCK_KEPT)
        self._striking = struck
        self._add(text)

    def _signs(self, text: str, properties: etree._Element | None) -> str:
        fonts = None if properties is None else properties.find(W + "rFonts")
        font = "" if fonts is None else fonts.get(W + "ascii", "")
        if not is_symbol_font(font):
            return text
        return "".join(
            self._sign(font, ord(character)) if "\uf000" <= character <= "\uf0ff" else character
            for character in text
        )

    def _sign(self, font: str, code: int) -> str:
        found = sign(font, code)
        if found is None:
            self._gatherer.count(say.SYMBOLS_UNKNOWN)
        return found or MISSING

    def _symbol(self, element: etree._Element, _: etree._Element | None) -> None:
        try:
            code = int(element.get(W + "char", ""), 16)
        except ValueError:
            code = 0
        font = element.get(W + "font", "")
        plain = 0x20 < code < 0xD800 and not is_symbol_font(font)
        self._add(chr(code) if plain else self._sign(font, code))

    def _tab(self, element: etree._Element, _: etree._Element | None) -> None:
        self._add("\t")

    def _break(self, element: etree._Element, _: etree._Element | None) -> None:
        self._add("\n" if element.get(W + "type", "textWrapping") == "textWrapping" else PAGE_BREAK)

    def _hyphen(self, element: etree._Element, _: etree._Element | None) -> None:
        self._add("-")

    def _footnote(self, element: etree._Element, _: etree._Element | None) -> None:
        part = "footnotes" if element.tag == W + "footnoteReference" else "endnotes"
        self._add(self._around.note_mark(part, element.get(W + "id", "")))

    def _comment(self, element: etree._Element, _: etree._Element | None) -> None:
        self._gatherer.count(say.COMMENTS_LEFT_OUT)

    def _ruby(self, element: etree._Element, _: etree._Element | None) -> None:
        self._gatherer.count(say.READINGS_LEFT_OUT)
        base = element.find(W + "rubyBase")
        if base is not None:
            self._walk(base)

    def _object(self, element: etree._Element, _: etree._Element | None) -> None:
        self._gatherer.count(say.OBJECTS_LEFT_OUT)

    def _add(self, text: str) -> None:
        if text:
            self._end_aside()
            self.paragraph.pieces.append(self._gatherer.take(text))
            self._around.fields.show()

    # Fields

    def _field_mark(self, element: etree._Element) -> None:
        fields, kind = self._around.fields, element.get(W + "fldCharType")
        if kind == "begin":
            fields.begin(element)
        elif kind == "separate":
            if fields.separate() == "TOC":
                self._gatherer.count(say.CONTENTS_LEFT_OUT)
                self.paragraph.swallowed = True
        elif kind == "end":
            ended = fields.end()
            if ended is not None and ended.kind == "TOC":
                self.paragraph.swallowed = True
            elif ended is not None and not ended.showed:
                self._draw_field(drawn(ended))

    def _draw_field(self, text: str | None) -> None:
        if self._around.fields.silent:
            return
        if text is None:
            self._gatherer.count(say.FIELDS_LEFT_OUT)
        self._add(text or "")

    def _instruction(self, element: etree._Element) -> None:
        self._around.fields.instruct(element.text or "")

    # Drawings

    def _drawing(self, element: etree._Element, _: etree._Element | None) -> None:
        self._around.fields.show()
        seen_something = False
        alternative = ""
        stack = list(reversed(element))
        while stack:
            part = stack.pop()
            if part.tag == MC + "AlternateContent":
                branch = chosen(part)
                stack.extend(() if branch is None else reversed(branch))
                continue
            if part.tag == W + "txbxContent":
                self._text_box(part)
                seen_something = True
                continue
            if part.tag == WP + "docPr":
                alternative = part.get("descr", "")
            seen_something = self._shown(part, alternative or part.get("alt", "")) or seen_something
            stack.extend(reversed(part))
        if not seen_something:
            self._gatherer.count(say.DRAWINGS_LEFT_OUT)
            self.paragraph.swallowed = True

    def _shown(self, part: etree._Element, alternative: str) -> bool:
        """Take over one element of a drawing; whether it shows anything by itself."""
        if part.tag == A + "blip":
            self._picture(part.get(R + "embed", ""), alternative)
        elif part.tag == V + "imagedata":
            shape = part.getparent()
            alternative = "" if shape is None else shape.get("alt", "")
            self._picture(part.get(R + "id", "") or part.get(O + "relid", ""), alternative)
        elif part.tag == V + "textpath" and part.get("string"):
            self._gatherer.count(say.TEXT_BOXES_PLACED)
            self.paragraph.boxes.append(Line(self._gatherer.take(part.get("string", ""))))
        elif part.tag in (_CHART, _DIAGRAM, O + "OLEObject"):
            self._gatherer.count(say.OBJECTS_LEFT_OUT)
            self.paragraph.swallowed = True
        else:
            return False
        return True

    def _text_box(self, content: etree._Element) -> None:
        flow: Flow = []
        with self._around.deeper():
            self._around.blocks(content, flow)
        while flow and flow[-1] == Line(""):
            flow.pop()
        if flow:
            self._gatherer.count(say.TEXT_BOXES_PLACED)
            self.paragraph.boxes += flow

    def _picture(self, relation_id: str, alternative: str) -> None:
        self.paragraph.swallowed = True
        caption = "" if _GENERATED_ALT.fullmatch(alternative.strip()) else alternative
        figure = self._around.picture(relation_id, caption)
        if figure is not None:
            place = self.paragraph.after if self.paragraph.text.strip() else self.paragraph.before
            place.append(figure)


def spoken(element: etree._Element, *tags: str, itself: bool = False) -> str:
    """The words below an element, text boxes and watermarks included: one line for each paragraph."""
    words: list[str] = []
    for part in (element, *without_twins(element)) if itself else without_twins(element):
        if part.tag in tags:
            words.append(part.text or "")
        elif part.tag == V + "textpath":
            words.append(part.get("string", ""))
        elif part.tag == W + "p" and words:
            words.append("\n")
    return "".join(words).strip()


def is_prompt(control: etree._Element) -> bool:
    """Whether a content control (w:sdt) still shows the words that ask for an entry."""
    return flag(control.find(W + "sdtPr"), "showingPlcHdr") is True


_Handler = Callable[[InlineReader, etree._Element], None]
_RunHandler = Callable[[InlineReader, etree._Element, "etree._Element | None"], None]
_reader = InlineReader

_INSIDE_PARAGRAPH: dict[str, _Handler] = {
    W + "r": _reader._run,
    W + "ins": _reader._accepted,
    W + "moveTo": _reader._accepted,
    W + "del": _reader._removed,
    W + "moveFrom": _reader._removed,
    W + "hyperlink": _reader._link,
    W + "sdt": _reader._control,
    W + "fldSimple": _reader._walk,
    W + "smartTag": _reader._walk,
    W + "customXml": _reader._walk,
    W + "bdo": _reader._walk,
    W + "dir": _reader._walk,
    M + "oMath": _reader._formula,
    M + "oMathPara": _reader._formula,
    MC + "AlternateContent": _reader._alternate,
}
_FIELD_MARKS: dict[str, _Handler] = {
    W + "fldChar": _reader._field_mark,
    W + "instrText": _reader._instruction,
}
_INSIDE_RUN: dict[str, _RunHandler] = {
    W + "t": _reader._text,
    W + "sym": _reader._symbol,
    W + "tab": _reader._tab,
    W + "ptab": _reader._tab,
    W + "br": _reader._break,
    W + "cr": _reader._break,
    W + "noBreakHyphen": _reader._hyphen,
    W + "footnoteReference": _reader._footnote,
    W + "endnoteReference": _reader._footnote,
    W + "commentReference": _reader._comment,
    W + "ruby": _reader._ruby,
    W + "drawing": _reader._drawing,
    W + "pict": _reader._drawing,
    W + "object": _reader._object,
}
