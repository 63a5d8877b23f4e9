"""What a writing form brings in besides its words: a document into the text, files beside it.

Each answers with the page itself, everything on it as it was typed.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.contrib import messages as flash
from django.urls import reverse
from django.utils.translation import gettext

from hezou.files.actions import put
from hezou.files.rules import MOST_BYTES
from hezou.kernel.errors import NotFound, Refusal
from hezou.kernel.ids import parse
from hezou.kernel.text import normalise, why_not_text
from hezou.manuscripts import actions as pieces
from hezou.manuscripts.models import Manuscript
from hezou.manuscripts.queries import attachments, current_version, working_copy
from hezou.manuscripts.rules.compare import compare
from hezou.manuscripts.rules.incoming import enclosure
from hezou.web.manuscripts.bringing import bring_document
from hezou.web.manuscripts.forms import WritingForm, readable, typed_again
from hezou.web.review.changes import near_changes
from hezou.web.shell import PageRequest, deed, revision_of
from hezou.web.uploads import uploaded

IMPORT, ATTACH = "import", "attach"
"""Values of the form's buttons `do`."""
DETACH = "detach"
"""Name of the buttons that take a file away; each bears the attachment's id."""

Drawn = tuple[WritingForm, dict[str, Any]]
"""The form as it was typed, and what the page says besides."""


def brings(request: PageRequest) -> bool:
    """Whether the form was sent for one of these and not to be kept."""
    return request.POST.get("do") in (IMPORT, ATTACH) or DETACH in request.POST


def import_document(request: PageRequest, untouched: str = "") -> Drawn:
    """Read the document into the area if that is empty or holds `untouched`; else show it beside the text."""
    form = typed_again(request.POST, person=request.person)
    typed = form.typed if why_not_text(form.typed) else normalise(form.typed)
    try:
        brought = bring_document(request)
    except Refusal as refusal:
        return _refused(form, refusal)
    context: dict[str, Any] = {"brought": brought}
    if typed not in ("", untouched, brought.text):
        is_short = max(len(typed), len(brought.text)) <= form.most
        context["beside"] = near_changes(compare(brought.text, typed)) if is_short else []
        return form, context
    form = typed_again(request.POST, person=request.person, text=brought.text)
    try:
        pieces.admit(brought.text, request.person.agency)
    except Refusal as refusal:
        return _refused(form, refusal, context)
    return form, context


def bring_in(request: PageRequest, manuscript: Manuscript) -> Drawn:
    """On the page of a piece that is with its writers: import, attach or take away."""
    if request.POST.get("do") == IMPORT:
        form, context = import_document(request, current_version(manuscript).text.plain())
    else:
        form, context = _change_files(request, manuscript)
    drawn_from = {
        "revision": context.get("revision", request.POST.get("revision", "")),
        "base": request.POST.get("base", ""),
        **_hold(request, manuscript, form.typed),
    }
    return form, {**context, **drawn_from}


def _change_files(request: PageRequest, manuscript: Manuscript) -> Drawn:
    form = typed_again(request.POST, person=request.person)
    change = _detach if DETACH in request.POST else _attach
    try:
        said = change(request, manuscript)
    except Refusal as refusal:
        return _refused(form, refusal)
    flash.success(request, said)
    return form, {"revision": manuscript.revision}


def _attach(request: PageRequest, manuscript: Manuscript) -> str:
    data, name = uploaded(request, "attachment", MOST_BYTES)
    file = enclosure(data, name)
    put(request.person.agency_id, file.content)
    with deed(request) as pressed:
        pressed.target = reverse("manuscript_edit", args=[manuscript.pk])
        pieces.attach(by=request.person, manuscript=manuscript, revision=revision_of(request), enclosure=file)
    return gettext("Attached: %(name)s") % {"name": file.name}


def _detach(request: PageRequest, manuscript: Manuscript) -> str:
    wanted = parse(request.POST.get(DETACH, ""))
    found = attachments(manuscript).filter(pk__in=[wanted] if wanted else []).first()
    with deed(request) as pressed:
        pressed.target = reverse("manuscript_edit", args=[manuscript.pk])
        if found is None:
            raise NotFound
        pieces.detach(
            by=request.person, manuscript=manuscript, revision=revision_of(request), attachment=found
        )
    return gettext("Taken away: %(name)s") % {"name": found.name}


def _hold(request: PageRequest, manuscript: Manuscript, text: str) -> dict[str, Any]:
    """Save the text of the area as it is typed, where that is possible; the page goes on from what is saved.

    Where another window saved in between, the page keeps the revision it knows and meets the other text at
    its next save.
    """
    me = request.person
    copy = working_copy(manuscript, me)
    with suppress(Refusal):
        held = copy.text if copy else current_version(manuscript).text.plain()
        if pieces.admit(readable(text), me.agency) != held:
            revision = revision_of(request, "copy_revision")
            copy = pieces.save_working_copy(by=me, manuscript=manuscript, text=text, revision=revision)
        return {"copy_revision": copy.revision if copy else 0, "saved_at": copy.saved_at if copy else None}
    return {"copy_revision": request.POST.get("copy_revision", ""), "saved_at": None}


def _refused(form: WritingForm, refusal: Refusal, context: dict[str, Any] | None = None) -> Drawn:
    form.status = refusal.status
    return form, {**(context or {}), "refusals": refusal.messages}
