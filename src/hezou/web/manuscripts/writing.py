"""Writing: a new piece from pasted text, the writers' page, what is saved as typed, the checks beside it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages as flash
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from hezou.access.scopes import find_manuscript, find_whole
from hezou.audit.actions import require
from hezou.kernel.errors import IMPOSSIBLE, Refusal, Stale
from hezou.kernel.messages import define
from hezou.kernel.text import normalise
from hezou.manuscripts import actions as pieces
from hezou.manuscripts.lifecycle import MANUSCRIPT, WRITABLE
from hezou.manuscripts.models import Manuscript
from hezou.manuscripts.queries import attachments, authors, current_version, manuscripts, working_copy
from hezou.manuscripts.rules.compare import compare
from hezou.people.models import Person
from hezou.review import actions as review
from hezou.web.manuscripts.enclosing import bring_in, brings, import_document
from hezou.web.manuscripts.findings import report
from hezou.web.manuscripts.forms import WritingForm, line_ends, readable
from hezou.web.manuscripts.hands import next_words
from hezou.web.manuscripts.lease import lease_words
from hezou.web.manuscripts.returns import last_return
from hezou.web.review.area import MINE, area_for
from hezou.web.review.changes import near_changes
from hezou.web.shell import PageRequest, deed, done, page, revision_of, see_other, show
from hezou.web.templatetags.words import sentences

OTHER_WINDOW = define(
    "web.other_window",
    "Another window of yours saved a different text. "
    "Yours is still on this page: keep it to bring both together.",
)
HAND_IN = "hand_in"
"""The value of the button that hands in; any other keeps the text only."""


@page
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PageRequest) -> HttpResponse:
    """Paste first: the checks answer beside the text; what it is meant as and who wrote it come after."""
    me = request.person
    require(me, "manuscript.create")
    posted = request.POST if request.method == "POST" else None
    initial = {"kind": _last_kind(me)} if posted is None else {}
    form = WritingForm(posted, person=me, chosen=lambda: [me], initial=initial)
    context: dict[str, Any] = {}
    if posted is None:
        form.fields["text"].widget.attrs["data-focus"] = True
    elif brings(request):
        form, context = import_document(request)
    else:
        try:
            return _begin(request, form)
        except Refusal as refusal:
            form.refuse(refusal)
    context["form"] = form
    return show(request, "manuscripts/new.html", context, room="manuscripts", status=form.status)


@page
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PageRequest, manuscript_id: UUID) -> HttpResponse:
    """The writers' page of a piece that is with them: saved as typed, kept as a version, handed in."""
    manuscript = find_whole(request.person, manuscript_id)
    require(request.person, "manuscript.edit", manuscript)
    if request.method == "POST" and brings(request):
        form, context = bring_in(request, manuscript)
        return _edit_page(request, find_manuscript(request.person, manuscript.pk), form, context)
    if request.method == "POST":
        return _send(request, manuscript)
    if manuscript.state not in WRITABLE:
        flash.warning(request, sentences(IMPOSSIBLE()))
        return see_other(reverse("manuscript", args=[manuscript.pk]))
    current = current_version(manuscript)
    area = area_for(request.person, current, request.GET.get("text", ""))
    context = {
        "area": area,
        "base": current.number,
        "copy_revision": area.copy_revision,
        "saved_at": area.saved_at,
    }
    return _edit_page(request, manuscript, _form_of(request, manuscript, text=area.text), context)


@page
@require_POST
def save_working_copy(request: PageRequest, manuscript_id: UUID) -> JsonResponse:
    """Autosave. Answers `{copy_revision, time}`, or a refusal's status with `{message}`; makes no version.

    Where another window of the same person saved in between (409), its text and revision come along.
    """
    try:
        manuscript = find_manuscript(request.person, manuscript_id)
        copy = pieces.save_working_copy(
            by=request.person,
            manuscript=manuscript,
            text=readable(line_ends(request.POST.get("text", ""))),
            revision=revision_of(request, "copy_revision"),
        )
    except Stale:
        return JsonResponse(_other_window(request.person, manuscript), status=Stale.status)
    except Refusal as refusal:
        return JsonResponse({"message": sentences(refusal.messages)}, status=refusal.status)
    at = timezone.localtime(copy.saved_at)
    return JsonResponse({"copy_revision": copy.revision, "time": f"{at:%H:%M:%S}"})


@page
@require_POST
def check(request: PageRequest) -> HttpResponse:
    """What the checks say of the text sent, as a part of the page; nothing is stored.

    That a text may not be kept at all is an answer too, not a failure. With `reviewing` nobody is asked to
    confirm anything.
    """
    text = line_ends(request.POST.get("text", ""))
    sent = {name: name in request.POST for name in ("confirmed", "reviewing")}
    context: dict[str, Any] = {**sent, "swapped": True}
    try:
        pieces.admit(readable(text), request.person.agency)
    except Refusal as refusal:
        context["refusals"] = refusal.messages
    else:
        context["report"] = report(text, request.POST.get("kind")) if text.strip() else None
    return render(request, "manuscripts/findings.html", context)


def _last_kind(me: Person) -> str:
    """The kind of the piece that somebody began and touched last; '' before the first."""
    last = manuscripts(me.agency_id).filter(creator=me).order_by("-touched_at").first()
    return last.kind if last else ""


def _begin(request: PageRequest, form: WritingForm) -> HttpResponse:
    """Make the piece, and hand it in where that button was pressed: both or neither."""
    draft = form.draft()
    with deed(request) as pressed:
        manuscript = pieces.create(by=request.person, **draft.arguments())
        pressed.target = reverse("manuscript", args=[manuscript.pk])
        _hand_in(request, manuscript)
    return done(request, pressed.target, _said(manuscript))


def _send(request: PageRequest, manuscript: Manuscript) -> HttpResponse:
    """Keep what was typed, and hand it in where that button was pressed; a refusal shows the page again."""
    form = _form_of(request, manuscript, data=request.POST)
    try:
        draft = form.draft()
        with deed(request) as pressed:
            _not_behind(request.person, manuscript, request.POST.get("copy_revision", ""), draft.text)
            manuscript = pieces.revise(
                by=request.person, manuscript=manuscript, revision=revision_of(request), **draft.arguments()
            )
            pressed.target = reverse("manuscript", args=[manuscript.pk])
            _hand_in(request, manuscript)
    except Refusal as refusal:
        form.refuse(refusal)
        return _again(request, find_manuscript(request.person, manuscript.pk), form)
    return done(request, pressed.target, _said(manuscript))


def _again(request: PageRequest, manuscript: Manuscript, form: WritingForm) -> HttpResponse:
    """The page after a refusal: what was typed stays; after a conflict the other text stands beside it."""
    copy = working_copy(manuscript, request.person)
    current = current_version(manuscript)
    context: dict[str, Any] = {
        "base": current.number,
        "copy_revision": copy.revision if copy else 0,
        "saved_at": copy.saved_at if copy else None,
    }
    if form.status == Stale.status:
        is_other_tab = copy is not None and request.POST.get("revision") == str(manuscript.revision)
        theirs = copy.text if copy and is_other_tab else current.text.plain()
        context["theirs"] = theirs
        context["differs"] = near_changes(compare(theirs, normalise(form.typed)))
        context["other_tab"] = is_other_tab
        context["newer"] = current
        context["seen"] = _number(request.POST.get("base", ""))
    return _edit_page(request, manuscript, form, context)


def _edit_page(
    request: PageRequest, manuscript: Manuscript, form: WritingForm, context: dict[str, Any]
) -> HttpResponse:
    is_possible = MANUSCRIPT.find(HAND_IN, manuscript.state) is not None
    return show(
        request,
        "manuscripts/edit.html",
        {
            "manuscript": manuscript,
            "form": form,
            "revision": manuscript.revision,
            "returned": last_return(manuscript),
            "impossible": None if is_possible else [IMPOSSIBLE()],
            "from_mine": MINE,
            "lease_says": lease_words(request.person, manuscript),
            "attachments": list(attachments(manuscript)),
            **context,
        },
        room="manuscripts",
        status=form.status,
    )


def _form_of(
    request: PageRequest, manuscript: Manuscript, *, text: str = "", data: Any = None
) -> WritingForm:
    initial = {
        "text": text,
        "kind": manuscript.kind,
        "content_class": manuscript.content_class,
        "openness": manuscript.openness,
    }

    def named() -> list[Person]:
        return [author.person for author in authors(manuscript)]

    return WritingForm(data, person=request.person, chosen=named, initial=initial)


def _not_behind(me: Person, manuscript: Manuscript, copy_revision: str, text: str) -> None:
    """Raise Stale where another tab of mine saved a text that this one has not seen: it would be dropped."""
    copy = working_copy(manuscript, me)
    if copy is not None and str(copy.revision) != copy_revision and copy.text != normalise(text):
        raise Stale(OTHER_WINDOW())


def _other_window(me: Person, manuscript: Manuscript) -> dict[str, Any]:
    """What the other window saved; nothing but the message where it has kept it as a version since."""
    told: dict[str, Any] = {"message": sentences(OTHER_WINDOW())}
    copy = working_copy(manuscript, me)
    return told if copy is None else {**told, "text": copy.text, "copy_revision": copy.revision}


def _hand_in(request: PageRequest, manuscript: Manuscript) -> None:
    """Hand the piece in where that button was pressed."""
    if request.POST.get("do") == HAND_IN:
        review.hand_in(
            by=request.person,
            manuscript=manuscript,
            revision=manuscript.revision,
            confirmed="confirmed" in request.POST,
        )


def _said(manuscript: Manuscript) -> str:
    """What was done, in words: kept as which version, or handed in and to whom."""
    if manuscript.state in WRITABLE:
        return gettext("Kept as version %(number)s.") % {"number": manuscript.version_count}
    return gettext("Handed in. Next: %(hands)s.") % {"hands": next_words(manuscript)}


def _number(sent: str) -> int:
    """A version's number from a form; 0 for what is none."""
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 6 else 0
