"""Pictures and attachments, to readers of their piece alone, and so that no browser runs anything in them."""

from __future__ import annotations

import re
from uuid import UUID

from django.http import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from hezou.access.scopes import find_manuscript
from hezou.files.actions import page_picture
from hezou.files.queries import data_of
from hezou.files.serving import guarded, served
from hezou.kernel.errors import NotFound
from hezou.manuscripts.queries import file_of
from hezou.web.shell import PageRequest, page

PAGE_SIZE = "page"
"""Value of `?size=` for a picture as pages show it."""

_SHA256 = re.compile("[0-9a-f]{64}")


@page
@require_safe
def file(request: PageRequest, manuscript_id: UUID, sha256: str) -> HttpResponseBase:
    """One file of a piece; pictures are shown (`?size=page`: reduced), everything else is downloaded."""
    manuscript = find_manuscript(request.person, manuscript_id)
    if not _SHA256.fullmatch(sha256):
        raise NotFound
    blob, name = file_of(manuscript, sha256)
    is_reduced = blob.is_picture and request.GET.get("size") == PAGE_SIZE
    etag = f'"{sha256}-{PAGE_SIZE}"' if is_reduced else f'"{sha256}"'
    known = get_conditional_response(request, etag=etag)
    if known is not None:
        return guarded(known)
    data = page_picture(blob) if is_reduced else data_of(blob)
    response = served(blob, data, name=name, is_shown=blob.is_picture)
    response["ETag"] = etag
    return response
