"""The preview of a changed document: tried, taken back to the form, or adopted; and newer shipped rules."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe
from pydantic import ValidationError

from hezou.audit.actions import require
from hezou.kernel.errors import NotFound, Refusal, Stale
from hezou.packs.models import PackVersion
from hezou.packs.queries import MAIN, document_of, offers
from hezou.packs.rules import Document, parse, text_hash
from hezou.packs.rules.differences import Clash, differences, merge
from hezou.packs.rules.writing import write
from hezou.people.actions import Proposal, adopt_rules, adopt_upgrade
from hezou.people.models import Person
from hezou.web.forms import refuse
from hezou.web.settings.changes import clashes_in_words, in_words
from hezou.web.settings.drafting import (
    PLACES,
    AdoptForm,
    Draft,
    Upgrade,
    edit_page,
    fresh_draft,
    offer_for,
    preview_page,
    sent_draft,
)
from hezou.web.settings.form import RuleForm
from hezou.web.settings.reading import told, versions_for
from hezou.web.settings.trying import TryForm, try_route
from hezou.web.settings.typed import typed_of
from hezou.web.settings.views import ADOPT
from hezou.web.settings.words import all_in_words
from hezou.web.shell import PageRequest, deed, done, page


@page
@require_POST
def rule_preview(request: PageRequest, family: str, code: str) -> HttpResponse:
    """What is done from the preview: back to the form, try the route, or adopt."""
    require(request.person, ADOPT)
    draft = sent_draft(request, family, code)
    document = parse(family, request.POST.get("body", ""))
    wish = request.POST.get("do", "")
    if wish == "back":
        return edit_page(request, draft, RuleForm(family, typed_of(document), draft.rules))
    adopt_form = AdoptForm(request.POST)
    if wish == "try":
        return _try(request, draft, document, adopt_form)
    if not adopt_form.is_valid():
        return preview_page(request, draft, document, status=422, adopt_form=adopt_form)
    return _adopt(request, draft, document, adopt_form)


@page
@require_safe
def rule_upgrade(request: PageRequest, family: str) -> HttpResponse:
    """Newer shipped rules beside the agency's own, brought together where they can be."""
    asking = request.person
    require(asking, ADOPT)
    found = offers(asking.agency_id).get(family)
    if found is None:
        raise NotFound
    draft = replace(fresh_draft(asking, family, MAIN), upgrade=text_hash(found.text))
    base, ours, theirs = (*map(document_of, (found.base, found.ours)), parse(family, found.text))
    document, clashes = _merge(base, ours, theirs)
    rules, book = draft.rules, draft.rules_with(document)
    shown = Upgrade(
        in_words(differences(base, theirs), rules, draft.rules_with(theirs)),
        in_words(differences(base, ours), rules, rules),
        clashes_in_words(document, clashes, book),
    )
    return preview_page(request, draft, document, upgrade=shown)


def _try(request: PageRequest, draft: Draft, document: Document, adopt_form: AdoptForm) -> HttpResponse:
    book = draft.rules_with(document)
    form = TryForm(request.POST, asking=draft.asking, rules=book)
    trial = try_route(draft.asking, book, form) if form.is_valid() else None
    typed = AdoptForm(initial={name: adopt_form[name].value() for name in adopt_form.fields})
    return preview_page(request, draft, document, adopt_form=typed, try_form=form, trial=trial)


def _adopt(request: PageRequest, draft: Draft, document: Document, form: AdoptForm) -> HttpResponse:
    asking = request.person
    proposal = Proposal(
        family=draft.family,
        code=draft.code,
        body=write(document),
        source=document.source,
        seen=draft.seen,
        **form.cleaned_data,
    )
    try:
        with deed(request) as pressed:
            version = _put(asking, draft, proposal)
            pressed.target = reverse("rule_document", args=[draft.family, draft.code])
    except Stale:
        return _conflict(request, draft, document, form)
    except Refusal as refusal:
        messages = all_in_words(refusal.messages, draft.rules_with(document))
        refuse(form, type(refusal)(*messages), PLACES)
        return preview_page(request, draft, document, status=refusal.status, adopt_form=form)
    words = gettext("Version %(number)s was adopted.") % {"number": version.number}
    return done(request, pressed.target, words)


def _put(asking: Person, draft: Draft, proposal: Proposal) -> PackVersion:
    if draft.upgrade:
        return adopt_upgrade(by=asking, proposal=proposal, offer=offer_for(draft))
    return adopt_rules(by=asking, proposal=proposal)


def _conflict(request: PageRequest, draft: Draft, document: Document, form: AdoptForm) -> HttpResponse:
    """Somebody was faster: their version and this draft brought together, to be looked at once more."""
    asking = draft.asking
    versions = tuple(versions_for(asking, draft.family, draft.code))
    newest, base = versions[0], document_of(draft.base)
    theirs = document_of(newest)
    merged, clashes = _merge(base, document, theirs)
    fresh = replace(draft, versions=versions, seen=newest.number)
    book = fresh.rules_with(merged)
    shown = {
        "told": told(asking, [newest])[0],
        "theirs": in_words(differences(base, theirs), fresh.rules, fresh.rules),
        "clashes": clashes_in_words(merged, clashes, book),
    }
    return preview_page(request, fresh, merged, status=409, adopt_form=form, conflict=shown)


def _merge(base: Document, ours: Document, theirs: Document) -> tuple[Document, list[Clash]]:
    """Both together; ours alone, with the whole as one clash, where they make no document."""
    try:
        return merge(base, ours, theirs)
    except ValidationError:
        return ours, [Clash((), "", "")]
