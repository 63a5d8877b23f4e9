"""Who would sit where: the places of a route for a unit and its authors. Reads, writes nothing (R2, R9).

Handing in lays its seats out by this, and a dry run shows the same before anything is written.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hezou.kernel.ids import uuid7
from hezou.kernel.messages import Message, define
from hezou.packs.rules import Level, Route, Step
from hezou.people.directory import Directory
from hezou.review.rules import APPROVE, Board, DecisionLine, SeatLine, different_hands, why_not_leave

NO_HOLDER = define(
    "review.no_holder", "Nobody holds the role for the step “{step}”. Ask the administrator to name somebody."
)
NO_CROSS_REVIEWER = define(
    "review.no_cross_reviewer",
    "The step “{step}” would fall to an author or to somebody who already holds another level, "
    "and no cross reviewer is named. Ask the administrator to name one.",
)

TOO_FEW_HANDS = define(
    "review.too_few_hands",
    "The {count} steps that count need as many different persons, and not enough may sit there.",
)


@dataclass(frozen=True)
class Place:
    """One step as it would be laid out; `level` counts from 1.

    `unit_id` is where its role is held, or asked for where nobody holds it. `persons` may sit there: one
    who has the seat, or several of whom one takes it; cross reviewers (交叉审核) where `crossed`. Nobody
    may where `why_not` says so.
    """

    level: int
    of: Level
    step: Step
    unit_id: UUID
    persons: tuple[UUID, ...] = ()
    crossed: bool = False
    why_not: Message | None = None

    @property
    def person(self) -> UUID | None:
        """Who has the seat from the beginning; None where several may take it."""
        return self.persons[0] if len(self.persons) == 1 else None


def lay_out(route: Route, here: Directory, unit: UUID, barred: Collection[UUID], on: date) -> list[Place]:
    """The places of a route, in its order, for a piece of the unit on a day; `barred` are its authors.

    Whoever has a counted seat is not free for another one.
    """
    path, taken = here.ancestry(unit), set[UUID]()
    found = []
    for level, of, step in route.walk():
        place = _place(level, of, step, here, path, {*barred, *(taken if step.counts else ())}, on)
        if place.person is not None and step.counts:
            taken.add(place.person)
        found.append(place)
    return found


def _place(
    level: int, of: Level, step: Step, here: Directory, path: Sequence[UUID], blocked: set[UUID], on: date
) -> Place:
    where = path if step.scope == "unit" else path[-1:]
    unit_id, held = here.holders(step.role, where, on)
    if unit_id is None:
        return Place(level, of, step, where[0], why_not=NO_HOLDER(step=step.label))
    free = [person for person in held if person not in blocked]
    if free:
        return Place(level, of, step, unit_id, tuple(free))
    named = [one for one in here.cross_reviewers(step.role, path) if one not in blocked]
    if named:
        return Place(level, of, step, unit_id, (named[0],), crossed=True)
    return Place(level, of, step, unit_id, why_not=NO_CROSS_REVIEWER(step=step.label))


def why_not_pass(places: Sequence[Place], barred: Collection[UUID], lines: Collection[str]) -> list[Message]:
    """What would keep a piece from leaving though everybody who can approves: told by the rules that judge
    a real round, over the lines open to it. Empty when it may leave on every one of them."""
    counted = [place for place in places if place.step.counts]
    hands = different_hands([place.persons for place in counted])
    if hands is None:
        return [TOO_FEW_HANDS(count=len(counted))]
    sits = dict(zip((place.step.code for place in counted), hands, strict=True))
    seats, decisions = [], []
    for place in places:
        who = sits.get(place.step.code) or place.persons[0]
        step = place.step
        seat = SeatLine(uuid7(), place.level, step.code, step.label, step.counts, step.secrecy, who)
        seats.append(seat)
        decisions.append(DecisionLine(seat.id, APPROVE, who, None, before=1, after=1, edit=""))
    board = Board(frozenset(lines), frozenset(barred), 1, 1, tuple(seats), tuple(decisions))
    told = [message for line in sorted(lines) for message in why_not_leave(board, line)]
    return list(dict.fromkeys(told))
