"""Bytes that people brought in, as an answer in which no browser runs anything."""

from __future__ import annotations

from typing import TypeVar

from django.http import HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header

from hezou.files.models import Blob

SANDBOX = "default-src 'none'; sandbox"
"""A policy of its own for what people brought in: nothing runs in it, nothing is loaded by it."""
ENDINGS = {"image/png": "png", "image/jpeg": "jpeg", "application/pdf": "pdf"}
"""Type of what bears no name of its own → how its name ends."""

R = TypeVar("R", bound=HttpResponseBase)


def served(blob: Blob, data: bytes, *, name: str = "", is_shown: bool = False) -> HttpResponse:
    """The bytes of a blob under a name (by default the beginning of its hash); `is_shown`: in the window."""
    response = HttpResponse(data, content_type=blob.content_type)
    shown_name = name or f"{blob.sha256[:12]}.{ENDINGS.get(blob.content_type, 'bin')}"
    response["Content-Disposition"] = content_disposition_header(not is_shown, shown_name) or ""
    return guarded(response)


def guarded(response: R) -> R:
    """The response as a browser may hold it: asked for again each time, typed as said, sandboxed."""
    response["Cache-Control"] = "private, no-cache"
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    return response
