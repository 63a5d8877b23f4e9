"""Keeping blobs; the only writer of this room's table and folder."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from hezou.files import disk
from hezou.files.models import Blob
from hezou.files.queries import data_of
from hezou.files.rules import Content, reduced
from hezou.kernel import clock


def put(agency_id: UUID, content: Content) -> None:
    """Write the bytes to disk. Called before the act that refers to them: no input or output inside it."""
    disk.write(agency_id, content.sha256, content.data)


def register(agency_id: UUID, content: Content) -> Blob:
    """The row of a blob whose bytes `put` has written; the same bytes give the row there is."""
    row, _ = Blob.objects.get_or_create(
        agency_id=agency_id,
        sha256=content.sha256,
        defaults={
            "content_type": content.content_type,
            "size": len(content.data),
            "width": content.width,
            "height": content.height,
            "stored_at": clock.now(),
        },
    )
    return row


def discard(found: Blob) -> str:
    """Take a blob off the register; the hash under which `remove` finds its bytes after the act.

    Raises ProtectedError while anything refers to it.
    """
    found.delete()
    return found.sha256


def remove(agency_id: UUID, hashes: Iterable[str]) -> None:
    """Take bytes off the disk, reduced copies with them; those that are on the register stay."""
    for sha256 in hashes:
        if not Blob.objects.filter(agency_id=agency_id, sha256=sha256).exists():
            disk.remove(agency_id, sha256)


def page_picture(found: Blob) -> bytes:
    """A picture as pages show it: reduced when it is first asked for, then read from beside the blob.

    Raises NotFound where the disk has lost or altered the picture.
    """
    place = disk.reduced_path_of(found.agency_id, found.sha256)
    if not place.exists():
        disk.write_once(place, reduced(data_of(found)))
    return place.read_bytes()
