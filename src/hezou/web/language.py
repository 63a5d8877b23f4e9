"""In which language somebody reads: the one they chose, else the installation's.

The choice is kept with the account, and in a cookie for pages before the log-in. It is never guessed from the
browser: browsers of office PCs often ask for English although nobody there reads it.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from hezou.kernel.errors import NotFound
from hezou.people.actions import choose_language
from hezou.people.models import Account
from hezou.web.shell import see_other

YEAR = 365 * 24 * 60 * 60


class Language:
    """Middleware: answers in the language that was chosen."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = chosen_language(request)
        if not chosen:
            return self.get_response(request)
        with translation.override(chosen):
            return self.get_response(request)


def chosen_language(request: HttpRequest) -> str:
    """The code of the language that the account, or without one the browser, chose; '' for no choice."""
    user = request.user
    kept = user.language if isinstance(user, Account) else request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    return kept if kept in dict(settings.LANGUAGES) else ""


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Read on in another language, on the page where one was (`next`, an address of ours)."""
    wanted = request.POST.get("language", "")
    if wanted not in dict(settings.LANGUAGES):
        raise NotFound
    if isinstance(request.user, Account):
        choose_language(by=request.user.person, language=wanted)
    response = see_other(_back(request))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        wanted,
        max_age=YEAR,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


def _back(request: HttpRequest) -> str:
    address = request.POST.get("next", "")
    is_ours = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if is_ours else "/"
