"""Codes of authenticator apps: HOTP (RFC 4226) and TOTP (RFC 6238) with SHA-1, six digits, thirty seconds."""

from __future__ import annotations

import base64
import hmac
import secrets
from urllib.parse import quote, urlencode

DIGITS, PERIOD = 6, 30
DRIFT = 1
"""Steps that a telephone's clock may be off, either way."""


def new_secret() -> str:
    """160 random bits in base32, as apps take them."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def code_at(secret: str, step: int) -> str:
    """The code of one step of thirty seconds."""
    digest = hmac.digest(base64.b32decode(secret), step.to_bytes(8, "big"), "sha1")
    place = digest[-1] & 0x0F
    number = int.from_bytes(digest[place : place + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def step_of(seconds: float) -> int:
    """The step that an instant (seconds since 1970) lies in."""
    return int(seconds) // PERIOD


def match(secret: str, typed: str, seconds: float, used: int) -> int | None:
    """The step whose code was typed, if it is one of now and later than the last one `used`; else None."""
    code = "".join(typed.split())
    if not (code.isascii() and code.isdigit()):
        return None
    now = step_of(seconds)
    steps = [step for step in range(now - DRIFT, now + DRIFT + 1) if step > used]
    found = [step for step in steps if hmac.compare_digest(code_at(secret, step), code)]
    return found[0] if found else None


def address(secret: str, *, issuer: str, account: str) -> str:
    """The `otpauth:` address that apps read from a square code (Google Authenticator's key URI format)."""
    label = quote(f"{issuer}:{account}")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': issuer}, quote_via=quote)}"
