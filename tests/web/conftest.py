"""What every page's test starts from: an office, somebody logged in, and English sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.utils import translation

from tests.support.office import Office, found_office

LogIn = Callable[..., Client]


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Tests name the sentences of the sources, whatever the catalogue makes of them."""
    with translation.override("en"):
        yield


@pytest.fixture
def office(db: None) -> Office:
    """A small agency with the shipped rules."""
    return found_office()


@pytest.fixture
def log_in(office: Office) -> LogIn:
    """`log_in("writer")` is the browser of a person of the office."""

    def enter(key: str, where: Office = office) -> Client:
        client = Client()
        client.force_login(where.account(key), backend="hezou.access.backend.Backend")
        client.get("/healthz")  # a session's first answer writes down where it is open
        return client

    return enter
