"""An agency's choice of checks. Which checks an error stands on is not its choice."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Pack:
    """Checks an agency switches off for some kinds and channels; empty means for all of them.

    `source` names who decided it. `scan.check` refuses a pack that names an error or an unknown check.
    """

    code: str
    source: str
    off: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()

    def applies(self, kind: str | None, channel: str | None) -> bool:
        """Whether the pack speaks about this kind and channel."""
        return (not self.kinds or kind in self.kinds) and (not self.channels or channel in self.channels)
