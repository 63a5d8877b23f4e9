"""R3 as pure rules: who records, which sheet fits, how a code is read."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hezou.review.rules import (
    ALPHABET,
    APPROVE,
    Board,
    DecisionLine,
    Paper,
    SeatLine,
    grouped,
    new_code,
    read_code,
    why_not_leave,
    why_not_match,
    why_not_record,
)

AUTHOR, HEAD, SIGNER, CLERK = (UUID(int=number) for number in range(1, 5))
SEATS = tuple(SeatLine(UUID(int=10 + n), n, f"s{n}", f"第{n}步", counts=True) for n in (1, 2))
WANTED = Paper(UUID(int=50), "2026-0007", SEATS[0].id, 2, "部门审核", 3)


def board(*lines: str, recorder: UUID | None) -> Board:
    """A round passed by two hands, the first decision entered by somebody else."""
    decisions = (
        DecisionLine(SEATS[0].id, APPROVE, HEAD, None, 1, 1, "", recorder),
        DecisionLine(SEATS[1].id, APPROVE, SIGNER, None, 1, 1, ""),
    )
    return Board(frozenset(lines), frozenset({AUTHOR}), 1, 1, SEATS, decisions)


def said(found: list[object]) -> list[str]:
    return [message.code for message in found]  # type: ignore[attr-defined]


@pytest.mark.parametrize("lines", [{"up"}, {"out"}, {"up", "in"}])
def test_record_of_what_may_leave_is_not_the_author_s(lines: set[str]) -> None:
    assert said([*why_not_record(board(*lines, recorder=None), AUTHOR)]) == ["review.author_records"]
    assert why_not_record(board(*lines, recorder=None), CLERK) == []


def test_record_of_what_stays_in_the_house_may_be_the_author_s() -> None:
    assert why_not_record(board("in", recorder=None), AUTHOR) == []


def test_leave_objects_to_a_record_by_an_author() -> None:
    judged = board("up", "in", recorder=AUTHOR)
    assert said([*why_not_leave(judged, "up")]) == ["review.author_records"]
    assert why_not_leave(judged, "in") == []
    assert why_not_leave(board("up", recorder=CLERK), "up") == []


def test_leave_minds_no_record_at_a_seat_of_another_round() -> None:
    judged = board("up", recorder=CLERK)
    stray = DecisionLine(UUID(int=99), APPROVE, HEAD, None, 1, 1, "", AUTHOR)
    assert why_not_leave(replace(judged, decisions=(stray, *judged.decisions)), "up") == []


@pytest.mark.parametrize(
    ("changed", "code", "params"),
    [
        ({"piece": UUID(int=51), "number": "2026-0009"}, "review.other_piece", {"number": "2026-0009"}),
        ({"seat": None}, "review.for_the_file", {}),
        ({"seat": SEATS[1].id, "round": 1}, "review.earlier_round", {}),
        (
            {"seat": SEATS[1].id, "step": "签发"},
            "review.other_step",
            {"printed": "签发", "wanted": "部门审核"},
        ),
        ({"version": 2}, "review.printed_before", {"printed": 2, "wanted": 3}),
    ],
)
def test_match_names_what_a_sheet_is_instead(
    changed: dict[str, object], code: str, params: dict[str, object]
) -> None:
    found = why_not_match(replace(WANTED, **changed), WANTED)  # type: ignore[arg-type]
    assert found is not None
    assert (found.code, found.params) == (code, params)


def test_match_lets_the_right_sheet_through() -> None:
    assert why_not_match(WANTED, WANTED) is None


@given(code=st.text(ALPHABET, min_size=8, max_size=8))
def test_read_code_however_it_was_typed(code: str) -> None:
    spoken = code.lower().replace("0", "o").replace("1", "l")
    full_width = "".join(chr(ord(c) + 0xFEE0) for c in code)
    typed = [code, f"HZ1:{code}", grouped(code), f" {spoken[:4]} {spoken[4:]} ", full_width]
    assert {read_code(one) for one in typed} == {code}


@given(text=st.text(max_size=20))
def test_read_code_gives_a_code_or_nothing(text: str) -> None:
    found = read_code(text)
    assert found == "" or (len(found) == 8 and set(found) <= set(ALPHABET))


@pytest.mark.parametrize("text", ["", "ABCD-EFG", "ABCD-EFGH-J", "ABCD-EFGU", "ABCD_EFGH", "HZ2:ABCDEFGH"])
def test_read_code_refuses_what_is_none(text: str) -> None:
    assert read_code(text) == ""


def test_new_codes_differ_and_can_be_read() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert {read_code(code) for code in codes} == codes
