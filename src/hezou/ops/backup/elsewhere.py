"""A second database beside the one in use."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, connection, connections

from hezou.kernel.errors import Refused
from hezou.kernel.messages import define

ALIAS = "elsewhere"

WRONG_ADDRESS = define(
    "move.wrong_address", "Give an address as postgresql://user@host/name or sqlite:///path."
)
SAME = define("move.same", "This is the database in use.")


@contextmanager
def opened(url: str) -> Iterator[str]:
    """The alias of the database at an address, for the block. Raises Refused for a wrong one."""
    try:
        place = settings.DATABASE_AT(url)
    except ImproperlyConfigured:
        raise Refused(WRONG_ADDRESS()) from None
    if all(
        str(place[key]) == str(connection.settings_dict[key]) for key in ("ENGINE", "NAME", "HOST", "PORT")
    ):
        raise Refused(SAME())
    # Django fills in what is not said for its own list only.
    connections.settings[ALIAS] = connections.configure_settings({DEFAULT_DB_ALIAS: place})[DEFAULT_DB_ALIAS]
    try:
        yield ALIAS
    finally:
        connections[ALIAS].close()
        del connections[ALIAS]
        del connections.settings[ALIAS]
