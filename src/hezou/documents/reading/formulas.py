"""Formulas (Office Math) on one line: what a text can hold of them."""

from __future__ import annotations

from lxml import etree

from hezou.documents.reading.ooxml import M
from hezou.documents.reading.symbols import script


def formula(element: etree._Element) -> str:
    """The formula's characters, with / for fractions, ^ and _ for raised and lowered parts, √ for roots."""
    if element.tag == M + "t":
        return element.text or ""
    if element.tag == M + "f":
        return f"{_grouped(element, 'num')}/{_grouped(element, 'den')}"
    if element.tag == M + "rad":
        return f"√{_grouped(element, 'e')}"
    if element.tag in (M + "sSup", M + "sSub"):
        raised = element.tag == M + "sSup"
        part = _part(element, "sup" if raised else "sub")
        shifted = script(part, raised=raised)
        return _part(element, "e") + (shifted or ("^" if raised else "_") + _bracketed(part))
    return "".join(formula(child) for child in element if isinstance(child.tag, str))


def _part(element: etree._Element, name: str) -> str:
    child = element.find(M + name)
    return "" if child is None else formula(child)


def _grouped(element: etree._Element, name: str) -> str:
    return _bracketed(_part(element, name))


def _bracketed(part: str) -> str:
    return part if len(part) == 1 or part.isalnum() else f"({part})"
