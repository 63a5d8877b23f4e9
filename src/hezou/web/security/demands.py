"""The administrator's part: which roles must have a second factor, and a way back for who lost theirs."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from hezou.audit.actions import require
from hezou.notices.actions.accounts import reset_second_factor
from hezou.people.actions import demand_second_factor
from hezou.people.queries import rules_of, without_second_factor
from hezou.web.people.directory import MANAGE
from hezou.web.people.finding import person_of
from hezou.web.people.forms import role_choices
from hezou.web.security.forms import DemandForm
from hezou.web.shell import PageRequest, deed, done, page, show


@page
@require_http_methods(["GET", "HEAD", "POST"])
def demands(request: PageRequest) -> HttpResponse:
    """Choose the roles; beside them, who still has to set something up."""
    asking = request.person
    require(asking, MANAGE)
    roles = role_choices(rules_of(asking.agency))
    if request.method == "POST":
        form = DemandForm(request.POST, roles=roles)
        if form.is_valid():
            with deed(request) as pressed:
                demand_second_factor(by=asking, roles=form.cleaned_data["roles"])
                pressed.target = reverse("second_factor_demands")
            return done(request, pressed.target, gettext("This holds from the next page that anybody opens."))
    else:
        form = DemandForm(initial={"roles": asking.agency.second_factor_roles}, roles=roles)
    context = {"form": form, "lacking": list(without_second_factor(asking.agency))}
    status = 422 if form.errors else 200
    return show(request, "security/demands.html", context, room="settings", status=status)


@page
@require_POST
def factor_reset(request: PageRequest, person_id: UUID) -> HttpResponse:
    """Take away the second factor that somebody lost."""
    who = person_of(request.person, person_id)
    with deed(request) as pressed:
        reset_second_factor(by=request.person, person=who)
        pressed.target = reverse("person", args=[who.pk])
    said = gettext("%(name)s logs in with the password alone until a second factor is set up again.")
    return done(request, pressed.target, said % {"name": who.name})
