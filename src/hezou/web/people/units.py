"""Units: new ones, another name, cross reviewers named in advance, who answers for them, out of use."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from hezou.audit.actions import require
from hezou.kernel.errors import IMPOSSIBLE, Refusal, Refused
from hezou.people.actions import add_unit, grant_role, name_cross_reviewer, rename_unit, retire_unit
from hezou.people.models import CrossReviewer, Person, Unit
from hezou.people.queries import persons, rules_of, unattended
from hezou.people.rules.roles import RESPONSIBLE
from hezou.web.forms import refuse
from hezou.web.people.directory import MANAGE, ROOM
from hezou.web.people.finding import person_of, role_label, unit_of
from hezou.web.people.forms import PLACES, CrossReviewerForm, RenameForm, UnitForm
from hezou.web.shell import PageRequest, deed, done, ids_of, page, show


@page
@require_http_methods(["GET", "HEAD", "POST"])
def unit_new(request: PageRequest) -> HttpResponse:
    """新增部门."""
    asking = request.person
    require(asking, MANAGE)
    if request.method != "POST":
        form = UnitForm(asking=asking, initial={"unit": request.GET.get("parent", "")})
        return show(request, "people/unit_form.html", {"form": form}, room=ROOM)
    form = UnitForm(request.POST, asking=asking)
    status = 422
    if form.is_valid():
        try:
            with deed(request) as pressed:
                added = add_unit(by=asking, parent=form.chosen_unit(), name=form.cleaned_data["name"])
                pressed.target = f"{reverse('people')}?unit={added.pk}"
        except Refusal as refusal:
            refuse(form, refusal, PLACES)
            status = refusal.status
        else:
            return done(request, pressed.target, gettext("%(name)s was added.") % {"name": added.name})
    return show(request, "people/unit_form.html", {"form": form}, room=ROOM, status=status)


@page
@require_http_methods(["GET", "HEAD", "POST"])
def unit(request: PageRequest, unit_id: UUID) -> HttpResponse:
    """A unit's page: its name, its cross reviewers; sent, the unit has another name."""
    asking, of = request.person, unit_of(request.person, unit_id)
    require(asking, MANAGE, of)
    if request.method != "POST":
        return _unit_page(request, of)
    form = RenameForm(request.POST, asking=asking)
    if not form.is_valid():
        return _unit_page(request, of, status=422, form=form, wrong_form=form)
    try:
        with deed(request) as pressed:
            rename_unit(by=asking, unit=of, name=form.cleaned_data["name"])
            pressed.target = reverse("unit", args=[of.pk])
    except Refusal as refusal:
        refuse(form, refusal, PLACES)
        return _unit_page(
            request, unit_of(asking, unit_id), status=refusal.status, form=form, wrong_form=form
        )
    return done(request, pressed.target, gettext("The change was kept."))


@page
@require_POST
def unit_retire(request: PageRequest, unit_id: UUID) -> HttpResponse:
    """A unit goes out of use."""
    asking, of = request.person, unit_of(request.person, unit_id)
    try:
        with deed(request) as pressed:
            retire_unit(by=asking, unit=of)
            pressed.target = reverse("people")
    except Refusal as refusal:
        require(asking, MANAGE)
        return _unit_page(request, of, status=refusal.status, refusals=refusal.messages)
    return done(request, pressed.target, gettext("%(name)s is out of use.") % {"name": of.name})


@page
@require_POST
def cross_reviewer_name(request: PageRequest, unit_id: UUID) -> HttpResponse:
    """Name in advance who takes a seat when its holder is an author (R2)."""
    asking, of = request.person, unit_of(request.person, unit_id)
    require(asking, MANAGE, of)
    form = CrossReviewerForm(request.POST, asking=asking)
    if not form.is_valid():
        return _unit_page(request, of, status=422, cross_form=form, wrong_form=form)
    try:
        with deed(request) as pressed:
            person = person_of(asking, UUID(form.cleaned_data["person"]))
            name_cross_reviewer(by=asking, role=form.cleaned_data["role"], unit=of, person=person)
            pressed.target = reverse("unit", args=[of.pk])
    except Refusal as refusal:
        refuse(form, refusal, PLACES)
        return _unit_page(request, of, status=refusal.status, cross_form=form, wrong_form=form)
    return done(request, pressed.target, gettext("The cross reviewer was named."))


@page
@require_http_methods(["GET", "HEAD", "POST"])
def unattended_units(request: PageRequest) -> HttpResponse:
    """Units that nobody answers for, each with the next step; sent, somebody of the unit answers for it."""
    asking = request.person
    require(asking, MANAGE)
    if request.method != "POST":
        return _unattended_page(request)
    of, person = unit_of(asking, _id_of(request, "unit")), person_of(asking, _id_of(request, "person"))
    try:
        with deed(request) as pressed:
            grant_role(by=asking, person=person, role=RESPONSIBLE, unit=of)
            pressed.target = reverse("unattended_units")
    except Refusal as refusal:
        return _unattended_page(request, refusal)
    words = gettext("%(person)s answers for %(unit)s from now on.")
    return done(request, pressed.target, words % {"person": person.name, "unit": of.name})


def _id_of(request: PageRequest, name: str) -> UUID:
    """The first id posted under a name. Raises Refused where there is none."""
    found = ids_of(request, name)
    if not found:
        raise Refused(IMPOSSIBLE())
    return found[0]


def _unattended_page(request: PageRequest, refusal: Refusal | None = None) -> HttpResponse:
    asking = request.person
    found = unattended(asking.agency)
    members: dict[UUID, list[Person]] = {}
    rows = persons(asking.agency_id).filter(unit__in=[unit.pk for unit, _ in found])
    for one in rows.order_by("sort_key", "pk"):
        members.setdefault(one.unit_id, []).append(one)
    context = {
        "rows": [(unit, asked, members.get(unit.pk, [])) for unit, asked in found],
        "role": role_label(rules_of(asking.agency), RESPONSIBLE),
        "refusals": refusal.messages if refusal else (),
    }
    return show(
        request, "people/unattended.html", context, room=ROOM, status=refusal.status if refusal else 200
    )


def _unit_page(request: PageRequest, of: Unit, *, status: int = 200, **more: Any) -> HttpResponse:
    asking, rules = request.person, rules_of(request.person.agency)
    named = CrossReviewer.objects.filter(agency_id=of.agency_id, unit=of).select_related("person")
    context = {
        "unit": of,
        "form": RenameForm(asking=asking, initial={"name": of.name}),
        "cross_form": CrossReviewerForm(asking=asking),
        "cross_reviewers": [(role_label(rules, row.role), row.person) for row in named.order_by("id")],
        "refusals": (),
    }
    return show(request, "people/unit.html", {**context, **more}, room=ROOM, status=status)
