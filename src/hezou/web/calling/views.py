"""From what somebody asked for on the telephone to a text for the group chat."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from hezou.audit.actions import require
from hezou.web.calling.forms import CallForm
from hezou.web.copies import of_call
from hezou.web.shell import PageRequest, page, show


@page
@require_http_methods(["GET", "HEAD", "POST"])
def calling(request: PageRequest) -> HttpResponse:
    """The form, and above it what was made of it; no row is written and no address holds a word."""
    require(request.person, "seat.select")
    form = CallForm(request.POST if request.method == "POST" else None, person=request.person)
    copies = of_call(form.call()) if form.is_bound and form.is_valid() else None
    context = {"form": form, "copies": copies}
    return show(request, "calling/calling.html", context, room="desk", status=422 if form.errors else 200)
