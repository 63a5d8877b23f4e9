"""What I was told, newest first."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from hezou.access.scopes import titles_of
from hezou.kernel.errors import NotFound, Refused
from hezou.kernel.messages import Message
from hezou.kernel.ref import Ref
from hezou.notices.actions.telling import choose, read
from hezou.notices.models import Notice
from hezou.notices.queries import address_of, may_mail, unread, wish_of
from hezou.notices.queries import notices as notices_of
from hezou.notices.rules import Wish
from hezou.people.models import Person
from hezou.web.shell import NO_REVISION, PageRequest, deed, done, page, show

ROOM = "notices"
ACCOUNT = "account"
"""Kind of a reference to the reader's own account; every other one is to a piece."""
SIZE = 30


@page
@require_safe
def notices(request: PageRequest) -> HttpResponse:
    """The list, and the few choices beside it."""
    me = request.person
    after = request.GET.get("after", "")
    rows = notices_of(me)
    if is_after := _is_number(after):
        rows = rows.filter(pk__lt=int(after))
    found = list(rows[: SIZE + 1])
    titles = _titles(me, found)
    context: dict[str, Any] = {
        "rows": [
            {"notice": one, "says": Message(one.kind), "title": titles.get(one.ref)} for one in found[:SIZE]
        ],
        "newest": found[0].pk if found and not is_after else "",
        "next_url": f"?after={found[SIZE - 1].pk}" if len(found) > SIZE else "",
        "first_url": reverse("notices") if is_after else "",
        "wish": wish_of(me),
        "may_mail": may_mail(),
        "address": address_of(me) if may_mail() else "",
    }
    return show(request, "notices/list.html", context, room=ROOM)


@require_safe
def count(request: HttpRequest) -> HttpResponse:
    """How much is new, for the head of every page; 304 while it is as before, 204 once the log-in ended."""
    if not request.user.is_authenticated:
        return HttpResponse(status=204)
    new = unread(request.user.person)
    tag = f'"{new}"'
    if request.headers.get("If-None-Match") == tag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = render(request, "parts/notices.html", {"unread": new})
    response["ETag"] = tag
    patch_cache_control(response, private=True, no_cache=True)
    return response


@page
@require_safe
def notice(request: PageRequest, notice_id: int) -> HttpResponse:
    """To the thing a notice tells of; from now on it counts as read."""
    found: Notice | None = notices_of(request.person).filter(pk=notice_id).first()
    if found is None or not _titles(request.person, [found]):
        raise NotFound
    read(by=request.person, until=found.pk, since=found.pk - 1)
    is_account = found.ref.kind == ACCOUNT
    return HttpResponseRedirect(
        reverse("security") if is_account else reverse("manuscript", args=[found.ref.id])
    )


@page
@require_POST
def all_read(request: PageRequest) -> HttpResponse:
    """Everything up to the newest one shown counts as read."""
    newest = request.POST.get("newest", "")
    if not _is_number(newest):
        raise Refused(NO_REVISION())
    with deed(request) as pressed:
        read(by=request.person, until=int(newest))
        pressed.target = reverse("notices")
    return done(request, pressed.target, gettext("All notices count as read."))


@page
@require_POST
def choices(request: PageRequest) -> HttpResponse:
    """Set what I want to be told."""
    with deed(request) as pressed:
        choose(by=request.person, wish=Wish("progress" in request.POST, "mail" in request.POST))
        pressed.target = reverse("notices")
    return done(request, pressed.target, gettext("Your choice holds from now on."))


def _titles(me: Person, told: list[Notice]) -> dict[Ref, str]:
    """What each notice is about, in words that its reader may see; nobody is told of another's account."""
    own = {one.ref: gettext("Your account") for one in told if one.ref.kind == ACCOUNT}
    return {**titles_of(me, [one.ref for one in told if one.ref not in own]), **own}


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19
