"""Markdown files: the marks that a text of our model does not use are taken off, nothing else."""

from __future__ import annotations

import re
from collections import deque

from hezou.documents import messages as say
from hezou.documents.reading.model import Flow, Gatherer, Grid, Line
from hezou.kernel.text import heading_level

_HEADING = re.compile(r" {0,3}#{1,6}(?=[ \t]|$)")
_QUOTE = re.compile(r" {0,3}> ?")
_BULLET = re.compile(r"(?P<indent>[ \t]*)[-*+][ \t]+(?=\S)")
_RULE = re.compile(r"(?:-{3,}|\*{3,}|_{3,})")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_DELIMITER = re.compile(r"\|(?: *:?-{3,}:? *\|)+")
# No mark may stand inside its own pair, so that marks without partners cost no time.
_CODE = re.compile(r"`([^`\n]+)`")
_IMAGE = re.compile(r"!\[(?P<caption>[^\[\]\n]*)\]\((?!file:[0-9a-f]{64}\))[^()\n]*\)")
_LINK = re.compile(r"(?<!!)\[(?P<text>[^\[\]\n]+)\]\([^()\n]*\)")
_CELL = re.compile(r"(?<!\\)\|")


def read_markdown(text: str, gatherer: Gatherer) -> Flow:
    """The flow of a Markdown text. Single `*` and `_` stay: in office texts they are names left open."""
    flow: Flow = []
    fenced = False
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if _FENCE.match(line):
            fenced = not fenced
        elif fenced:
            flow.append(Line(line))
        elif _DELIMITER.fullmatch(line.strip()) and flow and isinstance(flow[-1], Grid):
            continue
        elif _is_row(line.strip(), gatherer.limits.columns):
            _add_row(_row(line, gatherer), flow)
        elif _RULE.fullmatch("".join(line.split())):
            gatherer.count(say.DRAWINGS_LEFT_OUT)
        else:
            flow.append(Line(_line(line, gatherer, first=not _spoken(flow))))
    return flow


def _spoken(flow: Flow) -> bool:
    return any(not isinstance(item, Line) or item.text.strip() for item in flow)


def _add_row(row: list[str], flow: Flow) -> None:
    if flow and isinstance(flow[-1], Grid):
        flow[-1].rows.append(row)
    else:
        flow.append(Grid([row]))


def _row(line: str, gatherer: Gatherer) -> list[str]:
    cells = [cell.strip().replace("\\|", "|") for cell in _CELL.split(line.strip()[1:-1])]
    return [gatherer.cell([Line(_inline(cell, gatherer))]) for cell in cells]


def _is_row(line: str, columns: int) -> bool:
    return len(line) > 1 and line.startswith("|") and line.endswith("|") and line.count("|") <= columns + 1


def _line(line: str, gatherer: Gatherer, *, first: bool) -> str:
    quote = _QUOTE.match(line)
    line = line[quote.end() :] if quote else line
    heading = _HEADING.match(line)
    if heading:
        text = _inline(_without_closing_marks(line[heading.end() :].strip()), gatherer)
        if text and not first and not heading_level(text):
            gatherer.count(say.HEADINGS_PLAIN)
        return text
    bullet = _BULLET.match(line)
    return _inline(f"{bullet['indent']}• {line[bullet.end() :]}" if bullet else line, gatherer)


def _without_closing_marks(heading: str) -> str:
    bare = heading.rstrip("#")
    return bare.rstrip() if not bare or bare[-1] in " \t" else heading


def _inline(text: str, gatherer: Gatherer) -> str:
    text, images = _IMAGE.subn(r"\g<caption>", text)
    text, links = _LINK.subn(r"\g<text>", text)
    gatherer.count(say.PICTURES_ELSEWHERE, images)
    gatherer.count(say.LINKS_FLATTENED, links)
    text, struck = _without_pairs(text, "~~")
    gatherer.count(say.STRUCK_KEPT, struck)
    for mark in ("**", "__"):
        text, _ = _without_pairs(text, mark)
    return _CODE.sub(r"\1", text)


def _without_pairs(text: str, mark: str) -> tuple[str, int]:
    """The text without pairs of a mark that stand close around words, and how many there were."""
    before, *rest = text.split(mark)
    pieces = deque(rest)
    kept, taken = [before], 0
    while pieces:
        inner = pieces.popleft()
        if pieces and inner and not inner[0].isspace() and not inner[-1].isspace():
            kept += [inner, pieces.popleft()]
            taken += 1
        else:
            kept += [mark, inner]
    return "".join(kept), taken
