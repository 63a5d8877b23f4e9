"""Styles and fonts of a document: the layout's faces under the names that Word and WPS know."""

from __future__ import annotations

from hezou.documents.writing.layouts import SUBSTITUTES, TABLE_HEAD_FONT, Face, Layout
from hezou.documents.writing.xml import Element, face_properties, paragraph_properties, run_properties, w

_OWN_STYLES = frozenset({"Table Text", "Table Head", "Picture"})
"""Styles that Word does not know by itself."""


def style_sheet(layout: Layout) -> Element:
    """The root of styles.xml."""
    return w(
        "styles",
        w(
            "docDefaults",
            w(
                "rPrDefault",
                run_properties(*face_properties(layout.body), w("lang", val="en-US", eastAsia="zh-CN")),
            ),
            w("pPrDefault"),
        ),
        *_basic_styles(layout),
        *_text_styles(layout),
        _grid_style(),
    )


def _basic_styles(layout: Layout) -> list[Element]:
    """The four styles that everything else stands on."""
    normal = paragraph_properties(
        w("widowControl", val=0),
        _lines(layout.line),
        w("ind", firstLineChars=layout.indent * 100, firstLine=layout.indent * layout.body.em),
        w("jc", val="both"),
    )
    margins = w(
        "tblCellMar",
        w("top", w=0, type="dxa"), w("left", w=108, type="dxa"),
        w("bottom", w=0, type="dxa"), w("right", w=108, type="dxa"),
    )  # fmt: skip
    return [
        _style("Normal", "Normal", normal, _squeezed(layout), default=True),
        _style("DefaultParagraphFont", "Default Paragraph Font", kind="character", default=True),
        _style("TableNormal", "Normal Table", w("tblPr", margins), kind="table", default=True),
        _style("NoList", "No List", kind="numbering", default=True),
    ]


def _squeezed(layout: Layout) -> Element:
    return run_properties(*([w("spacing", val=-layout.squeeze)] if layout.squeeze else []))


def _text_styles(layout: Layout) -> list[Element]:
    any_height = w("spacing", line=240, lineRule="auto")
    head = Face(TABLE_HEAD_FONT, layout.table.size)
    found = [
        _face_style("Title", "Title", layout.title, *_off_the_grid("center"), w("keepNext")),
        _face_style("Caption", "caption", layout.table, *_off_the_grid("center")),
        _face_style(
            "TableText", "Table Text", layout.table, *_off_the_grid("left"), _lines(layout.table_line)
        ),
        _face_style("TableHead", "Table Head", head, *_off_the_grid("center"), _lines(layout.table_line)),
        _face_style("Picture", "Picture", layout.body, *_off_the_grid("center"), w("keepNext"), any_height),
        _face_style(
            "Footer", "footer", layout.page_number, *_off_the_grid("left"), _lines(layout.page_number.em)
        ),
    ]
    for number, face in enumerate(layout.headings, start=1):
        outline = w("outlineLvl", val=number - 1)
        found.append(_face_style(f"Heading{number}", f"heading {number}", face, w("keepNext"), outline))
    return found


def _lines(distance: int) -> Element:
    return w("spacing", line=distance, lineRule="exact")


def _off_the_grid(alignment: str) -> tuple[Element, ...]:
    """No indent, lines as high as their own measure says."""
    return w("ind", firstLineChars=0, firstLine=0), w("jc", val=alignment), w("snapToGrid", val=0)


def _face_style(style_id: str, name: str, face: Face, *properties: Element) -> Element:
    based = w("basedOn", val="Normal")
    return _style(
        style_id, name, based, paragraph_properties(*properties), run_properties(*face_properties(face))
    )


def _grid_style() -> Element:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = w("tblBorders", *(w(side, val="single", sz=4, space=0, color="auto") for side in sides))
    based = w("basedOn", val="TableNormal")
    return _style("TableGrid", "Table Grid", based, w("tblPr", borders), kind="table")


def _style(
    style_id: str, name: str, *content: Element, kind: str = "paragraph", default: bool = False
) -> Element:
    attributes = {"type": kind, "styleId": style_id}
    attributes |= {"default": "1"} if default else {}
    attributes |= {"customStyle": "1"} if name in _OWN_STYLES else {}
    return w("style", w("name", val=name), *content, **attributes)


def font_table(layout: Layout) -> Element:
    """The root of fontTable.xml, with a substitute for every font that some systems lack."""
    faces = (
        layout.title,
        layout.body,
        *layout.headings,
        layout.table,
        layout.page_number,
        Face(TABLE_HEAD_FONT, 0),
    )
    return w(
        "fonts",
        *(
            w(
                "font",
                w("altName", val=SUBSTITUTES[font]),
                w("charset", val="86"),
                w("pitch", val="variable"),
                name=font,
            )
            for font in dict.fromkeys(face.font for face in faces)
        ),
    )
