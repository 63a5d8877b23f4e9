"""Measure the checks on clean official texts: false alarms and speed. Prints one JSON object.

    python benchmarks/checks.py [--characters N]

Reads `../shared/data/laws` beside the repository. The texts are clean of slips of writing, not of copying:
the reports lost paragraphs (numbers then skip) and titles (`《》`), and lines were broken. Broken lines are
joined again before measuring; findings about numbers that skip and about empty pairs are counted apart. Slips
planted into a copy must be found first; otherwise nothing is measured.
"""

from __future__ import annotations

import argparse
import json
import lzma
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from hezou.checks.rules import Severity, check

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "laws"
SHORT = 3_000
PIECE = 20_000
"""Characters checked at once, about the length of a long report."""
OF_COPYING = ("conventions.numbering_gap", "punctuation.empty_pair")
PLANTED = (
    ("，", "，，", "punctuation.double"),
    ("，", ",", "punctuation.half_width"),
    ("的", "*", "placeholder.star"),
)
PARAGRAPH = 60
"""Characters from which a line without a mark at its end was cut: no title is so long."""
_CLOSING, _OPENING, _ENDS = "，。、；：》）”", "《（“", "。！？：；…”）"


def rejoined(text: str) -> str:
    """The text with lines that copying broke put together again."""
    lines: list[str] = []
    for line in text.split("\n"):
        last = lines[-1] if lines else ""
        cut = len(last) >= PARAGRAPH and last[-1] not in _ENDS
        if last and (cut or line[:1] in tuple(_CLOSING) or last[-1] in _OPENING or last.endswith("PM")):
            lines[-1] += line
        else:
            lines.append(line)
    return "\n".join(lines)


def pieces(text: str) -> Iterator[str]:
    """The text in pieces that end with a paragraph."""
    lines, size = [], 0
    for line in text.split("\n"):
        lines.append(line)
        size += len(line) + 1
        if size >= PIECE:
            yield "\n".join(lines)
            lines, size = [], 0
    yield "\n".join(lines)


def verify(text: str) -> None:
    """Raises AssertionError unless slips planted into the text are found at their places."""
    for plain, slip, name in PLANTED:
        place = re.search(rf"(?<=[一-龥]){plain}(?=[一-龥])", text)
        assert place is not None
        spoilt = text[: place.start()] + slip + text[place.end() :]
        assert (name, place.start()) in {(each.check, each.start) for each in check(spoilt)}, name


def measure(name: str, most: int | None) -> dict[str, object]:
    """Findings by check and per 10,000 characters, and characters a second, of one corpus."""
    text = rejoined(lzma.decompress((DATA / name).read_bytes()).decode("utf-8")[:most])
    parts = list(pieces(text))
    verify(parts[0])
    began = time.process_time()
    found = [each for part in parts for each in check(part)]
    seconds = time.process_time() - began
    counted = Counter(each.check for each in found)
    alarms = sum(each.severity is not Severity.HINT and each.check not in OF_COPYING for each in found)
    hints = sum(each.severity is Severity.HINT for each in found)
    return {
        "corpus": name,
        "characters": len(text),
        "errors and warnings per 10,000": round(alarms / len(text) * 10_000, 3),
        "hints per 10,000": round(hints / len(text) * 10_000, 3),
        "of copying, apart": {name: counted.pop(name, 0) for name in OF_COPYING},
        "findings": dict(counted.most_common()),
        "characters per second": round(len(text) / seconds),
        "milliseconds for 3,000 characters": piece_times(text),
    }


def piece_times(text: str) -> dict[str, float]:
    """Milliseconds for a piece of 3,000 characters, warm: the middle one and the 95th of a hundred."""
    times = []
    for start in range(0, 100 * SHORT, SHORT):
        began = time.perf_counter()
        check(text[start : start + SHORT])
        times.append((time.perf_counter() - began) * 1000)
    return {"p50": round(sorted(times)[50], 1), "p95": round(sorted(times)[95], 1)}


def main() -> int:
    """Status 2 where the corpora are missing."""
    parser = argparse.ArgumentParser(description="Measure the checks on clean official texts.")
    parser.add_argument("--characters", type=int, default=3_000_000, help="at most so many of each corpus")
    most = parser.parse_args().characters
    if not DATA.is_dir():
        print(f"missing: {DATA} (the corpora are not part of the repository)", file=sys.stderr)
        return 2
    measures = [measure(name, most) for name in ("work-reports.txt.xz", "laws.txt.xz")]
    print(json.dumps({"benchmark": "checks", "measures": measures}, ensure_ascii=False, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
