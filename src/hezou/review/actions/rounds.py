"""A round's frame: handing in, laying out seats, opening them in turn, ending the round."""

from __future__ import annotations

from uuid import UUID

from hezou.audit.actions import action, advance, same_agency
from hezou.kernel import clock
from hezou.kernel.errors import Refused
from hezou.manuscripts import actions as pieces
from hezou.manuscripts.models import Manuscript
from hezou.manuscripts.queries import authors, current_version
from hezou.packs.rules import Route, Step, route_for
from hezou.people.models import Person
from hezou.people.queries import holders, rules_of, today_of
from hezou.review.lifecycle import CLOSED, GAVE_BACK, OPEN, SEAT
from hezou.review.models import Seat
from hezou.review.queries import board, may_take, seats
from hezou.review.rules import next_seats, undecided
from hezou.review.seating import Place, lay_out
from hezou.review.telling import tell_turn


@action
def hand_in(*, by: Person, manuscript: Manuscript, revision: int, confirmed: bool) -> Manuscript:
    """送审: begin a round with the newest version and lay out its seats by the route of the kind."""
    same_agency(by, manuscript)
    manuscript = pieces.take(manuscript, revision)
    manuscript = pieces.hand_in(by=by, manuscript=manuscript, confirmed=confirmed)
    rules = rules_of(manuscript.agency)
    route = route_for(rules, manuscript.kind, may_take(manuscript))
    barred = {a.person_id for a in authors(manuscript)}
    places = lay_out(route, manuscript.unit, barred, today_of(manuscript.agency))
    Refused.unless_none(place.why_not for place in places)
    Seat.objects.bulk_create(_seat(manuscript, place, route) for place in places)
    open_next(by, manuscript)
    return manuscript


@action
def recall(*, by: Person, manuscript: Manuscript, revision: int) -> Manuscript:
    """撤回: the writers take the piece back while nothing has left; the round ends without effect."""
    same_agency(by, manuscript)
    manuscript = pieces.take(manuscript, revision)
    end_round(manuscript)
    return pieces.move(by=by, manuscript=manuscript, verb="recall", seal=current_version(manuscript).seal)


def open_next(by: Person, manuscript: Manuscript) -> bool:
    """Open the seats whose turn it is; False when every seat covers the present version."""
    judged = board(manuscript)
    turn = {line.id for line in next_seats(judged)}
    now = clock.now()
    for seat in seats(manuscript):
        if seat.pk in turn and seat.state != OPEN:
            advance(seat, SEAT, "open", None, manuscript=manuscript.pk)
            Seat.objects.filter(pk=seat.pk).update(opened_at=now, revision=seat.revision + 1)
            sitters = _may_sit(manuscript, seat)
            pieces.open_to(manuscript, *(("seat", person_id) for person_id in sitters))
            tell_turn(by, manuscript, seat, sitters, judged.authors)
    return bool(undecided(judged))


def end_round(manuscript: Manuscript) -> None:
    """What waited in the round waits no more."""
    for seat in seats(manuscript):
        if seat.state not in (GAVE_BACK, CLOSED):
            advance(seat, SEAT, "close", None)


def _seat(manuscript: Manuscript, place: Place, route: Route) -> Seat:
    is_last = place.step == route.signing
    return lay_seat(manuscript, place.level, place.step, place.unit_id, place.person, signs=is_last)


def lay_seat(
    manuscript: Manuscript, number: int, step: Step, unit_id: UUID, person: Person | None, *, signs: bool
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
        person=person,
        counts=step.counts,
        edits=step.edits,
        secrecy=step.secrecy,
        signs=signs,
    )


def _may_sit(manuscript: Manuscript, seat: Seat) -> list[UUID]:
    """Who must be able to read the piece here: the holder, or everybody who may take an untaken seat."""
    if seat.person_id is not None:
        return [seat.person_id]
    _, held = holders(seat.agency_id, seat.role, [seat.unit_id], today_of(manuscript.agency))
    return [person.pk for person in held]
