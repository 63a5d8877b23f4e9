"""Content classes and openness (office rules R4), and which class may take which line."""

from __future__ import annotations

from collections.abc import Collection

from hezou.kernel.messages import Message, define
from hezou.packs.rules import Line

PUBLIC, INTERNAL, BARRED = "public", "internal", "barred"
CLASSES = {PUBLIC: "May be public", INTERNAL: "Internal", BARRED: "Must not be entered"}
"""Code → English label of the three content classes."""

OPENNESS = {
    "proactive": "Public on our own motion",
    "on_request": "Public on request",
    "withheld": "Not public",
}
"""Code → English label of 公开属性."""

UP, OUT, IN = "up", "out", "in"
LINES = {UP: "Upward", OUT: "Outward", IN: "In-house"}

BARRED_CLASS = define(
    "manuscript.barred_class",
    "State secrets must not be entered here. Nothing was saved; handle it on paper.",
)
UNKNOWN_CLASS = define("manuscript.unknown_class", "Choose one of the content classes.")
UNKNOWN_OPENNESS = define("manuscript.unknown_openness", "Choose one of the kinds of openness.")
CLASS_NOT_KEPT = define(
    "manuscript.class_not_kept", "Pieces of this kind and class are not kept here. Nothing was saved."
)
KIND_GONE = define(
    "manuscript.kind_gone", "Pieces of this kind are not written any more. Choose another kind."
)
INTERNAL_OPENLY = define(
    "manuscript.internal_openly", "An internal piece cannot be public on our own motion."
)
NO_LINE_LEFT = define(
    "manuscript.no_line_left",
    "A piece of this kind is only for the public, and this class and openness keep it from them. "
    "Choose another kind or openness.",
)


def why_not_class(
    content_class: str, openness: str, *, allowed: Collection[str], lines: Collection[Line]
) -> Message | None:
    """Why such a piece may not be kept here, or None; `allowed` and `lines` are its kind's."""
    if content_class == BARRED:
        return BARRED_CLASS()
    if content_class not in CLASSES:
        return UNKNOWN_CLASS()
    if openness not in OPENNESS:
        return UNKNOWN_OPENNESS()
    if content_class not in allowed:
        return CLASS_NOT_KEPT()
    if content_class == INTERNAL and openness == "proactive":
        return INTERNAL_OPENLY()
    return None if lines_of(lines, content_class, openness) else NO_LINE_LEFT()


def lines_of(kind_lines: Collection[Line], content_class: str, openness: str) -> frozenset[Line]:
    """The lines a piece may take: its kind's, without the public one unless class and openness allow it."""
    public = content_class == PUBLIC and openness != "withheld"
    return frozenset(line for line in kind_lines if line != OUT or public)
