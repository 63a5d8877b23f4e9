"""May this person do this to that? One predicate a verb; the set-based twins are in `scopes`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hezou.access.roles import ADMINISTRATOR, AUDITOR, READING, REVIEWING, ROSTER, SECRECY, VERBS
from hezou.access.scopes import scopes_of
from hezou.access.standing import limits_of, standing_of
from hezou.manuscripts.models import Author, Manuscript
from hezou.manuscripts.queries import readable_ids
from hezou.people.models import Person
from hezou.review.models import Seat
from hezou.review.queries import deputed_to, is_deputed, round_of, seats
from hezou.review.rules import SELECTING
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
    """The writers, and who sits in review."""
    return is_writer_of(person, manuscript) or sits_in_review(person, manuscript)


def may_decide(person: Person, seat: Seat) -> bool:
    """Their own seat, a principal's, or an untaken one of a role they hold."""
    return is_deputed(person, seat, standing_of(person).on)


def may_select(person: Person, seat: Seat) -> bool:
    """An untaken or own seat at the office's step, of a piece that is not withheld."""
    return seat.role == SELECTING and may_decide(person, seat) and may_read(person, seat.manuscript)


def may_admit_reader(person: Person, manuscript: Manuscript) -> bool:
    """The writers, and a secrecy reviewer who may read the piece."""
    secrecy = standing_of(person).holds(SECRECY) and may_read(person, manuscript)
    return secrecy or is_writer_of(person, manuscript)


def may_record(person: Person, submission: Submission) -> bool:
    """The piece that was submitted is one they may read."""
    return may_read(person, submission.manuscript)


def changes_nothing(person: Person) -> bool:
    """An auditor, whatever else they are (R22)."""
    return standing_of(person).holds(AUDITOR)


def may_record_absence(person: Person, other: Person) -> bool:
    """Oneself; for others whoever keeps the duty roster."""
    return person.pk == other.pk or standing_of(person).holds(*ROSTER)


def may_name_deputy(person: Person, other: Person) -> bool:
    """One's own deputy; those of others are named by who keeps the directory."""
    return person.pk == other.pk or standing_of(person).holds(ADMINISTRATOR)


def may_hand_over(person: Person, other: Person) -> bool:
    """What is one's own; what is others' by who keeps the directory."""
    return person.pk == other.pk or standing_of(person).holds(ADMINISTRATOR)


def reviews(person: Person) -> bool:
    """Holds a role that a route may ask for, or is somebody's deputy today."""
    standing = standing_of(person)
    return standing.holds(*REVIEWING) or bool(standing.principals)


def anybody(person: Person) -> bool:
    """Everybody who works here."""
    return True


PERSONAL: dict[str, Callable[[Person], bool]] = {
    "review.enter": reviews,
    "notice.read": anybody,
    "text.check": anybody,
}
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
    "seat.select": may_select,
    "review.record": may_record_at,
    "review.print": may_read,
    "absence.record": may_record_absence,
    "deputy.name": may_name_deputy,
    "person.hand_over": may_hand_over,
}
"""Verb → what it asks of the person and the thing, besides the role that `roles.VERBS` may ask for."""


@dataclass(frozen=True)
class Rule:
    """One verb: the roles that may do it at all (None: any or none), and what is asked besides."""

    verb: str
    roles: frozenset[str] | None
    asks: Callable[..., bool] | None


def rules() -> list[Rule]:
    """The whole table, by verb; what the pages on permissions are drawn from."""
    verbs = sorted({*VERBS, *PREDICATES, *PERSONAL})
    return [Rule(verb, VERBS.get(verb), PREDICATES.get(verb) or PERSONAL.get(verb)) for verb in verbs]


def allowed(person: Person, verb: str, thing: Any = None) -> bool:
    """Deny by default: unknown verbs, retired persons and things of another agency get False.

    Whoever acts by a token may do what both the token and they themselves may do.
    """
    if not _is_open_to(person, verb):
        return False
    if verb in PERSONAL:
        return PERSONAL[verb](person)
    if thing is not None and getattr(thing, "agency_id", None) != person.agency_id:
        return False
    if verb in VERBS and not standing_of(person).holds(*VERBS[verb]):
        return False
    predicate = PREDICATES.get(verb)
    return predicate is None or thing is None or predicate(person, thing)


def _is_open_to(person: Person, verb: str) -> bool:
    """Whether a verb is one of ours, within what binds the person: having left, a token, only reading."""
    limits = limits_of(person)
    is_known = verb in VERBS or verb in PREDICATES or verb in PERSONAL
    is_within = limits is None or verb in limits
    is_bound_to_read = verb not in READING and changes_nothing(person)
    return person.retired_at is None and is_known and is_within and not is_bound_to_read
