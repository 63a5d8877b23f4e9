"""补签: handing in the sheet that was signed later."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from hezou.access.scopes import find_manuscript
from hezou.audit.actions import require
from hezou.kernel.errors import NotFound, Refusal, Refused
from hezou.review.actions import countersign
from hezou.review.actions.recording import NO_SHEET
from hezou.review.models import CounterSignature
from hezou.review.queries import outstanding
from hezou.review.rules import read_code
from hezou.web.forms import refuse
from hezou.web.recording.forms import PLACES, SheetForm
from hezou.web.recording.papers import keep, papers
from hezou.web.recording.rows import owed_row
from hezou.web.review.round import round_of
from hezou.web.sheets.choosing import print_choices
from hezou.web.shell import PageRequest, deed, done, page, show

RIGHT = "review.record"


@page
@require_http_methods(["GET", "HEAD", "POST"])
def countersigning(request: PageRequest, owed_id: UUID) -> HttpResponse:
    """The consent that was given aloud, its day, and the field for the signed sheet."""
    require(request.person, RIGHT)
    row = outstanding(request.person.agency_id).filter(pk=owed_id).first()
    if row is None:
        raise NotFound
    find_manuscript(request.person, row.decision.seat.manuscript_id)
    if request.method == "POST":
        return _countersign(request, row)
    code = read_code(request.GET.get("code", ""))
    return _page(request, row, SheetForm(initial={"code": code}))


def _countersign(request: PageRequest, row: CounterSignature) -> HttpResponse:
    form = SheetForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, row, form, status=422)
    try:
        given = form.cleaned_data
        sent = papers(request.person, given["picture"], given["code"], is_paper=True)
        if sent.sheet is None:
            raise Refused(NO_SHEET())
        keep(request.person, sent)
        with deed(request) as pressed:
            countersign(by=request.person, countersignature=row, sheet=sent.sheet, evidence=sent.picture)
            pressed.target = reverse("recording")
    except Refusal as refusal:
        refuse(form, refusal, PLACES)
        return _page(request, row, form, status=refusal.status)
    said = gettext("The signature of %(name)s is in.") % {"name": row.decision.decided_by.name}
    return done(request, pressed.target, said)


def _page(request: PageRequest, row: CounterSignature, form: SheetForm, status: int = 200) -> HttpResponse:
    whole = round_of(row.decision.seat.manuscript)
    context = {
        "owed": owed_row(request.person, row),
        "manuscript": row.decision.seat.manuscript,
        "decision": row.decision,
        "form": form,
        "prints": [one for one in print_choices(request.person, whole) if one.seat == row.decision.seat],
    }
    return show(request, "recording/owed.html", context, room="recording", status=status)
