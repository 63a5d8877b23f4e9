"""All papers of the collection; `python -m tests.papers.build FOLDER` writes them out to be looked at.

`--expect` writes what the reader makes of each into `expected/`: only ever to be followed by reading the
difference word for word against the definition, as these files are the yardstick.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from hezou.documents.rules import Reading, read_document, read_html
from tests.papers import framed, marked, numbered, odd, pasted
from tests.papers.registry import EXPECTED, PAPERS, Paper

__all__ = ["PAPERS", "Paper", "framed", "marked", "numbered", "odd", "pasted", "read"]


def read(paper: Paper) -> Reading:
    """What the room makes of a paper."""
    made = paper.make()
    return read_html(made) if isinstance(made, str) else read_document(made, paper.name)


def write(folder: Path) -> None:
    """Every paper as a file in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for paper in PAPERS:
        made = paper.make()
        (folder / f"{paper.slug}-{paper.name}").write_bytes(made.encode() if isinstance(made, str) else made)


def expect() -> None:
    """Every reading as the yardstick."""
    EXPECTED.mkdir(exist_ok=True)
    for paper in PAPERS:
        reading = read(paper)
        notes = [[note.code, note.params] for note in reading.notes]
        kept = {"notes": notes, "left_out": list(reading.left_out)}
        (EXPECTED / f"{paper.slug}.txt").write_text(reading.text + "\n", encoding="utf-8")
        (EXPECTED / f"{paper.slug}.json").write_text(
            json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )


if __name__ == "__main__":
    expect() if sys.argv[1] == "--expect" else write(Path(sys.argv[1]))
