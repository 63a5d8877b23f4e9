"""What encrypts secrets at rest: Fernet (AES-128-CBC with HMAC-SHA-256) under keys that can be replaced."""

from __future__ import annotations

from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class WrongKey(Exception):
    """No key that is given opens the secret; the message names neither."""


class Keyring:
    """Keys, the newest first: the first encrypts, each of them opens."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._ring = MultiFernet([Fernet(key) for key in keys])

    def close(self, text: str) -> str:
        return self._ring.encrypt(text.encode()).decode()

    def open(self, closed: str) -> str:
        """What was closed. Raises WrongKey."""
        try:
            return self._ring.decrypt(closed.encode()).decode()
        except InvalidToken:
            raise WrongKey from None

    def renew(self, closed: str) -> str:
        """The same secret under the newest key. Raises WrongKey."""
        try:
            return self._ring.rotate(closed.encode()).decode()
        except InvalidToken:
            raise WrongKey from None
