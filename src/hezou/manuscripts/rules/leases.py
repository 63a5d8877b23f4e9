"""Who is writing into a piece (××正在修改): a lease that lapses by itself, never a lock."""

from __future__ import annotations

from datetime import datetime, timedelta

LASTS = timedelta(minutes=2)
"""How long a lease counts after its last renewal; pages renew it every 30 seconds while somebody types."""


def is_held(renewed_at: datetime, now: datetime) -> bool:
    """Whether somebody who renewed a lease at that instant still counts as writing."""
    return now - renewed_at < LASTS
