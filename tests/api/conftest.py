"""What the tests of the door start from: an office, and programs with tokens of its people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache

from tests.api.machine import Machine
from tests.api.receiver import LOOPBACK, Receiver, receiver
from tests.support.office import Office, found_office

MachineOf = Callable[..., Machine]


@pytest.fixture
def office(db: None) -> Office:
    """A small agency with the shipped rules."""
    return found_office()


@pytest.fixture
def machine(office: Office, _nothing_spent: None) -> MachineOf:
    """`machine("writer")` is a program with a token of a person for everything they may do."""

    def begin(key: str, *verbs: str, where: Office = office) -> Machine:
        return Machine.of(where, key, *verbs)

    return begin


@pytest.fixture
def _nothing_spent(db: None) -> Iterator[None]:
    """The table of the cache, empty."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def there(settings: Any) -> Iterator[Receiver]:
    """A receiver in a network that the environment names."""
    settings.HOOK_NETWORKS = LOOPBACK
    with receiver() as found:
        yield found
