"""How many wrong passwords and codes somebody may try: pure.

A stranger's failures never use up what a device has that its owner logged in from before; the account itself
is never closed, it only answers strangers more slowly. After OWASP, "Slow Down Online Guessing Attacks with
Device Cookies".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MINUTE, HOUR = 60, 60 * 60


@dataclass(frozen=True)
class Budget:
    """`most` failures within `window` seconds; from then on one every `pace` seconds (0: none)."""

    name: str
    most: int
    window: int
    pace: int = 0

    def wait(self, failures: Sequence[float], now: float) -> float:
        """Seconds until the next attempt may be made, 0 for at once. `failures`: instants, oldest first."""
        recent = self.recent(failures, now)
        if len(recent) < self.most:
            return 0
        free_at = recent[-1] + self.pace if self.pace else recent[-self.most] + self.window
        return max(0, free_at - now)

    def recent(self, failures: Sequence[float], now: float) -> list[float]:
        """The failures that still count."""
        return [at for at in failures if at > now - self.window][-self.most :]


KNOWN_DEVICE = Budget("device", 10, 15 * MINUTE)
"""A device from which this account was logged in to before."""
ACCOUNT_AND_SOURCE = Budget("account-source", 5, 15 * MINUTE)
SOURCE = Budget("source", 50, 15 * MINUTE)
"""An address, whatever accounts it tries; an office behind one address makes a slip now and then."""
ACCOUNT = Budget("account", 20, HOUR, pace=30)
"""All strangers together at one account: slowed down, never shut out."""

CODE_KNOWN = Budget("code-device", 10, 15 * MINUTE)
CODE_STRANGERS = Budget("code", 10, HOUR)
"""Six digits stand behind a password that was right: an hour's guesses hit once in 33,000."""
CONFIRMING = Budget("confirm", 5, 15 * MINUTE)
"""Whoever sits at an open session and does not know its password."""
