"""One piece in review as its pages read it: the seats of the present round and every decision so far."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from hezou.access.standing import standing_of
from hezou.manuscripts.models import Manuscript
from hezou.packs.rules import Rulebook
from hezou.people.models import Absence, Person
from hezou.people.queries import rules_of
from hezou.review.actions import Decided, principal_at
from hezou.review.lifecycle import OPEN
from hezou.review.models import Decision, Seat
from hezou.review.queries import board, decisions, deputed_to, holders_away, seats
from hezou.review.rules import Board


@dataclass(frozen=True)
class Round:
    """`seats` in the order of the route, `decisions` of all rounds, oldest first."""

    manuscript: Manuscript
    rules: Rulebook
    seats: list[Seat]
    decisions: list[Decision]
    board: Board

    def last_at(self, seat: Seat) -> Decision | None:
        """The newest decision at a seat."""
        return next((d for d in reversed(self.decisions) if d.seat_id == seat.pk), None)

    def last_by(self, hands: set[UUID]) -> Decision | None:
        """The newest decision of this round that one of these persons made or stands behind."""
        mine = (d for d in reversed(self.decisions) if d.seat.round == self.manuscript.round)
        return next((d for d in mine if hands & {d.decided_by_id, d.in_name_of_id}), None)

    @cached_property
    def away(self) -> dict[UUID, Absence]:
        """Who of those whose turn it is is away today."""
        return holders_away(self.manuscript.agency, self.open_seats)

    @property
    def open_seats(self) -> list[Seat]:
        """Whose turn it is."""
        return [seat for seat in self.seats if seat.state == OPEN]


@dataclass(frozen=True)
class Sitting:
    """The open seat at which a person may decide now, and in whose name."""

    seat: Seat
    principal: Person
    in_name_of: str


def round_of(manuscript: Manuscript) -> Round:
    """Everything the pages of one piece ask about its review."""
    return Round(
        manuscript,
        rules_of(manuscript.agency),
        list(seats(manuscript)),
        list(decisions(manuscript)),
        board(manuscript),
    )


def after(made: Decided) -> Round:
    """The round as a decision left it; of its decisions only that one."""
    whole = made.whole
    rules = rules_of(whole.manuscript.agency)
    return Round(whole.manuscript, rules, whole.seats, [made.decision], whole.board())


def sitting_of(person: Person, manuscript: Manuscript) -> Sitting | None:
    """The first open seat of the round that is this person's to decide; None where none is."""
    mine = seats(manuscript).filter(deputed_to(person, standing_of(person).on), state=OPEN).first()
    if mine is None:
        return None
    principal = principal_at(mine, person)
    if principal == person.pk:
        return Sitting(mine, person, "")
    other = mine.person or Person.objects.get(agency_id=person.agency_id, pk=principal)
    return Sitting(mine, other, other.name)
