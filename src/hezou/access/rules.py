"""How a token is written, and for how long it may hold; pure."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import timedelta
from uuid import UUID

from hezou.kernel.messages import define

PREFIX = "hz_"
"""What every token begins with, so that one left in a file is found by those who look for such."""
DAYS = (30, 90, 365)
"""For how many days a token may hold, from the day it is made."""
MOST = 20
"""Tokens of one person that hold at a time."""
NAME = 60
"""Characters of a token's name at most."""
USE_NOTED_EVERY = timedelta(minutes=1)

NO_TOKEN_NAME = define("access.no_token_name", "Say which program the token is for.")
NO_VERBS = define("access.no_verbs", "Choose at least one thing that the program may do.")
NOT_YOURS = define("access.not_yours", "You may not do this yourself, so no token of yours may: {verb}.")
UNKNOWN_DAYS = define("access.unknown_days", "Choose for how long the token holds.")
TOO_MANY_TOKENS = define("access.too_many_tokens", "You have {most} tokens already. Revoke one first.")
REVOKED_ALREADY = define("access.revoked_already", "This token holds no longer.")
BY_HAND_ONLY = define("access.by_hand_only", "A token is made by hand, never by a program.")

_WRITTEN = re.compile(rf"{PREFIX}(?P<id>[0-9a-f]{{32}})_(?P<secret>[A-Za-z0-9_-]{{43}})")


def new_secret() -> str:
    """256 random bits in 43 characters."""
    return secrets.token_urlsafe(32)


def written(token_id: UUID, secret: str) -> str:
    """A token as its owner gets it, once: `hz_<id>_<secret>`."""
    return f"{PREFIX}{token_id.hex}_{secret}"


def read(text: str) -> tuple[UUID, str] | None:
    """Id and secret of a token as written; None for anything else."""
    found = _WRITTEN.fullmatch(text)
    return (UUID(hex=found["id"]), found["secret"]) if found else None


def digest(secret: str) -> str:
    """What is kept of a secret: SHA-256. Nobody guesses 256 random bits, so nothing slower is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()
