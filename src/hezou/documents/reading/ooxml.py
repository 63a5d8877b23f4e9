"""Names of WordprocessingML and the few questions every reader of it asks."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741 (the prefix every such document uses)
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_UNDERSTOOD = frozenset({"wps", "wpg", "wpc", "wp14", "w14", "w15", "w16", "w16du", "a14"})
"""Extensions read here, by the prefixes that every office program gives them."""
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def value(parent: etree._Element | None, name: str, attribute: str = "val") -> str | None:
    """The `w:val` (or another `w:` attribute) of the direct child `w:name`; None where either is missing."""
    child = None if parent is None else parent.find(W + name)
    return None if child is None else child.get(W + attribute)


def number(text: str | None) -> int | None:
    """A whole number as Word writes it; None for nothing or nonsense."""
    try:
        return None if text is None else int(text)
    except ValueError:
        return None


def flag(parent: etree._Element | None, name: str) -> bool | None:
    """A toggle such as `w:vanish`: True when on, False when switched off, None when not mentioned."""
    child = None if parent is None else parent.find(W + name)
    if child is None:
        return None
    return child.get(W + "val", "true") not in ("0", "false", "off", "none")


def chosen(alternate: etree._Element) -> etree._Element | None:
    """The one branch of an mc:AlternateContent to read: the first choice, else the fallback.

    The branches show the same thing twice (a text box as DrawingML and as VML); whoever reads both doubles
    its words. A choice is taken when this reader knows all it requires, as Word does it.
    """
    choices = [e for e in alternate.iterchildren(MC + "Choice") if len(e)]
    known = [e for e in choices if _UNDERSTOOD.issuperset(e.get("Requires", "").split())]
    fallback = alternate.find(MC + "Fallback")
    return next(iter(known), fallback)


def without_twins(root: etree._Element) -> Iterator[etree._Element]:
    """Every element below `root` in document order, of each mc:AlternateContent one branch alone."""
    stack = list(reversed(root))
    while stack:
        element = stack.pop()
        if element.tag == MC + "AlternateContent":
            branch = chosen(element)
            if branch is not None:
                stack.extend(reversed(branch))
            continue
        yield element
        stack.extend(reversed(element))
