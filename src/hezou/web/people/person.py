"""A person's page and what is done from it: change, roles, deputies, account, leaving."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hezou.audit.actions import require
from hezou.kernel.errors import Refusal, Stale
from hezou.people.actions import (
    OneTime,
    add_person,
    change_person,
    end_deputy,
    end_grant,
    grant_role,
    name_deputy,
    open_account,
    reset_password,
    retire_person,
)
from hezou.people.models import Person
from hezou.people.queries import has_second_factor
from hezou.web.forms import refuse
from hezou.web.people.directory import MANAGE, ROOM
from hezou.web.people.finding import deputy_of, grant_of, person_of
from hezou.web.people.forms import PLACES, AccountForm, DeputyForm, DirectoryForm, GrantForm, PersonForm
from hezou.web.people.portrait import facts_of, portrait
from hezou.web.shell import PageRequest, deed, done, page, revision_of, show


@page
@require_safe
def person(request: PageRequest, person_id: UUID) -> HttpResponse:
    """Where somebody works, how they are reached, what they may do, who signs for them."""
    require(request.person, "people.read")
    return _person_page(request, person_of(request.person, person_id))


@page
@require_http_methods(["GET", "HEAD", "POST"])
def person_new(request: PageRequest) -> HttpResponse:
    """新增人员."""
    asking = request.person
    require(asking, MANAGE)
    if request.method != "POST":
        initial = {"unit": request.GET.get("unit", "")}
        return _form_page(request, PersonForm(asking=asking, initial=initial), None)
    form = PersonForm(request.POST, asking=asking)
    if not form.is_valid():
        return _form_page(request, form, None, status=422)
    try:
        with deed(request) as pressed:
            added = add_person(by=asking, **form.values())
            pressed.target = reverse("person", args=[added.pk])
    except Refusal as refusal:
        refuse(form, refusal, PLACES)
        return _form_page(request, form, None, status=refusal.status)
    return done(request, pressed.target, gettext("%(name)s was added.") % {"name": added.name})


@page
@require_http_methods(["GET", "HEAD", "POST"])
def person_edit(request: PageRequest, person_id: UUID) -> HttpResponse:
    """What is known of a person, to be changed."""
    asking, who = request.person, person_of(request.person, person_id)
    require(asking, MANAGE, who)
    if request.method != "POST":
        initial = {name: getattr(who, name) for name in ("name", "post", "phone", "staff_number")}
        form = PersonForm(asking=asking, initial={**initial, "unit": str(who.unit_id)})
        return _form_page(request, form, who)
    form = PersonForm(request.POST, asking=asking)
    if not form.is_valid():
        return _form_page(request, form, who, status=422)
    try:
        with deed(request) as pressed:
            change_person(by=asking, person=who, revision=revision_of(request), **form.values())
            pressed.target = reverse("person", args=[who.pk])
    except Refusal as refusal:
        who = person_of(asking, person_id)
        refuse(form, refusal, PLACES)
        stands = facts_of(who) if isinstance(refusal, Stale) else ()
        return _form_page(request, form, who, status=refusal.status, stands=stands)
    return done(request, pressed.target, gettext("The change was kept."))


@page
@require_POST
def person_retire(request: PageRequest, person_id: UUID) -> HttpResponse:
    """Somebody left."""
    asking, who = request.person, person_of(request.person, person_id)
    try:
        with deed(request) as pressed:
            retire_person(by=asking, person=who)
            pressed.target = reverse("people")
    except Refusal as refusal:
        return _refused(request, person_id, refusal)
    said = gettext("%(name)s left: the account is closed, roles and deputyships have ended.")
    return done(request, pressed.target, said % {"name": who.name})


@page
@require_POST
def role_grant(request: PageRequest, person_id: UUID) -> HttpResponse:
    """Give a role."""
    asking, who = request.person, person_of(request.person, person_id)
    require(asking, MANAGE, who)
    form = GrantForm(request.POST, asking=asking)

    def act() -> object:
        return grant_role(by=asking, person=who, **form.values())

    return _sent(request, who, form, "grant_form", act, gettext("The role was given."))


@page
@require_POST
def grant_end(request: PageRequest, grant_id: int) -> HttpResponse:
    """Take a role back."""
    grant = grant_of(request.person, grant_id)
    return _ended(request, grant.person, lambda: end_grant(by=request.person, grant=grant))


@page
@require_POST
def deputy_name(request: PageRequest, person_id: UUID) -> HttpResponse:
    """Name a deputy (AB角)."""
    asking, who = request.person, person_of(request.person, person_id)
    require(asking, MANAGE, who)
    form = DeputyForm(request.POST, asking=asking, principal=who)

    def act() -> object:
        given = form.cleaned_data
        deputy = person_of(asking, UUID(given["deputy"]))
        return name_deputy(
            by=asking, principal=who, deputy=deputy, starts=given["starts"], ends=given["ends"]
        )

    return _sent(request, who, form, "deputy_form", act, gettext("The deputy was named."))


@page
@require_POST
def deputy_end(request: PageRequest, deputy_id: int) -> HttpResponse:
    """Take a deputyship back."""
    named = deputy_of(request.person, deputy_id)
    return _ended(request, named.principal, lambda: end_deputy(by=request.person, deputy=named))


@page
@require_POST
def account_open(request: PageRequest, person_id: UUID) -> HttpResponse:
    """Open an account; its one-time password is shown in the answer and never again."""
    asking, who = request.person, person_of(request.person, person_id)
    require(asking, MANAGE, who)
    form = AccountForm(request.POST, asking=asking)
    form.is_valid()
    try:
        with deed(request) as pressed:
            pressed.target = reverse("person", args=[who.pk])
            opened = open_account(by=asking, person=who, username=form.cleaned_data.get("username", ""))
    except Refusal as refusal:
        refuse(form, refusal, PLACES)
        return _person_page(request, who, status=refusal.status, wrong_form=form, account_form=form)
    return _password_page(request, who, opened)


@page
@require_POST
def account_reset(request: PageRequest, person_id: UUID) -> HttpResponse:
    """A new one-time password, shown in the answer and never again."""
    asking, who = request.person, person_of(request.person, person_id)
    with deed(request) as pressed:
        pressed.target = reverse("person", args=[who.pk])
        opened = reset_password(by=asking, person=who)
    return _password_page(request, who, opened)


def _sent(
    request: PageRequest,
    who: Person,
    form: DirectoryForm,
    name: str,
    act: Callable[[], object],
    words: str,
) -> HttpResponse:
    """A form of the person's page: act, or show the page again with what is wrong."""
    if not form.is_valid():
        return _person_page(request, who, status=422, wrong_form=form, **{name: form})
    try:
        with deed(request) as pressed:
            pressed.target = reverse("person", args=[who.pk])
            act()
    except Refusal as refusal:
        refuse(form, refusal, PLACES)
        return _person_page(request, who, status=refusal.status, wrong_form=form, **{name: form})
    return done(request, pressed.target, words)


def _ended(request: PageRequest, who: Person, act: Callable[[], object]) -> HttpResponse:
    try:
        with deed(request) as pressed:
            pressed.target = reverse("person", args=[who.pk])
            act()
    except Refusal as refusal:
        return _refused(request, who.pk, refusal)
    return done(request, pressed.target, gettext("It has ended with effect at once."))


def _refused(request: PageRequest, person_id: UUID, refusal: Refusal) -> HttpResponse:
    """The person's page with what the action answered."""
    require(request.person, MANAGE)
    who = person_of(request.person, person_id)
    return _person_page(request, who, status=refusal.status, refusals=refusal.messages)


def _person_page(request: PageRequest, who: Person, *, status: int = 200, **more: Any) -> HttpResponse:
    asking = request.person
    may_manage = asking.has_perm(MANAGE) and who.retired_at is None
    context: dict[str, Any] = portrait(asking, who, may_manage=may_manage)
    if may_manage:
        context |= {
            "grant_form": GrantForm(asking=asking, initial={"unit": str(who.unit_id)}),
            "deputy_form": DeputyForm(asking=asking, principal=who),
            "account_form": AccountForm(asking=asking),
            "has_factor": context["account"] is not None and has_second_factor(context["account"]),
        }
    return show(request, "people/person.html", {**context, **more}, room=ROOM, status=status)


def _form_page(
    request: PageRequest, form: PersonForm, who: Person | None, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"form": form, "who": who, **more}
    return show(request, "people/person_form.html", context, room=ROOM, status=status)


def _password_page(request: PageRequest, who: Person, opened: OneTime) -> HttpResponse:
    response = show(request, "people/password_once.html", {"who": who, "opened": opened}, room=ROOM)
    response["Cache-Control"] = "no-store"
    return response
