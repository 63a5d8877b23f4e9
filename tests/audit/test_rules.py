"""The chain, pure: what a line's hash covers, and that no change of a stored chain stays unseen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hezou.audit.rules import (
    CHAIN_BROKEN,
    CHAIN_GAP,
    GENESIS,
    HEAD_DIFFERS,
    Break,
    Line,
    breaks,
)

AT = datetime(2026, 3, 2, 9, 30, 0, 120, tzinfo=UTC)
FIRST = Line(UUID(int=1), 1, AT, UUID(int=2), "create", "manuscript", "m", {"number": "2026-0001"}, GENESIS)
OTHERS: dict[str, Any] = {
    "agency_id": UUID(int=9),
    "number": 9,
    "at": AT + timedelta(microseconds=1),
    "actor_id": UUID(int=9),
    "verb": "recall",
    "ref_kind": "seat",
    "ref_id": "n",
    "detail": {"number": "2026-0002"},
    "previous": "f" * 64,
}
"""Another value for each field of the line."""


def chain(length: int) -> list[tuple[Line, str]]:
    """A sound chain of so many lines, each with its hash."""
    lines, previous = [], GENESIS
    for number in range(1, length + 1):
        line = replace(FIRST, number=number, detail={"version": number}, previous=previous)
        previous = line.hash()
        lines.append((line, previous))
    return lines


def found(lines: list[tuple[Line, str]], head: tuple[int, str] | None = None) -> list[Break]:
    """Where a stored chain is broken; its head is that of a sound chain of three unless given."""
    return list(breaks(lines, head or (3, chain(3)[-1][1])))


def test_hash_covers_every_field() -> None:
    hashes = {replace(FIRST, **{name: other}).hash() for name, other in OTHERS.items()}
    assert set(OTHERS) == set(Line.__dataclass_fields__)
    assert len(hashes | {FIRST.hash()}) == len(OTHERS) + 1


def test_hash_is_the_same_whatever_zone_tells_the_instant_and_whatever_order_the_detail() -> None:
    moved = replace(FIRST, at=AT.astimezone(timezone(timedelta(hours=8))))
    assert moved.hash() == FIRST.hash()
    one, other = {"a": 1, "b": [2, "三"]}, {"b": [2, "三"], "a": 1}
    assert replace(FIRST, detail=one).hash() == replace(FIRST, detail=other).hash()


def test_hash_stays_what_it_was_when_chains_were_first_written() -> None:
    # Known for good: a changed canonical form would break every chain there is.
    assert FIRST.hash() == "5c19c852b02880ad60e0d49823da507ec81e983e23fd034db76eacb37fc6a08a"


def test_sound_chain_has_no_break() -> None:
    assert found(chain(3)) == []
    assert found([], (0, GENESIS)) == []


@pytest.mark.parametrize("field", [name for name in OTHERS if name not in {"number", "previous"}])
def test_altered_entry_is_found(field: str) -> None:
    lines = chain(3)
    lines[1] = (replace(lines[1][0], **{field: OTHERS[field]}), lines[1][1])
    assert found(lines) == [Break(2, CHAIN_BROKEN(number=2))]


def test_entry_altered_together_with_its_hash_breaks_at_the_next() -> None:
    lines = chain(3)
    forged = replace(lines[1][0], verb="recall")
    lines[1] = (forged, forged.hash())
    assert found(lines) == [Break(3, CHAIN_BROKEN(number=3))]


def test_entry_taken_out_is_found() -> None:
    lines = chain(3)
    del lines[1]
    assert found(lines) == [Break(3, CHAIN_GAP(number=3, expected=2)), Break(3, CHAIN_BROKEN(number=3))]


def test_end_cut_off_is_found_by_the_head() -> None:
    assert found(chain(2)) == [Break(2, HEAD_DIFFERS(number=2, head=3))]


def test_chain_written_anew_is_found_by_a_head_kept_elsewhere() -> None:
    kept = chain(3)[-1][1]
    previous, lines = GENESIS, []
    for line, _ in chain(3):
        anew = replace(line, actor_id=UUID(int=9), previous=previous)
        previous = anew.hash()
        lines.append((anew, previous))
    assert found(lines, (3, previous)) == []
    assert found(lines, (3, kept)) == [Break(3, HEAD_DIFFERS(number=3, head=3))]


@settings(deadline=None)
@given(place=st.integers(0, 5), other=st.sampled_from(sorted(OTHERS)))
def test_no_single_change_stays_unseen(place: int, other: str) -> None:
    lines = chain(6)
    head = (6, lines[-1][1])
    lines[place] = (replace(lines[place][0], **{other: OTHERS[other]}), lines[place][1])
    assert found(lines, head) != []
