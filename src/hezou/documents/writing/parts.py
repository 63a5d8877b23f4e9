"""The parts of a .docx beside its text, and the package that holds them all."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree

from hezou.documents.writing.layouts import Layout
from hezou.documents.writing.styles import font_table, style_sheet
from hezou.documents.writing.xml import Element, clean, paragraph, run, serialise, w
from hezou.documents.writing.xml import field as computed

_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_PACKAGE_TYPES = "application/vnd.openxmlformats-package"
_CORE_RELATION = _PACKAGE + "/relationships/metadata/core-properties"
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
"""One date for every entry: the same text gives the same bytes."""
_DASH = "—"


@dataclass(frozen=True)
class Meta:
    """What the file says of itself; `created` in any zone. Nothing of it is shown on paper."""

    title: str = ""
    creator: str = ""
    created: datetime | None = None


@dataclass
class Parts:
    """Further parts of the document: file name under `word/` → (relationship kind, content type, bytes)."""

    files: dict[str, tuple[str, str, bytes]] = field(default_factory=dict)

    def add(self, name: str, kind: str, data: bytes, content_type: str = "") -> str:
        """Add a part (once); gives its relationship id."""
        self.files.setdefault(name, (kind, content_type or f"{_TYPES}{kind}+xml", data))
        return f"rId{1 + list(self.files).index(name)}"


def pack(body: list[Element], layout: Layout, parts: Parts, meta: Meta) -> bytes:
    """The bytes of the .docx: the body's blocks, set by the layout, with the parts that they refer to."""
    parts.add("styles.xml", "styles", serialise(style_sheet(layout)))
    parts.add("settings.xml", "settings", serialise(_settings(layout)))
    parts.add("fontTable.xml", "fontTable", serialise(font_table(layout)))
    document = w("document", w("body", *body, _section(layout, parts)))
    files = {
        "[Content_Types].xml": _content_types(parts),
        "_rels/.rels": _relationships(
            [
                ("rId1", f"{_RELATIONSHIPS}/officeDocument", "word/document.xml"),
                ("rId2", _CORE_RELATION, "docProps/core.xml"),
            ]
        ),
        "docProps/core.xml": _core(meta),
        "word/document.xml": serialise(document),
        "word/_rels/document.xml.rels": _relationships(
            [
                (f"rId{index}", f"{_RELATIONSHIPS}/{kind}", name)
                for index, (name, (kind, _, _)) in enumerate(parts.files.items(), start=1)
            ]
        ),
    }
    files |= {f"word/{name}": data for name, (_, _, data) in parts.files.items()}
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            info = ZipInfo(name, _ZIP_DATE)
            info.compress_type = ZIP_DEFLATED
            archive.writestr(info, data)
    return buffer.getvalue()


def _section(layout: Layout, parts: Parts) -> Element:
    page = layout.page
    footers: list[Element] = []
    if layout.official_ends:
        for kind, outside in (("default", "right"), ("even", "left")):
            name = "footer1.xml" if kind == "default" else "footer2.xml"
            reference = w("footerReference", type=kind)
            relation = parts.add(name, "footer", serialise(_footer(layout, outside)))
            reference.set(f"{{{_RELATIONSHIPS}}}id", relation)
            footers.append(reference)
    return w(
        "sectPr",
        *footers,
        w("pgSz", w=page.width, h=page.height),
        w(
            "pgMar", top=page.top, right=page.right, bottom=page.bottom, left=page.left,
            header=page.footer, footer=page.footer, gutter=0,
        ),
        w("cols", space=425),
        w("docGrid", type="lines", linePitch=layout.line),
    )  # fmt: skip


def _footer(layout: Layout, outside: str) -> Element:
    """The page number between dashes, one character in from the outer edge (GB/T 9704—2012, 7.5)."""
    face = layout.page_number
    inset = {f"{outside}Chars": 100, outside: face.em}
    place = (w("jc", val=outside), w("ind", **inset))
    number = computed("PAGE", "1")
    return w("ftr", paragraph(run(_DASH), *number, run(_DASH), style="Footer", properties=place))


def _settings(layout: Layout) -> Element:
    mode = w(
        "compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=15
    )
    return w(
        "settings",
        w("zoom", percent=100),
        w("defaultTabStop", val=layout.body.em),
        *([w("evenAndOddHeaders")] if layout.official_ends else []),
        w("characterSpacingControl", val="doNotCompress"),
        w("compat", mode),
    )


def _content_types(parts: Parts) -> bytes:
    namespace = f"{_PACKAGE}/content-types"
    root = _root(namespace, "Types")
    pictures = {
        name.rpartition(".")[2]: kind for name, (_, kind, _) in parts.files.items() if _is_picture(kind)
    }
    defaults = {"rels": f"{_PACKAGE_TYPES}.relationships+xml", "xml": "application/xml", **pictures}
    for extension, kind in defaults.items():
        etree.SubElement(root, f"{{{namespace}}}Default", Extension=extension, ContentType=kind)
    overrides = {
        "/word/document.xml": f"{_TYPES}document.main+xml",
        "/docProps/core.xml": f"{_PACKAGE_TYPES}.core-properties+xml",
    }
    overrides |= {
        f"/word/{name}": kind for name, (_, kind, _) in parts.files.items() if not _is_picture(kind)
    }
    for name, kind in overrides.items():
        etree.SubElement(root, f"{{{namespace}}}Override", PartName=name, ContentType=kind)
    return _plain(root)


def _relationships(rows: list[tuple[str, str, str]]) -> bytes:
    namespace = f"{_PACKAGE}/relationships"
    root = _root(namespace, "Relationships")
    for key, kind, target in rows:
        etree.SubElement(root, f"{{{namespace}}}Relationship", Id=key, Type=kind, Target=target)
    return _plain(root)


def _is_picture(content_type: str) -> bool:
    return content_type.startswith("image/")


def _root(namespace: str, tag: str) -> Element:
    """A root whose namespace needs no prefix."""
    return etree.fromstring(f'<{tag} xmlns="{namespace}"/>')


def _core(meta: Meta) -> bytes:
    spaces = {
        "cp": f"{_PACKAGE}/metadata/core-properties",
        "dc": "http://purl.org/dc/elements/1.1/",
        "dcterms": "http://purl.org/dc/terms/",
        "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    }
    root = etree.Element(f"{{{spaces['cp']}}}coreProperties", nsmap=spaces)
    for name, words in (("title", meta.title), ("creator", meta.creator)):
        if words:
            etree.SubElement(root, f"{{{spaces['dc']}}}{name}").text = clean(words)
    if meta.created is not None:
        created = etree.SubElement(root, f"{{{spaces['dcterms']}}}created")
        created.set(f"{{{spaces['xsi']}}}type", "dcterms:W3CDTF")
        created.text = meta.created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return _plain(root)


def _plain(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
