"""Seats, what waits, decisions."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import ConfigDict, Field, StrictStr

from hezou.api.shapes.common import (
    Id,
    PageOf,
    PersonRef,
    Revision,
    Sent,
    Told,
    UnitRef,
    Word,
    Yes,
    fields,
    person_ref,
    unit_ref,
)
from hezou.manuscripts.models import Manuscript
from hezou.people.models import Person
from hezou.review.lifecycle import OPEN
from hezou.review.models import Decision, Seat
from hezou.review.queries import seats

Verdict = Literal["approve", "return"]
SeatState = Literal["waiting", "open", "passed", "gave_back", "closed"]
SOME_ID = "01890a5d-ac96-774b-bcce-b302099a8057"


class HandIn(Sent):
    """Hand a piece in; `confirmed`: the writers have looked at the places marked as better changed."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"revision": 2, "confirmed": True}]})

    revision: Revision | None = None
    confirmed: Yes = False


class Recall(Sent):
    """Take a piece back."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"revision": 3}]})

    revision: Revision | None = None


class EditSent(Sent):
    """What the holder of a step made of the piece; labels left out stay. `marked`: what it is meant as."""

    text: StrictStr
    marked: Literal["wording", "substance"] = "substance"
    kind: Word | None = None
    content_class: Word | None = None
    openness: Word | None = None


class DecisionSent(Sent):
    """Approve a piece at a seat, with an edit as part of it, or return it with a reason as `opinion`."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"revision": 3, "seat": SOME_ID, "verdict": "approve", "opinion": "同意。"},
                {"revision": 3, "seat": SOME_ID, "verdict": "return", "opinion": "数据请注明来源。"},
            ]
        }
    )

    revision: Revision | None = None
    seat: Id
    verdict: Verdict
    opinion: Annotated[StrictStr, Field(max_length=1000)] = ""
    edit: EditSent | None = None


class SeatTold(Told):
    """A step of the present round. `is_mine`: open, and the bearer may decide there."""

    id: UUID
    level: int
    step: str
    role: str
    state: SeatState
    unit: UnitRef
    person: PersonRef | None
    counts: bool
    edits: bool
    secrecy: bool
    signs: bool
    opened_at: datetime | None
    is_mine: bool


class WaitingLine(Told):
    """An open seat that waits for the bearer, since `opened_at`."""

    seat: UUID
    step: str
    manuscript: UUID
    number: str
    title: str
    kind: str
    revision: int
    opened_at: datetime


class DecisionTold(Told):
    """What was said at a seat; `version_after` is the text it is bound to."""

    id: UUID
    manuscript: UUID
    seat: UUID
    round: int
    step: str
    verdict: Verdict
    decided_by: PersonRef
    in_name_of: PersonRef | None
    recorded_by: PersonRef | None
    mode: str
    version_before: int
    version_after: int
    edit: str
    opinion: str
    at: datetime


WaitingPage = PageOf[WaitingLine]
DecisionPage = PageOf[DecisionTold]


def seats_of(person: Person, piece: Manuscript) -> list[SeatTold]:
    """The seats of the present round, in the order of the route."""
    return [_seat(person, seat) for seat in seats(piece)]


def waiting_line(seat: Seat) -> WaitingLine:
    piece = seat.manuscript
    return WaitingLine(
        seat=seat.pk,
        step=seat.step,
        manuscript=piece.pk,
        number=piece.number,
        title=piece.title,
        kind=piece.kind,
        revision=piece.revision,
        **fields(seat, "opened_at"),
    )


def decision_told(decision: Decision) -> DecisionTold:
    return DecisionTold(
        id=decision.pk,
        manuscript=decision.seat.manuscript_id,
        seat=decision.seat_id,
        round=decision.seat.round,
        step=decision.seat.step,
        **fields(decision, "verdict", "mode", "opinion", "at"),
        decided_by=person_ref(decision.decided_by),
        in_name_of=person_ref(decision.in_name_of) if decision.in_name_of else None,
        recorded_by=person_ref(decision.recorded_by) if decision.recorded_by else None,
        version_before=decision.version_before.number,
        version_after=decision.version_after.number,
        edit=decision.edit_class,
    )


def _seat(person: Person, seat: Seat) -> SeatTold:
    return SeatTold(
        id=seat.pk,
        **fields(seat, "level", "step", "role", "state", "counts", "edits", "secrecy", "signs", "opened_at"),
        unit=unit_ref(seat.unit),
        person=person_ref(seat.person) if seat.person else None,
        is_mine=seat.state == OPEN and person.has_perm("seat.decide", seat),
    )
