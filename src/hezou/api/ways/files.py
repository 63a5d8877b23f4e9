"""Files: what goes with a piece, what its texts show; given and taken as bytes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from hezou.access.by_token import find_open_manuscript, open_file
from hezou.api.door import DoorRequest, Token
from hezou.api.jobs import wake
from hezou.api.once import etag, once, revision_of
from hezou.api.openapi import AT_REVISION, BYTES, ONCE, ONCE_AT_REVISION
from hezou.api.shapes.common import fields
from hezou.api.shapes.files import FileSent, HeldFiles, HeldTold, PictureSent, PictureTold
from hezou.audit.actions import act
from hezou.files.actions import put
from hezou.files.queries import data_of
from hezou.files.rules import NOT_KEPT, admit
from hezou.files.serving import served
from hezou.kernel.errors import NotFound, Refused
from hezou.manuscripts import actions as pieces
from hezou.manuscripts.models import Manuscript
from hezou.manuscripts.queries import attachments
from hezou.manuscripts.rules.incoming import enclosure

router = Router(tags=["files"])


@router.get(
    "/manuscripts/{uuid:manuscript_id}/attachments",
    response=HeldFiles,
    auth=Token("manuscript.read"),
    operation_id="list_attachments",
)
def listing(request: DoorRequest, manuscript_id: UUID) -> Any:
    """The files that go with a piece now."""
    return _held(find_open_manuscript(request.person, manuscript_id))


@router.post(
    "/manuscripts/{uuid:manuscript_id}/attachments",
    response={201: HeldFiles},
    auth=Token("manuscript.edit"),
    operation_id="attach_file",
    openapi_extra=ONCE_AT_REVISION,
)
def attach(request: DoorRequest, response: HttpResponse, manuscript_id: UUID, sent: FileSent) -> Any:
    """Put a file behind the others of a piece that is with its writers; its kind is told by its bytes."""
    me = request.person
    request.about = piece = find_open_manuscript(me, manuscript_id)
    file = enclosure(sent.content, sent.name)  # type: ignore[arg-type]  # bytes once it is validated
    put(me.agency_id, file.content)

    def do() -> UUID:
        revision = revision_of(request, sent.revision)
        return pieces.attach(by=me, manuscript=piece, revision=revision, enclosure=file).pk

    once(request, response, do)
    return _after(request, response, piece)


@router.delete(
    "/manuscripts/{uuid:manuscript_id}/attachments/{uuid:attachment_id}",
    response=HeldFiles,
    auth=Token("manuscript.edit"),
    operation_id="detach_file",
    openapi_extra=AT_REVISION,
)
def detach(request: DoorRequest, response: HttpResponse, manuscript_id: UUID, attachment_id: UUID) -> Any:
    """Take a file away, at the revision that If-Match names; versions sealed with it keep it."""
    me = request.person
    request.about = piece = find_open_manuscript(me, manuscript_id)
    found = attachments(piece).filter(pk=attachment_id).first()
    if found is None:
        raise NotFound
    with act(me):
        revision = revision_of(request, None)
        pieces.detach(by=me, manuscript=piece, revision=revision, attachment=found)
        wake(me.agency_id)
    return _after(request, response, piece)


@router.get(
    "/manuscripts/{uuid:manuscript_id}/files/{sha256}",
    auth=Token("manuscript.read"),
    operation_id="read_file",
    openapi_extra=BYTES,
)
def read(request: DoorRequest, manuscript_id: UUID, sha256: str) -> Any:
    """The bytes of an attachment or picture of a piece, by their SHA-256; those of internal versions stay."""
    blob, name = open_file(find_open_manuscript(request.person, manuscript_id), sha256)
    return served(blob, data_of(blob), name=name)


@router.post(
    "/pictures",
    response={201: PictureTold},
    auth=Token("manuscript.edit"),
    operation_id="bring_picture",
    openapi_extra=ONCE,
)
def bring(request: DoorRequest, response: HttpResponse, sent: PictureSent) -> Any:
    """Bring in a picture that texts of yours may show from now on."""
    content = admit(sent.content)  # type: ignore[arg-type]  # bytes once it is validated
    if not content.is_picture:
        raise Refused(NOT_KEPT())
    put(request.person.agency_id, content)

    def do() -> str:
        pieces.bring_pictures(by=request.person, pictures=[content])
        return content.sha256

    sha256 = once(request, response, do)
    return PictureTold(sha256=sha256, line=f"![](file:{sha256})")


def _after(request: DoorRequest, response: HttpResponse, piece: Manuscript) -> HeldFiles:
    """The files as they are now, and the piece's revision as ETag."""
    fresh = find_open_manuscript(request.person, piece.pk)
    etag(response, fresh.revision)
    return _held(fresh)


def _held(piece: Manuscript) -> HeldFiles:
    rows = attachments(piece)
    items = [
        HeldTold(id=one.pk, name=one.name, **fields(one.blob, "sha256", "size", "content_type"))
        for one in rows
    ]
    return HeldFiles(items=items)
