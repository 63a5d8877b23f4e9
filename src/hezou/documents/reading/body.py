"""A Word document's text from its parts: paragraphs, tables, notes, in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from hezou.documents import messages as say
from hezou.documents.limits import Limits
from hezou.documents.reading.fields import Fields
from hezou.documents.reading.formulas import formula
from hezou.documents.reading.inline import InlineReader, Paragraph, is_prompt, spoken
from hezou.documents.reading.margins import read_margins
from hezou.documents.reading.model import Figure, Flow, Gatherer, Line, Reading
from hezou.documents.reading.numbering import Numbering
from hezou.documents.reading.ooxml import MC, M, W, chosen, number, value
from hezou.documents.reading.package import Package, Relation
from hezou.documents.reading.styles import Style, Styles
from hezou.documents.reading.tables import TableReader
from hezou.kernel.errors import Refused
from hezou.kernel.text import heading_level

_NOTE = "［注{number}］"
_CAPTIONS = frozenset({"caption", "题注"})
_TITLES = ("title", "heading", "标题")
_PASS_THROUGH = frozenset(W + name for name in ("customXml", "smartTag", "sdtContent"))


def read_docx(data: bytes, limits: Limits) -> Reading:
    """Read a .docx. Raises Refused or TooLarge for what `Package` names, and for nesting too deep."""
    package = Package(data, limits)
    root = package.xml(package.main)
    body = root.find(W + "body")
    if root.tag != W + "document" or body is None:
        raise Refused(say.NOT_DOCX())
    gatherer = Gatherer(limits)
    document = _Document(package, gatherer)
    flow: Flow = []
    document.read_body(body, flow)
    document.read_notes(flow)
    read_margins(package, gatherer)
    return gatherer.finish(flow)


class _Document:
    """The document around a paragraph; see `inline.Surroundings`."""

    def __init__(self, package: Package, gatherer: Gatherer) -> None:
        self.gatherer = gatherer
        self.fields = Fields()
        self._package = package
        self._relations = package.relations(package.main)
        self.styles = Styles(self._part("styles"))
        self._numbering = Numbering(self._part("numbering"), self.styles)
        self._note_parts = {kind: self._note_part(kind) for kind in ("footnotes", "endnotes")}
        self._notes: dict[tuple[str, str], int] = {}
        self._pictures: dict[str, Figure | None] = {}
        self._depth = 0
        self._before_title = True

    # What paragraphs ask (inline.Surroundings)

    def blocks(self, container: etree._Element, flow: Flow) -> None:
        """Append everything that stands in a body, cell, text box or note to `flow`."""
        joined: InlineReader | None = None
        for block in self._unwrapped(container):
            if block.tag == W + "p":
                reader = joined or InlineReader(self)
                properties = block.find(W + "pPr")
                chain = self.styles.paragraph(properties)
                reader.read(block, chain)
                joined = reader if self._mark_is_deleted(properties) else None
                if joined is None:
                    self._place(reader.paragraph, properties, chain, flow)
            elif block.tag == W + "tbl":
                TableReader(self).read(block, flow)
            elif block.tag == M + "oMathPara":
                self.gatherer.count(say.FORMULAS_FLATTENED)
                flow.append(Line(self.gatherer.take(formula(block))))
            elif block.tag in (W + "altChunk", W + "subDoc"):
                self.gatherer.count(say.INSERTS_LEFT_OUT)
        if joined is not None:
            self._place(joined.paragraph, None, [], flow)

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """Inside one more table or text box. Raises Refused beyond the limit."""
        limit = self.gatherer.limits.nesting
        self._depth += 1
        if self._depth > limit:
            raise Refused(say.TOO_DEEP(limit=limit))
        try:
            yield
        finally:
            self._depth -= 1

    def note_mark(self, part: str, note_id: str) -> str:
        """The mark that stands for a footnote or endnote; its words follow at the end, once."""
        return _NOTE.format(number=self._notes.setdefault((part, note_id), len(self._notes) + 1))

    def picture(self, relation_id: str, caption: str) -> Figure | None:
        """A picture of this part, unpacked once; None (with a note) where it cannot be taken over."""
        relation = self._relations.get(relation_id)
        if relation is None or relation.external or not self._package.has(relation.target):
            self.gatherer.count(say.PICTURES_ELSEWHERE)
            return None
        known = self._pictures.get(relation.target)
        if known is None:
            known = self.gatherer.picture(self._package.read(relation.target))
            self._pictures[relation.target] = known
        return None if known is None else Figure(known.sha256, caption)

    def is_address(self, relation_id: str) -> bool:
        """Whether a link leads out of the document."""
        relation = self._relations.get(relation_id)
        return relation is not None and relation.external

    # The whole

    def read_body(self, body: etree._Element, flow: Flow) -> None:
        self.blocks(body, flow)

    def read_notes(self, flow: Flow) -> None:
        """Append the words of footnotes and endnotes in the order of their marks."""
        self._before_title = False
        read = 0
        while read < len(self._notes):  # a note may itself refer to a note
            part, note_id = list(self._notes)[read]
            read += 1
            found: Flow = []
            notes, relations = self._note_parts[part]
            element = notes.get(note_id)
            if element is not None:
                outer, self._relations = self._relations, relations
                self.blocks(element, found)
                self._relations = outer
            mark = _NOTE.format(number=read)
            first = found[0] if found and isinstance(found[0], Line) else Line("")
            flow += [Line(mark + first.text.lstrip()), *(found[1:] if found[:1] == [first] else found)]
        self.gatherer.count(say.NOTES_MOVED, len(self._notes))

    # Blocks

    def _unwrapped(self, container: etree._Element) -> Iterator[etree._Element]:
        """The blocks of a container, those inside content controls and revisions included."""
        for child in container:
            if child.tag == W + "sdt":
                yield from self._control(child)
            elif child.tag in (W + "ins", W + "moveTo"):
                self.gatherer.count(say.REVISIONS_ACCEPTED)
                yield from self._unwrapped(child)
            elif child.tag in (W + "del", W + "moveFrom"):
                self.gatherer.count(say.REVISIONS_ACCEPTED)
                self.gatherer.leave_out(spoken(child, W + "delText", W + "t"))
            elif child.tag in _PASS_THROUGH:
                yield from self._unwrapped(child)
            elif child.tag == MC + "AlternateContent":
                branch = chosen(child)
                yield from () if branch is None else self._unwrapped(branch)
            else:
                yield child

    def _control(self, control: etree._Element) -> Iterator[etree._Element]:
        properties, content = control.find(W + "sdtPr"), control.find(W + "sdtContent")
        gallery = None if properties is None else properties.find(f"{W}docPartObj/{W}docPartGallery")
        if gallery is not None and gallery.get(W + "val") == "Table of Contents":
            self.gatherer.count(say.CONTENTS_LEFT_OUT)
        elif is_prompt(control):
            self.gatherer.count(say.PROMPTS_LEFT_OUT)
        elif content is not None:
            yield from self._unwrapped(content)

    def _mark_is_deleted(self, properties: etree._Element | None) -> bool:
        """Whether a tracked change takes the paragraph's end away and joins it to the next."""
        mark = None if properties is None else properties.find(W + "rPr")
        deleted = mark is not None and (
            mark.find(W + "del") is not None or mark.find(W + "moveFrom") is not None
        )
        if deleted:
            self.gatherer.count(say.REVISIONS_ACCEPTED)
        return deleted

    def _place(
        self, paragraph: Paragraph, properties: etree._Element | None, chain: list[Style], flow: Flow
    ) -> None:
        """Append one finished paragraph: pictures before, its line, pictures after, text boxes."""
        text = paragraph.text
        alone = not paragraph.before and not paragraph.after and not paragraph.boxes
        if alone and paragraph.swallowed and not text.strip():
            return
        if self._is_caption(text, chain, flow):
            return
        label = self._number(properties, chain, text)
        text = self._joined_title(text, properties, chain) if not label else label + text
        self._note_plain_heading(text, chain, label)
        flow += paragraph.before
        if alone or text.strip():
            flow.append(Line(text))
        flow += paragraph.after
        flow += paragraph.boxes
        if text.strip() and self._depth == 0:
            self._before_title = False

    def _is_caption(self, text: str, chain: list[Style], flow: Flow) -> bool:
        """Whether the paragraph became the caption of the picture before it."""
        last = flow[-1] if flow else None
        if not chain or chain[0].name not in _CAPTIONS or "\n" in text or not text:
            return False
        if not isinstance(last, Figure) or last.titled:
            return False
        flow[-1] = Figure(last.sha256, text, titled=True)
        return True

    def _number(self, properties: etree._Element | None, chain: list[Style], text: str) -> str:
        """The automatic number of a paragraph with what parts it from the words; empty for none."""
        direct = None if properties is None else properties.find(W + "numPr")
        num_id, level = number(value(direct, "numId")), number(value(direct, "ilvl"))
        if num_id is None:
            num_id = next((s.num_id for s in chain if s.num_id is not None), None)
            if num_id is not None and level is None:
                level = next((s.level for s in chain if s.level is not None), None)
                style_id = value(properties, "pStyle")
                level = self._numbering.level_of_style(num_id, style_id) if level is None else level
        if not num_id:
            return ""
        printed = self._numbering.next(num_id, level or 0)
        if printed is None:
            return ""
        self.gatherer.count(say.NUMBERS_WRITTEN)
        if not printed.known:
            self.gatherer.count(say.NUMBER_FORM_UNKNOWN)
        return self.gatherer.take(printed.before(text))

    def _joined_title(self, text: str, properties: etree._Element | None, chain: list[Style]) -> str:
        if not self._before_title or self._depth:
            return text
        alignment = value(properties, "jc")
        inherited = next((style.centred for style in chain if style.centred is not None), False)
        centred = inherited if alignment is None else alignment == "center"
        is_title = centred or (bool(chain) and chain[0].name.startswith(_TITLES))
        return self.gatherer.join_title(text) if is_title else text

    def _note_plain_heading(self, text: str, chain: list[Style], label: str) -> None:
        is_heading = bool(chain) and chain[0].name.startswith("heading")
        if (
            is_heading
            and text.strip()
            and not label
            and not self._before_title
            and not heading_level(text.strip())
        ):
            self.gatherer.count(say.HEADINGS_PLAIN)

    # Parts

    def _related(self, kind: str) -> Relation | None:
        found = (r for r in self._relations.values() if r.kind.rpartition("/")[2] == kind and not r.external)
        return next((r for r in found if self._package.has(r.target)), None)

    def _part(self, kind: str) -> etree._Element | None:
        relation = self._related(kind)
        return None if relation is None else self._package.xml(relation.target)

    def _note_part(self, kind: str) -> tuple[dict[str, etree._Element], dict[str, Relation]]:
        relation = self._related(kind)
        if relation is None:
            return {}, {}
        notes = {element.get(W + "id", ""): element for element in self._package.xml(relation.target)}
        return notes, self._package.relations(relation.target)
