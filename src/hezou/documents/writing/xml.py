"""Elements of WordprocessingML, with their properties in the order that the schema asks for."""

from __future__ import annotations

import re

from lxml import etree

from hezou.documents.writing.layouts import Face

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
_W = "{" + NAMESPACES["w"] + "}"
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PARAGRAPH_ORDER = (
    "pStyle", "keepNext", "keepLines", "widowControl", "pBdr", "tabs", "snapToGrid", "spacing", "ind", "jc",
    "outlineLvl",
)  # fmt: skip
_RUN_ORDER = ("rStyle", "rFonts", "b", "bCs", "color", "spacing", "sz", "szCs", "lang")

Element = etree._Element


def clean(text: str) -> str:
    """The text without the control characters that no XML can hold."""
    return _NOT_IN_XML.sub("", text)


def w(tag: str, *children: Element, **attributes: str | int) -> Element:
    """The element `w:tag` with `w:` attributes."""
    element = etree.Element(
        _W + tag, {_W + name: str(value) for name, value in attributes.items()}, nsmap=NAMESPACES
    )
    element.extend(children)
    return element


def other(prefixed: str, *children: Element, **attributes: str | int) -> Element:
    """An element of another namespace (`wp:inline`) with plain attributes."""
    prefix, _, tag = prefixed.partition(":")
    plain = {name: str(value) for name, value in attributes.items()}
    element = etree.Element(f"{{{NAMESPACES[prefix]}}}{tag}", plain, nsmap=NAMESPACES)
    element.extend(children)
    return element


def paragraph_properties(*properties: Element) -> Element:
    """A w:pPr, its properties put in order."""
    return w("pPr", *_ordered(properties, _PARAGRAPH_ORDER))


def run_properties(*properties: Element) -> Element:
    """A w:rPr, its properties put in order."""
    return w("rPr", *_ordered(properties, _RUN_ORDER))


def face_properties(face: Face, *, squeeze: int = 0) -> list[Element]:
    """The run properties that set a type face for every script."""
    found = [
        w("rFonts", ascii=face.font, hAnsi=face.font, eastAsia=face.font, cs=face.font),
        w("sz", val=face.size),
        w("szCs", val=face.size),
    ]
    if face.bold:
        found += [w("b"), w("bCs")]
    if squeeze:
        found.append(w("spacing", val=-squeeze))
    return found


def run(text: str, *properties: Element) -> Element:
    """A run of text; tabs become tab stops, every blank is kept."""
    element = w("r")
    if properties:
        element.append(run_properties(*properties))
    for index, piece in enumerate(clean(text).split("\t")):
        if index:
            element.append(w("tab"))
        if piece:
            words = w("t")
            words.set(_XML_SPACE, "preserve")
            words.text = piece
            element.append(words)
    return element


def paragraph(*content: Element, style: str = "", properties: tuple[Element, ...] = ()) -> Element:
    """A paragraph of runs."""
    named = (w("pStyle", val=style),) if style else ()
    head = (paragraph_properties(*named, *properties),) if named or properties else ()
    return w("p", *head, *content)


def field(instruction: str, result: str, *properties: Element) -> list[Element]:
    """The runs of a field that Word computes; `result` is shown until it does."""

    def mark(kind: str) -> Element:
        return _with_properties(w("fldChar", fldCharType=kind), properties)

    told = w("instrText")
    told.set(_XML_SPACE, "preserve")
    told.text = f" {instruction} "
    return [
        mark("begin"),
        _with_properties(told, properties),
        mark("separate"),
        run(result, *properties),
        mark("end"),
    ]


def _with_properties(content: Element, properties: tuple[Element, ...]) -> Element:
    copies = [etree.fromstring(etree.tostring(p)) for p in properties]
    return w("r", *((run_properties(*copies),) if copies else ()), content)


def serialise(root: Element) -> bytes:
    """A part's bytes: UTF-8, namespaces declared once."""
    etree.cleanup_namespaces(root, top_nsmap=NAMESPACES, keep_ns_prefixes=["w", "r"])
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _ordered(properties: tuple[Element, ...], order: tuple[str, ...]) -> list[Element]:
    return sorted(properties, key=lambda p: order.index(etree.QName(p).localname))
