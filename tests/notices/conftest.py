"""What the tests of notices share: an office, and a way out for its e-mail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from hezou.config.env import Post
from hezou.people.models import Account
from tests.support.office import found_office
from tests.support.post import Office as PostOffice
from tests.support.post import post_office


@pytest.fixture
def office(db: None) -> object:
    """A small agency with the shipped rules."""
    return found_office()


@pytest.fixture
def post(settings: Any) -> Iterator[PostOffice]:
    """The installation sends e-mail, to a server of this test."""
    with post_office() as opened:
        mail_through(settings, opened.port)
        yield opened


def mail_through(settings: Any, port: int) -> None:
    """Set what the environment would: a way out on this machine."""
    for name, value in {
        "POST": Post("127.0.0.1", port, "hezou@agency.example"),
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": port,
        "DEFAULT_FROM_EMAIL": "hezou@agency.example",
    }.items():
        setattr(settings, name, value)


def give_address(account: Account) -> str:
    """E-mail reaches this account from now on; where."""
    address = f"{account.username}@agency.example"
    Account.objects.filter(pk=account.pk).update(email=address)
    return address
