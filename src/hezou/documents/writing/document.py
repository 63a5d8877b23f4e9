"""A text of the text model as a .docx: every block of it, nothing else, in one of the layouts."""

from __future__ import annotations

import re
from collections.abc import Mapping

from hezou.documents import messages as say
from hezou.documents.pictures import picture_facts
from hezou.documents.writing.layouts import LAYOUTS, Layout
from hezou.documents.writing.parts import Meta, Parts, pack
from hezou.documents.writing.xml import Element, clean, face_properties, other, paragraph, run, w
from hezou.kernel.errors import Refused
from hezou.kernel.text import Block, blocks, normalise, picture_hashes, title_of

_MOST_COLUMNS = 63
"""What Word allows in a table; a wider one stays lines of text."""
_EMUS_PER_TWIP, _EMUS_PER_POINT = 635, 9525
_EXTENSIONS = {"image/png": "png", "image/jpeg": "jpeg", "image/gif": "gif", "image/bmp": "bmp"}
_DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
_NO_SIGNATURE = re.compile(r"[。，；：！？]")
_LONGEST_SIGNATURE, _LONGEST_ADDRESSEE = 25, 80
_HEAD_OF_RUN_IN = re.compile(r".+?。(?=.)")
_DATE_INSET = 4  # characters; GB/T 9704—2012, 7.3.5
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PICTURE_URI = "http://schemas.openxmlformats.org/drawingml/2006/picture"


def write_docx(
    text: str, *, pictures: Mapping[str, bytes], layout: str = "plain", meta: Meta | None = None
) -> bytes:
    """The text as a .docx; `pictures` holds the bytes of every picture line by SHA-256, `layout` is a key of
    `LAYOUTS`. Reading the file gives back `expressible(text)`; the same arguments give the same bytes.

    Raises Refused for a picture that is missing or that Word cannot show.
    """
    parts, chosen = Parts(), LAYOUTS[layout]
    body = TextWriter(chosen, parts, pictures).body(text)
    return pack(body, chosen, parts, meta or Meta(title=title_of(text)))


def expressible(text: str) -> str:
    """The text as a .docx can carry it, which is the text itself but for two things: control characters that
    no XML can hold, and blanks before the lines of tables and pictures.

    """
    lines = normalise(clean(text)).split("\n")
    return "\n".join(line.strip() if _is_placed(line.strip()) else line for line in lines)


def _is_placed(line: str) -> bool:
    return bool(picture_hashes(line)) or (len(line) > 1 and line.startswith("|") and line.endswith("|"))


class TextWriter:
    """Turns texts into the blocks of one document; its pictures become parts of that document."""

    def __init__(self, layout: Layout, parts: Parts, pictures: Mapping[str, bytes]) -> None:
        self._layout = layout
        self._parts = parts
        self._pictures = pictures
        self._drawn = 0

    def body(self, text: str) -> list[Element]:
        """The blocks of a text, with an empty paragraph for every empty line."""
        text = expressible(text)
        found = blocks(text)
        written: list[Element] = []
        at = 0
        for index, block in enumerate(found):
            gap = text[at : block.start].count("\n") - (1 if index else 0)
            written += [paragraph() for _ in range(gap)]
            written += self._block(block, index, found, text)
            at = block.end
        if not found or found[-1].kind == "table":  # Word wants a paragraph behind every table
            written.append(paragraph())
        return written

    def _block(self, block: Block, index: int, found: list[Block], text: str) -> list[Element]:
        source = text[block.start : block.end]
        if block.kind == "table":
            return self._table(block)
        if block.kind == "picture":
            return self._picture(block.text)
        if block.kind == "title":
            return [self._title(source, text[block.end :].startswith("\n\n"))]
        if block.kind == "heading":
            return [self._heading(source, block.level)]
        return [paragraph(run(source), properties=self._place(source, index, found))]

    def _title(self, source: str, followed_by_space: bool) -> Element:
        space = () if followed_by_space else (w("spacing", after=self._layout.line),)
        return paragraph(run(source), style="Title", properties=space)

    def _heading(self, source: str, level: int) -> Element:
        """A heading; where the text runs on behind its first sentence, that sentence alone looks like one."""
        style = f"Heading{level}"
        run_in = _HEAD_OF_RUN_IN.match(source)
        if run_in is None:
            return paragraph(run(source), style=style, properties=_flush(source))
        head = face_properties(self._layout.headings[level - 1], squeeze=self._layout.squeeze)
        rest = run(source[run_in.end() :])
        return paragraph(run(run_in[0], *head), rest, properties=_flush(source))

    def _place(self, source: str, index: int, found: list[Block]) -> tuple[Element, ...]:
        """Where a paragraph stands on the line if not where all do."""
        if not self._layout.official_ends or source != source.strip():
            return _flush(source)
        if index == 1 and source.endswith("：") and len(source) <= _LONGEST_ADDRESSEE:
            return (w("ind", firstLineChars=0, firstLine=0),)
        inset = _inset_at_the_end(index, found)
        if inset is None:
            return ()
        right = round(inset * self._layout.body.em)
        inset_attributes = {
            "firstLineChars": 0,
            "firstLine": 0,
            "rightChars": round(inset * 100),
            "right": right,
        }
        return (w("ind", **inset_attributes), w("jc", val="right"))

    def _table(self, block: Block) -> list[Element]:
        lines = block.text.split("\n")
        rows = [line.strip()[1:-1].split("|") for line in lines]
        columns = max(map(len, rows))
        if columns > _MOST_COLUMNS:
            return [paragraph(run(line.strip()), properties=_flush(" ")) for line in lines]
        width = self._layout.page.text_width // columns
        properties = w(
            "tblPr",
            w("tblStyle", val="TableGrid"),
            w("tblW", w=5000, type="pct"),
            w("jc", val="center"),
            w(
                "tblLook",
                val="04A0",
                firstRow=1,
                lastRow=0,
                firstColumn=0,
                lastColumn=0,
                noHBand=1,
                noVBand=1,
            ),
        )
        grid = w("tblGrid", *(w("gridCol", w=width) for _ in range(columns)))
        written = [
            _row(row, columns, width, is_head=index == 0 and len(rows) > 1) for index, row in enumerate(rows)
        ]
        return [w("tbl", properties, grid, *written)]

    def _picture(self, line: str) -> list[Element]:
        (sha256,) = picture_hashes(line)
        caption = line[len("![") : -len(f"](file:{sha256})")]
        written = [paragraph(self._drawing(sha256, caption), style="Picture")]
        if caption:
            written.append(paragraph(run(caption), style="Caption"))
        return written

    def _drawing(self, sha256: str, caption: str) -> Element:
        data = self._pictures.get(sha256)
        if data is None:
            raise Refused(say.PICTURE_MISSING(sha256=sha256))
        facts = picture_facts(data)
        if facts is None or facts.content_type not in _EXTENSIONS:
            raise Refused(say.PICTURE_UNFIT(sha256=sha256))
        page = self._layout.page
        extent = _fitted(facts.width, facts.height, page.text_width, page.text_height * 4 // 5)
        name = f"media/{sha256[:32]}.{_EXTENSIONS[facts.content_type]}"
        relation = self._parts.add(name, "image", data, facts.content_type)
        self._drawn += 1
        return w("r", w("drawing", inline_picture(relation, self._drawn, caption, extent)))


def inline_picture(relation: str, number: int, words: str, extent: tuple[int, int]) -> Element:
    """A picture in the line: `number` is unique in the document, `words` are read aloud, `extent` in EMUs."""
    width, height = extent
    blip = other("a:blip")
    blip.set(_RELATION + "embed", relation)
    shape = other(
        "pic:spPr",
        other("a:xfrm", other("a:off", x=0, y=0), other("a:ext", cx=width, cy=height)),
        other("a:prstGeom", other("a:avLst"), prst="rect"),
    )
    picture = other(
        "pic:pic",
        other("pic:nvPicPr", other("pic:cNvPr", id=number, name=f"Picture {number}"), other("pic:cNvPicPr")),
        other("pic:blipFill", blip, other("a:stretch", other("a:fillRect"))),
        shape,
    )
    return other(
        "wp:inline",
        other("wp:extent", cx=width, cy=height),
        other("wp:docPr", id=number, name=f"Picture {number}", descr=words),
        other("wp:cNvGraphicFramePr", other("a:graphicFrameLocks", noChangeAspect=1)),
        other("a:graphic", other("a:graphicData", picture, uri=_PICTURE_URI)),
        distT=0, distB=0, distL=0, distR=0,
    )  # fmt: skip


def _fitted(width: int, height: int, most_width: int, most_height: int) -> tuple[int, int]:
    """A picture's extent in EMUs at 96 points an inch, made smaller where it would leave the text (twips)."""
    natural = width * _EMUS_PER_POINT, height * _EMUS_PER_POINT
    scale = min(1.0, most_width * _EMUS_PER_TWIP / natural[0], most_height * _EMUS_PER_TWIP / natural[1])
    return max(1, int(natural[0] * scale)), max(1, int(natural[1] * scale))


def _flush(source: str) -> tuple[Element, ...]:
    """No indent of ours before a line that brings its own blanks."""
    return (w("ind", firstLineChars=0, firstLine=0),) if source[:1].isspace() else ()


def _row(cells: list[str], columns: int, width: int, *, is_head: bool) -> Element:
    style = "TableHead" if is_head else "TableText"
    missing = columns - len(cells)
    properties = [w("gridAfter", val=missing), w("wAfter", w=missing * width, type="dxa")] if missing else []
    properties += [w("cantSplit"), *([w("tblHeader")] if is_head else [])]
    written = [
        w(
            "tc",
            w("tcPr", w("tcW", w=width, type="dxa"), w("vAlign", val="center")),
            paragraph(run(cell), style=style),
        )
        for cell in cells
    ]
    return w("tr", w("trPr", *properties), *written)


def _inset_at_the_end(index: int, found: list[Block]) -> float | None:
    """How many characters a closing date or signature stands in from the right; None for other paragraphs.

    The date four characters in, the signature centred over it (GB/T 9704—2012, 7.3.5).
    """
    last = found[-1]
    if last.kind != "paragraph" or not _DATE.fullmatch(last.text):
        return None
    if index == len(found) - 1:
        return _DATE_INSET
    words = found[index].text
    signs = index == len(found) - 2 and len(words) <= _LONGEST_SIGNATURE and not _NO_SIGNATURE.search(words)
    return max(0.0, _DATE_INSET + (_width(last.text) - _width(words)) / 2) if signs else None


def _width(text: str) -> float:
    return sum(0.5 if character.isascii() else 1 for character in text)
