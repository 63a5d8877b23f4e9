"""The list of papers: each is made at test time, its expected text and notes stand in `expected/`."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.papers.dialects import Docx

EXPECTED = Path(__file__).parent / "expected"
PAPERS: list[Paper] = []


@dataclass(frozen=True)
class Paper:
    """One document: `name` as an office would call the file; `make` gives its bytes, or pasted HTML."""

    slug: str
    name: str
    make: Callable[[], bytes | str]

    @property
    def text(self) -> str:
        """The text expected, without the file's closing line end."""
        return (EXPECTED / f"{self.slug}.txt").read_text(encoding="utf-8").removesuffix("\n")

    @property
    def notes(self) -> list[Any]:
        """The notes expected: code and parameters."""
        return list(json.loads((EXPECTED / f"{self.slug}.json").read_text(encoding="utf-8"))["notes"])

    @property
    def left_out(self) -> list[str]:
        """The words expected beside the text."""
        return list(json.loads((EXPECTED / f"{self.slug}.json").read_text(encoding="utf-8"))["left_out"])


def paper(slug: str, name: str) -> Callable[[Callable[[], Docx | bytes | str]], Callable[[], bytes | str]]:
    """Enter a function that makes a document into the list."""

    def enter(make: Callable[[], Docx | bytes | str]) -> Callable[[], bytes | str]:
        def made() -> bytes | str:
            document = make()
            return document.pack() if isinstance(document, Docx) else document

        PAPERS.append(Paper(slug, name, made))
        return made

    return enter


def png(width: int, height: int, shade: int = 200) -> bytes:
    """A small grey picture, the same bytes for the same arguments."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = (b"\0" + bytes([shade]) * width) * height
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows, 9))
        + chunk(b"IEND", b"")
    )
