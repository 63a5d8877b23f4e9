"""What every page is made with: who asks, what they may enter, deeds, refusals, forms that lose nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID

from django.contrib import messages as flash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from hezou.access.permissions import changes_nothing
from hezou.audit.actions import Act, act
from hezou.kernel.errors import AlreadyDone, Forbidden, Refusal, Refused
from hezou.kernel.ids import parse, uuid7
from hezou.kernel.messages import define
from hezou.notices.queries import unread
from hezou.people.models import Account, Person
from hezou.people.queries import owes_second_factor

log = logging.getLogger("hezou.security")
F = TypeVar("F", bound=Callable[..., HttpResponseBase])

NO_REVISION = define(
    "web.no_revision", "The form was incomplete. Load the page again; what you typed is still below."
)

NAV = (
    # address name, label, the verb that opens the entry (None: everybody)
    ("desk", gettext_lazy("Desk"), None),
    ("manuscripts", gettext_lazy("Manuscripts"), "manuscript.create"),
    ("review", gettext_lazy("Review"), "review.enter"),
    ("recording", gettext_lazy("Recording"), "review.record"),
    ("submissions", gettext_lazy("Submission and adoption"), "submission.read"),
    ("people", gettext_lazy("People"), "people.read"),
    ("purges", gettext_lazy("Purge"), "manuscript.confirm_purge"),
    ("settings", gettext_lazy("Settings"), "people.manage"),
    ("trail", gettext_lazy("Audit trail"), "trail.read"),
    ("operations", gettext_lazy("System"), "system.keep"),
)
"""The work, in the order of the work; a person sees only what they may enter."""


SETTING_UP = frozenset({"security", "confirm", "factor_app", "factor_key", "change_password"})
"""Pages open to somebody who must have a second factor and has none yet."""


class PageRequest(HttpRequest):
    """A request whose account is logged in; `person` is who asks."""

    person: Person


SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
OWN = SETTING_UP | {"recovery_codes", "factor_remove", "sessions_end", "session_end"}
"""Pages by whose forms people change nothing but their own account: open to those who change nothing else."""


def page(view: F) -> F:
    """A view for somebody logged in: sets `request.person`, shows times in the agency's zone.

    First log-ins change their password first; who must have a second factor then sets one up first. An
    auditor's forms are refused, whatever they ask for (R22).
    """

    @wraps(view)
    def run(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        account = request.user
        request.person = account.person
        if elsewhere := _before_all(request):
            return redirect(elsewhere)
        match = request.resolver_match
        is_own = match is not None and match.url_name in OWN
        if request.method not in SAFE and not is_own and changes_nothing(request.person):
            raise Forbidden
        with timezone.override(request.person.agency.zone):
            return view(request, *args, **kwargs)

    return login_required(run)  # type: ignore[return-value]


def _before_all(request: PageRequest) -> str:
    """The name of the page that somebody is led to before the one asked for; '' to open that."""
    account = request.person.account
    if account.must_change_password:
        wanted, open_to_them = "change_password", frozenset({"change_password"})
    elif owes_second_factor(request.person):
        wanted, open_to_them = "security", SETTING_UP
    else:
        return ""
    here = request.resolver_match.url_name if request.resolver_match else None
    return "" if here in open_to_them else wanted


def show(
    request: PageRequest, template: str, context: dict[str, Any], *, room: str, status: int = 200
) -> HttpResponse:
    """Render a page of a room (`room`: the address name of its navigation entry)."""
    return render(request, template, {**frame(request, room), **context}, status=status)


def frame(request: PageRequest, room: str) -> dict[str, Any]:
    """What the base template draws around every page, and a fresh deed for its forms."""
    person = request.person
    entries = [
        {"label": label, "url": reverse(name), "active": name == room}
        for name, label, verb in NAV
        if verb is None or person.has_perm(verb)
    ]
    return {
        "nav": entries,
        "me": {"name": person.name, "unit": person.unit.name},
        "agency": person.agency,
        "agency_name": person.agency.short_name,
        "person": person,
        "unread": unread(person),
        "deed": uuid7(),
    }


@contextmanager
def deed(request: PageRequest) -> Iterator[Act]:
    """The act of one press of a button; set `.target` to where the answer leads."""
    with act(request.person, deed=parse(request.POST.get("deed", ""))) as mine:
        yield mine


def done(request: PageRequest, target: str, words: str) -> HttpResponse:
    """Answer a deed: say what was done, and go there (303)."""
    flash.success(request, words)
    return see_other(target)


def see_other(target: str) -> HttpResponse:
    """A redirect after a POST."""
    response = HttpResponseRedirect(target)
    response.status_code = 303
    return response


def revision_of(request: PageRequest, name: str = "revision") -> int:
    """The revision the form was drawn from; Refused where the form has none."""
    value = request.POST.get(name, "")
    if not value.isascii() or not value.isdigit() or len(value) > 9:
        raise Refused(NO_REVISION())
    return int(value)


def ids_of(request: PageRequest, name: str) -> list[UUID]:
    """Every well-formed id posted under a name, each once, in order."""
    return list(dict.fromkeys(i for v in request.POST.getlist(name) if (i := parse(v)) is not None))


class Refusals:
    """Middleware: an uncaught refusal becomes a page of its status; a second press gets the first answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, AlreadyDone):
            return see_other(exception.target or "/")
        if isinstance(exception, Forbidden):
            _note(request)
        if isinstance(exception, Refusal):
            return refusal_page(request, exception)
        return None


def _note(request: HttpRequest) -> None:
    """Log who was refused what."""
    page_name = request.resolver_match.url_name if request.resolver_match else None
    person = request.user.person_id if isinstance(request.user, Account) else None
    log.warning("forbidden", extra={"page": page_name, "person": str(person)})


def refusal_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The whole-page answer to a refusal, in the reader's language."""
    return render(request, f"{refusal.status}.html", {"refusals": refusal.messages}, status=refusal.status)
