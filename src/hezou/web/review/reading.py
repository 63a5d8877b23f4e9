"""What a reviewer's list shows beside the open seats: what they decided, and what was edited after them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from hezou.access.scopes import visible_manuscripts
from hezou.manuscripts.lifecycle import IN_REVIEW, SIGNED
from hezou.people.models import Person
from hezou.review.lifecycle import PASSED
from hezou.review.models import Decision
from hezou.review.rules import APPROVE

LATELY = 10
WATCHED_AT_MOST = 30


@dataclass(frozen=True)
class EditedLater:
    """A decision of mine and the newest edit made in review after it."""

    mine: Decision
    edit: Decision


def decided_by(person: Person) -> QuerySet[Decision]:
    """What this person decided, or somebody decided in their name, of pieces they may still see."""
    return (
        Decision.objects.filter(
            Q(decided_by=person) | Q(in_name_of=person),
            agency_id=person.agency_id,
            seat__manuscript__in=visible_manuscripts(person).values("pk"),
        )
        .select_related("seat__manuscript", "decided_by", "in_name_of")
        .order_by("-at", "-id")
    )


def decided_lately(person: Person) -> list[Decision]:
    """The last few decisions, newest first."""
    return list(decided_by(person)[:LATELY])


def edited_later(person: Person) -> list[EditedLater]:
    """Pieces not yet left whose text a reviewer changed after this person approved them in this round."""
    newer = Decision.objects.filter(agency_id=person.agency_id, seat=OuterRef("seat"), at__gt=OuterRef("at"))
    watched = decided_by(person).filter(
        ~Exists(newer),
        verdict=APPROVE,
        seat__state=PASSED,
        seat__round=F("seat__manuscript__round"),
        seat__manuscript__state__in=[IN_REVIEW, SIGNED],
        version_after__number__lt=F("seat__manuscript__version_count"),
    )
    mine = list(watched[:WATCHED_AT_MOST])
    edits = Decision.objects.filter(
        agency_id=person.agency_id,
        seat__manuscript__in=[d.seat.manuscript_id for d in mine],
        seat__round=F("seat__manuscript__round"),
        version_after__number=F("seat__manuscript__version_count"),
    ).exclude(edit_class="")
    newest = {d.seat.manuscript_id: d for d in edits.select_related("seat", "decided_by").order_by("at")}
    return [EditedLater(d, newest[d.seat.manuscript_id]) for d in mine if d.seat.manuscript_id in newest]
