"""The office's own: decisions entered for others, signatures that come later, what became of what came in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from hezou.access.by_token import find_open_manuscript, open_manuscripts, open_waiting
from hezou.api.door import DoorRequest, Token
from hezou.api.once import once, revision_of
from hezou.api.openapi import ONCE, ONCE_AT_REVISION
from hezou.api.paging import page_of
from hezou.api.shapes.common import SIZE, Size
from hezou.api.shapes.recording import (
    OwedPage,
    OwedTold,
    RecordedSent,
    SelectionSent,
    SelectionTold,
    SignedSent,
    owed_told,
    selection_told,
)
from hezou.api.shapes.review import DecisionTold, WaitingPage, decision_told, waiting_line
from hezou.api.ways.finding import owed_of, persons_of, seat_of, sheet_of
from hezou.api.ways.review import edit_of
from hezou.files.actions import put
from hezou.files.rules import Content, admit
from hezou.people.models import Person
from hezou.review import actions as review
from hezou.review.models import Selection
from hezou.review.queries import decisions, incoming, outstanding

router = Router(tags=["office"])


@router.post(
    "/manuscripts/{uuid:manuscript_id}/recorded-decisions",
    response={201: DecisionTold},
    auth=Token("review.record"),
    operation_id="record_decision",
    openapi_extra=ONCE_AT_REVISION,
)
def record(request: DoorRequest, response: HttpResponse, manuscript_id: UUID, sent: RecordedSent) -> Any:
    """Enter what somebody decided on paper or aloud; you answer for it that they did (代录)."""
    me = request.person
    request.about = piece = find_open_manuscript(me, manuscript_id)
    sheet = sheet_of(me, sent.sheet)
    evidence = _kept(me, sent.photo)  # type: ignore[arg-type]  # bytes once it is validated

    def do() -> UUID:
        entered = review.record_decision(
            by=me,
            manuscript=piece,
            revision=revision_of(request, sent.revision),
            seat=seat_of(piece, sent.seat),
            decider=persons_of(me, [sent.decider])[0],
            mode=sent.mode,
            verdict=sent.verdict,
            words=sent.words,
            edit=edit_of(piece, sent.edit) if sent.edit else None,
            edit_basis=sent.edit_basis or "",
            sheet=sheet,
            evidence=evidence,
            spoken_at=sent.spoken_at,
        )
        return entered.decision.pk

    made = once(request, response, do)
    return decision_told(decisions(piece).get(pk=made))


@router.get(
    "/countersignatures",
    response=OwedPage,
    auth=Token("review.record"),
    operation_id="list_countersignatures",
)
def owed(request: DoorRequest, after: str | None = None, limit: Size = SIZE) -> Any:
    """The signatures still owed for consents by word of mouth (补签清单), the first due first."""
    seen = open_manuscripts(request.person).values("pk")
    rows = outstanding(request.person.agency_id).filter(decision__seat__manuscript__in=seen)
    found, following = page_of(rows, "countersignatures", "due_on", "id", after=after, size=limit)
    return OwedPage(items=[owed_told(row) for row in found], next=following)


@router.post(
    "/countersignatures/{uuid:owed_id}",
    response=OwedTold,
    auth=Token("review.record"),
    operation_id="countersign",
    openapi_extra=ONCE,
)
def countersign(request: DoorRequest, response: HttpResponse, owed_id: UUID, sent: SignedSent) -> Any:
    """Hand in the sheet that was signed for a consent by word of mouth (补签)."""
    me = request.person
    row = owed_of(me, owed_id)
    sheet = sheet_of(me, sent.sheet)
    assert sheet is not None
    evidence = _kept(me, sent.photo)  # type: ignore[arg-type]  # bytes once it is validated

    def do() -> UUID:
        return review.countersign(by=me, countersignature=row, sheet=sheet, evidence=evidence).pk

    once(request, response, do)
    return owed_told(owed_of(me, owed_id))


@router.get("/incoming", response=WaitingPage, auth=Token("seat.select"), operation_id="list_incoming")
def came_in(request: DoorRequest, after: str | None = None, limit: Size = SIZE) -> Any:
    """What waits at the office's step, longest first (来稿筛选); internal pieces stay out."""
    rows = incoming(open_waiting(request.person))
    found, following = page_of(rows, "incoming", "opened_at", "id", after=after, size=limit)
    return WaitingPage(items=[waiting_line(seat) for seat in found], next=following)


@router.post(
    "/manuscripts/{uuid:manuscript_id}/selections",
    response={201: SelectionTold},
    auth=Token("seat.select"),
    operation_id="select_manuscript",
    openapi_extra=ONCE_AT_REVISION,
)
def select(request: DoorRequest, response: HttpResponse, manuscript_id: UUID, sent: SelectionSent) -> Any:
    """Say what the office makes of a piece: 采用, 留用, 并入综合, 转宣传 or 退回补充."""
    me = request.person
    request.about = piece = find_open_manuscript(me, manuscript_id)

    def do() -> int:
        return review.select(
            by=me,
            manuscript=piece,
            revision=revision_of(request, sent.revision),
            seat=seat_of(piece, sent.seat),
            verdict=sent.verdict,
            seen=sent.seen,
            reason=sent.reason,
        ).pk

    rows = Selection.objects.filter(agency_id=me.agency_id, manuscript=piece).select_related("selected_by")
    return selection_told(rows.get(pk=once(request, response, do)))


def _kept(person: Person, data: bytes | None) -> Content | None:
    """A photo or scan, judged and written to disk before the act that refers to it."""
    if data is None:
        return None
    content = admit(data)
    put(person.agency_id, content)
    return content
