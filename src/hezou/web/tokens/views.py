"""One's own tokens: made, seen once, revoked; and those of somebody else, for who keeps the directory.

Whoever makes one types the password first: a token outlives the session it is made in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from hezou.access.actions import Made, make_token, revoke_token
from hezou.access.models import Token
from hezou.access.permissions import changes_nothing
from hezou.access.queries import lacking_factor, tokens_of
from hezou.audit.actions import require
from hezou.kernel import clock
from hezou.kernel.errors import NotFound, Refusal
from hezou.people.models import Person
from hezou.web.forms import refuse
from hezou.web.people.finding import person_of
from hezou.web.security.confirming import confirm_first, is_fresh
from hezou.web.shell import PageRequest, deed, done, page, see_other, show
from hezou.web.tokens.forms import PLACES, VERBS, TokenForm

SHOWN = 50
"""Tokens of a page, those that hold no longer included."""


@dataclass(frozen=True)
class Row:
    """One token and what it is for, in words; `sleeps`: it lacks the second factor that a role asks for."""

    token: Token
    verbs: list[str | Promise]
    sleeps: bool


@page
@require_safe
def tokens(request: PageRequest) -> HttpResponse:
    """My tokens, and a form for another one once the password was typed."""
    me = request.person
    may_now = is_fresh(request) and not changes_nothing(me)
    return _page(request, me, TokenForm(asking=me) if may_now else None)


@page
@require_safe
def tokens_of_person(request: PageRequest, person_id: UUID) -> HttpResponse:
    """Somebody else's tokens, to be revoked when one is in wrong hands."""
    require(request.person, "people.manage")
    return _page(request, person_of(request.person, person_id), None)


@sensitive_variables("made")
@page
@require_POST
def token_make(request: PageRequest) -> HttpResponse:
    """Make a token; it is shown in the answer and never again."""
    if not is_fresh(request):
        return see_other(confirm_first(reverse("tokens")))
    form = TokenForm(request.POST, asking=request.person)
    if not form.is_valid():
        return _page(request, request.person, form, status=422)
    try:
        with deed(request) as pressed:
            pressed.target = reverse("tokens")
            made = make_token(by=request.person, **form.cleaned_data)
    except Refusal as refusal:
        refuse(form, refusal, PLACES)
        return _page(request, request.person, form, status=refusal.status)
    return _once(request, made)


@page
@require_POST
def token_revoke(request: PageRequest, token_id: UUID) -> HttpResponse:
    """Let a token open nothing any more."""
    token = Token.objects.filter(agency_id=request.person.agency_id, pk=token_id).first()
    if token is None:
        raise NotFound
    is_mine = token.person_id == request.person.pk
    with deed(request) as pressed:
        pressed.target = reverse("tokens") if is_mine else reverse("tokens_of_person", args=[token.person_id])
        revoke_token(by=request.person, token=token)
    return done(request, pressed.target, gettext("“%(name)s” opens nothing any more.") % {"name": token.name})


def _page(request: PageRequest, who: Person, form: TokenForm | None, status: int = 200) -> HttpResponse:
    now, is_me = clock.now(), who == request.person
    found = list(tokens_of(who)[:SHOWN])
    sleeping = lacking_factor(who, found)
    rows = [Row(one, [VERBS[verb] for verb in one.verbs if verb in VERBS], one in sleeping) for one in found]
    holding = [row for row in rows if row.token.revoked_at is None and row.token.expires_at > now]
    context: dict[str, Any] = {
        "who": who,
        "is_me": is_me,
        "may_make": is_me and not changes_nothing(who),
        "form": form,
        "confirm_url": confirm_first(reverse("tokens")),
        "holding": holding,
        "has_sleeping": any(row.sleeps for row in holding),
        "ended": [row for row in rows if row not in holding],
    }
    return show(request, "tokens/list.html", context, room="" if is_me else "people", status=status)


def _once(request: PageRequest, made: Made) -> HttpResponse:
    response = show(request, "tokens/once.html", {"made": made}, room="")
    response["Cache-Control"] = "no-store"
    return response
