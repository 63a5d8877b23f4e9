"""登录安全: my second factor and the browsers I am logged in at."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from hezou.access.queries import in_force_of
from hezou.access.rules import MOST
from hezou.people.actions import end_other_sessions, end_session
from hezou.people.queries import factors, has_second_factor, must_have_second_factor, open_sessions
from hezou.web.security.confirming import confirmed
from hezou.web.shell import PageRequest, deed, done, page, show

ROOM = "security"


@page
@require_safe
def security(request: PageRequest) -> HttpResponse:
    """What protects my account, and what to do about it."""
    return overview(request)


def overview(request: PageRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page, with what an act on it was refused for."""
    account = request.person.account
    found = list(factors(account))
    codes = next((one for one in found if one.type == Authenticator.Type.RECOVERY_CODES), None)
    context: dict[str, Any] = {
        "app": next((one for one in found if one.type == Authenticator.Type.TOTP), None),
        "keys": [one for one in found if one.type == Authenticator.Type.WEBAUTHN],
        "has_codes": codes is not None,
        "codes_left": len(codes.data["hashes"]) if codes else 0,
        "is_demanded": must_have_second_factor(request.person),
        "is_lacking": must_have_second_factor(request.person) and not has_second_factor(account),
        "sessions": list(open_sessions(account)),
        "tokens": len(in_force_of(request.person)[:MOST]),
        "here": request.session.session_key,
        **more,
    }
    return show(request, "security/overview.html", context, room=ROOM, status=status)


@page
@require_POST
@confirmed
def session_end(request: PageRequest, session_id: UUID) -> HttpResponse:
    """Log out one browser from afar."""
    with deed(request) as pressed:
        end_session(by=request.person, session_id=session_id)
        pressed.target = reverse("security")
    return done(request, pressed.target, gettext("That browser is logged out."))


@page
@require_POST
@confirmed
def sessions_end(request: PageRequest) -> HttpResponse:
    """Log out every browser but this one."""
    with deed(request) as pressed:
        end_other_sessions(by=request.person, keep=request.session.session_key or "")
        pressed.target = reverse("security")
    return done(request, pressed.target, gettext("All other browsers are logged out."))
