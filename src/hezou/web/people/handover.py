"""工作交接: what of somebody's would go to a successor, then the going itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hezou.access.scopes import titles_of
from hezou.audit.actions import require
from hezou.kernel.errors import Refusal
from hezou.people.models import Person
from hezou.people.rules.handover import Item
from hezou.review.actions import Handover, hand_over, plan_handover
from hezou.web.forms import refuse
from hezou.web.people.finding import person_of
from hezou.web.people.forms import SuccessorForm
from hezou.web.shell import PageRequest, deed, page, show

ROOM = "people"
PLACES = {"people.successor_missing": "to", "people.to_oneself": "to", "people.retired": "to"}


@dataclass(frozen=True)
class Line:
    """One thing; `title` of its piece where it is the reader's to see."""

    item: Item
    title: str


@page
@require_http_methods(["GET", "HEAD", "POST"])
def handover(request: PageRequest, person_id: UUID) -> HttpResponse:
    """Choose a successor and see what would go (`?to=`); sent, it goes."""
    asking, who = request.person, person_of(request.person, person_id)
    require(asking, "person.hand_over", who)
    asked = request.POST if request.method == "POST" else request.GET
    if "to" not in asked:
        return _page(request, who, SuccessorForm(asking=asking, who=who))
    form = SuccessorForm(asked, asking=asking, who=who)
    if not form.is_valid():
        return _page(request, who, form, status=422)
    successor = person_of(asking, UUID(form.cleaned_data["to"]))
    with_roles = form.cleaned_data.get("roles", False)
    try:
        if request.method != "POST":
            found = plan_handover(by=asking, person=who, successor=successor, with_roles=with_roles)
            return _page(request, who, form, found, successor)
        with deed(request) as pressed:
            pressed.target = reverse("person", args=[who.pk])
            found = hand_over(by=asking, person=who, successor=successor, with_roles=with_roles)
    except Refusal as refusal:
        refuse(form, refusal, PLACES)
        return _page(request, who, form, status=refusal.status)
    return _page(request, who, form, found, successor, is_done=True)


def _page(
    request: PageRequest,
    who: Person,
    form: SuccessorForm,
    found: Handover | None = None,
    successor: Person | None = None,
    *,
    is_done: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "who": who,
        "form": form,
        "successor": successor,
        "going": _lines(request.person, found.going) if found else [],
        "staying": _lines(request.person, found.staying) if found else [],
        "is_looked_at": found is not None,
        "is_done": is_done,
    }
    return show(request, "people/handover.html", context, room=ROOM, status=status)


def _lines(asking: Person, items: Sequence[Item]) -> list[Line]:
    """The things with the titles of their pieces; who may not see a piece reads its number alone."""
    titles = titles_of(asking, [item.ref for item in items])
    return [Line(item, titles.get(item.ref, "")) for item in items]
