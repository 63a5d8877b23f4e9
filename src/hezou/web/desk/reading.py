"""What the desk answers: what waits for me, what I wait for, what is still mine to write, what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from hezou.access.scopes import visible_manuscripts, visible_waiting
from hezou.manuscripts.lifecycle import DRAFT, IN_REVIEW, RETURNED
from hezou.manuscripts.models import Manuscript
from hezou.packs.rules import Label, Rulebook
from hezou.people.models import Person
from hezou.review.models import Decision, Seat
from hezou.review.queries import at_work
from hezou.review.rules import RETURN
from hezou.submissions.models import Adoption
from hezou.submissions.queries import adoptions
from hezou.web.manuscripts.hands import Hand, hands
from hezou.web.manuscripts.listing import written_by
from hezou.web.review.labels import kind_label

SHOWN = 10
"""Lines of one list on the desk; the room behind it shows all."""


@dataclass(frozen=True)
class Waiting:
    """An open seat that waits for me."""

    seat: Seat
    kind: Label | str
    step: Label | str


@dataclass(frozen=True)
class Awaited:
    """A piece of mine in review, with whoever must act next."""

    manuscript: Manuscript
    hands: list[Hand]


@dataclass(frozen=True)
class Writing:
    """A piece that is mine to write; `returned` says who gave it back and why."""

    manuscript: Manuscript
    returned: Decision | None


def waiting(person: Person, rules: Rulebook) -> list[Waiting]:
    """Longest wait first; one more than is shown when there are more."""
    seats = at_work(visible_waiting(person))[: SHOWN + 1]
    return [
        Waiting(
            seat,
            kind_label(rules, seat.manuscript.kind),
            seat.name,
        )
        for seat in seats
    ]


def awaited(person: Person, rules: Rulebook) -> list[Awaited]:
    """My pieces in review, the one that has stood still longest first."""
    rows = list(_mine(person).filter(state=IN_REVIEW).order_by("moved_at", "pk")[: SHOWN + 1])
    next_hands = hands(rules, rows)
    return [Awaited(one, next_hands[one.pk]) for one in rows]


def writing(person: Person) -> list[Writing]:
    """My drafts and what came back, what came back first, then the last touched."""
    rows = _mine(person).filter(state__in=[RETURNED, DRAFT]).order_by("-state", "-touched_at", "-pk")
    found = list(rows[: SHOWN + 1])
    back = [one.pk for one in found if one.state == RETURNED]
    reasons = Decision.objects.filter(agency_id=person.agency_id, seat__manuscript__in=back, verdict=RETURN)
    last = {
        one.seat.manuscript_id: one for one in reasons.select_related("seat", "decided_by").order_by("at")
    }
    return [Writing(one, last.get(one.pk)) for one in found]


def results(person: Person) -> list[Adoption]:
    """The last adoptions of my pieces, by the journal's date."""
    return list(
        adoptions(person.agency_id).filter(submission__manuscript__in=_mine(person).values("pk"))[:SHOWN]
    )


def _mine(person: Person) -> QuerySet[Manuscript]:
    return visible_manuscripts(person).filter(written_by(person))
