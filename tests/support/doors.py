"""Every address that the product answers, with something in the place of each id."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter

from hezou.kernel.ids import uuid7


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    """Every address of a page, folders opened; the machine door has its own names and tests."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            if one.namespace is None:
                yield from patterns(one)
        else:
            yield one


def doors() -> Iterator[tuple[str, str]]:
    """Name and an address of each named one; ids are of things that do not exist."""
    for pattern in patterns():
        if pattern.name is not None:
            converters = pattern.pattern.converters.items()
            given: dict[str, Any] = {
                name: 1 if isinstance(kind, IntConverter) else uuid7() for name, kind in converters
            }
            yield pattern.name, reverse(pattern.name, kwargs=given)
