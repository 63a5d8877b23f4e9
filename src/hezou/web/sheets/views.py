"""Printing a sheet, and the sheet itself as page, .docx and square code."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from hezou.access.scopes import find_manuscript
from hezou.documents.rules import LABELS, write_approval_sheet
from hezou.kernel.errors import NotFound
from hezou.kernel.ids import parse
from hezou.manuscripts.models import Manuscript
from hezou.review.actions import print_sheet
from hezou.review.models import Seat, Sheet
from hezou.review.queries import sheets
from hezou.web.sheets.choosing import FORMS
from hezou.web.sheets.paper import sheet_words, square_code
from hezou.web.shell import PageRequest, deed, page, see_other, show

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@page
@require_POST
def sheet_print(request: PageRequest, manuscript_id: UUID) -> HttpResponse:
    """Make a sheet for a step (`seat`), or for the file, and lead to it."""
    manuscript = find_manuscript(request.person, manuscript_id)
    with deed(request) as pressed:
        made = print_sheet(
            by=request.person,
            manuscript=manuscript,
            form=request.POST.get("form", ""),
            seat=_seat(manuscript, request.POST.get("seat", "")),
        )
        pressed.target = reverse("sheet", args=[made.pk])
    return see_other(pressed.target)


@page
@require_safe
def sheet(request: PageRequest, sheet_id: UUID) -> HttpResponse:
    """The sheet as a page that fits on paper."""
    found = find_sheet(request, sheet_id)
    context = {
        "sheet": found,
        "paper": sheet_words(found),
        "labels": LABELS,
        "paper_language": settings.LANGUAGE_CODE,
        "form": FORMS[found.form],
    }
    return show(request, "sheets/sheet.html", context, room="manuscripts")


@page
@require_safe
def sheet_docx(request: PageRequest, sheet_id: UUID) -> HttpResponse:
    """The sheet as a .docx."""
    found = find_sheet(request, sheet_id)
    body = write_approval_sheet(sheet_words(found))
    headers = {"Content-Disposition": f'attachment; filename="{found.manuscript.number}-{found.code}.docx"'}
    return HttpResponse(body, content_type=DOCX, headers=headers)


@page
@require_safe
def sheet_code(request: PageRequest, sheet_id: UUID) -> HttpResponse:
    """The square code of the sheet."""
    found = find_sheet(request, sheet_id)
    return HttpResponse(square_code(found.code), content_type="image/png")


def find_sheet(request: PageRequest, sheet_id: UUID) -> Sheet:
    """A sheet of a piece that the person may see; NotFound otherwise."""
    found = sheets(request.person.agency_id).filter(pk=sheet_id).first()
    if found is None:
        raise NotFound
    found.manuscript = find_manuscript(request.person, found.manuscript_id)
    return found


def _seat(manuscript: Manuscript, seat_id: str) -> Seat | None:
    """The seat named; None for a sheet for the file. NotFound for one of another piece."""
    if not seat_id:
        return None
    parsed = parse(seat_id)
    rows = Seat.objects.filter(agency_id=manuscript.agency_id, manuscript=manuscript)
    found = rows.filter(pk=parsed).first() if parsed else None
    if found is None:
        raise NotFound
    return found
