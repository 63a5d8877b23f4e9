"""What the browser knows about texts is what the server knows: `npm test` reads the same fixtures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hezou.checks.rules import secrecy_mark
from hezou.checks.rules.secrecy import marks
from hezou.kernel.text import count_characters

FRONT = Path(__file__).resolve().parent.parent.parent / "frontend"


def read(place: str) -> Any:
    return json.loads((FRONT / place).read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", read("fixtures/counts.json"), ids=lambda case: ascii(case["text"]))
def test_counts_characters_as_the_browser_does(case: dict[str, Any]) -> None:
    assert count_characters(case["text"]) == case["count"]


@pytest.mark.parametrize("text", read("fixtures/marks.json")["marked"], ids=ascii)
def test_finds_the_marks_the_browser_finds(text: str) -> None:
    assert secrecy_mark(text) is not None


@pytest.mark.parametrize("text", read("fixtures/marks.json")["clean"], ids=ascii)
def test_passes_what_the_browser_passes(text: str) -> None:
    assert secrecy_mark(text) is None


def test_gives_the_browser_the_expressions_of_the_server() -> None:
    """A changed rule is carried over to `frontend/src/marks_of_secrecy.json`, in JavaScript's spelling."""

    def spelt(expression: str) -> str:
        return expression.replace("(?P<", "(?<").replace("*+", "*")

    assert read("src/marks_of_secrecy.json") == {
        "mark": spelt(marks._MARK.pattern),
        "header": spelt(marks._HEADER.pattern),
        "header_lines": marks.HEADER_LINES,
    }
