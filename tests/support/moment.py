"""What time it is for the whole product: for the test itself and for the threads of its server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse

from hezou.kernel import clock

ZONE = ZoneInfo("Asia/Shanghai")


class Moved:
    """Middleware: while a test has moved the time, a request is answered at that time.

    The clock is moved for one thread, and the server answers each request in a thread of its own.
    """

    ahead: ClassVar[timedelta | None] = None

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self.ahead is None:
            return self.get_response(request)
        with clock.moved_to(datetime.now(UTC) + self.ahead):
            return self.get_response(request)


@contextmanager
def it_is(moment: str) -> Iterator[None]:
    """Within the block it is this time in Beijing (`2026-04-02 21:30`) and goes on from there."""
    before = Moved.ahead
    instant = datetime.fromisoformat(moment).replace(tzinfo=ZONE)
    Moved.ahead = instant - datetime.now(UTC)
    try:
        with clock.moved_to(instant):
            yield
    finally:
        Moved.ahead = before
