"""Signatures of what hooks are told, as the Standard Webhooks specification writes them."""

from __future__ import annotations

import base64
import hashlib
import hmac
from uuid import UUID


def secret_of(hook_id: UUID, key: str) -> bytes:
    """The 32 bytes by which a hook's deliveries are signed, from the installation's key: none is stored."""
    return hmac.digest(key.encode(), b"hezou.api.hook " + hook_id.bytes, hashlib.sha256)


def written(secret: bytes) -> str:
    """A secret as its owner gets it, once: `whsec_` and base 64."""
    return "whsec_" + base64.b64encode(secret).decode()


def signature(secret: bytes, message: str, timestamp: int, body: bytes) -> str:
    """`v1,` and the HMAC-SHA256 over id, Unix seconds and body, joined by points, in base 64."""
    signed = f"{message}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(secret, signed, hashlib.sha256)).decode()
