"""May this person do this to that? One predicate a verb; the set-based twins are in `scopes`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hezou.access.roles import REVIEWING, SECRECY, VERBS
from hezou.access.scopes import scopes_of
from hezou.access.standing import standing_of
from hezou.manuscripts.models import Author, Manuscript
from hezou.manuscripts.queries import readable_ids
from hezou.people.models import Person
from hezou.review.models import Seat
from hezou.review.queries import deputed_to, is_deputed, round_of, seats
from hezou.submissions.models import Submission

Predicate = Callable[[Person, Any], bool]


def may_read(person: Person, manuscript: Manuscript) -> bool:
    """One of the person's scopes is on the piece's reader list."""
    if manuscript.found_by == person.pk:
        return True
    rows: Any = readable_ids(person.agency_id, scopes_of(person))
    return bool(rows.filter(manuscript_id=manuscript.pk).exists())


def is_writer_of(person: Person, manuscript: Manuscript) -> bool:
    """Made the piece, or is named as its author."""
    if manuscript.creator_id == person.pk:
        return True
    named = Author.objects.filter(agency_id=person.agency_id, manuscript=manuscript, person=person)
    return named.exists()


def sits_in_review(person: Person, manuscript: Manuscript) -> bool:
    """Holds a seat of the present round, deputises for a holder, or may take an untaken one."""
    today = standing_of(person).on
    if manuscript.known is not None:
        return any(is_deputed(person, seat, today) for seat in round_of(manuscript).seats)
    return seats(manuscript).filter(deputed_to(person, today)).exists()


def may_review(person: Person, manuscript: Manuscript) -> bool:
    """Sits in review, or enters decisions for those who do."""
    return sits_in_review(person, manuscript) or _records(person, manuscript)


def may_record_at(person: Person, seat: Seat) -> bool:
    """Enters decisions on pieces they may read."""
    return may_read(person, seat.manuscript)


def _records(person: Person, manuscript: Manuscript) -> bool:
    return standing_of(person).holds(*VERBS["review.record"]) and may_read(person, manuscript)


def may_type(person: Person, manuscript: Manuscript) -> bool:
    return is_writer_of(person, manuscript) or sits_in_review(person, manuscript)


def may_decide(person: Person, seat: Seat) -> bool:
    """Their own seat, a principal's, or an untaken one of a role they hold."""
    return is_deputed(person, seat, standing_of(person).on)


def may_admit_reader(person: Person, manuscript: Manuscript) -> bool:
    """The writers, and a secrecy reviewer who may read the piece."""
    secrecy = standing_of(person).holds(SECRECY) and may_read(person, manuscript)
    return secrecy or is_writer_of(person, manuscript)


def may_record(person: Person, submission: Submission) -> bool:
    return may_read(person, submission.manuscript)


def reviews(person: Person) -> bool:
    """Holds a role that a route may ask for, or is somebody's deputy today."""
    standing = standing_of(person)
    return standing.holds(*REVIEWING) or bool(standing.principals)


PERSONAL: dict[str, Callable[[Person], bool]] = {"review.enter": reviews}
"""Verb → what it asks of the person alone."""

PREDICATES: dict[str, Predicate] = {
    "manuscript.read": may_read,
    "manuscript.edit": is_writer_of,
    "manuscript.hand_in": is_writer_of,
    "manuscript.recall": is_writer_of,
    "manuscript.type": may_type,
    "manuscript.review": may_review,
    "manuscript.admit_reader": may_admit_reader,
    "manuscript.submit": may_read,
    "submission.record": may_record,
    "seat.decide": may_decide,
    "review.record": may_record_at,
    "review.print": may_read,
}
"""Verb → what it asks of the person and the thing, besides the role that `roles.VERBS` may ask for."""


def allowed(person: Person, verb: str, thing: Any = None) -> bool:
    """Deny by default: unknown verbs, retired persons and things of another agency get False."""
    if person.retired_at is not None or not (verb in VERBS or verb in PREDICATES or verb in PERSONAL):
        return False
    if verb in PERSONAL:
        return PERSONAL[verb](person)
    if thing is not None and getattr(thing, "agency_id", None) != person.agency_id:
        return False
    if verb in VERBS and not standing_of(person).holds(*VERBS[verb]):
        return False
    predicate = PREDICATES.get(verb)
    return predicate is None or thing is None or predicate(person, thing)
