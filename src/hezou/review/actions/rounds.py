"""A round's frame: handing in, laying out seats, opening them in turn, ending the round."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from hezou.audit.actions import action, advance, same_agency
from hezou.audit.statements import insert
from hezou.kernel import clock
from hezou.kernel.errors import Refused
from hezou.manuscripts import actions as pieces
from hezou.manuscripts.models import Manuscript
from hezou.manuscripts.queries import Scope, author_ids, current_version
from hezou.packs.rules import Route, Step, route_for
from hezou.people.directory import directory
from hezou.people.models import Person
from hezou.people.queries import rules_of, today_of
from hezou.review.lifecycle import CLOSED, GAVE_BACK, OPEN, SEAT
from hezou.review.models import Seat
from hezou.review.queries import Round, know, may_take, round_of, sitters
from hezou.review.rules import next_seats
from hezou.review.seating import Place, lay_out
from hezou.review.telling import Turn, tell_turn


@action
def hand_in(*, by: Person, manuscript: Manuscript, revision: int, confirmed: bool) -> Manuscript:
    """送审: begin a round with the newest version and lay out its seats by the route of the kind."""
    same_agency(by, manuscript)
    manuscript = pieces.take(manuscript, revision)
    manuscript = pieces.hand_in(by=by, manuscript=manuscript, confirmed=confirmed)
    route = route_for(rules_of(by.agency), manuscript.kind, may_take(manuscript))
    authors = frozenset(author_ids(manuscript))
    places = lay_out(route, directory(by.agency), manuscript.unit_id, authors, today_of(by.agency))
    Refused.unless_none(place.why_not for place in places)
    rows = [_seat(manuscript, place, route) for place in places]
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


def _seat(manuscript: Manuscript, place: Place, route: Route) -> Seat:
    is_last = place.step == route.signing
    return lay_seat(manuscript, place.level, place.step, place.unit_id, place.person, signs=is_last)


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
        label=step.label.model_dump(),
        role=step.role,
        unit_id=unit_id,
        person_id=person,
        counts=step.counts,
        edits=step.edits,
        secrecy=step.secrecy,
        signs=signs,
    )
