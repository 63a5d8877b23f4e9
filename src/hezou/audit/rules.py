"""The chain, pure: how an entry is hashed and how a chain is checked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from hezou.kernel.messages import define

GENESIS = "0" * 64
"""The hash that stands before a chain's first entry."""

CHAIN_BROKEN = define(
    "audit.chain_broken", "The chain is broken at entry {number}: the entry is not what was written."
)
CHAIN_GAP = define("audit.chain_gap", "The chain is broken at entry {number}: entry {expected} is missing.")
HEAD_DIFFERS = define("audit.head_differs", "The chain ends at entry {number}, but its head says {head}.")


@dataclass(frozen=True)
class Line:
    """One entry as the hash sees it; `detail` holds only what JSON writes in one way (no fractions)."""

    agency_id: UUID
    number: int
    at: datetime
    actor_id: UUID
    verb: str
    ref_kind: str
    ref_id: str
    detail: dict[str, Any]
    previous: str

    def hash(self) -> str:
        """SHA-256 over the canonical JSON of all fields (keys sorted, no blanks, UTC to the microsecond)."""
        canonical = {
            "agency": str(self.agency_id),
            "number": self.number,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "actor": str(self.actor_id),
            "verb": self.verb,
            "ref": [self.ref_kind, self.ref_id],
            "detail": self.detail,
            "previous": self.previous,
        }
        body = json.dumps(canonical, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(body.encode()).hexdigest()


@dataclass(frozen=True)
class Break:
    """Where a chain stops being what was written: the entry's number and a message code's parameters."""

    number: int
    message: Any


def breaks(lines: Iterable[tuple[Line, str]], head: tuple[int, str]) -> Iterator[Break]:
    """Walk a whole chain in order of number; yields every place that differs.

    `lines` pairs each line with the hash stored beside it; `head` is the number and hash the head claims.
    """
    number, previous = 0, GENESIS
    for line, stored in lines:
        if line.number != number + 1:
            yield Break(line.number, CHAIN_GAP(number=line.number, expected=number + 1))
        if line.previous != previous or line.hash() != stored:
            yield Break(line.number, CHAIN_BROKEN(number=line.number))
        number, previous = line.number, stored
    if (number, previous) != head:
        yield Break(number, HEAD_DIFFERS(number=number, head=head[0]))
