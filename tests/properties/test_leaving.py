"""`review.rules` against the oracle, over random rounds: such as actions make, and such as they never do."""

from __future__ import annotations

from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from hezou.review.rules import (
    APPROVE,
    AUTHOR_DECIDES,
    AUTHOR_RECORDS,
    EDITED_OUTSIDE,
    LINE_CLOSED,
    NO_ROUND,
    NO_SECRECY_REVIEW,
    RETURN,
    TOO_FEW,
    TWO_LEVELS,
    UNDECIDED,
    Board,
    DecisionLine,
    SeatLine,
    next_seats,
    undecided,
    why_not_decide,
    why_not_leave,
    why_not_sign,
)
from tests.properties import oracle
from tests.properties.oracle import Chair, Story, Word

SAID = {
    LINE_CLOSED.code: "line closed",
    NO_SECRECY_REVIEW.code: "no secrecy review",
    NO_ROUND.code: "no round",
    EDITED_OUTSIDE.code: "changed outside a step",
    UNDECIDED.code: "not signed",
    AUTHOR_DECIDES.code: "an author decides",
    AUTHOR_RECORDS.code: "an author records",
    TWO_LEVELS.code: "two levels",
    TOO_FEW.code: "too few",
}
"""Message code → the oracle's words for it."""

PERSONS = [UUID(int=number) for number in range(1, 7)]
LINES = ["up", "out", "in"]
persons = st.sampled_from(PERSONS)
principals = st.one_of(st.none(), persons)


@st.composite
def rounds(draw: st.DrawFn) -> Board:
    """A round with 0–5 seats on 1–4 levels and 0–8 decisions, most of them as actions would make them."""
    levels = sorted(draw(st.lists(st.integers(1, 4), max_size=5)))
    seats = [
        SeatLine(UUID(int=100 + n), level, f"s{n}", f"步{n}", draw(st.booleans()), draw(st.booleans()))
        for n, level in enumerate(levels)
    ]
    first = present = draw(st.integers(1, 3))
    decisions = []
    for _ in range(draw(st.integers(0, 8)) if seats else 0):
        if draw(st.integers(0, 19)) == 0:
            present += 1  # somebody changed the text outside a step
        before = present if draw(st.integers(0, 9)) else draw(st.integers(1, present))
        edits = draw(st.integers(0, 2)) == 0
        if edits:
            before, present = present, present + 1
        decisions.append(
            DecisionLine(
                seat=draw(st.sampled_from(seats)).id if draw(st.integers(0, 29)) else UUID(int=999),
                verdict=APPROVE if draw(st.integers(0, 5)) else RETURN,
                decided_by=draw(persons),
                in_name_of=draw(principals),
                before=before,
                after=present if edits else before,
                edit=draw(st.sampled_from(["wording", "substance"])) if edits else "",
                recorded_by=draw(principals) if draw(st.integers(0, 3)) == 0 else None,
            )
        )
    lines = draw(st.frozensets(st.sampled_from(LINES), min_size=2))
    authors = draw(st.frozensets(persons, max_size=2))
    return Board(lines, authors, first, present, tuple(seats), tuple(decisions))


@st.composite
def passed_rounds(draw: st.DrawFn) -> Board:
    """A round in which everybody approved, with distinct persons: most may leave, some by one edit not."""
    size = draw(st.integers(1, 4))
    hands = draw(st.permutations(PERSONS))
    levels = sorted(draw(st.lists(st.integers(1, 4), min_size=size, max_size=size)))
    seats = [
        SeatLine(UUID(int=100 + n), level, f"s{n}", f"步{n}", n == size - 1 or draw(st.booleans()), n == 1)
        for n, level in enumerate(levels)
    ]
    present, decisions = 1, []
    order = [*range(size), *draw(st.lists(st.integers(0, size - 1), max_size=4))]
    for n in order:
        edit = draw(st.sampled_from(["", "", "wording", "substance"]))
        decisions.append(
            DecisionLine(seats[n].id, APPROVE, hands[n], None, present, present + bool(edit), edit)
        )
        present += bool(edit)
    authors = draw(st.frozensets(st.just(hands[-1])))
    return Board(frozenset(LINES), authors, 1, present, tuple(seats), tuple(decisions))


def told(board: Board) -> Story:
    """The same round in the oracle's words."""
    return Story(
        lines=board.lines,
        authors=board.authors,
        first=board.handed_in,
        present=board.version,
        chairs=tuple(Chair(s.id, s.level, s.counts, s.secrecy) for s in board.seats),
        words=tuple(
            Word(
                chair=d.seat,
                approves=d.verdict == APPROVE,
                by=d.decided_by,
                in_name_of=d.in_name_of or d.decided_by,
                saw=d.before,
                left=d.after,
                substance=d.edit == "substance",
                entered_by=d.recorded_by,
            )
            for d in board.decisions
        ),
    )


def objections(board: Board, line: str) -> set[str]:
    return {SAID[message.code] for message in why_not_leave(board, line)}


@given(board=st.one_of(rounds(), passed_rounds()), line=st.sampled_from(LINES))
@settings(max_examples=800, deadline=None)
def test_objects_to_what_the_oracle_forbids(board: Board, line: str) -> None:
    assert objections(board, line) == oracle.faults(told(board), line)


@given(board=st.one_of(rounds(), passed_rounds()))
@settings(max_examples=300, deadline=None)
def test_asks_whose_word_does_not_stand_lowest_level_first(board: Board) -> None:
    story = told(board)
    waiting = undecided(board)
    assert {s.id for s in waiting} == {c.id for c in story.chairs if not oracle.stands(story, c)}
    assert [s.level for s in waiting] == sorted(s.level for s in waiting)
    assert {s.id for s in next_seats(board)} == oracle.next_up(story)


@given(board=rounds(), number=st.integers(0, 4), by=persons, in_name_of=principals, data=st.data())
@settings(max_examples=300, deadline=None)
def test_keeps_from_a_seat_whom_the_oracle_bars(
    board: Board, number: int, by: UUID, in_name_of: UUID | None, data: st.DataObject
) -> None:
    if not board.seats:
        return
    seat = board.seats[number % len(board.seats)]
    holders = [data.draw(principals) for _ in board.seats]
    seats = tuple(
        SeatLine(s.id, s.level, s.step, s.label, s.counts, s.secrecy, holder)
        for s, holder in zip(board.seats, holders, strict=True)
    )
    held = {s.person for s in seats if s.person and s.counts and s.id != seat.id}
    board = Board(board.lines, board.authors, board.handed_in, board.version, seats, board.decisions)
    chair = Chair(seat.id, seat.level, seat.counts)
    barred = oracle.barred(told(board), chair, by, in_name_of or by, set(held))
    assert bool(why_not_decide(board, seat, by, in_name_of)) == barred


@given(board=st.one_of(rounds(), passed_rounds()))
@settings(max_examples=200, deadline=None)
def test_signs_what_may_leave_on_one_of_its_lines(board: Board) -> None:
    free = [line for line in LINES if not oracle.faults(told(board), line)]
    assert (why_not_sign(board) == []) == (free != [])


def test_signs_nothing_that_may_take_no_line() -> None:
    board = Board(frozenset(), frozenset(), 1, 1, (), ())
    assert why_not_sign(board) == [LINE_CLOSED()]


def test_lets_well_made_rounds_leave() -> None:
    """The random rounds above are not all refused: a plain one leaves on every line."""
    seats = [
        SeatLine(UUID(int=100 + n), n, f"s{n}", f"步{n}", counts=n < 3, secrecy=n == 3) for n in range(1, 4)
    ]
    decisions = [DecisionLine(s.id, APPROVE, PERSONS[s.level], None, 1, 1, "") for s in seats]
    board = Board(frozenset(LINES), frozenset({PERSONS[0]}), 1, 1, tuple(seats), tuple(decisions))
    assert [why_not_leave(board, line) for line in LINES] == [[], [], []]
