"""Review: hand in, recall, what waits, decide, what was decided."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from hezou.access.by_token import find_open_manuscript, open_waiting, refuse_internal
from hezou.api.door import DoorRequest, Token
from hezou.api.once import etag, once, revision_of
from hezou.api.openapi import ONCE_AT_REVISION
from hezou.api.paging import page_of
from hezou.api.shapes.common import SIZE, Size
from hezou.api.shapes.manuscripts import ManuscriptTold, manuscript_told
from hezou.api.shapes.review import (
    DecisionPage,
    DecisionSent,
    DecisionTold,
    EditSent,
    HandIn,
    Recall,
    WaitingPage,
    decision_told,
    waiting_line,
)
from hezou.api.ways.finding import seat_of
from hezou.manuscripts.models import Manuscript
from hezou.review import actions as review
from hezou.review.models import Decision
from hezou.review.queries import decisions

router = Router(tags=["review"])


@router.post(
    "/manuscripts/{uuid:manuscript_id}/hand-in",
    response=ManuscriptTold,
    auth=Token("manuscript.hand_in"),
    operation_id="hand_in_manuscript",
    openapi_extra=ONCE_AT_REVISION,
)
def hand_in(request: DoorRequest, response: HttpResponse, manuscript_id: UUID, sent: HandIn) -> Any:
    """Hand a piece in: its round begins with the newest version."""
    return _moved(request, response, manuscript_id, sent, review.hand_in, confirmed=sent.confirmed)


@router.post(
    "/manuscripts/{uuid:manuscript_id}/recall",
    response=ManuscriptTold,
    auth=Token("manuscript.recall"),
    operation_id="recall_manuscript",
    openapi_extra=ONCE_AT_REVISION,
)
def recall(request: DoorRequest, response: HttpResponse, manuscript_id: UUID, sent: Recall) -> Any:
    """Take a piece back from review; its round ends without effect."""
    return _moved(request, response, manuscript_id, sent, review.recall)


@router.get("/waiting", response=WaitingPage, auth=Token("seat.decide"), operation_id="list_waiting")
def waiting(request: DoorRequest, after: str | None = None, limit: Size = SIZE) -> Any:
    """The open seats that wait for you, longest wait first; those of internal pieces stay out."""
    found, following = page_of(
        open_waiting(request.person), "waiting", "opened_at", "id", after=after, size=limit
    )
    return WaitingPage(items=[waiting_line(seat) for seat in found], next=following)


@router.get(
    "/manuscripts/{uuid:manuscript_id}/decisions",
    response=DecisionPage,
    auth=Token("manuscript.read"),
    operation_id="list_decisions",
)
def listing(request: DoorRequest, manuscript_id: UUID, after: str | None = None, limit: Size = SIZE) -> Any:
    """Every decision on a piece, oldest first, rounds that no longer count included."""
    rows = decisions(find_open_manuscript(request.person, manuscript_id))
    found, following = page_of(rows, "decisions", "at", "id", after=after, size=limit)
    return DecisionPage(items=[decision_told(row) for row in found], next=following)


@router.post(
    "/manuscripts/{uuid:manuscript_id}/decisions",
    response={201: DecisionTold},
    auth=Token("seat.decide"),
    operation_id="decide",
    openapi_extra=ONCE_AT_REVISION,
)
def decide(request: DoorRequest, response: HttpResponse, manuscript_id: UUID, sent: DecisionSent) -> Any:
    """Approve or return a piece at an open seat of yours, with your edit as part of approving it."""
    request.about = piece = find_open_manuscript(request.person, manuscript_id)

    def do() -> UUID:
        made = review.decide(
            by=request.person,
            manuscript=piece,
            revision=revision_of(request, sent.revision),
            seat=seat_of(piece, sent.seat),
            verdict=sent.verdict,
            opinion=sent.opinion,
            edit=edit_of(piece, sent.edit) if sent.edit else None,
        )
        return made.decision.pk

    row: Decision = decisions(piece).get(pk=once(request, response, do))
    return decision_told(row)


def _moved(
    request: DoorRequest,
    response: HttpResponse,
    manuscript_id: UUID,
    sent: HandIn | Recall,
    verb: Any,
    **more: Any,
) -> ManuscriptTold:
    """Do a verb of a piece once; the piece as it is then."""
    request.about = piece = find_open_manuscript(request.person, manuscript_id)

    def do() -> UUID:
        revision = revision_of(request, sent.revision)
        verb(by=request.person, manuscript=piece, revision=revision, **more)
        return piece.pk

    once(request, response, do)
    piece = find_open_manuscript(request.person, manuscript_id)
    etag(response, piece.revision)
    return manuscript_told(request.person, piece)


def edit_of(piece: Manuscript, sent: EditSent) -> review.Edit:
    """The edit with the labels the piece has where none are sent."""
    refuse_internal(sent.content_class or "")
    return review.Edit(
        text=sent.text,
        kind=sent.kind or piece.kind,
        content_class=sent.content_class or piece.content_class,
        openness=sent.openness or piece.openness,
        marked=sent.marked,
    )
