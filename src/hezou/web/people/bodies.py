"""设置: whom the agency reports to, and what they publish."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from hezou.audit.actions import require
from hezou.kernel.errors import Refusal
from hezou.people.actions import add_body, add_journal, retire_body, retire_journal
from hezou.people.models import Body
from hezou.people.queries import rules_of
from hezou.submissions.queries import bodies
from hezou.web.beginning import beginning
from hezou.web.forms import refuse
from hezou.web.people.directory import MANAGE
from hezou.web.people.finding import body_of, journal_of, nature_label
from hezou.web.people.forms import PLACES, BodyForm, JournalForm
from hezou.web.settings.tabs import ROOM, settings_tabs
from hezou.web.shell import PageRequest, deed, done, page, show


@page
@require_safe
def settings(request: PageRequest) -> HttpResponse:
    """The bodies with their journals, and the forms to add to them."""
    require(request.person, MANAGE)
    return _settings_page(request)


@page
@require_POST
def body_add(request: PageRequest) -> HttpResponse:
    """Add a body."""
    asking = request.person
    require(asking, MANAGE)
    form = BodyForm(request.POST, asking=asking)
    if not form.is_valid():
        return _settings_page(request, status=422, body_form=form)
    try:
        with deed(request) as pressed:
            added = add_body(by=asking, **form.cleaned_data)
            pressed.target = reverse("settings")
    except Refusal as refusal:
        refuse(form, refusal, PLACES)
        return _settings_page(request, status=refusal.status, body_form=form)
    return done(request, pressed.target, gettext("%(name)s was added.") % {"name": added.name})


@page
@require_POST
def body_retire(request: PageRequest, body_id: UUID) -> HttpResponse:
    """Nothing more is submitted to this body."""
    body = body_of(request.person, body_id)
    with deed(request) as pressed:
        retire_body(by=request.person, body=body)
        pressed.target = reverse("settings")
    return done(request, pressed.target, gettext("%(name)s is out of use.") % {"name": body.name})


@page
@require_POST
def journal_add(request: PageRequest, body_id: UUID) -> HttpResponse:
    """Add a journal of a body."""
    asking, body = request.person, body_of(request.person, body_id)
    require(asking, MANAGE, body)
    form = _journal_form(request, body, request.POST)
    if not form.is_valid():
        return _settings_page(request, status=422, journal_form=form, journal_body=body)
    try:
        with deed(request) as pressed:
            added = add_journal(by=asking, body=body, name=form.cleaned_data["name"])
            pressed.target = reverse("settings")
    except Refusal as refusal:
        refuse(form, refusal, PLACES)
        return _settings_page(request, status=refusal.status, journal_form=form, journal_body=body)
    return done(request, pressed.target, gettext("%(name)s was added.") % {"name": added.name})


@page
@require_POST
def journal_retire(request: PageRequest, journal_id: UUID) -> HttpResponse:
    """No further adoption names this journal."""
    journal = journal_of(request.person, journal_id)
    with deed(request) as pressed:
        retire_journal(by=request.person, journal=journal)
        pressed.target = reverse("settings")
    return done(request, pressed.target, gettext("%(name)s is out of use.") % {"name": journal.name})


def _journal_form(request: PageRequest, body: Body, data: Any = None) -> JournalForm:
    return JournalForm(data, asking=request.person, prefix=f"journal-{body.pk.hex}")


def _settings_page(
    request: PageRequest,
    *,
    status: int = 200,
    body_form: BodyForm | None = None,
    journal_form: JournalForm | None = None,
    journal_body: Body | None = None,
) -> HttpResponse:
    rules = rules_of(request.person.agency)
    rows = [
        {
            "body": body,
            "nature": nature_label(rules, body.nature),
            "journals": [one for one in body.journals.all() if one.retired_at is None],
            "form": journal_form if journal_form and body == journal_body else _journal_form(request, body),
        }
        for body in bodies(request.person.agency_id)
    ]
    context = {
        **settings_tabs("settings"),
        "rows": rows,
        "body_form": body_form or BodyForm(asking=request.person),
        "wrong_form": journal_form or body_form,
        "beginning": beginning(request.person),
    }
    return show(request, "people/settings.html", context, room=ROOM, status=status)
