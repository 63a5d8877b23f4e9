"""Identifiers: UUIDv7 (RFC 9562) for everything that a person or another installation can name."""

from __future__ import annotations

import secrets
import threading
import time
from uuid import UUID

NIL = UUID(int=0)
"""The agency key of acts of the installation itself."""


_lock = threading.Lock()
_last = 0


def uuid7() -> UUID:
    """A time-ordered identifier; within one process each is greater than the one before.

    48 bits of milliseconds, then 12 bits of their fraction (RFC 9562, section 6.2, method 3), nudged on
    where two fall together, then 62 random bits.
    """
    global _last  # noqa: PLW0603  (the one state: the last stamp given)
    ticks = (time.time_ns() << 12) // 1_000_000
    with _lock:
        _last = ticks = max(ticks, _last + 1)
    stamp, fraction = ticks >> 12, ticks & 0xFFF
    return UUID(int=(stamp << 80) | (0x7 << 76) | (fraction << 64) | (0b10 << 62) | secrets.randbits(62))


def parse(text: str) -> UUID | None:
    """The UUID in canonical form written by `text`, or None (forged or mangled addresses)."""
    try:
        return UUID(text)
    except (ValueError, AttributeError, TypeError):
        return None
