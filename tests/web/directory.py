"""What the tests of the directory's pages share."""

from __future__ import annotations

from django.test import Client

from hezou.kernel.ids import uuid7
from hezou.people.models import Person
from tests.web.reading import Answer


def post(client: Client, address: str, **typed: object) -> Answer:
    """Send a form with a deed of its own."""
    return client.post(address, {"deed": str(uuid7()), **typed})


def url(person: Person, what: str = "") -> str:
    """A person's page, or what is done from it."""
    return f"/people/{person.pk}{what}"
