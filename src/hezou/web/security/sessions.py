"""Time-outs of log-ins, and the list of open ones kept up to date."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse

from hezou.kernel import clock
from hezou.people.actions.sessions import follow
from hezou.people.rules.devices import device_of

BEGUN, SEEN = "begun", "seen"
"""Keys in a session: seconds since 1970 of the log-in and of the last act."""
STEP = 60
"""Seconds; acts closer together are written down as one."""
BY_ITSELF = frozenset({"notices_count", "manuscript_lease"})
"""What an open page asks for while nobody is there: no reason to stay logged in."""


class Sessions:
    """Middleware: a session that is over is nobody's; the row of an open one says when it was last used."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and is_over(request):
            logout(request)
        before = request.session.session_key or ""
        response = self.get_response(request)
        if response.status_code < 500 and SESSION_KEY in request.session:
            _follow(request, before)
        return response


def is_over(request: HttpRequest) -> bool:
    """Whether the log-in of a request was idle for too long, or has lasted too long."""
    session, now = request.session, clock.now().timestamp()
    begun, seen = session.get(BEGUN, now), session.get(SEEN, now)
    is_idle = now - seen >= settings.SESSION_IDLE.total_seconds()
    return bool(is_idle or now - begun >= settings.SESSION_LONGEST.total_seconds())


def _follow(request: HttpRequest, before: str) -> None:
    session, now = request.session, clock.now().timestamp()
    is_new = BEGUN not in session
    has_new_key = session.session_key != before
    by_itself = request.resolver_match is not None and request.resolver_match.url_name in BY_ITSELF
    is_due = now - session.get(SEEN, now) >= STEP and not by_itself
    if not (is_new or has_new_key or is_due):
        return
    session[BEGUN] = session.get(BEGUN, now)
    session[SEEN] = now
    if session.session_key is None:
        session.create()
    device = device_of(request.headers.get("User-Agent", ""))
    account = request.user
    follow(account=account, session_key=session.session_key, device=device, before=before)  # type: ignore[arg-type]
