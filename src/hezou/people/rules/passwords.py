"""One-time passwords: read aloud and typed once."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without i, l, o, 0 and 1, which are taken for each other."""
GROUPS, LENGTH = 3, 4


def one_time_password() -> str:
    """Three groups of four, such as `k7mq-3xnt-p9fw`: 59 random bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(GROUPS))


TOO_SHORT_TO_SAY = 4
"""A word of fewer characters may stand in a password by chance."""


def names_its_owner(password: str, words: Iterable[str]) -> bool:
    """Whether a password is hardly more than one of `words` (name, telephone, staff number, agency …).

    More than half of its characters are taken up by a single word.
    """
    said = password.casefold()
    known = [word.casefold() for word in words if len(word) >= TOO_SHORT_TO_SAY]
    return any(word in said and 2 * len(word) > len(said) for word in known)
