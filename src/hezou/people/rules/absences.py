"""Absence: somebody is away for some days, and a deputy signs in their name on all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from hezou.kernel.messages import Message, define
from hezou.people.rules.deputies import DATES, PAST

LEAVE, TRAVEL, MEETING = "leave", "travel", "meeting"
KINDS = (LEAVE, TRAVEL, MEETING)

AWAY_ALREADY = define(
    "people.away_already", "{name} is entered as away from {starts} to {ends} already. End that one first."
)
UNKNOWN_ABSENCE = define("people.unknown_absence", "Choose leave, travel or meeting.")

Days = tuple[date, date]
"""First and last day, both included."""

ONE_DAY = timedelta(days=1)


def why_not_away(name: str, kind: str, days: Days, others: Iterable[Days], today: date) -> Message | None:
    """Why somebody called `name` cannot be entered as away on these days beside their `others`."""
    starts, ends = days
    if kind not in KINDS:
        return UNKNOWN_ABSENCE()
    if ends < starts:
        return DATES()
    if ends < today:
        return PAST()
    clash = next((other for other in sorted(others) if other[0] <= ends and starts <= other[1]), None)
    return AWAY_ALREADY(name=name, starts=clash[0], ends=clash[1]) if clash else None


def uncovered(days: Days, covered: Collection[Days]) -> list[Days]:
    """The stretches of `days` on which none of `covered` holds, in order."""
    gaps = []
    free_from, last = days
    for starts, ends in sorted(covered):
        if ends < free_from or starts > last or ends < starts:
            continue
        if free_from < starts:
            gaps.append((free_from, starts - ONE_DAY))
        free_from = ends + ONE_DAY
    return [*gaps, (free_from, last)] if free_from <= last else gaps
