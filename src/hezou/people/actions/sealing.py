"""What the log-in library asks of us where second factors are kept: nothing readable in the table."""

from __future__ import annotations

from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings

from hezou.people.rules.keys import Keyring


def keyring() -> Keyring:
    """The keys of this installation."""
    return Keyring(settings.FACTOR_KEYS)


class Adapter(DefaultMFAAdapter):
    """Secrets closed on their way into the table, opened on their way out."""

    def encrypt(self, text: str) -> str:
        return keyring().close(text)

    def decrypt(self, encrypted_text: str) -> str:
        return keyring().open(encrypted_text)
