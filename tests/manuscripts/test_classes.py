"""Which class and openness may be kept, and which lines they leave open (R4)."""

from __future__ import annotations

from itertools import product

import pytest

from hezou.manuscripts.rules.classes import CLASSES, OPENNESS, lines_of, why_not_class
from hezou.packs.rules import Line

LINES: list[Line] = ["up", "out", "in"]
KEPT = ["public", "internal"]
OPEN_TO_ALL = {("public", "proactive"), ("public", "on_request")}


@pytest.mark.parametrize(("content_class", "openness"), list(product(CLASSES, OPENNESS)))
def test_line_out_is_open_to_public_pieces_that_are_not_withheld(content_class: str, openness: str) -> None:
    expected = {"up", "out", "in"} if (content_class, openness) in OPEN_TO_ALL else {"up", "in"}
    assert lines_of(LINES, content_class, openness) == expected


def test_no_line_is_open_that_the_kind_does_not_take() -> None:
    assert lines_of(["in"], "public", "proactive") == {"in"}


@pytest.mark.parametrize(
    ("content_class", "openness", "allowed", "lines", "code"),
    [
        ("public", "proactive", KEPT, LINES, None),
        ("internal", "on_request", KEPT, LINES, None),
        ("internal", "withheld", KEPT, LINES, None),
        ("barred", "withheld", [*KEPT, "barred"], LINES, "manuscript.barred_class"),
        ("", "withheld", KEPT, LINES, "manuscript.unknown_class"),
        ("public", "", KEPT, LINES, "manuscript.unknown_openness"),
        ("internal", "withheld", ["public"], LINES, "manuscript.class_not_kept"),
        ("internal", "proactive", KEPT, LINES, "manuscript.internal_openly"),
        ("public", "withheld", KEPT, ["out"], "manuscript.no_line_left"),
        ("public", "on_request", KEPT, ["out"], None),
        ("internal", "withheld", KEPT, ["out"], "manuscript.no_line_left"),
    ],
)
def test_class_is_judged_by_kind_and_openness(
    content_class: str, openness: str, allowed: list[str], lines: list[Line], code: str | None
) -> None:
    message = why_not_class(content_class, openness, allowed=allowed, lines=lines)
    assert (message and message.code) == code
