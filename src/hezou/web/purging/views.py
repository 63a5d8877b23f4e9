"""The pages of 误录清除; they name no title and show no text."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from hezou.audit.actions import require
from hezou.kernel.errors import NotFound, Refusal, Refused
from hezou.manuscripts import queries as pieces
from hezou.manuscripts.actions import ask_purge, withdraw_purge
from hezou.manuscripts.lifecycle import ASKED, DONE
from hezou.manuscripts.models import Manuscript, Purge
from hezou.manuscripts.rules.purging import SAME_PERSON
from hezou.people.models import Person
from hezou.review.actions import confirm_purge
from hezou.web.forms import refuse
from hezou.web.purging.forms import NO_PIECE, PLACES, REASON, AskForm
from hezou.web.purging.reading import facts_of, out_of_reach
from hezou.web.shell import PageRequest, deed, done, page, refusal_page, revision_of, show

ASK, CONFIRM = "manuscript.ask_purge", "manuscript.confirm_purge"
ROOM = "purges"
SHOWN = 50
"""Lines of the list; what is older stands in the trail."""


@page
@require_safe
def purges(request: PageRequest) -> HttpResponse:
    """What waits for the second person, and what was purged."""
    require(request.person, CONFIRM)
    return _list(request, AskForm())


@page
@require_POST
def purge_ask(request: PageRequest) -> HttpResponse:
    """Withhold a piece, by its number."""
    me = request.person
    require(me, ASK)
    form = AskForm(request.POST)
    if not form.is_valid():
        return _list(request, form, 422)
    try:
        with deed(request) as pressed:
            found = ask_purge(
                by=me,
                manuscript=_piece_of(me, form.cleaned_data["number"]),
                reason=form.cleaned_data["reason"],
            )
            pressed.target = reverse("purge", args=[found.pk])
    except Refusal as refusal:
        refuse(form, refusal, PLACES)
        return _list(request, form, refusal.status)
    said = gettext("Nobody can open the piece any more. A second person purges it.")
    return done(request, pressed.target, said)


@page
@require_safe
def purge(request: PageRequest, purge_id: UUID) -> HttpResponse:
    """One purge: what is to be purged, or what was and what is out of reach."""
    me = request.person
    require(me, CONFIRM)
    found = _purge_of(me, purge_id)
    is_open = found.state == ASKED
    context = {
        "purge": found,
        "facts": facts_of(found),
        "is_done": found.state == DONE,
        "is_open": is_open,
        "why_not": [SAME_PERSON()] if found.asked_by_id == me.pk else [],
        "may_withdraw": is_open and me.has_perm(ASK),
        "out_of_reach": out_of_reach(found),
    }
    return show(request, "purging/purge.html", context, room=ROOM)


@page
@require_POST
def purge_confirm(request: PageRequest, purge_id: UUID) -> HttpResponse:
    """The second person's word."""
    require(request.person, CONFIRM)
    found = _purge_of(request.person, purge_id)
    try:
        with deed(request) as pressed:
            confirm_purge(by=request.person, purge=found, revision=revision_of(request))
            pressed.target = reverse("purge", args=[found.pk])
    except Refusal as refusal:
        return refusal_page(request, refusal)
    return done(request, pressed.target, gettext("Purged. What stands below is yours to treat."))


@page
@require_POST
def purge_withdraw(request: PageRequest, purge_id: UUID) -> HttpResponse:
    """It was a mistake."""
    require(request.person, ASK)
    found = _purge_of(request.person, purge_id)
    try:
        with deed(request) as pressed:
            withdraw_purge(by=request.person, purge=found, revision=revision_of(request))
            pressed.target = reverse("purges")
    except Refusal as refusal:
        return refusal_page(request, refusal)
    return done(request, pressed.target, gettext("Withdrawn. The piece is open again to whom it was open."))


def _list(request: PageRequest, form: AskForm, status: int = 200) -> HttpResponse:
    rows = pieces.purges(request.person.agency_id)[:SHOWN]
    context = {
        "rows": [(one, REASON[one.reason]) for one in rows],
        "form": form,
        "may_ask": request.person.has_perm(ASK),
    }
    return show(request, "purging/list.html", context, room=ROOM, status=status)


def _piece_of(me: Person, number: str) -> Manuscript:
    """A piece by its number, whoever may read it. Raises Refused where there is none."""
    found = pieces.manuscripts(me.agency_id).filter(number=number.strip()).first()
    if found is None:
        raise Refused(NO_PIECE(number=number.strip()))
    return found


def _purge_of(me: Person, purge_id: UUID) -> Purge:
    found = pieces.purges(me.agency_id).select_related("manuscript__agency").filter(pk=purge_id).first()
    if found is None:
        raise NotFound
    return found
