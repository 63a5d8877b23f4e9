"""The text model: plain text in the conventions its writers already use.

First line title; headings `一、` `（一）` `1.` `（1）`; a picture is a line `![caption](file:<sha256>)`;
a table is a block of lines that begin and end with `|`. Normalisation 1 (`normalise`) is what seals cover.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from hezou.kernel.messages import Message, define

NORM = 1
"""The number of the normalisation in force; stored beside every seal."""

NOT_TEXT = define(
    "text.not_text",
    "The text holds characters that no text file may hold (position {position}). Remove them and try again.",
)

_NO_CHARACTER = re.compile("[\x00\ud800-\udfff]")
# 64 marks upon one letter are no script but an attack: composing them takes quadratic time. The engine looks
# for a place to begin a hundred times faster where the first class needs no list beyond the basic plane.
_MARKS = "".join(map(chr, filter(lambda n: unicodedata.combining(chr(n)), range(0x300, 0x1F000))))
_BEGINS = "".join(mark for mark in _MARKS if mark < "\U00010000") + "\U00010000-\U0010ffff"
_HEAP = re.compile(f"[{_BEGINS}](?<=[{_MARKS}])[{_MARKS}]{{64}}")
_HAN = "\u2e80-\u2eff\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_FULL_WIDTH = (
    "\u3001-\u3006\u3008-\u303f\uff01-\uff60\uffe0-\uffe6\u2014\u2018\u2019\u201c\u201d\u2026\u00b7\u00d7"
)
_RUN = re.compile(rf"[^\s{_HAN}{_FULL_WIDTH}]+")
HEADINGS = (
    re.compile(r"[一二三四五六七八九十百]+、"),
    re.compile(r"（[一二三四五六七八九十百]+）"),
    re.compile(r"\d{1,3}[.．](?!\d)"),
    re.compile(r"（\d{1,3}）"),
)
_PICTURE = re.compile(r"!\[(?P<caption>[^\]\n]*)\]\(file:(?P<sha256>[0-9a-f]{64})\)")


@dataclass(frozen=True)
class Block:
    """One block of a text: `kind` is title, heading, paragraph, table or picture; `level` 1–4 for headings.

    `start` and `end` count characters of the text given; `rows` holds a table's cells.
    """

    kind: str
    text: str
    start: int
    end: int
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()


def why_not_text(text: str) -> Message | None:
    """NUL bytes, lone surrogates and heaps of combining marks make no text; names the first place."""
    found = [place.start() for form in (_NO_CHARACTER, _HEAP) if (place := form.search(text))]
    return NOT_TEXT(position=min(found) + 1) if found else None


def normalise(text: str) -> str:
    """Normalisation 1: BOM dropped, CR and CRLF to LF, NFC, trailing blanks cut. Full width stays.

    Raises ValueError for what `why_not_text` names. Linear in the length of the text.
    """
    if why_not_text(text) is not None:
        raise ValueError("not text")
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = unicodedata.normalize("NFC", text).split("\n")
    return "\n".join(line.rstrip() for line in lines).rstrip("\n")


def count_characters(text: str) -> int:
    """字数 as WPS counts: each Han character and full-width mark 1, each run of anything else 1, blanks 0."""
    return len("".join(_RUN.sub("x", text).split()))


def heading_level(line: str) -> int:
    """1–4 for a line that begins with one of the four numbering forms, else 0."""
    return next((level for level, form in enumerate(HEADINGS, start=1) if form.match(line)), 0)


def blocks(text: str) -> list[Block]:
    """The blocks of a text in order; blank lines separate and are not blocks."""
    found: list[Block] = []
    table: list[tuple[str, int, int]] = []
    position = 0
    for raw in text.split("\n"):
        start, position = position, position + len(raw) + 1
        line = raw.strip()
        if len(line) > 1 and line.startswith("|") and line.endswith("|"):
            table.append((line, start, start + len(raw)))
            continue
        _close_table(table, found)
        if line:
            found.append(_line_block(line, start, start + len(raw), first=not found))
    _close_table(table, found)
    return found


def _line_block(line: str, start: int, end: int, *, first: bool) -> Block:
    if _PICTURE.fullmatch(line):
        return Block("picture", line, start, end)
    if first:
        return Block("title", line, start, end)
    level = heading_level(line)
    return Block("heading" if level else "paragraph", line, start, end, level)


def _close_table(table: list[tuple[str, int, int]], found: list[Block]) -> None:
    if table:
        rows = tuple(tuple(cell.strip() for cell in line[1:-1].split("|")) for line, _, _ in table)
        text = "\n".join(line for line, _, _ in table)
        found.append(Block("table", text, table[0][1], table[-1][2], rows=rows))
        table.clear()


def title_of(text: str) -> str:
    """The first non-blank line, without blanks at its ends."""
    return next((line.strip() for line in text.split("\n") if line.strip()), "")


def figure(line: str) -> tuple[str, str] | None:
    """Caption and SHA-256 of a picture line; None for any other line."""
    found = _PICTURE.fullmatch(line.strip())
    return (found["caption"], found["sha256"]) if found else None


def picture_hashes(text: str) -> list[str]:
    """The SHA-256 of every picture line, in order."""
    return [found[1] for line in text.split("\n") if (found := figure(line))]
