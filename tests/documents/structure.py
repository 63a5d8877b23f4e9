"""What makes a .docx valid by structure, checked without any office program.

Content types, relationships and their targets, well-formed parts, unique ids, references to styles and
parts, and the order of properties that the schema (ECMA-376 part 1, annex A) asks for: Word repairs or
refuses files that other programs forgive.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"

ORDERS = {
    "pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd"
        " tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi"
        " adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc"
        " textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
    ),
    "rPr": (
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof"
        " snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd"
        " fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath"
    ),
    "tblPr": (
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing"
        " tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription"
    ),
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign",
    "tblBorders": "top left start bottom right end insideH insideV",
    "tcBorders": "top left start bottom right end insideH insideV tl2br tr2bl",
    "pBdr": "top left bottom right between bar",
    "sectPr": (
        "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType"
        " pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid"
    ),
    "style": (
        "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat"
        " locked personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr"
    ),
    "settings": "zoom defaultTabStop evenAndOddHeaders characterSpacingControl compat",
    "font": "altName panose1 charset family notTrueType pitch sig",
}
"""The children of an element in the schema's order; what is not listed may not stand there."""

CONTAINERS = {"body", "tc", "hdr", "ftr", "txbxContent", "comment", "footnote"}
"""What holds blocks; each must end in a paragraph (the body in its section)."""


def faults(data: bytes) -> list[str]:
    """Everything that is wrong with the package; empty for a valid one."""
    with ZipFile(BytesIO(data)) as archive:
        names = archive.namelist()
        files = {name: archive.read(name) for name in names}
    found = [f"entry twice: {name}" for name in set(names) if names.count(name) > 1]
    roots: dict[str, etree._Element] = {}
    for name, content in files.items():
        if name.endswith((".xml", ".rels")):
            try:
                roots[name] = etree.fromstring(content)
            except etree.XMLSyntaxError as error:
                return [f"{name}: {error}"]
    found += _content_types(roots, files)
    found += _relationships(roots, files)
    for name, root in roots.items():
        if name.startswith("word/") and name.endswith(".xml"):
            found += _order(name, root)
            found += _blocks(name, root)
            found += _ids(name, root)
    return [*found, *_references(roots)]


def _content_types(roots: dict[str, etree._Element], files: dict[str, bytes]) -> Iterator[str]:
    types = roots["[Content_Types].xml"]
    defaults = {e.get("Extension") for e in types if e.get("Extension")}
    overrides = [e.get("PartName") for e in types if e.get("PartName")]
    if len(set(overrides)) != len(overrides):
        yield "a part's content type given twice"
    for part in overrides:
        if str(part).lstrip("/") not in files:
            yield f"content type of a part that is not there: {part}"
    for name in files:
        if name == "[Content_Types].xml" or f"/{name}" in overrides:
            continue
        if name.endswith(".xml") or name.rpartition(".")[2] not in defaults:
            yield f"no content type: {name}"


def _relationships(roots: dict[str, etree._Element], files: dict[str, bytes]) -> Iterator[str]:
    reached = {"[Content_Types].xml"}
    for name, root in roots.items():
        if not name.endswith(".rels"):
            continue
        reached.add(name)
        folder = posixpath.dirname(posixpath.dirname(name))
        ids = [e.get("Id") for e in root]
        if len(set(ids)) != len(ids):
            yield f"{name}: an id twice"
        for element in root:
            target = posixpath.normpath(posixpath.join(folder, str(element.get("Target"))))
            reached.add(target)
            if element.get("TargetMode") != "External" and target not in files:
                yield f"{name}: leads nowhere: {target}"
    yield from (f"nobody refers to {name}" for name in files if name not in reached)


def _order(name: str, root: etree._Element) -> Iterator[str]:
    for element in root.iter():
        order = ORDERS.get(etree.QName(element).localname, "").split()
        if not order or not str(element.tag).startswith(W):
            continue
        children = [etree.QName(child).localname for child in element]
        unknown = [child for child in children if child not in order]
        if unknown:
            yield f"{name}: {element.tag} may not hold {unknown}"
        elif children != sorted(children, key=order.index):
            yield f"{name}: {element.tag} out of order: {children}"
        repeatable = {"footerReference", "headerReference", "tblStylePr"}
        once = [child for child in children if child not in repeatable]
        if len(set(once)) != len(once):
            yield f"{name}: {element.tag} holds something twice: {children}"


def _blocks(name: str, root: etree._Element) -> Iterator[str]:
    for element in root.iter():
        kind = etree.QName(element).localname
        if str(element.tag).startswith(W) and kind in CONTAINERS:
            last = element[-1].tag if len(element) else None
            if last != W + ("sectPr" if kind == "body" else "p"):
                yield f"{name}: {kind} ends in {last}"
            before = None
            for child in element:
                if before == W + "tbl" and child.tag in (W + "tbl", W + "sectPr"):
                    yield f"{name}: no paragraph behind a table"
                before = child.tag
        if element.tag == W + "tr":
            columns = len(element.findall(f"../{W}tblGrid/{W}gridCol"))
            if _width(element) != columns:
                yield f"{name}: a row of {_width(element)} in a table of {columns}"


def _width(row: etree._Element) -> int:
    spans = [int(e.attrib[W + "val"]) for e in row.iterfind(f"{W}tc/{W}tcPr/{W}gridSpan")]
    outside = [int(e.attrib[W + "val"]) for e in row.iterfind(f"{W}trPr/{W}gridAfter")]
    return len(row.findall(W + "tc")) + sum(span - 1 for span in spans) + sum(outside)


def _ids(name: str, root: etree._Element) -> Iterator[str]:
    for tag, attribute in ((WP + "docPr", "id"), (W + "style", W + "styleId"), (W + "font", W + "name")):
        ids = [element.get(attribute) for element in root.iter(tag)]
        if len(set(ids)) != len(ids):
            yield f"{name}: {tag} with one id twice"


def _references(roots: dict[str, etree._Element]) -> Iterator[str]:
    styles = {e.get(W + "styleId") for e in roots["word/styles.xml"].iter(W + "style")}
    relations = {e.get("Id") for e in roots["word/_rels/document.xml.rels"]}
    for name, root in roots.items():
        for tag in ("pStyle", "rStyle", "tblStyle", "basedOn"):
            for element in root.iter(W + tag):
                if element.get(W + "val") not in styles:
                    yield f"{name}: no style {element.get(W + 'val')}"
    for element in roots["word/document.xml"].iter():
        for attribute in (R + "id", R + "embed"):
            if element.get(attribute) is not None and element.get(attribute) not in relations:
                yield f"no relationship {element.get(attribute)}"
