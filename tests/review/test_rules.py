"""R1 and R2 by example, one circumstance each; `tests/properties/` holds them against an oracle."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from hezou.kernel.messages import Message
from hezou.packs.rules import Label
from hezou.review.rules import (
    APPROVE,
    AUTHOR_DECIDES,
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
)

AUTHOR, HEAD, EDITOR, SIGNER, DEPUTY = (UUID(int=n) for n in range(1, 6))
FIRST, SECOND, FINAL = (
    SeatLine(UUID(int=10 + level), level, f"s{level}", label, counts=True)
    for level, label in enumerate(["初审", "复审", "终审"], start=1)
)
SECRET = SeatLine(UUID(int=20), 2, "secrecy", "保密审查", counts=False, secrecy=True)


def said(
    seat: SeatLine, by: UUID, before: int, after: int = 0, edit: str = "", verdict: str = APPROVE
) -> DecisionLine:
    """One decision; after an edit the version is `after`."""
    return DecisionLine(seat.id, verdict, by, None, before, after or before, edit)


def board(*decisions: DecisionLine, version: int = 1) -> Board:
    """A round of three levels that began with version 1."""
    return Board(
        frozenset({"up", "out", "in"}),
        frozenset({AUTHOR}),
        1,
        version,
        (FIRST, SECOND, FINAL),
        decisions,
    )


def why(judged: Board, line: str = "up") -> list[Message]:
    return why_not_leave(judged, line)


def waits(judged: Board) -> list[Label | str]:
    return [seat.label for seat in undecided(judged)]


PASSED = (said(FIRST, HEAD, 1), said(SECOND, EDITOR, 1), said(FINAL, SIGNER, 1))


def test_leaves_when_every_level_passed_the_present_text() -> None:
    assert why(board(*PASSED)) == []
    assert next_seats(board(*PASSED)) == []


def test_stays_before_it_was_handed_in() -> None:
    assert why(replace(board(), seats=())) == [NO_ROUND()]


def test_stays_while_a_level_has_not_decided() -> None:
    judged = board(*PASSED[:2])
    assert why(judged) == [UNDECIDED(step="终审")]
    assert why(board(PASSED[0])) == [
        UNDECIDED(step="复审"),
        UNDECIDED(step="终审"),
        TOO_FEW(needed=2, have=1),
    ]


def test_decisions_on_an_earlier_version_do_not_speak_for_a_later_one() -> None:
    assert why(board(*PASSED, version=2)) == [
        EDITED_OUTSIDE(version=2),
        UNDECIDED(step="初审"),
        UNDECIDED(step="复审"),
        UNDECIDED(step="终审"),
    ]


def test_wording_by_a_later_level_keeps_earlier_signatures() -> None:
    edited = (PASSED[0], said(SECOND, EDITOR, 1, 2, "wording"), said(FINAL, SIGNER, 2))
    assert why(board(*edited, version=2)) == []


def test_substance_by_a_later_level_returns_to_earlier_signers() -> None:
    edited = (PASSED[0], said(SECOND, EDITOR, 1, 2, "substance"))
    assert waits(board(*edited, version=2)) == ["初审", "终审"]
    assert [s.label for s in next_seats(board(*edited, version=2))] == ["初审"]
    again = (*edited, said(FIRST, HEAD, 2), said(FINAL, SIGNER, 2))
    assert why(board(*again, version=2)) == []


def test_wording_by_an_earlier_level_is_passed_by_every_later_one() -> None:
    late = (*PASSED, said(FIRST, HEAD, 1, 2, "wording"))
    assert waits(board(*late, version=2)) == ["复审", "终审"]


def test_last_signature_is_on_the_very_text_that_leaves() -> None:
    late = (*PASSED, said(SECOND, EDITOR, 1, 2, "wording"))
    assert waits(board(*late, version=2)) == ["终审"]


def test_last_signatures_side_by_side_are_both_on_the_text_that_leaves() -> None:
    beside = replace(FINAL, id=UUID(int=30), label="会签")
    decisions = (*PASSED, said(beside, DEPUTY, 1, 2, "wording"))
    judged = replace(board(*decisions, version=2), seats=(FIRST, SECOND, FINAL, beside))
    assert waits(judged) == ["终审"]


def test_change_that_nobody_made_in_a_step_stops_it() -> None:
    passed = tuple(replace(d, before=2, after=2) for d in PASSED)
    assert why(board(*passed, version=2)) == [EDITED_OUTSIDE(version=2)]


def test_return_is_no_passing() -> None:
    assert waits(board(*PASSED, said(SECOND, EDITOR, 1, verdict=RETURN))) == ["复审"]


def test_author_among_those_who_decided_or_in_whose_name_stops_it() -> None:
    for by, in_name_of in ((AUTHOR, None), (DEPUTY, AUTHOR)):
        signed = replace(PASSED[2], decided_by=by, in_name_of=in_name_of)
        assert why(board(*PASSED[:2], signed)) == [AUTHOR_DECIDES()]


def test_one_person_on_two_levels_stops_it() -> None:
    judged = board(*PASSED[:2], said(FINAL, EDITOR, 1))
    assert why(judged) == [TWO_LEVELS()]


def test_deputy_whose_decision_was_overtaken_still_signed_that_level() -> None:
    overtaken = replace(PASSED[0], decided_by=DEPUTY, in_name_of=HEAD)
    judged = board(overtaken, PASSED[0], PASSED[1], said(FINAL, DEPUTY, 1))
    assert why(judged) == [TWO_LEVELS()]
    assert why_not_decide(judged, FINAL, DEPUTY, None) == [TWO_LEVELS()]


def test_one_signer_is_enough_in_the_house_only() -> None:
    alone = replace(board(said(FINAL, SIGNER, 1)), seats=(FINAL,))
    assert why(alone, "in") == []
    assert why(alone, "up") == [TOO_FEW(needed=2, have=1)]


def test_line_the_piece_does_not_take_is_closed() -> None:
    assert why(replace(board(*PASSED), lines=frozenset({"up"})), "in") == [LINE_CLOSED()]


def test_way_out_needs_a_secrecy_review() -> None:
    assert why(board(*PASSED), "out") == [NO_SECRECY_REVIEW()]
    with_it = replace(board(*PASSED, said(SECRET, EDITOR, 1)), seats=(FIRST, SECOND, SECRET, FINAL))
    assert why(with_it, "out") == []


def test_uncounted_step_is_open_to_who_sits_on_a_level_but_not_to_authors() -> None:
    judged = replace(board(*PASSED), seats=(FIRST, SECOND, SECRET, FINAL))
    assert why_not_decide(judged, SECRET, EDITOR, None) == []
    assert why_not_decide(judged, SECRET, AUTHOR, None) == [AUTHOR_DECIDES()]


def test_seat_held_by_one_bars_them_from_every_other_level() -> None:
    held = replace(board(), seats=(FIRST, replace(SECOND, person=EDITOR), FINAL))
    assert why_not_decide(held, FIRST, EDITOR, None) == [TWO_LEVELS()]
    assert why_not_decide(held, FIRST, DEPUTY, EDITOR) == [TWO_LEVELS()]
    assert why_not_decide(held, SECOND, EDITOR, None) == []


def test_deputy_of_an_author_is_barred_as_the_author_is() -> None:
    assert why_not_decide(board(), FIRST, DEPUTY, AUTHOR) == [AUTHOR_DECIDES()]
