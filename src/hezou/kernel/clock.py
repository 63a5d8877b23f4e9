"""The only clock. Instants are aware and in UTC; legal days are plain dates in the agency's zone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_shift: ContextVar[timedelta] = ContextVar("clock_shift", default=timedelta())


def now() -> datetime:
    """The present instant, aware, UTC."""
    return datetime.now(UTC) + _shift.get()


def today(zone: str) -> date:
    """The calendar day in the zone named (an IANA key such as `Asia/Shanghai`)."""
    return now().astimezone(ZoneInfo(zone)).date()


@contextmanager
def moved_to(instant: datetime) -> Iterator[None]:
    """Within the block the clock starts at `instant` and runs on (demo history and tests)."""
    token = _shift.set(instant - datetime.now(UTC))
    try:
        yield
    finally:
        _shift.reset(token)
