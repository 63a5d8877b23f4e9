"""Rules as they are read: all of them, one document, one version; and a route tried."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from hezou.audit.actions import require
from hezou.kernel.errors import NotFound
from hezou.packs.models import PackVersion
from hezou.packs.queries import document_of, offers
from hezou.packs.rules import objections, remarks
from hezou.people.models import Person
from hezou.people.queries import rules_of
from hezou.web.settings.reading import against, entries, in_force_of, tables_of, told, versions_for
from hezou.web.settings.tabs import ROOM, settings_tabs
from hezou.web.settings.trying import TryForm, try_route
from hezou.web.settings.words import FAMILIES, all_in_words
from hezou.web.shell import PageRequest, page, show

ADOPT = "rules.adopt"


@page
@require_safe
def rules(request: PageRequest) -> HttpResponse:
    """Every family with the version in force; what the program brought anew; what does not hold."""
    asking = request.person
    require(asking, ADOPT)
    held = rules_of(asking.agency)
    context = {
        **settings_tabs("rules"),
        "entries": entries(asking),
        "faults": all_in_words(objections(held), held),
        "remarks": all_in_words(remarks(held), held),
    }
    return show(request, "settings/rules.html", context, room=ROOM)


@page
@require_safe
def rule_document(request: PageRequest, family: str, code: str) -> HttpResponse:
    """One document as it is in force, and its versions."""
    asking = request.person
    require(asking, ADOPT)
    versions = versions_for(asking, family, code)
    version = in_force_of(asking, versions)
    context = {
        **document_frame(family, code),
        **_read(asking, version),
        "versions": told(asking, versions),
        "offer": offers(asking.agency_id).get(family) if code == versions[0].code else None,
    }
    return show(request, "settings/document.html", context, room=ROOM)


@page
@require_safe
def rule_version(request: PageRequest, family: str, code: str, number: int) -> HttpResponse:
    """One version: what it said, and what it changed of the one before."""
    asking = request.person
    require(asking, ADOPT)
    versions = versions_for(asking, family, code)
    version = next((one for one in versions if one.number == number), None)
    if version is None:
        raise NotFound
    before = next((one for one in versions if one.pk == version.parent_id), None)
    context = {
        **document_frame(family, code),
        **_read(asking, version),
        "before": before,
        "changes": against(asking, version, before),
        "is_newest": version == versions[0],
    }
    return show(request, "settings/version.html", context, room=ROOM)


@page
@require_safe
def route_try(request: PageRequest) -> HttpResponse:
    """Who would sign such a piece, by the rules in force."""
    asking = request.person
    require(asking, ADOPT)
    held = rules_of(asking.agency)
    is_asked = "try-kind" in request.GET
    form = TryForm(request.GET if is_asked else None, asking=asking, rules=held)
    trial = try_route(asking, held, form) if is_asked and form.is_valid() else None
    context = {**settings_tabs("route_try"), "form": form, "trial": trial}
    return show(request, "settings/try.html", context, room=ROOM)


def document_frame(family: str, code: str) -> dict[str, Any]:
    """What every page about one document says in its head."""
    name, purpose = FAMILIES[family]
    return {"family": family, "code": code, "name": name, "purpose": purpose}


def _read(asking: Person, version: PackVersion) -> dict[str, Any]:
    document, held = document_of(version), rules_of(asking.agency)
    [said] = told(asking, [version])
    return {"tables": tables_of(document, version.family, held), "document": document, "told": said}
