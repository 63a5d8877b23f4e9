"""Pieces: list, read, begin, keep; and their versions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from hezou.access.by_token import find_open_manuscript, not_internal, open_versions, refuse_internal
from hezou.access.lists import visible_page
from hezou.api.door import DoorRequest, Token
from hezou.api.jobs import wake
from hezou.api.once import etag, once, revision_of
from hezou.api.openapi import AT_REVISION, ONCE, ONCE_AT_REVISION
from hezou.api.paging import page_of, seal, unseal
from hezou.api.shapes.common import SIZE, Size, Word
from hezou.api.shapes.manuscripts import (
    Kept,
    ManuscriptPage,
    ManuscriptTold,
    Piece,
    ReaderSent,
    State,
    VersionPage,
    VersionTold,
    manuscript_line,
    manuscript_told,
    version_line,
    version_told,
)
from hezou.api.ways.finding import persons_of
from hezou.audit.actions import act
from hezou.manuscripts import actions as pieces
from hezou.manuscripts.models import Manuscript
from hezou.manuscripts.queries import manuscripts, version
from hezou.manuscripts.rules.classes import INTERNAL
from hezou.people.models import Person

router = Router(tags=["manuscripts"])


@router.get("", response=ManuscriptPage, auth=Token("manuscript.read"), operation_id="list_manuscripts")
def listing(
    request: DoorRequest,
    state: State | None = None,
    kind: Word | None = None,
    after: str | None = None,
    limit: Size = SIZE,
) -> Any:
    """The pieces you may see, last touched first; internal ones stay out."""
    rows = manuscripts(request.person.agency_id).exclude(content_class=INTERNAL)
    wanted = {"state": state, "kind": kind}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value is not None})
    found = visible_page(request.person, rows, after=unseal("manuscripts", after) or "", size=limit)
    items = [manuscript_line(piece) for piece in found.rows]
    return ManuscriptPage(items=items, next=seal("manuscripts", found.after))


@router.post(
    "",
    response={201: ManuscriptTold},
    auth=Token("manuscript.create"),
    operation_id="create_manuscript",
    openapi_extra=ONCE,
)
def create(request: DoorRequest, response: HttpResponse, sent: Piece) -> Any:
    """Begin a piece from a text; its first line is the title."""
    me = request.person
    made = once(request, response, lambda: pieces.create(by=me, **_arguments(me, sent)).pk)
    return _told(me, UUID(made), response)


@router.get(
    "/{uuid:manuscript_id}",
    response=ManuscriptTold,
    auth=Token("manuscript.read"),
    operation_id="read_manuscript",
)
def read(request: DoorRequest, response: HttpResponse, manuscript_id: UUID) -> Any:
    """A piece: its newest text, its authors, the seats of its round, what you may do with it now."""
    return _told(request.person, manuscript_id, response)


@router.put(
    "/{uuid:manuscript_id}",
    response=ManuscriptTold,
    auth=Token("manuscript.edit"),
    operation_id="keep_manuscript",
    openapi_extra=AT_REVISION,
)
def keep(request: DoorRequest, response: HttpResponse, manuscript_id: UUID, sent: Kept) -> Any:
    """Keep text, labels and authors of a piece that is with its writers; a new version if they differ."""
    me = request.person
    request.about = piece = find_open_manuscript(me, manuscript_id)
    with act(me):
        revision = revision_of(request, sent.revision)
        pieces.revise(by=me, manuscript=piece, revision=revision, **_arguments(me, sent))
        wake(me.agency_id)
    return _told(me, piece.pk, response)


@router.get(
    "/{uuid:manuscript_id}/versions",
    response=VersionPage,
    auth=Token("manuscript.read"),
    operation_id="list_versions",
)
def versions(request: DoorRequest, manuscript_id: UUID, after: str | None = None, limit: Size = SIZE) -> Any:
    """The versions of a piece, newest first; internal ones stay out."""
    piece = find_open_manuscript(request.person, manuscript_id)
    rows, following = page_of(open_versions(piece), "versions", "-number", after=after, size=limit)
    return VersionPage(items=[version_line(row) for row in rows], next=following)


@router.get(
    "/{uuid:manuscript_id}/versions/{int:number}",
    response=VersionTold,
    auth=Token("manuscript.read"),
    operation_id="read_version",
)
def read_version(request: DoorRequest, manuscript_id: UUID, number: int) -> Any:
    """One version with its text and the files that went with it."""
    piece = find_open_manuscript(request.person, manuscript_id)
    return version_told(not_internal(version(piece, number)))


@router.post(
    "/{uuid:manuscript_id}/readers",
    response=ManuscriptTold,
    auth=Token("manuscript.admit_reader"),
    operation_id="admit_reader",
    openapi_extra=ONCE_AT_REVISION,
)
def admit_reader(request: DoorRequest, response: HttpResponse, manuscript_id: UUID, sent: ReaderSent) -> Any:
    """Let somebody read a piece of yours who could not before."""
    me = request.person
    request.about = piece = find_open_manuscript(me, manuscript_id)
    [reader] = persons_of(me, [sent.person])

    def do() -> UUID:
        revision = revision_of(request, sent.revision)
        return pieces.admit_reader(by=me, manuscript=piece, revision=revision, reader=reader).pk

    once(request, response, do)
    return _told(me, piece.pk, response)


def _told(person: Person, manuscript_id: UUID, response: HttpResponse) -> ManuscriptTold:
    """The piece as it is now, and its revision as ETag."""
    piece: Manuscript = find_open_manuscript(person, manuscript_id)
    etag(response, piece.revision)
    return manuscript_told(person, piece)


def _arguments(person: Person, sent: Piece) -> dict[str, Any]:
    """What an action keeps; raises Forbidden for an internal piece, NotFound for an author nobody knows."""
    refuse_internal(sent.content_class)
    named = [person] if sent.authors is None else persons_of(person, sent.authors)
    labels = ("text", "kind", "content_class", "openness")
    return {**{name: getattr(sent, name) for name in labels}, "named": named}
