"""Headers of every answer that Django has no setting for."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

PERMISSIONS = ("camera", "display-capture", "geolocation", "microphone", "midi", "payment", "usb")
"""What a page may ask a browser for and none of ours does."""


class Headers:
    """Middleware: pages stay in no cache, use no device, and are read by no other site."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # What says for itself how long it may be kept (files, the count of notices) is left alone.
        response.setdefault("Cache-Control", "no-store")
        response.setdefault("Permissions-Policy", ", ".join(f"{name}=()" for name in PERMISSIONS))
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response
