# ruff: noqa: E501 (raw markup stays on the lines it is written on)
"""How Word and WPS write a .docx: the same paper in two hands.

Word splits a line into runs wherever letters and Han characters meet, strews revision ids and proofing marks,
and names its styles `a`, `1`, `2`. WPS numbers its styles from `1` (the plain one), repeats fonts and languages
in every run and leaves a `_GoBack` bookmark. Both are written out here as raw parts, so that the reader meets
what it will meet in an office and not what a library makes of it.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "wpc": "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "o": "urn:schemas-microsoft-com:office:office",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "v": "urn:schemas-microsoft-com:vml",
        "wp14": "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "w10": "urn:schemas-microsoft-com:office:word",
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
        "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "wpsCustomData": "http://www.wps.cn/officeDocument/2013/wpsCustomData",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    }.items()
)
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PIECES = re.compile(r"[\x21-\x7e]+|[^\x21-\x7e]+")


@dataclass
class Docx:
    """A package in the making: the body and whatever further parts it refers to."""

    body: str
    styles: str = ""
    numbering: str = ""
    parts: dict[str, tuple[str, str, bytes]] = field(default_factory=dict)
    """Part name under `word/` → (relationship kind, content type, data)."""
    external: dict[str, str] = field(default_factory=dict)
    """Relationship id → address, for links and linked pictures."""
    section: str = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
    main_type: str = TYPES + "document.main+xml"
    related: dict[str, dict[str, str]] = field(default_factory=dict)
    """Relationships of further parts: part name → id → target."""

    def xml(self, name: str, kind: str, inner: str) -> None:
        """Add an XML part such as `footnotes.xml`; its root carries every namespace."""
        root = {"header": "hdr", "footer": "ftr"}.get(kind, kind)
        data = f"{DECLARATION}<w:{root} {NAMESPACES}>{inner}</w:{root}>"
        self.parts[name] = (kind, f"{TYPES}{kind}+xml", data.encode())

    def picture(self, name: str, data: bytes) -> str:
        """Add a picture; gives its relationship id."""
        self.parts[f"media/{name}"] = ("image", "", data)
        return self.id_of(f"media/{name}")

    def id_of(self, name: str) -> str:
        """The relationship id of an added part."""
        return f"rId{10 + list(self.parts).index(name)}"

    def pack(self) -> bytes:
        """The package's bytes; the same for the same parts."""
        if self.styles:
            self.xml("styles.xml", "styles", self.styles)
        if self.numbering:
            self.xml("numbering.xml", "numbering", self.numbering)
        document = f"<w:document {NAMESPACES}><w:body>{self.body}{self.section}</w:body></w:document>"
        files = {
            "[Content_Types].xml": self._content_types().encode(),
            "_rels/.rels": _relationships({"rId1": ("officeDocument", "word/document.xml", False)}).encode(),
            "word/document.xml": (DECLARATION + document).encode(),
            "word/_rels/document.xml.rels": self._relationships().encode(),
        }
        for name, targets in self.related.items():
            rows = {key: ("image", target, False) for key, target in targets.items()}
            files[f"word/_rels/{name}.rels"] = _relationships(rows).encode()
        files |= {f"word/{name}": data for name, (_, _, data) in self.parts.items()}
        return zipped(files)

    def _content_types(self) -> str:
        overrides = {"/word/document.xml": self.main_type}
        overrides |= {f"/word/{name}": kind for name, (_, kind, _) in self.parts.items() if kind}
        return (
            f'{DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="png" ContentType="image/png"/><Default Extension="emf" ContentType="image/x-emf"/>'
            + "".join(
                f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides.items()
            )
            + "</Types>"
        )

    def _relationships(self) -> str:
        rows = {self.id_of(name): (kind, name, False) for name, (kind, _, _) in self.parts.items()}
        for key, address in self.external.items():
            rows[key] = ("hyperlink" if address.startswith("http") else "image", address, True)
        return _relationships(rows)


def _relationships(rows: dict[str, tuple[str, str, bool]]) -> str:
    return (
        f'{DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(
            f'<Relationship Id="{key}" Type="{RELATIONSHIPS}/{kind}" Target="{target}"'
            + (' TargetMode="External"/>' if external else "/>")
            for key, (kind, target, external) in rows.items()
        )
        + "</Relationships>"
    )


def zipped(files: dict[str, bytes], *, stored: bool = False) -> bytes:
    """A zip of the files, in order, with one fixed date."""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            info = ZipInfo(name, (2026, 1, 5, 8, 0, 0))
            info.compress_type = 0 if stored else ZIP_DEFLATED
            archive.writestr(info, data)
    return buffer.getvalue()


class Hand(ABC):
    """What both programs have in common; `Word` and `Wps` differ in how they write a run."""

    @abstractmethod
    def run_properties(self, extra: str) -> str:
        """What stands before a run's content."""

    @abstractmethod
    def runs(self, text: str, extra: str = "") -> str:
        """A text as the program cuts it into runs."""

    def run(self, inner: str, extra: str = "") -> str:
        """One run around raw content."""
        return f"<w:r>{self.run_properties(extra)}{inner}</w:r>"

    def p(self, *content: str, style: str = "", num: tuple[int, int] | None = None, ppr: str = "") -> str:
        """A paragraph: text, or raw XML for what begins with `<`."""
        properties = f'<w:pStyle w:val="{style}"/>' if style else ""
        if num is not None:
            number, level = num
            properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        inner = "".join(piece if piece.startswith("<") else self.runs(piece) for piece in content if piece)
        properties += ppr
        return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"

    def cell(self, *paragraphs: str, tcpr: str = "") -> str:
        """A cell: each text a paragraph of its own; raw XML for what begins with `<`."""
        inner = "".join(part if part.startswith("<") else self.p(part) for part in paragraphs) or self.p("")
        return f'<w:tc><w:tcPr><w:tcW w:w="2130" w:type="dxa"/>{tcpr}</w:tcPr>{inner}</w:tc>'

    def row(self, *cells: str, trpr: str = "") -> str:
        """A row: each text a cell of its own."""
        inner = "".join(part if part.startswith("<w:tc>") else self.cell(part) for part in cells)
        return f"<w:tr>{f'<w:trPr>{trpr}</w:trPr>' if trpr else ''}{inner}</w:tr>"

    def table(self, *rows: str, columns: int = 3) -> str:
        """A table with the usual grid."""
        grid = '<w:gridCol w:w="2130"/>' * columns
        return (
            '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/>'
            f'<w:tblLook w:val="04A0"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
        )

    def field(self, instruction: str, result: str) -> str:
        """A field in its long form, the instruction split as both programs like to split it."""
        half = len(instruction) // 2
        return (
            self.run('<w:fldChar w:fldCharType="begin"/>')
            + self.run(f'<w:instrText xml:space="preserve"> {escape(instruction[:half])}</w:instrText>')
            + self.run(f'<w:instrText xml:space="preserve">{escape(instruction[half:])} </w:instrText>')
            + self.run('<w:fldChar w:fldCharType="separate"/>')
            + (result if result.startswith("<") else self.runs(result))
            + self.run('<w:fldChar w:fldCharType="end"/>')
        )


class Word(Hand):
    """Word 2016 and later."""

    def run_properties(self, extra: str) -> str:
        return f'<w:rPr><w:rFonts w:ascii="仿宋_GB2312" w:eastAsia="仿宋_GB2312" w:hint="eastAsia"/>{extra}<w:sz w:val="32"/></w:rPr>'

    def runs(self, text: str, extra: str = "") -> str:
        pieces = _PIECES.findall(text)
        written = ""
        for index, piece in enumerate(pieces):
            space = ' xml:space="preserve"' if piece != piece.strip() else ""
            written += f'<w:r w:rsidRPr="00A3{index % 10:04d}">{self.run_properties(extra)}<w:t{space}>{escape(piece)}</w:t></w:r>'
            if index % 3 == 1:
                written += '<w:proofErr w:type="gramStart"/>'
        return written


class Wps(Hand):
    """WPS Writer 2019 and later."""

    def run_properties(self, extra: str) -> str:
        return (
            '<w:rPr><w:rFonts w:hint="eastAsia" w:ascii="仿宋_GB2312" w:hAnsi="仿宋_GB2312" w:eastAsia="仿宋_GB2312"'
            f' w:cs="仿宋_GB2312"/>{extra}<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr>'
        )

    def runs(self, text: str, extra: str = "") -> str:
        space = ' xml:space="preserve"' if text != text.strip() or "  " in text else ""
        return (
            f"<w:r>{self.run_properties(extra)}<w:t{space}>{escape(text)}</w:t></w:r>"
            '<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>'
        )


def styles(*rows: tuple[str, str, str]) -> str:
    """Style definitions: (id, name, inner XML of the style)."""
    return "".join(
        f'<w:style w:type="paragraph"{" w:default=" + chr(34) + "1" + chr(34) if name == "Normal" else ""}'
        f" w:styleId={quoteattr(key)}><w:name w:val={quoteattr(name)}/>{inner}</w:style>"
        for key, name, inner in rows
    )


def level(index: int, form: str, text: str, extra: str = "", *, start: int = 1) -> str:
    """One level of a list; `extra` stands before the level's text (`w:lvlRestart`, `w:pStyle`, `w:suff`)."""
    return (
        f'<w:lvl w:ilvl="{index}" w:tentative="0"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:lvlText w:val={quoteattr(text)}/><w:lvlJc w:val="left"/></w:lvl>'
    )


def abstract(key: int, *levels: str, extra: str = "") -> str:
    """An abstract list definition."""
    kind = "multilevel" if len(levels) > 1 else "singleLevel"
    return (
        f'<w:abstractNum w:abstractNumId="{key}"><w:nsid w:val="5F3A{key:04d}"/><w:multiLevelType w:val="{kind}"/>'
        f"{extra}{''.join(levels)}</w:abstractNum>"
    )


def num(key: int, abstract_key: int, *overrides: str) -> str:
    """A list instance."""
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{abstract_key}"/>{"".join(overrides)}</w:num>'


def restart(index: int, start: int = 1) -> str:
    """An override that begins a level anew."""
    return f'<w:lvlOverride w:ilvl="{index}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def drawing(relation_id: str, alt: str = "", name: str = "图片 1") -> str:
    """An inline picture."""
    return (
        '<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="2520000" cy="1680000"/>'
        f'<wp:docPr id="1" name={quoteattr(name)} descr={quoteattr(alt)}/><a:graphic><a:graphicData'
        ' uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="1"'
        f' name="p"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation_id}"/></pic:blipFill>'
        "<pic:spPr/></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )


def text_box(inner: str, fallback: str | None = None) -> str:
    """A text box as both programs write it: DrawingML, and the same again as VML for older ones."""
    return (
        '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor behindDoc="0"><wp:extent cx="1800000"'
        ' cy="720000"/><wp:docPr id="7" name="文本框 7"/><a:graphic><a:graphicData'
        ' uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/>'
        f"<wps:spPr/><wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>"
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback>"
        f"{vml_box(inner if fallback is None else fallback)}</mc:Fallback></mc:AlternateContent>"
    )


def vml_box(inner: str) -> str:
    """A text box as Word up to 2007 and the fallback of later ones write it."""
    return (
        '<w:pict><v:shape id="_x0000_s1026" type="#_x0000_t202" style="position:absolute;width:150pt;height:60pt">'
        f"<v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict>"
    )
