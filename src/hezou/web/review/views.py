"""What waits for a reviewer, one piece to decide on, and the deciding."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from hezou.access.scopes import find_manuscript, find_whole, visible_waiting
from hezou.audit.actions import require
from hezou.kernel.errors import IMPOSSIBLE, Forbidden, NotFound, Refusal, Refused
from hezou.kernel.ids import parse
from hezou.manuscripts.models import Manuscript
from hezou.manuscripts.queries import current_version
from hezou.people.queries import rules_of
from hezou.review.actions import decide
from hezou.review.models import Seat
from hezou.review.queries import Round, at_work, round_of
from hezou.review.rules import APPROVE, VERDICTS
from hezou.web.review.area import not_behind
from hezou.web.review.forms import decision_form
from hezou.web.review.labels import EDIT, kind_label, verdict_label
from hezou.web.review.outcome import outcome
from hezou.web.review.piece import piece_context
from hezou.web.review.reading import decided_lately, edited_later
from hezou.web.review.round import after
from hezou.web.shell import PageRequest, deed, done, page, revision_of, show
from hezou.web.templatetags.words import sentences

WAITING_AT_MOST = 100
"""Rows of the list; who has more waiting works from the longest wait anyhow."""


@page
@require_safe
def review(request: PageRequest) -> HttpResponse:
    """What waits for me, longest first; what was edited after me; what I decided lately."""
    person = request.person
    require(person, "review.enter")
    rules = rules_of(person.agency)
    seats = list(at_work(visible_waiting(person))[: WAITING_AT_MOST + 1])
    context = {
        "selects": person.has_perm("seat.select"),
        "waiting": [
            {
                "seat": seat,
                "kind": kind_label(rules, seat.manuscript.kind),
                "step": seat.name,
                "in_name_of": _principal_name(seat, request),
            }
            for seat in seats[:WAITING_AT_MOST]
        ],
        "waiting_at_most": WAITING_AT_MOST if len(seats) > WAITING_AT_MOST else 0,
        "edited": [
            {
                "manuscript": row.mine.seat.manuscript,
                "mine": row.mine,
                "edit": row.edit,
                "counts_as": EDIT[row.edit.edit_class],
            }
            for row in edited_later(person)
        ],
        "decided": [
            {
                "decision": decision,
                "manuscript": decision.seat.manuscript,
                "step": decision.seat.name,
                "verdict": verdict_label(decision.verdict, signs=decision.seat.signs),
            }
            for decision in decided_lately(person)
        ],
    }
    return show(request, "review/list.html", context, room="review")


@page
@require_safe
def review_piece(request: PageRequest, manuscript_id: UUID) -> HttpResponse:
    """One piece: what changed, the text, the findings, the route, and the deciding where it is my turn."""
    return _piece_page(request, _reviewed(request, manuscript_id))


@page
@require_POST
def review_decide(request: PageRequest, manuscript_id: UUID) -> HttpResponse:
    """Decide, with the edit made on the page; a refusal shows the page again with all that was typed."""
    manuscript = find_whole(request.person, manuscript_id)
    whole = round_of(manuscript)
    seat = _seat(whole, request.POST.get("seat", ""))
    form = decision_form(manuscript, seat, request.POST, current=current_version(manuscript).text.plain())
    if form.verdict not in VERDICTS:
        raise Refused(IMPOSSIBLE())
    if not form.is_valid():
        return _piece_page(request, _reviewed(request, manuscript_id), posted=request.POST)
    try:
        edit = form.edit() if form.verdict == APPROVE else None
        with deed(request) as pressed:
            if edit is not None:
                not_behind(request.person, manuscript, request.POST.get("copy_revision", ""), edit.text)
            made = decide(
                by=request.person,
                manuscript=manuscript,
                revision=revision_of(request),
                seat=seat,
                verdict=form.verdict,
                opinion=form.words(),
                edit=edit,
            )
            pressed.target = reverse("review_piece", args=[manuscript.pk])
    except Refusal as refusal:
        return _again(request, manuscript_id, refusal)
    return done(request, pressed.target, sentences(outcome(after(made), made.decision)))


def _again(request: PageRequest, manuscript_id: UUID, refusal: Refusal) -> HttpResponse:
    """The page after a refusal, read anew. Who lost the seat to somebody faster finds their words on it."""
    manuscript = find_manuscript(request.person, manuscript_id)
    if isinstance(refusal, Forbidden):
        require(request.person, "manuscript.review", manuscript)
    return _piece_page(request, manuscript, posted=request.POST, refusal=refusal)


def _reviewed(request: PageRequest, manuscript_id: UUID) -> Manuscript:
    """The piece for somebody with a seat in its round. Raises NotFound for others' pieces, Forbidden else."""
    manuscript = find_manuscript(request.person, manuscript_id)
    require(request.person, "manuscript.review", manuscript)
    return manuscript


def _piece_page(
    request: PageRequest,
    manuscript: Manuscript,
    *,
    posted: QueryDict | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    """The page of one piece, with what was posted still in it (422 for a wrong form)."""
    wanted = request.GET.get("text", "")
    context = piece_context(request.person, manuscript, posted=posted, refusal=refusal, wanted=wanted)
    status = refusal.status if refusal else 422 if posted is not None else 200
    return show(request, "review/piece.html", context, room="review", status=status)


def _seat(whole: Round, seat_id: str) -> Seat:
    """A seat of the piece, of whatever round: a form may be older than the round. Raises NotFound."""
    parsed = parse(seat_id)
    now = whole.seat(parsed) if parsed else None
    if now is not None:
        return now
    earlier = Seat.objects.filter(agency_id=whole.manuscript.agency_id, manuscript=whole.manuscript)
    seat = earlier.filter(pk=parsed).first() if parsed else None
    if seat is None:
        raise NotFound
    return seat


def _principal_name(seat: Seat, request: PageRequest) -> str:
    """Whom somebody would sign for at a seat of another person; empty at their own and at untaken ones."""
    return "" if seat.person is None or seat.person_id == request.person.pk else seat.person.name
