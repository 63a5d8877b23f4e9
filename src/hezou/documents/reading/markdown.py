"""Markdown files: the marks that a text of our model does not use are taken off, nothing else."""

from __future__ import annotations

import re

from hezou.documents import messages as say
from hezou.documents.reading.model import Flow, Gatherer, Grid, Line
from hezou.kernel.text import heading_level

_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]+(?P<text>.*?))?[ \t]*#*$")
_QUOTE = re.compile(r" {0,3}> ?")
_BULLET = re.compile(r"(?P<indent>\s*)[-*+][ \t]+(?=\S)")
_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_ROW = re.compile(r"\s*\|.*\|\s*")
_DELIMITER = re.compile(r"\s*\|(?:\s*:?-{3,}:?\s*\|)+\s*")
_STRUCK = re.compile(r"~~(?=\S)(?P<text>.+?)(?<=\S)~~")
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(?P<text>.+?)(?<=\S)\1")
_CODE = re.compile(r"`([^`\n]+)`")
_IMAGE = re.compile(r"!\[(?P<caption>[^\]\n]*)\]\((?!file:[0-9a-f]{64}\))[^)\n]*\)")
_LINK = re.compile(r"(?<!!)\[(?P<text>[^\]\n]+)\]\([^)\n]*\)")
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
        elif _DELIMITER.fullmatch(line) and flow and isinstance(flow[-1], Grid):
            continue
        elif _ROW.fullmatch(line) and len(line.strip()) > 1:
            _add_row(_row(line, gatherer), flow)
        elif _RULE.fullmatch(line):
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


def _line(line: str, gatherer: Gatherer, *, first: bool) -> str:
    line = _QUOTE.sub("", line)
    heading = _HEADING.fullmatch(line)
    if heading:
        text = _inline(heading["text"] or "", gatherer)
        if text and not first and not heading_level(text):
            gatherer.count(say.HEADINGS_PLAIN)
        return text
    return _inline(_BULLET.sub(r"\g<indent>• ", line), gatherer)


def _inline(text: str, gatherer: Gatherer) -> str:
    text, images = _IMAGE.subn(r"\g<caption>", text)
    text, links = _LINK.subn(r"\g<text>", text)
    gatherer.count(say.PICTURES_ELSEWHERE, images)
    gatherer.count(say.LINKS_FLATTENED, links)
    text, struck = _STRUCK.subn(r"\g<text>", text)
    gatherer.count(say.STRUCK_KEPT, struck)
    return _CODE.sub(r"\1", _EMPHASIS.sub(r"\g<text>", text))
