"""Paragraph and character styles: what a run or paragraph inherits, as far as its words depend on it."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from hezou.documents.reading.ooxml import W, flag, number, value

_DEEPEST = 20
"""Styles based on one another; Word allows 11, and a circle must end somewhere."""


@dataclass(frozen=True)
class Style:
    """`name` in lower case (`heading 1`): ids differ between languages, and between Word and WPS."""

    name: str
    based_on: str | None
    num_id: int | None
    level: int | None
    hidden: bool | None
    centred: bool | None
    outline: int | None


NO_STYLE = Style("", None, None, None, None, None, None)


class Styles:
    """The styles of a document; every answer follows `basedOn` until some style says something."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self._default: str | None = None
        for element in () if root is None else root.iterchildren(W + "style"):
            style_id = element.get(W + "styleId", "")
            self._styles[style_id] = _read(element)
            if element.get(W + "type") == "paragraph" and element.get(W + "default") in ("1", "true", "on"):
                self._default = style_id

    def paragraph(self, properties: etree._Element | None) -> list[Style]:
        """The chain of styles of a paragraph, its own first."""
        return self._chain(value(properties, "pStyle") or self._default)

    def run(self, properties: etree._Element | None) -> list[Style]:
        """The chain of character styles of a run; empty where it names none."""
        return self._chain(value(properties, "rStyle"))

    def by_id(self, style_id: str) -> list[Style]:
        """The chain of the style named."""
        return self._chain(style_id)

    def _chain(self, style_id: str | None) -> list[Style]:
        chain: list[Style] = []
        while style_id in self._styles and len(chain) < _DEEPEST:
            style = self._styles[style_id or ""]
            chain.append(style)
            style_id = style.based_on
        return chain


def _read(element: etree._Element) -> Style:
    paragraph, run = element.find(W + "pPr"), element.find(W + "rPr")
    numbering = None if paragraph is None else paragraph.find(W + "numPr")
    alignment = value(paragraph, "jc")
    return Style(
        name=(value(element, "name") or "").lower(),
        based_on=value(element, "basedOn"),
        num_id=number(value(numbering, "numId")),
        level=number(value(numbering, "ilvl")),
        hidden=flag(run, "vanish"),
        centred=None if alignment is None else alignment == "center",
        outline=number(value(paragraph, "outlineLvl")),
    )
