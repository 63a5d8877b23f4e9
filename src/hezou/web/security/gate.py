"""How often passwords and codes may be tried: budgets of `people.rules.budgets`, kept in the cache.

A device is known by a signed cookie that an earlier log-in left. What strangers do never touches its budget.
"""

from __future__ import annotations

import hashlib
import logging
import math
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from allauth.core.internal.httpkit import get_client_ip
from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase

from hezou.kernel import clock
from hezou.people.models import Account
from hezou.people.rules.budgets import (
    ACCOUNT,
    ACCOUNT_AND_SOURCE,
    CODE_KNOWN,
    CODE_STRANGERS,
    CONFIRMING,
    HOUR,
    KNOWN_DEVICE,
    SOURCE,
    Budget,
)

log = logging.getLogger("hezou.security")

REMEMBERED = timedelta(days=180)
"""How long a device is known after a log-in."""
MOST_ACCOUNTS = 8
"""Accounts that one device is known for; colleagues share an office PC."""
SALT = "hezou.device"
LOCKED_FOR, TRIES, PATIENCE = 5, 200, 0.01


class Throttled(Exception):
    """Too many failures; `seconds` until the next attempt is looked at."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = max(1, math.ceil(seconds))


@dataclass(frozen=True)
class Attempt:
    """An attempt that may be made. It counts as failed from the start; `forgive` takes that back."""

    spent: tuple[tuple[str, float], ...]

    def forgive(self) -> None:
        """The attempt was right."""
        for key, at in self.spent:
            with _locked(key):
                kept: list[float] = cache.get(key, [])
                cache.set(key, [one for one in kept if one != at], HOUR)


def admit_password(request: HttpRequest, username: str, account: Account | None) -> Attempt:
    """Whether a password may be tried at a name, which need not exist. Raises Throttled."""
    name = username.strip().lower()
    if account is not None and is_known(request, account):
        return _admit((KNOWN_DEVICE, f"{name} {_device(request)}"))
    source = get_client_ip(request) or ""
    return _admit((ACCOUNT_AND_SOURCE, f"{name} {source}"), (SOURCE, source), (ACCOUNT, name))


def admit_code(request: HttpRequest, account: Account) -> Attempt:
    """Whether a code may be tried behind a password that was right. Raises Throttled."""
    if is_known(request, account):
        return _admit((CODE_KNOWN, f"{account.pk} {_device(request)}"))
    return _admit((CODE_STRANGERS, str(account.pk)))


def admit_confirmation(request: HttpRequest, account: Account) -> Attempt:
    """Whether somebody at an open session may say its password again. Raises Throttled."""
    return _admit((CONFIRMING, f"{account.pk} {request.session.session_key}"))


def is_known(request: HttpRequest, account: Account) -> bool:
    """Whether this account was logged in to from this device before."""
    return str(account.pk) in _cookie(request)["accounts"]


def remember(request: HttpRequest, response: HttpResponseBase, account: Account) -> None:
    """Leave the cookie by which the device is known from now on."""
    found = _cookie(request)
    others = [one for one in found["accounts"] if one != str(account.pk)]
    device = {"id": found["id"], "accounts": [*others, str(account.pk)][-MOST_ACCOUNTS:]}
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps(device, salt=SALT),
        max_age=REMEMBERED,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _cookie(request: HttpRequest) -> dict[str, Any]:
    """What the device's cookie says; a fresh device's without one, or with one that is not ours."""
    try:
        found: dict[str, Any] = signing.loads(
            request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), salt=SALT, max_age=REMEMBERED
        )
    except signing.BadSignature:
        return {"id": secrets.token_urlsafe(16), "accounts": []}
    return found


def _device(request: HttpRequest) -> str:
    device: str = _cookie(request)["id"]
    return device


def _admit(*wanted: tuple[Budget, str]) -> Attempt:
    """Spend one of each budget of somebody, or none of any."""
    spent: list[tuple[str, float]] = []
    for budget, whose in wanted:
        key = _key(budget, whose)
        with _locked(key) as is_mine:
            now = clock.now().timestamp()
            kept: list[float] = cache.get(key, [])
            wait = budget.wait(kept, now) if is_mine else 1
            if not wait:
                cache.set(key, [*budget.recent(kept, now), now], budget.window)
                spent.append((key, now))
        if wait:
            Attempt(tuple(spent)).forgive()
            log.warning("attempt refused", extra={"budget": budget.name})
            raise Throttled(wait)
    return Attempt(tuple(spent))


def _key(budget: Budget, whose: str) -> str:
    """Names and addresses are hashed: the cache's table need not show them."""
    digest = hashlib.sha256(whose.encode()).hexdigest()
    return f"gate:{budget.name}:{digest}"


@contextmanager
def _locked(key: str) -> Iterator[bool]:
    """Hold the budget's row; False when it was not to be had in time. Guesses sent side by side all count."""
    lock = f"{key}:lock"
    for _ in range(TRIES):
        if cache.add(lock, value=True, timeout=LOCKED_FOR):
            break
        time.sleep(PATIENCE)
    else:
        yield False
        return
    try:
        yield True
    finally:
        cache.delete(lock)
