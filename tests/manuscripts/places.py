"""Every place in our tables where a text stands: for tests that say something was never written."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import Model


def places_of(needle: str) -> list[str]:
    """`Table.column` of every stored value that holds the text, packed texts included."""
    return sorted(
        f"{model.__name__}.{column}"
        for model in tables()
        for row in model._default_manager.values()
        for column, value in row.items()
        if needle in _readable(value)
    )


def rows_in_all_tables() -> dict[str, int]:
    """How many rows each of our tables has."""
    return {model.__name__: model._default_manager.count() for model in tables()}


def tables() -> Iterator[type[Model]]:
    return (model for model in apps.get_models() if model.__module__.startswith("hezou."))


def _readable(value: Any) -> str:
    if isinstance(value, bytes | memoryview):
        return zlib.decompress(bytes(value)).decode()
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)
