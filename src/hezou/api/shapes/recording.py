"""代录 and 来稿筛选: what the office enters for others, and what it makes of what units send."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BeforeValidator, ConfigDict, Field, StrictStr, WithJsonSchema

from hezou.api.shapes.common import Id, PageOf, PersonRef, Revision, Sent, Told, Word, as_written, person_ref
from hezou.api.shapes.files import Bytes
from hezou.api.shapes.review import SOME_ID, EditSent, Verdict
from hezou.review.models import CounterSignature, Selection

Instant = Annotated[
    AwareDatetime, BeforeValidator(as_written), WithJsonSchema({"type": "string", "format": "date-time"})
]
Mode = Literal["paper", "telephone", "in_person", "message"]
Selected = Literal["take_up", "keep", "merge", "publicise", "supplement"]


class RecordedSent(Sent):
    """What somebody decided at a seat on paper or aloud, entered by the bearer.

    `sheet`: the code of the signed sheet, needed for `paper`. `photo`: a photo or scan of it. `spoken_at`:
    when it was said, by default now. `edit_basis`: how an edit was agreed.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "revision": 3,
                    "seat": SOME_ID,
                    "decider": SOME_ID,
                    "mode": "telephone",
                    "verdict": "approve",
                    "words": "同意。",
                    "spoken_at": "2026-03-05T09:30:00+08:00",
                }
            ]
        }
    )

    revision: Revision | None = None
    seat: Id
    decider: Id
    mode: Mode
    verdict: Verdict
    words: Annotated[StrictStr, Field(max_length=1000)] = ""
    edit: EditSent | None = None
    edit_basis: Literal["authorised", "initialled"] | None = None
    sheet: Word | None = None
    photo: Bytes | None = None
    spoken_at: Instant | None = None


class SignedSent(Sent):
    """The sheet that was signed later, by its code; `photo`: a photo or scan of it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"sheet": "ABCD-2345"}]})

    sheet: Word
    photo: Bytes | None = None


class OwedTold(Told):
    """A signature owed for a consent by word of mouth; closed once the sheet is in."""

    id: UUID
    manuscript: UUID
    number: str
    title: str
    decision: UUID
    step: str
    decided_by: PersonRef
    due_on: date
    closed_at: datetime | None


class SelectionSent(Sent):
    """What the office makes of a piece; `seen`: the number of its newest selection (0: none yet).

    `supplement` returns it with a `reason`; the token must be for deciding as well.
    """

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"revision": 3, "seat": SOME_ID, "verdict": "take_up", "seen": 0}]}
    )

    revision: Revision | None = None
    seat: Id
    verdict: Selected
    seen: Annotated[int, Field(strict=True, ge=0, le=10_000)] = 0
    reason: Annotated[StrictStr, Field(max_length=1000)] = ""


class SelectionTold(Told):
    """A selection; the newest of a seat counts."""

    manuscript: UUID
    seat: UUID
    number: int
    verdict: Selected
    selected_by: PersonRef
    at: datetime


OwedPage = PageOf[OwedTold]


def owed_told(row: CounterSignature) -> OwedTold:
    seat = row.decision.seat
    return OwedTold(
        id=row.pk,
        manuscript=seat.manuscript_id,
        number=seat.manuscript.number,
        title=seat.manuscript.title,
        decision=row.decision_id,
        step=seat.step,
        decided_by=person_ref(row.decision.decided_by),
        due_on=row.due_on,
        closed_at=row.closed_at,
    )


def selection_told(row: Selection) -> SelectionTold:
    return SelectionTold.model_validate(
        {
            "manuscript": row.manuscript_id,
            "seat": row.seat_id,
            "number": row.number,
            "verdict": row.verdict,
            "selected_by": person_ref(row.selected_by),
            "at": row.at,
        }
    )
