"""Comparing two texts: what changed, and whether an edit in review is of wording or of substance (R1)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from hezou.kernel.text import title_of

WORDING, SUBSTANCE = "wording", "substance"
EDIT_CLASSES = {WORDING: "Wording only", SUBSTANCE: "Of substance"}

_NUMERALS = re.compile(r"[0-9０-９〇零○一二三四五六七八九十百千万亿两廿卅壹贰叁肆伍陆柒捌玖拾佰仟%％‰]+")
_QUOTED = re.compile(r"“[^“”]*|‘[^‘’]*|《[^《》]*|「[^「」]*|\"[^\"\n]*\"")
"""A quotation may run over paragraphs; one that is never closed protects all that follows."""
_QUOTE_MARKS = frozenset('“”‘’《》「」"')
_MOST_PAIRS = 4_000_000
"""Finding what two passages share takes time for each pair of equal parts; above this it is not tried."""


@dataclass(frozen=True)
class Segment:
    """A run of characters: `op` is equal, insert or delete; `at` its offset in the text it stands in."""

    op: str
    text: str
    at: int


@dataclass(frozen=True)
class Row:
    """One paragraph of a comparison; `changed` when any segment is not equal."""

    segments: tuple[Segment, ...]

    @property
    def changed(self) -> bool:
        return any(s.op != "equal" for s in self.segments)


def compare(before: str, after: str) -> list[Row]:
    """The paragraphs of both texts in reading order, with what was deleted and inserted."""
    old, new = before.split("\n"), after.split("\n")
    old_at, new_at = _offsets(old), _offsets(new)
    rows: list[Row] = []
    opcodes = _opcodes(old, new, _MOST_PAIRS)
    paired = sum(min(i2 - i1, j2 - j1) for op, i1, i2, j1, j2 in opcodes if op != "equal")
    most = _MOST_PAIRS // max(paired, 1)
    for op, i1, i2, j1, j2 in opcodes:
        if op == "equal":
            rows.extend(Row((Segment("equal", new[j], new_at[j]),)) for j in range(j1, j2))
            continue
        pairs = min(i2 - i1, j2 - j1)
        for k in range(pairs):
            segments = _segments(old[i1 + k], new[j1 + k], old_at[i1 + k], new_at[j1 + k], most)
            rows.append(Row(tuple(segments)))
        rows.extend(Row((Segment("delete", old[i], old_at[i]),)) for i in range(i1 + pairs, i2))
        rows.extend(Row((Segment("insert", new[j], new_at[j]),)) for j in range(j1 + pairs, j2))
    return rows


def edit_class(before: str, after: str, *, marked: str, most: int) -> str:
    """`wording` only when it was marked so and nothing protected was touched; otherwise `substance`.

    Protected for now: numerals (Arabic and Han), where they stand and with the character on either side, so
    that none counts something else; quotations and titled works, the piece's own title, and more than
    `most` characters deleted or inserted. Kind, class and openness are compared by the caller.
    """
    if before == after:
        return WORDING
    if marked != WORDING or title_of(before) != title_of(after) or _numerals(before) != _numerals(after):
        return SUBSTANCE
    changed = [s for row in compare(before, after) for s in row.segments if s.op != "equal"]
    if sum(len(s.text) for s in changed) > most or any(_NUMERALS.search(s.text) for s in changed):
        return SUBSTANCE
    quoted = {"delete": _quoted_spans(before), "insert": _quoted_spans(after)}
    if any(_QUOTE_MARKS & set(s.text) or _within(s, quoted[s.op]) for s in changed):
        return SUBSTANCE
    return WORDING


Opcode = tuple[str, int, int, int, int]


def _opcodes(old: Sequence[str], new: Sequence[str], most: int) -> list[Opcode]:
    """How `old` becomes `new`, as difflib tells it; what both begin and end with stays out of the search.

    The middle is one replacement where it holds more than `most` pairs of equal parts (10,000 blank lines
    against 10,000 others would take minutes).
    """
    head = _common_prefix(old, new)
    tail = _common_prefix(old[head:][::-1], new[head:][::-1])
    a, b = old[head : len(old) - tail], new[head : len(new) - tail]
    times = Counter(b)
    if sum(times[part] for part in a) > most:
        middle: list[Opcode] = [("replace", 0, len(a), 0, len(b))]
    else:
        middle = list(SequenceMatcher(None, a, b, autojunk=False).get_opcodes())
    found: list[Opcode] = [("equal", 0, head, 0, head)]
    found += [(op, i1 + head, i2 + head, j1 + head, j2 + head) for op, i1, i2, j1, j2 in middle]
    found.append(("equal", len(old) - tail, len(old), len(new) - tail, len(new)))
    return [code for code in found if code[2] > code[1] or code[4] > code[3]]


def _segments(old: str, new: str, old_at: int, new_at: int, most: int) -> Iterator[Segment]:
    for op, i1, i2, j1, j2 in _opcodes(old, new, most):
        if op == "equal":
            yield Segment("equal", new[j1:j2], new_at + j1)
            continue
        if i2 > i1:
            yield Segment("delete", old[i1:i2], old_at + i1)
        if j2 > j1:
            yield Segment("insert", new[j1:j2], new_at + j1)


def _common_prefix(a: Sequence[str], b: Sequence[str]) -> int:
    for position, (x, y) in enumerate(zip(a, b, strict=False)):
        if x != y:
            return position
    return min(len(a), len(b))


def _offsets(lines: list[str]) -> list[int]:
    offsets, position = [], 0
    for line in lines:
        offsets.append(position)
        position += len(line) + 1
    return offsets


def _numerals(text: str) -> list[str]:
    """Every number in its order, with the character on either side."""
    return [text[max(m.start() - 1, 0) : m.end() + 1] for m in _NUMERALS.finditer(text)]


def _quoted_spans(text: str) -> list[tuple[int, int]]:
    return [m.span() for m in _QUOTED.finditer(text)]


def _within(segment: Segment, spans: list[tuple[int, int]]) -> bool:
    start, end = segment.at, segment.at + len(segment.text)
    return any(start < span_end and end > span_start for span_start, span_end in spans)
