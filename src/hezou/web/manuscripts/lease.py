"""Who else is writing into a piece (××正在修改): asked while its text is open, and taken over by a press."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from hezou.access.scopes import find_manuscript
from hezou.audit.actions import require
from hezou.manuscripts import actions as pieces
from hezou.manuscripts.lifecycle import WRITABLE
from hezou.manuscripts.models import Manuscript
from hezou.manuscripts.queries import other_writer
from hezou.people.models import Person
from hezou.web.shell import PageRequest, page, see_other

HOLD, TAKE, RELEASE = "hold", "take", "release"
"""What a page may want: say that one is writing, take over, say that one has stopped; else it only looks."""


def lease_words(person: Person, manuscript: Manuscript) -> str:
    """Who else is writing at this moment and since when; nothing where nobody is."""
    lease = other_writer(manuscript, person)
    if lease is None:
        return ""
    since = f"{timezone.localtime(lease.since):%H:%M}"
    return gettext("%(who)s is writing here (since %(since)s)") % {"who": lease.person.name, "since": since}


@page
@require_POST
def lease(request: PageRequest, manuscript_id: UUID) -> HttpResponse:
    """Carry out the page's `intent`, answering `{says}`; without scripts, take over and lead back."""
    manuscript = find_manuscript(request.person, manuscript_id)
    require(request.person, "manuscript.type", manuscript)
    intent = request.POST.get("intent")
    if intent in (HOLD, TAKE):
        pieces.hold_lease(by=request.person, manuscript=manuscript, take_over=intent == TAKE)
    elif intent == RELEASE:
        pieces.release_lease(by=request.person, manuscript=manuscript)
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"says": lease_words(request.person, manuscript)})
    back = "manuscript_edit" if manuscript.state in WRITABLE else "review_piece"
    return see_other(reverse(back, args=[manuscript.pk]))
