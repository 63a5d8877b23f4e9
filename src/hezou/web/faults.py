"""The answer to a fault of ours: it gives back what was being sent, so that nothing typed goes with it."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.http.multipartparser import MultiPartParserError
from django.template.loader import render_to_string

TYPED = ("text", "opinion", "words", "reason")
"""Fields in which people write more than a line; no other field is given back, least of all a password."""


def server_error(request: HttpRequest) -> HttpResponse:
    """A page that asks nothing of database or session, as these may be what failed; kept by no cache."""
    page = render_to_string("500.html", {"typed": _typed(request)})
    return HttpResponseServerError(page, headers={"Cache-Control": "private, no-store"})


def _typed(request: HttpRequest) -> list[str]:
    try:
        return [text for name in TYPED if (text := request.POST.get(name, "").strip())]
    except (MultiPartParserError, RequestDataTooBig, OSError):  # what was sent never came in whole
        return []
