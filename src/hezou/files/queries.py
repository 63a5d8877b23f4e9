"""Reading blobs."""

from __future__ import annotations

from uuid import UUID

from hezou.files import disk
from hezou.files.models import Blob
from hezou.kernel.errors import NotFound


def blob(agency_id: UUID, sha256: str) -> Blob:
    """The blob of an agency with this hash; NotFound otherwise."""
    found = Blob.objects.filter(agency_id=agency_id, sha256=sha256).first()
    if found is None:
        raise NotFound
    return found


def data_of(found: Blob) -> bytes:
    """The bytes of a blob; NotFound where the disk has lost or altered them."""
    data = disk.read(found.agency_id, found.sha256)
    if data is None:
        raise NotFound
    return data
