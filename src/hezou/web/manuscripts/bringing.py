"""Documents and rich text brought into the text: read, judged, their pictures kept, their losses named."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import JsonResponse
from django.views.decorators.http import require_POST

from hezou.documents.rules import Reading, read_document, read_html
from hezou.files.actions import put
from hezou.kernel.errors import Forbidden, Refusal
from hezou.kernel.messages import Message
from hezou.manuscripts.actions import bring_pictures
from hezou.manuscripts.rules.incoming import MARKS, Incoming, incoming
from hezou.people.models import Person
from hezou.web.shell import PageRequest, page
from hezou.web.templatetags.words import sentences
from hezou.web.uploads import uploaded


@dataclass(frozen=True)
class Brought:
    """A document that was read: its file's name, its text, what was changed or dropped."""

    name: str
    text: str
    notes: tuple[Message, ...]


def bring_document(request: PageRequest) -> Brought:
    """The document sent with a writing form. Raises Refused or TooLarge; then nothing of it is kept."""
    data, name = uploaded(request, "document")
    found = _bring(request.person, read_document(data, name), name)
    return Brought(name, found.text, found.notes)


@page
@require_POST
def paste(request: PageRequest) -> JsonResponse:
    """Rich text as pasted (`html`): answers `{text, notes}`, or a refusal's status with `{message, marked}`.

    `marked`: a mark of secrecy stands in it; then its plain words may not stay in the area either.
    """
    try:
        _require_text(request.person)
        found = _bring(request.person, read_html(request.POST.get("html", "")))
    except Refusal as refusal:
        is_marked = any(said.code in MARKS for said in refusal.messages)
        told = {"message": sentences(refusal.messages), "marked": is_marked}
        return JsonResponse(told, status=refusal.status)
    return JsonResponse({"text": found.text, "notes": [str(sentences(note)) for note in found.notes]})


def _bring(by: Person, reading: Reading, name: str = "") -> Incoming:
    found = incoming(reading, name)
    for content in found.pictures:
        put(by.agency_id, content)
    if found.pictures:
        bring_pictures(by=by, pictures=found.pictures)
    return found


def _require_text(person: Person) -> None:
    """Whoever writes or reviews may paste; nobody else has an area to paste into."""
    if not (person.has_perm("manuscript.create") or person.has_perm("review.enter")):
        raise Forbidden
