"""工作交接: everything that waits for somebody goes to a successor, in one act.

This room stands above the others that keep such things, so the act is here and calls down: roles and days on
duty in `people`, drafts in `manuscripts`, seats in this room.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, QuerySet

from hezou.audit.actions import act, action, record, require, same_agency
from hezou.kernel.errors import NotFound, Refused
from hezou.kernel.ref import Ref
from hezou.manuscripts import actions as pieces
from hezou.manuscripts.actions.handing_over import hand_over_drafts, hand_over_typing
from hezou.manuscripts.lifecycle import IN_REVIEW
from hezou.manuscripts.models import Manuscript
from hezou.manuscripts.queries import withheld
from hezou.manuscripts.rules.purging import ASKED_ALREADY
from hezou.people.actions.handing_over import (
    HAND_OVER,
    hand_over_duties,
    hand_over_roles,
)
from hezou.people.actions.managing import MANAGE, RETIRED, hold
from hezou.people.directory import Directory, directory
from hezou.people.models import Person
from hezou.people.queries import today_of
from hezou.people.rules.handover import Item, split, why_not_successor
from hezou.review.lifecycle import OPEN, PASSED, WAITING
from hezou.review.models import Seat
from hezou.review.queries import board, round_of
from hezou.review.rules import SEAT_DECIDED, SEAT_LATER, SEAT_OPEN, why_not_succeed
from hezou.review.telling import tell_turn

SAYS = {OPEN: SEAT_OPEN, WAITING: SEAT_LATER, PASSED: SEAT_DECIDED}

Held = set[tuple[str, UUID]]
"""Roles with the unit each is held over."""


@dataclass(frozen=True)
class Handover:
    """What goes to the successor, and what stays with its reasons."""

    going: tuple[Item, ...]
    staying: tuple[Item, ...]


class _OnlyLooked(Exception):
    """Takes an act back that was only to be looked at."""

    def __init__(self, found: Handover) -> None:
        super().__init__()
        self.found = found


def plan_handover(*, by: Person, person: Person, successor: Person, with_roles: bool) -> Handover:
    """What `hand_over` would do now: it is done and taken back, so that both say the same; raises alike."""
    try:
        with act(by):
            found = hand_over(by=by, person=person, successor=successor, with_roles=with_roles)
            raise _OnlyLooked(found)
    except _OnlyLooked as looked:
        return looked.found


@action
def hand_over(*, by: Person, person: Person, successor: Person, with_roles: bool) -> Handover:
    """Roles (if asked), drafts, seats and days on duty of `person` go to `successor`, who is told.

    What may not go stays where it is and is answered with its reasons: a seat does not go to an author of its
    piece, to who holds another counted level (R2), or to who does not hold its role. Raises Forbidden without
    the right, Refused for a successor who left or is the same person.
    """
    hold(by)
    _admit(by, person, successor, with_roles)
    items = hand_over_roles(by=by, person=person, successor=successor) if with_roles else []
    successor = Person.objects.select_related("agency", "unit").get(pk=successor.pk)  # with these roles
    items += hand_over_drafts(by=by, person=person, successor=successor)
    items += hand_over_seats(by=by, person=person, successor=successor)
    items += hand_over_duties(by=by, person=person, successor=successor)
    found = _handover(items)
    record(person, "hand_over", to=successor.pk, gone=len(found.going), stayed=len(found.staying))
    return found


@action
def hand_over_seats(*, by: Person, person: Person, successor: Person) -> list[Item]:
    """The seats of pieces in review: what is open waits for the successor now, the rest in its turn.

    A seat that was decided keeps its decision; should the text change, the successor is asked anew.
    """
    require(by, HAND_OVER, person)
    same_agency(by, successor)
    here = directory(successor.agency)
    items = []
    taken: dict[UUID, Manuscript] = {}
    for seat, item in _seat_items(here, person, successor):
        items.append(item)
        if item.why_not:
            continue
        key = seat.manuscript_id  # one person may hold a counted and an uncounted step of a piece
        piece = taken.get(key) or pieces.take(seat.manuscript, seat.manuscript.revision)
        taken[key] = piece
        Seat.objects.filter(pk=seat.pk).update(person=successor, revision=seat.revision + 1)
        seat.person = successor
        record(seat, "hand_over", manuscript=piece.pk, sender=person.pk, to=successor.pk)
        if seat.state == OPEN:
            pieces.open_to(piece, ("seat", successor.pk))
            tell_turn(by, round_of(piece), {seat.pk: [successor.pk]})
            items += hand_over_typing(piece, person, successor)
    return items


def seats_of(person: Person) -> QuerySet[Seat]:
    """The seats a person holds in rounds that are going on, the first handed in first."""
    rows = Seat.objects.filter(
        agency_id=person.agency_id,
        person=person,
        state__in=[OPEN, WAITING, PASSED],
        round=F("manuscript__round"),
        manuscript__state=IN_REVIEW,
    )
    return rows.select_related("manuscript__agency", "manuscript__unit", "unit").order_by(
        "manuscript__moved_at", "manuscript_id", "level", "id"
    )


def _admit(by: Person, person: Person, successor: Person, with_roles: bool) -> None:
    same_agency(by, person, successor)
    if person.is_system or successor.is_system:
        raise NotFound
    require(by, HAND_OVER, person)
    if with_roles:
        require(by, MANAGE, person)
    Refused.unless_none([why_not_successor(by, person, successor)])
    if successor.retired_at is not None:
        raise Refused(RETIRED(name=successor.name))


def _seat_items(here: Directory, person: Person, successor: Person) -> list[tuple[Seat, Item]]:
    """Every seat, each with why it does not go to the successor."""
    held = set(here.roles_of(successor.pk, today_of(successor.agency)))
    seats = list(seats_of(person))
    # Read after the pieces: a purge asked for in between bumps the revision that is taken then.
    shut = withheld(person.agency_id, (seat.manuscript_id for seat in seats))
    found = []
    for seat in seats:
        piece = seat.manuscript
        judged = board(piece)
        line = next(line for line in judged.seats if line.id == seat.pk)
        why = why_not_succeed(judged, line, successor.pk, holds_role=_may_hold(here, seat, successor, held))
        if piece.pk in shut:
            why = [ASKED_ALREADY(number=piece.number)]
        says = SAYS[seat.state](step=seat.name, number=piece.number)
        found.append((seat, Item(Ref.to(piece), says, tuple(why))))
    return found


def _may_hold(here: Directory, seat: Seat, successor: Person, held: Held) -> bool:
    """Whether somebody holds a seat's role over its unit or above, or was named for it in advance."""
    path = here.ancestry(seat.unit_id)
    if any((seat.role, unit_id) in held for unit_id in path):
        return True
    return successor.pk in here.cross_reviewers(seat.role, path)


def _handover(items: list[Item]) -> Handover:
    going, staying = split(items)
    return Handover(tuple(going), tuple(staying))
