"""The door with all its ways."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig
from ninja.errors import HttpError, ValidationError

from hezou.api.door import (
    NOTHING,
    Door,
    Token,
    on_http_error,
    on_refusal,
    on_too_large,
    on_wrong_values,
)
from hezou.api.rules.frame import ROOT
from hezou.api.ways import around, attendance, files, hooks, manuscripts, recording, review, submissions
from hezou.kernel.errors import Refusal

door = Door(
    title="Hezou",
    version="1",
    description="The same actions as the pages, by token. docs/reference/api.md says how.",
    docs_url=None,
    auth=Token(NOTHING),
    urls_namespace="door",
)
door.add_exception_handler(Refusal, on_refusal)
door.add_exception_handler(ValidationError, on_wrong_values)
door.add_exception_handler(HttpError, on_http_error)
door.add_exception_handler(RequestDataTooBig, on_too_large)
door.add_router("/manuscripts", manuscripts.router)
door.add_router("/webhooks", hooks.router)
for ways in (files, review, recording, submissions, around, attendance):
    door.add_router("", ways.router)

__all__ = ["ROOT", "door"]
