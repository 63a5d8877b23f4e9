"""误录清除: why two persons, and for which reasons (R7)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from hezou.kernel.messages import Message, define

CLASSIFIED, WORK_SECRET, PRIVACY, WRONG_TEXT = "classified", "work_secret", "privacy", "wrong_text"
REASONS = (CLASSIFIED, WORK_SECRET, PRIVACY, WRONG_TEXT)
"""A state secret, a work secret, somebody's private data, a text that belongs elsewhere."""

SAME_PERSON = define(
    "manuscripts.same_person", "A second person must confirm the purge, not the one who asked for it."
)
NO_REASON = define("manuscripts.no_purge_reason", "Choose why the piece must be purged.")
ASKED_ALREADY = define("manuscripts.purge_asked", "Piece {number} is withheld and waits to be purged.")
PURGED_ALREADY = define("manuscripts.purged", "Piece {number} was purged. Nothing can be written into it.")


@dataclass(frozen=True)
class PurgeFacts:
    """Who asked and who is to confirm."""

    asked_by: UUID
    confirms: UUID


def is_second_person(facts: PurgeFacts) -> Message | None:
    """The guard of the four eyes."""
    return SAME_PERSON() if facts.confirms == facts.asked_by else None
