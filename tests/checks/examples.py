"""Read the examples that stand with each check: `⟦slip→repair→other repair⟧`."""

from __future__ import annotations

import re

_SLIP = re.compile(r"⟦([^⟧]*)⟧")

Place = tuple[int, int, tuple[str, ...]]


def read(example: str) -> tuple[str, list[Place]]:
    """The text without its marking, and each slip as start, end and repairs."""
    text, places, done = "", [], 0
    for match in _SLIP.finditer(example):
        text += example[done : match.start()]
        slip, *repairs = match[1].split("→")
        places.append(
            (len(text), len(text) + len(slip), tuple(repair.replace("\\n", "\n") for repair in repairs))
        )
        text += slip
        done = match.end()
    return text + example[done:], places
