"""What stands between a draft and its review: the guards of hand-in, and the limits of a text."""

from __future__ import annotations

from dataclasses import dataclass

from hezou.kernel.messages import Message, define

EMPTY = define("manuscript.empty", "There is no text yet. Paste or type it first.")
NO_AUTHOR = define("manuscript.no_author", "Name at least one author.")
HAS_ERRORS = define(
    "manuscript.has_errors", "The text has {count} places that must be corrected before it is handed in."
)
UNCONFIRMED = define(
    "manuscript.unconfirmed",
    "The text has {count} hints. Tick that you have looked at them, then hand it in.",
)
TOO_LONG = define(
    "manuscript.too_long",
    "The text has {characters} characters; a piece holds at most {most}. "
    "It is still below: shorten or split it.",
)
SECRECY_MARK = define(
    "manuscript.secrecy_mark",
    "The text bears a mark of secrecy (“{mark}”). It was not saved here; "
    "take it off this computer and handle it on paper.",
)


@dataclass(frozen=True)
class HandInFacts:
    """Freshly read at hand-in: characters, authors, findings by severity, the writer's confirmation."""

    characters: int
    authors: int
    errors: int
    doubts: int
    confirmed: bool


def has_text(facts: HandInFacts) -> Message | None:
    return EMPTY() if facts.characters == 0 else None


def has_author(facts: HandInFacts) -> Message | None:
    return NO_AUTHOR() if facts.authors == 0 else None


def has_no_errors(facts: HandInFacts) -> Message | None:
    return HAS_ERRORS(count=facts.errors) if facts.errors else None


def doubts_confirmed(facts: HandInFacts) -> Message | None:
    return UNCONFIRMED(count=facts.doubts) if facts.doubts and not facts.confirmed else None
