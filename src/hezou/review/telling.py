"""Whom a review tells what. Called within the act."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import F

from hezou.kernel.ref import Ref
from hezou.manuscripts.models import Manuscript
from hezou.manuscripts.queries import authors
from hezou.notices.actions.telling import tell
from hezou.notices.rules import EDITED, ENTERED, IN_YOUR_NAME, RETURNED, SELECTED, SIGNED, TURN
from hezou.people.models import Deputy, Person
from hezou.people.queries import in_force, today_of
from hezou.review.models import Decision, Seat, Selection
from hezou.review.rules import APPROVE


def tell_turn(
    by: Person, manuscript: Manuscript, seat: Seat, sitters: Collection[UUID], barred: Collection[UUID]
) -> None:
    """It is their turn: those who may take the seat and their deputies of today; not the authors."""
    deputies = Deputy.objects.filter(
        in_force(today_of(manuscript.agency)), agency_id=manuscript.agency_id, principal_id__in=sitters
    )
    to = {*sitters, *deputies.values_list("deputy_id", flat=True)} - {*barred}
    tell(TURN, Ref.to(manuscript), by=by, to=to, stage=f"{seat.pk}/{manuscript.version_count}")


def tell_signers(by: Person, manuscript: Manuscript) -> None:
    """The text was edited in review: whoever signed it earlier in this round may object (R1)."""
    signed = Decision.objects.filter(
        agency_id=manuscript.agency_id,
        seat__manuscript=manuscript,
        seat__round=manuscript.round,
        verdict=APPROVE,
        version_after__number__lt=manuscript.version_count,
    ).values_list("decided_by_id", F("in_name_of_id"))
    to = {one for pair in signed for one in pair if one is not None}
    tell(EDITED, Ref.to(manuscript), by=by, to=to, stage=str(manuscript.version_count))


def tell_selected(by: Person, manuscript: Manuscript, selection: Selection) -> None:
    """The office looked at it: the authors, and who began the piece."""
    to = {manuscript.creator_id, *authors(manuscript).values_list("person_id", flat=True)}
    tell(SELECTED[selection.verdict], Ref.to(manuscript), by=by, to=to, stage=str(selection.pk))


def tell_return(by: Person, manuscript: Manuscript) -> None:
    """It came back: the authors, and who began the piece."""
    to = {manuscript.creator_id, *authors(manuscript).values_list("person_id", flat=True)}
    tell(RETURNED, Ref.to(manuscript), by=by, to=to, stage=str(manuscript.round))


def tell_recorded(by: Person, manuscript: Manuscript, decision: Decision) -> None:
    """Somebody entered a decision: whoever it stands for may object, the authors may ask to see it."""
    hands = {one for one in (decision.decided_by_id, decision.in_name_of_id) if one is not None}
    tell(IN_YOUR_NAME, Ref.to(manuscript), by=by, to=hands, stage=str(decision.pk))
    named = {manuscript.creator_id, *authors(manuscript).values_list("person_id", flat=True)}
    tell(ENTERED, Ref.to(manuscript), by=by, to=named, stage=str(decision.pk))


def tell_signed(by: Person, manuscript: Manuscript, named: Collection[UUID]) -> None:
    """It is signed: the authors (`named`), and who began the piece."""
    tell(SIGNED, Ref.to(manuscript), by=by, to={manuscript.creator_id, *named}, stage=str(manuscript.round))
