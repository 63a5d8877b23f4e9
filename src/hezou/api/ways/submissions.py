"""Submissions: send upward, list, read, record an adoption."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from hezou.access.by_token import find_open_manuscript, find_open_submission, open_submissions
from hezou.access.lists import page
from hezou.api.door import DoorRequest, Token
from hezou.api.once import etag, once, revision_of
from hezou.api.openapi import ONCE_AT_REVISION
from hezou.api.paging import seal, unseal
from hezou.api.shapes.common import SIZE, Id, Size
from hezou.api.shapes.submissions import (
    AdoptionSent,
    SubmissionPage,
    SubmissionState,
    SubmissionsTold,
    SubmissionTold,
    Submit,
    submission_told,
)
from hezou.api.ways.finding import bodies_of, journal_of
from hezou.people.models import Person
from hezou.submissions.actions import Result, adopt, submit

router = Router(tags=["submissions"])


@router.post(
    "/manuscripts/{uuid:manuscript_id}/submissions",
    response={201: SubmissionsTold},
    auth=Token("manuscript.submit"),
    operation_id="submit_manuscript",
    openapi_extra=ONCE_AT_REVISION,
)
def send(request: DoorRequest, response: HttpResponse, manuscript_id: UUID, sent: Submit) -> Any:
    """Send the signed version to bodies; `revision` is the piece's."""
    request.about = piece = find_open_manuscript(request.person, manuscript_id)

    def do() -> UUID:
        revision = revision_of(request, sent.revision)
        to = bodies_of(request.person, sent.to)
        submit(by=request.person, manuscript=piece, revision=revision, to=to)
        return piece.pk

    once(request, response, do)
    rows = open_submissions(request.person).filter(manuscript=piece, body__in=sent.to)
    return SubmissionsTold(items=[submission_told(row) for row in rows])


@router.get(
    "/submissions", response=SubmissionPage, auth=Token("submission.read"), operation_id="list_submissions"
)
def listing(
    request: DoorRequest,
    state: SubmissionState | None = None,
    body: Id | None = None,
    after: str | None = None,
    limit: Size = SIZE,
) -> Any:
    """What was sent upward of the pieces you may see, newest first; internal ones stay out."""
    rows = open_submissions(request.person)
    wanted = {"state": state, "body_id": body}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value is not None})
    found = page(rows, "submitted_at", after=unseal("submissions", after) or "", size=limit)
    items = [submission_told(row) for row in found.rows]
    return SubmissionPage(items=items, next=seal("submissions", found.after))


@router.get(
    "/submissions/{uuid:submission_id}",
    response=SubmissionTold,
    auth=Token("submission.read"),
    operation_id="read_submission",
)
def read(request: DoorRequest, response: HttpResponse, submission_id: UUID) -> Any:
    """One submission with what became of it."""
    return _told(request.person, submission_id, response)


@router.post(
    "/submissions/{uuid:submission_id}/adoptions",
    response={201: SubmissionTold},
    auth=Token("submission.record"),
    operation_id="record_adoption",
    openapi_extra=ONCE_AT_REVISION,
)
def record(request: DoorRequest, response: HttpResponse, submission_id: UUID, sent: AdoptionSent) -> Any:
    """Record that the body used the piece; answers with the submission and all its adoptions."""
    me = request.person
    request.about = row = find_open_submission(me, submission_id)

    def do() -> UUID:
        result = Result(
            form=sent.form,
            evidence=sent.evidence,
            adopted_on=sent.adopted_on,
            journal=journal_of(me, sent.journal),
            issue_number=sent.issue_number,
        )
        revision = revision_of(request, sent.revision)
        return adopt(by=me, submission=row, revision=revision, result=result).adoption.pk

    once(request, response, do)
    return _told(me, row.pk, response)


def _told(person: Person, submission_id: UUID, response: HttpResponse) -> SubmissionTold:
    """The submission as it is now, and its revision as ETag."""
    row = find_open_submission(person, submission_id)
    etag(response, row.revision)
    return submission_told(row)
