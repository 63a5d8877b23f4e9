"""Why not, as RFC 9457 says it: the message's code is the type, its parameters come along."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.translation import get_language_from_request, gettext

from hezou.api.rules.frame import FAILED, MALFORMED, NO_TOKEN, ROOT, TOO_LARGE, WRONG_METHOD
from hezou.kernel.errors import FORBIDDEN, NOT_FOUND, Refusal, Stale
from hezou.kernel.messages import Message, define, render
from hezou.packs.rules import Label

MEDIA_TYPE = "application/problem+json"
TITLES = {
    400: define("api.title_400", "The request cannot be read"),
    401: define("api.title_401", "A token is needed"),
    403: define("api.title_403", "Not allowed"),
    404: define("api.title_404", "Not found"),
    405: define("api.title_405", "Not at this address"),
    409: define("api.title_409", "Changed in the meantime"),
    413: define("api.title_413", "Too large"),
    415: define("api.title_415", "Of another type"),
    422: define("api.title_422", "A rule says no"),
    429: define("api.title_429", "Too many requests"),
    500: define("api.title_500", "Something went wrong here"),
}
"""Status → what such problems have in common; no other status says that something was not done."""


class Unknown(Refusal):
    """Nobody is known by what was sent (401)."""

    status = 401


class Unreadable(Refusal):
    """What was sent is no request of this door (400)."""

    status = 400


class OtherType(Refusal):
    """The body is of a type that is not taken (415)."""

    status = 415


class TooMany(Refusal):
    """More requests than one token has (429); `wait` in seconds."""

    status = 429

    def __init__(self, message: Message, *, wait: int) -> None:
        super().__init__(message)
        self.wait = wait


class Problems:
    """Middleware: whatever goes wrong below the door's root is answered as a problem, whoever noticed it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_told = response.headers.get("Content-Type") == MEDIA_TYPE
        if not request.path.startswith(ROOT) or response.status_code < 400 or is_told:
            return response
        status = response.status_code if response.status_code in TITLES else 500
        answer = problem(request, status, [_general(request, status)])
        if "Allow" in response.headers:
            answer["Allow"] = response["Allow"]
        return answer


def problem(request: HttpRequest, status: int, messages: Iterable[Message], **more: object) -> HttpResponse:
    """The answer for messages, in the language that was asked for; `more` are further members."""
    with translation.override(get_language_from_request(request)):
        errors = [as_told(message) for message in messages]
        body = {**errors[0], "title": gettext(TITLES[status].sentence), "status": status, **more}
        return JsonResponse({**body, "errors": errors}, status=status, content_type=MEDIA_TYPE)


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The answer to a refusal; a stale write learns the revision there is now."""
    status = refusal.status if refusal.status in TITLES else 422
    messages = refusal.messages or (_general(request, status),)
    more = {"revision": _revision(request)} if isinstance(refusal, Stale) else {}
    answer = problem(request, status, messages, **more)
    if isinstance(refusal, TooMany):
        answer["Retry-After"] = str(refusal.wait)
    if isinstance(refusal, Unknown):
        answer["WWW-Authenticate"] = "Bearer"
    return answer


def as_told(message: Message) -> dict[str, Any]:
    """A message with its parameters, in the language in force."""
    params = {name: _told(value) for name, value in message.params.items()}
    return {"type": message.code, "detail": _sentence(message), "params": params}


def _sentence(message: Message) -> str:
    return render(message, gettext, translation.get_language() or "zh")


def _told(value: Any) -> Any:
    """A parameter as JSON: names and messages in words, days as days, of several each."""
    if isinstance(value, tuple | list):
        return [_told(one) for one in value]
    if isinstance(value, Message):
        return _sentence(value)
    if isinstance(value, Label):
        return value.of(translation.get_language() or "zh")
    return value if isinstance(value, str | int | float | bool) else str(value)


def _general(request: HttpRequest, status: int) -> Message:
    """What is said where nobody said more."""
    said = {
        400: MALFORMED,
        401: NO_TOKEN,
        403: FORBIDDEN,
        404: NOT_FOUND,
        413: TOO_LARGE,
    }
    if status == 405:
        return WRONG_METHOD(method=request.method)
    return said.get(status, FAILED)()


def _revision(request: HttpRequest) -> int | None:
    """The revision of the thing the request is about, as it is now."""
    about = getattr(request, "about", None)
    if about is None:
        return None
    rows = type(about)._default_manager.filter(pk=about.pk)
    found: int | None = rows.values_list("revision", flat=True).first()
    return found
