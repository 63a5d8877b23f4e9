"""What left upward, and what came of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema

from hezou.api.shapes.common import (
    Id,
    PageOf,
    PersonRef,
    Revision,
    Sent,
    Told,
    Word,
    as_written,
    fields,
    person_ref,
)
from hezou.api.shapes.review import SOME_ID
from hezou.submissions.models import Adoption, Submission

SubmissionState = Literal["sent", "adopted"]
Day = Annotated[date, BeforeValidator(as_written), WithJsonSchema({"type": "string", "format": "date"})]


class Submit(Sent):
    """Send a signed piece to bodies, by their ids."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"revision": 6, "to": [SOME_ID]}]})

    revision: Revision | None = None
    to: Annotated[list[Id], Field(min_length=1, max_length=50)]


class AdoptionSent(Sent):
    """A body used a submission; `revision` is the submission's."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "revision": 1,
                    "form": "whole",
                    "evidence": "verified",
                    "adopted_on": "2026-03-05",
                    "journal": SOME_ID,
                    "issue_number": "12",
                }
            ]
        }
    )

    revision: Revision | None = None
    form: Word
    evidence: Word
    adopted_on: Day
    journal: Id | None = None
    issue_number: Annotated[Word, Field(max_length=40)] = ""


class BodyRef(Told):
    """A body or a journal, by id and name."""

    id: UUID
    name: str


class AdoptionTold(Told):
    """A use that a body made of a submission."""

    id: UUID
    journal: BodyRef | None
    form: str
    evidence: str
    issue_number: str
    adopted_on: date
    recorded_at: datetime


class SubmissionTold(Told):
    """A version of a piece that was sent to a body, with its adoptions."""

    id: UUID
    manuscript: UUID
    number: str
    title: str
    version: int
    body: BodyRef
    state: SubmissionState
    revision: int
    submitted_by: PersonRef
    submitted_at: datetime
    adoptions: list[AdoptionTold]


class SubmissionsTold(Told):
    """What one press sent."""

    items: list[SubmissionTold]


SubmissionPage = PageOf[SubmissionTold]


def submission_told(row: Submission) -> SubmissionTold:
    return SubmissionTold(
        id=row.pk,
        manuscript=row.manuscript_id,
        number=row.manuscript.number,
        title=row.manuscript.title,
        version=row.version.number,
        body=BodyRef(id=row.body.pk, name=row.body.name),
        **fields(row, "state", "revision", "submitted_at"),
        submitted_by=person_ref(row.submitted_by),
        adoptions=[_adoption(one) for one in row.adoptions.all()],
    )


def _adoption(row: Adoption) -> AdoptionTold:
    return AdoptionTold(
        id=row.pk,
        journal=BodyRef(id=row.journal.pk, name=row.journal.name) if row.journal else None,
        **fields(row, "form", "evidence", "issue_number", "adopted_on", "recorded_at"),
    )
