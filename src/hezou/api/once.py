"""One press: the second with the same key gets the first answer, without anything being done again."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from hezou.api.door import DoorRequest
from hezou.api.jobs import wake
from hezou.api.problems import Unreadable
from hezou.api.rules.frame import KEY, KEY_REUSED, NO_KEY, NO_REVISION
from hezou.audit.actions import act
from hezou.kernel.errors import AlreadyDone, Refused

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
_VISIBLE = re.compile(rf"[\x21-\x7e]{{1,{KEY}}}")
_ETAG = re.compile(r'"?(\d{1,9})"?')


def once(request: DoorRequest, response: HttpResponse, do: Callable[[], object]) -> str:
    """Do it as one act; the id of what came of it, as `do` or the first press gave it.

    Raises Unreadable without a key, Refused for a key that another request was sent with.
    """
    key = request.headers.get(HEADER, "")
    if not _VISIBLE.fullmatch(key):
        raise Unreadable(NO_KEY(most=KEY))
    print_ = _fingerprint(request)
    try:
        with act(request.person, deed=_deed(request, key)) as pressed:
            made = str(do())
            pressed.target = f"{print_} {made}"
            wake(request.person.agency_id)
        return made
    except AlreadyDone as done:
        first, _, made = done.target.partition(" ")
        if not constant_time_compare(first, print_):
            raise Refused(KEY_REUSED()) from None
        response[REPLAYED] = "true"
        return made


def revision_of(request: DoorRequest, given: int | None) -> int:
    """The revision the sender saw, as the body or If-Match names it. Raises Refused for none, or for two."""
    header = request.headers.get("If-Match")
    found = _ETAG.fullmatch(header) if header is not None else None
    if header is not None and found is None:
        raise Refused(NO_REVISION())
    named = {given} - {None} | ({int(found[1])} if found else set())
    if len(named) != 1:
        raise Refused(NO_REVISION())
    [revision] = named
    assert revision is not None
    return revision


def etag(response: HttpResponse, revision: int) -> None:
    """Name the revision of what is answered, as If-Match takes it."""
    response["ETag"] = f'"{revision}"'


def _deed(request: DoorRequest, key: str) -> UUID:
    """The deed of a key: of one token, and never one that a page drew."""
    return UUID(
        bytes=salted_hmac("hezou.api.deed", f"{request.token.pk} {key}", algorithm="sha256").digest()[:16]
    )


def _fingerprint(request: DoorRequest) -> str:
    """What tells two requests apart, without telling what they say (the body may be a text)."""
    said = f"{request.method} {request.path} {request.headers.get('If-Match', '')}\n".encode() + request.body
    return salted_hmac("hezou.api.request", said, algorithm="sha256").hexdigest()[:32]
