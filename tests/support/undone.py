"""A block of a test whose writes are gone after it: for properties, which run a body many times."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def undone() -> Iterator[None]:
    """Whatever the block writes is gone after it. Acts inside take it for the test's own transaction."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]  # durable blocks look at it, as in Django's TestCase
    with block:
        yield
        transaction.set_rollback(True)
