"""How much a document may hold before it is refused: all measured or counted before anything is parsed."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Bytes, counts and points; an installation may pass its own.

    A document of 300 printed pages with 100 pictures needs about 30 MB packed and 60 MB unpacked; its text
    part takes about 10 MB. The rest of each figure is reserve.
    """

    data: int = 50 * MEGABYTE
    """Bytes of the file as uploaded."""
    parts: int = 4_000
    """Entries of the package."""
    unpacked: int = 300 * MEGABYTE
    """Bytes of all entries together, unpacked."""
    xml: int = 32 * MEGABYTE
    """Bytes of one part that is parsed, or of what is pasted."""
    markup: int = 4_000_000
    """Tags and attributes of one part that is parsed, or of what is pasted: each takes memory of its own."""
    ratio: int = 200
    """How many times larger than packed an entry over one megabyte may be (office programs reach 60)."""
    nesting: int = 16
    """Tables and text boxes inside one another."""
    columns: int = 63
    """Columns of one table (what Word itself allows)."""
    characters: int = 2_000_000
    """Characters of the text that comes out: ten times what a manuscript may hold."""
    pixels: int = 100_000_000
    """Width times height of one picture."""


LIMITS = Limits()
