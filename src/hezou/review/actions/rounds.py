"""A round's frame: handing in, laying out seats, opening them in turn, ending the round."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from hezou.audit.actions import action, advance, same_agency
from hezou.audit.statements import insert
from hezou.kernel import clock
from hezou.kernel.errors import Refused
from hezou.kernel.messages import define
from hezou.manuscripts import actions as pieces
from hezou.manuscripts.models import Manuscript
from hezou.manuscripts.queries import Scope, author_ids, current_version
from hezou.packs.rules import Step, route_for
from hezou.people.directory import Directory, directory
from hezou.people.models import Person
from hezou.people.queries import rules_of, today_of
from hezou.review.lifecycle import CLOSED, GAVE_BACK, OPEN, SEAT
from hezou.review.models import Seat
from hezou.review.queries import Round, know, may_take, round_of, sitters
from hezou.review.rules import next_seats
from hezou.review.telling import Turn, tell_turn

NO_HOLDER = define(
    "review.no_holder", "Nobody holds the role for the step “{step}”. Ask the administrator to name somebody."
)
NO_CROSS_REVIEWER = define(
    "review.no_cross_reviewer",
    "The step “{step}” would fall to an author or to somebody who already holds another level, "
    "and no cross reviewer is named. Ask the administrator to name one.",
)


@action
def hand_in(*, by: Person, manuscript: Manuscript, revision: int, confirmed: bool) -> Manuscript:
    """送审: begin a round with the newest version and lay out its seats by the route of the kind."""
    same_agency(by, manuscript)
    manuscript = pieces.take(manuscript, revision)
    manuscript = pieces.hand_in(by=by, manuscript=manuscript, confirmed=confirmed)
    route = route_for(rules_of(by.agency), manuscript.kind, may_take(manuscript))
    here, today = directory(by.agency), today_of(by.agency)
    path = here.ancestry(manuscript.unit_id)
    authors = frozenset(author_ids(manuscript))
    taken: set[UUID] = set()
    rows = []
    for number, _, step in route.walk():
        unit_id, person = _holder(here, step, path, today, authors, taken)
        if person is not None and step.counts:
            taken.add(person)
        rows.append(lay_seat(manuscript, number, step, unit_id, person, signs=step == route.signing))
    whole = know(Round(manuscript, rows, [], authors, manuscript.version_count))
    turn = open_next(by, whole)
    insert(rows)
    pieces.open_for_review(manuscript, *seat_scopes(turn))
    tell_turn(by, whole, turn)
    return manuscript


@action
def recall(*, by: Person, manuscript: Manuscript, revision: int) -> Manuscript:
    """撤回: the writers take the piece back while nothing has left; the round ends without effect."""
    same_agency(by, manuscript)
    manuscript = pieces.take(manuscript, revision)
    end_round(round_of(manuscript).seats)
    return pieces.move(by=by, manuscript=manuscript, verb="recall", seal=current_version(manuscript).seal)


def open_next(by: Person, whole: Round) -> Turn:
    """Open the seats whose turn it is; the caller lets their sitters in and tells them."""
    due = {line.id for line in next_seats(whole.board())}
    here, today, now = directory(by.agency), today_of(by.agency), clock.now()
    turn: Turn = {}
    for seat in whole.seats:
        if seat.pk in due and seat.state != OPEN:
            opened = {"opened_at": now, "revision": seat.revision + 1}
            advance(seat, SEAT, "open", None, opened, manuscript=whole.manuscript.pk)
            turn[seat.pk] = sitters(here, seat, today)
    return turn


def seat_scopes(turn: Turn) -> list[Scope]:
    """What lets the sitters of a turn see the piece."""
    return [("seat", person) for persons in turn.values() for person in persons]


def end_round(waiting: Iterable[Seat]) -> None:
    """What waited in the round waits no more."""
    for seat in waiting:
        if seat.state not in (GAVE_BACK, CLOSED):
            advance(seat, SEAT, "close", None)


def _holder(
    here: Directory, step: Step, path: list[UUID], today: date, authors: frozenset[UUID], taken: set[UUID]
) -> tuple[UUID, UUID | None]:
    """The unit and the person of a seat; None where several may take it. Refused where nobody can (R2)."""
    unit_id, persons = here.holders(step.role, path if step.scope == "unit" else path[-1:], today)
    if unit_id is None:
        raise Refused(NO_HOLDER(step=step.label.zh))
    blocked = authors | (taken if step.counts else set())
    free = [person for person in persons if person not in blocked]
    if len(free) > 1:
        return unit_id, None
    if not free:
        free = [person for person in here.cross_reviewers(step.role, path) if person not in blocked]
    if not free:
        raise Refused(NO_CROSS_REVIEWER(step=step.label.zh))
    return unit_id, free[0]


def lay_seat(
    manuscript: Manuscript, number: int, step: Step, unit_id: UUID, person: UUID | None, *, signs: bool
) -> Seat:
    """The seat of a step as it begins; not written yet."""
    return Seat(
        agency_id=manuscript.agency_id,
        manuscript=manuscript,
        round=manuscript.round,
        level=number,
        step=step.code,
        role=step.role,
        unit_id=unit_id,
        person_id=person,
        counts=step.counts,
        edits=step.edits,
        secrecy=step.secrecy,
        signs=signs,
    )
