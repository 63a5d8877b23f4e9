"""Rounds that are over, as rows for `audit.actions.load_history`; see `audit.history`.

The rules of review judge a round that is kept as they judge a live one: one that ends in a signature must be
free to leave, and what an edit counts as is computed from the texts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hezou.audit.history import Past
from hezou.kernel.errors import Refused
from hezou.kernel.messages import Message
from hezou.manuscripts import history as pieces
from hezou.manuscripts.models import Manuscript, Version
from hezou.manuscripts.rules.compare import edit_class
from hezou.packs.rules import Route
from hezou.people.models import Person
from hezou.review.actions.rounds import lay_seat
from hezou.review.lifecycle import CLOSED, GAVE_BACK, PASSED, SEAT
from hezou.review.models import Decision, Seat
from hezou.review.rules import (
    APPROVE,
    NO_REASON,
    Board,
    DecisionLine,
    SeatLine,
    why_not_decide,
    why_not_sign,
)


@dataclass(frozen=True)
class Place:
    """Where a step was decided: the unit its role was held over, and who could read the piece there."""

    unit_id: UUID
    persons: tuple[UUID, ...]


@dataclass(frozen=True)
class Said:
    """One decision: step code, who, what, on which text, and the text it is bound to.

    `before` and `after` differ by the decider's own edit; `marked` is what they called it.
    """

    step: str
    by: Person
    verdict: str
    before: Version
    after: Version
    at: datetime
    opinion: str = ""
    marked: str = ""


@dataclass(frozen=True)
class Terms:
    """What a round is judged by: the route with the steps asked of the piece, the lines open to it, and how
    many characters an edit of wording may touch."""

    route: Route
    lines: frozenset[str]
    most: int


def keep_round(
    past: Past,
    *,
    manuscript: Manuscript,
    authors: Sequence[Person],
    terms: Terms,
    places: Mapping[str, Place],
    handed_in: Version,
    handed_in_at: datetime,
    said: Sequence[Said],
) -> Board:
    """The present round of a piece being kept, ended by its last decision: signed, or given back.

    Raises Refused where the round could not have gone so (R1, R2), or a return gives no reason.
    """
    edits = [_edit(one, terms.most) for one in said]
    seats = _seats(manuscript, terms.route, places, said, handed_in_at)
    judged = _board(seats, authors, terms, handed_in, said, edits)
    is_signed = said[-1].verdict == APPROVE
    Refused.unless_none(why_not_sign(judged) if is_signed else _why_not_returned(judged, said))
    for seat in seats.values():
        past.keep(seat, SEAT, _state(seat.step, said, is_signed=is_signed))
    readers = {person for seat in seats.values() if seat.opened_at for person in places[seat.step].persons}
    pieces.keep_readers(past, manuscript, (("seat", person) for person in sorted(readers)))
    for one, edited in zip(said, edits, strict=True):
        _keep_decision(past, manuscript, seats[one.step], one, edited)
    last = said[-1]
    verb = "sign" if is_signed else "return"
    pieces.move(past, manuscript=manuscript, verb=verb, version=last.after, by=last.by, at=last.at)
    return judged


def _edit(one: Said, most: int) -> str:
    if one.before.pk == one.after.pk:
        return ""
    return edit_class(one.before.text.plain(), one.after.text.plain(), marked=one.marked, most=most)


def _seats(
    manuscript: Manuscript,
    route: Route,
    places: Mapping[str, Place],
    said: Sequence[Said],
    handed_in_at: datetime,
) -> dict[str, Seat]:
    """The seats of the round by step, each as it was left."""
    found: dict[str, Seat] = {}
    for level, _, step in route.walk():
        seat = lay_seat(manuscript, level, step, places[step.code].unit_id, None, signs=step == route.signing)
        found[step.code] = seat
    for number, one in enumerate(said):
        seat = found[one.step]
        seat.person_id = seat.decided_by_id = one.by.pk
        seat.revision += 2
        # Its turn came with the decision before it at another level.
        others = (other.at for other in reversed(said[:number]) if found[other.step].level != seat.level)
        seat.opened_at = next(others, handed_in_at)
    return found


def _board(
    seats: Mapping[str, Seat],
    authors: Sequence[Person],
    terms: Terms,
    handed_in: Version,
    said: Sequence[Said],
    edits: Sequence[str],
) -> Board:
    return Board(
        lines=terms.lines,
        authors=frozenset(person.pk for person in authors),
        handed_in=handed_in.number,
        version=said[-1].after.number,
        seats=tuple(
            SeatLine(s.pk, s.level, s.step, s.step, s.counts, s.secrecy, s.person_id) for s in seats.values()
        ),
        decisions=tuple(
            DecisionLine(seats[d.step].pk, d.verdict, d.by.pk, None, d.before.number, d.after.number, edited)
            for d, edited in zip(said, edits, strict=True)
        ),
    )


def _why_not_returned(board: Board, said: Sequence[Said]) -> list[Message]:
    last = next(seat for seat in board.seats if seat.id == board.decisions[-1].seat)
    objections = why_not_decide(board, last, said[-1].by.pk, None)
    return objections if said[-1].opinion.strip() else [*objections, NO_REASON()]


def _state(step: str, said: Sequence[Said], *, is_signed: bool) -> str:
    if is_signed:
        return PASSED
    return GAVE_BACK if said[-1].step == step else CLOSED


def _keep_decision(past: Past, manuscript: Manuscript, seat: Seat, one: Said, edited: str) -> None:
    past.keep(
        Decision(
            agency_id=manuscript.agency_id,
            seat_id=seat.pk,
            verdict=one.verdict,
            decided_by_id=one.by.pk,
            version_before_id=one.before.pk,
            version_after_id=one.after.pk,
            edit_class=edited,
            opinion=one.opinion,
            at=one.at,
        )
    )
    past.tell(
        seat,
        one.verdict,
        one.by.pk,
        one.at,
        manuscript=manuscript.pk,
        version=one.after.number,
        seal=one.after.seal,
        edit=edited or None,
    )
