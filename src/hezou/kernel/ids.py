"""Identifiers: UUIDv7 (RFC 9562) for everything that a person or another installation can name."""

from __future__ import annotations

import secrets
import time
from uuid import UUID

NIL = UUID(int=0)
"""The agency key of acts of the installation itself."""


def uuid7() -> UUID:
    """A time-ordered identifier: 48 bits of milliseconds, 74 random bits."""
    stamp = time.time_ns() // 1_000_000
    tail = secrets.randbits(74)
    return UUID(
        int=(stamp << 80) | (0x7 << 76) | ((tail >> 62) << 64) | (0b10 << 62) | (tail & ((1 << 62) - 1))
    )


def parse(text: str) -> UUID | None:
    """The UUID in canonical form written by `text`, or None (forged or mangled addresses)."""
    try:
        return UUID(text)
    except (ValueError, AttributeError, TypeError):
        return None
