"""One-time passwords: read aloud and typed once."""

from __future__ import annotations

import secrets

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without i, l, o, 0 and 1, which are taken for each other."""
GROUPS, LENGTH = 3, 4


def one_time_password() -> str:
    """Three groups of four, such as `k7mq-3xnt-p9fw`: 59 random bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(GROUPS))
