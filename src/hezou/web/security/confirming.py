"""Acts on what protects an account ask for the password again, when it was not typed just now."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from hezou.kernel import clock
from hezou.web.shell import PageRequest

F = TypeVar("F", bound=Callable[..., HttpResponseBase])

FRESH = 15 * 60
"""Seconds for which a password counts as just typed."""


def confirmed(view: F) -> F:
    """A view for somebody who typed the password just now; others type it first."""

    @wraps(view)
    def run(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_fresh(request):
            back = request.get_full_path() if request.method == "GET" else reverse("security")
            return HttpResponseRedirect(confirm_first(back))
        return view(request, *args, **kwargs)

    return run  # type: ignore[return-value]


def confirm_first(back: str) -> str:
    """The address that asks for the password and then leads back."""
    return f"{reverse('confirm')}?{urlencode({'next': back})}"


def is_fresh(request: PageRequest) -> bool:
    """Whether the password was typed just now."""
    said = [
        one["at"] for one in get_authentication_records(request, request.user) if one["method"] == "password"
    ]
    return bool(said) and clock.now().timestamp() - max(said) < FRESH
