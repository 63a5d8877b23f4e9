"""The door: by which token, for which verb, how often; and what becomes of refusals on the way."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.security import HttpBearer

from hezou.access import models
from hezou.access.actions import note_use
from hezou.access.by_token import verbs_of
from hezou.access.queries import bearer, token_of
from hezou.api.openapi import completed
from hezou.api.problems import OtherType, TooMany, Unknown, Unreadable, problem, refused
from hezou.api.rules.frame import (
    MALFORMED,
    MISSING,
    NO_TOKEN,
    NOT_IN_TOKEN,
    NOT_JSON,
    RATE,
    ROOT,
    TOO_LARGE,
    TOO_MANY,
    UNKNOWN,
    WINDOW,
    WRONG,
)
from hezou.audit.actions import require
from hezou.kernel import clock
from hezou.kernel.errors import Forbidden, Refusal
from hezou.kernel.messages import Message
from hezou.people.models import Person

ANY = "any token"
"""In the place of a verb: open to whoever has a token that holds."""
NOTHING = "nothing"
"""A verb that no token is for: what a way asks that names none itself."""


class DoorRequest(HttpRequest):
    """A request let in: who acts (limited to the token's verbs), by which token, and what it is about."""

    person: Person
    token: models.Token
    about: Any


class Token(HttpBearer):
    """Lets in whoever holds a token for the verb, as often as one may."""

    openapi_description = "A token made on the pages, with the verbs it is for."

    def __init__(self, verb: str) -> None:
        super().__init__()
        self.verb = verb

    def __call__(self, request: Any) -> Person:
        scheme, _, text = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            raise Unknown(NO_TOKEN())
        return self.authenticate(request, text.strip())

    def authenticate(self, request: Any, token: str) -> Person:
        """The bearer. Raises Unknown, TooMany, Forbidden or OtherType."""
        found = token_of(token)
        if found is None:
            raise Unknown(NO_TOKEN())
        spend(found)
        note_use(found)
        request.token, request.person = found, bearer(found)
        if self.verb != ANY:
            if self.verb not in verbs_of(found.verbs):
                raise Forbidden(NOT_IN_TOKEN(verb=self.verb))
            require(request.person, self.verb)
        if request.method in {"POST", "PUT"} and request.content_type != "application/json":
            raise OtherType(NOT_JSON())
        return request.person


class Door(NinjaAPI):
    """Ways whose description is told with their problems."""

    described: dict[str, Any] | None = None

    def get_openapi_schema(self, **given: Any) -> Any:
        """The description of every way, problems and keys included (OpenAPI 3.1); made once."""
        if self.described is None:
            self.described = completed(super().get_openapi_schema(path_prefix=ROOT), self)
        return self.described


def spend(token: models.Token) -> None:
    """Count one request of a token. Raises TooMany beyond the rate.

    Two at the same instant may be counted as one: the limit keeps order, it guards nothing.
    """
    now = int(clock.now().timestamp())
    key = f"api/{token.pk.hex}/{now // WINDOW}"
    count = (cache.get(key) or 0) + 1
    cache.set(key, count, timeout=2 * WINDOW)
    if count > RATE:
        wait = WINDOW - now % WINDOW
        raise TooMany(TOO_MANY(seconds=wait), wait=wait)


def on_refusal(request: HttpRequest, error: Refusal | type[Refusal]) -> HttpResponse:
    """A rule, a right or a limit says no."""
    assert isinstance(error, Refusal)
    return refused(request, error)


def on_wrong_values(request: HttpRequest, error: ValidationError | type[ValidationError]) -> HttpResponse:
    """What was sent has not the form of this way; every place of it is named."""
    assert isinstance(error, ValidationError)
    return problem(request, 422, [_wrong(one) for one in error.errors])


def on_http_error(request: HttpRequest, error: HttpError | type[HttpError]) -> HttpResponse:
    """The body is no JSON."""
    return refused(request, Unreadable(MALFORMED()))


def on_too_large(request: HttpRequest, error: RequestDataTooBig | type[RequestDataTooBig]) -> HttpResponse:
    """More than this installation reads at all."""
    return problem(request, 413, [TOO_LARGE()])


def _wrong(error: dict[str, Any]) -> Message:
    source, *path = (str(part) for part in error["loc"])
    # The body's own name is a name of our source text.
    place = ".".join(path[1:] if source == "body" else path)[:200] or source
    known = {"missing": MISSING, "extra_forbidden": UNKNOWN}.get(error["type"])
    return known(place=place) if known else WRONG(place=place, rule=error["type"])
