"""The kept picture of a signed sheet, for whoever may see the piece."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from hezou.access.scopes import find_manuscript
from hezou.files.models import Blob
from hezou.files.queries import data_of
from hezou.files.serving import served
from hezou.kernel.errors import NotFound
from hezou.review.models import CounterSignature, Decision
from hezou.web.shell import PageRequest, page


@page
@require_safe
def of_decision(request: PageRequest, decision_id: UUID) -> HttpResponse:
    """What the recorder of a decision handed in."""
    rows = Decision.objects.filter(agency_id=request.person.agency_id, pk=decision_id)
    found = rows.select_related("seat", "evidence").first()
    return _served(request, found.seat.manuscript_id if found else None, found.evidence if found else None)


@page
@require_safe
def of_signature(request: PageRequest, owed_id: UUID) -> HttpResponse:
    """What was handed in as the signature that came later."""
    rows = CounterSignature.objects.filter(agency_id=request.person.agency_id, pk=owed_id)
    found = rows.select_related("decision__seat", "evidence").first()
    piece = found.decision.seat.manuscript_id if found else None
    return _served(request, piece, found.evidence if found else None)


def _served(request: PageRequest, manuscript_id: UUID | None, blob: Blob | None) -> HttpResponse:
    """A picture in the window, a scan as a download; neither may do anything in the page's name."""
    if manuscript_id is None or blob is None:
        raise NotFound
    find_manuscript(request.person, manuscript_id)
    return served(blob, data_of(blob), is_shown=blob.is_picture)
