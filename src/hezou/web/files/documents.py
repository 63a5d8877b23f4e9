"""Any version of a piece as a .docx, in a layout of choice."""

from __future__ import annotations

import re
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_safe

from hezou.access.scopes import find_manuscript
from hezou.documents.rules import write_docx
from hezou.files.queries import data_of
from hezou.files.serving import guarded
from hezou.kernel.text import picture_hashes
from hezou.manuscripts.models import Manuscript, Version
from hezou.manuscripts.queries import file_of, version
from hezou.web.shell import PageRequest, page

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LAYOUTS: dict[str, Promise] = {
    "plain": gettext_lazy("Plain layout"),
    "official": gettext_lazy("Layout of official documents"),
}
"""Code of a layout of `documents` → what it is called here; the first is the default."""

LONGEST_NAME = 60
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]+')


@page
@require_safe
def docx(request: PageRequest, manuscript_id: UUID, number: int) -> HttpResponseBase:
    """Version `number` as a .docx with its pictures (`?layout=`: a key of `LAYOUTS`)."""
    manuscript = find_manuscript(request.person, manuscript_id)
    wanted = version(manuscript, number)
    layout = request.GET.get("layout", "")
    data = write_docx(
        wanted.text.plain(),
        pictures=pictures_of(manuscript, wanted),
        layout=layout if layout in LAYOUTS else next(iter(LAYOUTS)),
    )
    words = gettext("%(title)s (version %(number)s)")
    return taken_away(data, words % {"title": file_title(manuscript), "number": wanted.number})


def pictures_of(manuscript: Manuscript, wanted: Version) -> dict[str, bytes]:
    """The bytes of every picture line of a version, by SHA-256."""
    hashes = set(picture_hashes(wanted.text.plain()))
    return {sha256: data_of(file_of(manuscript, sha256)[0]) for sha256 in hashes}


def taken_away(data: bytes, name: str) -> HttpResponseBase:
    """A .docx as a download; `name` without its ending."""
    response = HttpResponse(data, content_type=DOCX)
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.docx") or ""
    return guarded(response)


def file_title(manuscript: Manuscript) -> str:
    """The title as part of a name that every file system takes; the number where nothing is left of it."""
    return file_part(manuscript.title) or manuscript.number


def file_part(words: str) -> str:
    """Words as part of a name that every file system takes."""
    return _NOT_IN_NAMES.sub(" ", words).strip(" .")[:LONGEST_NAME].strip(" .")
