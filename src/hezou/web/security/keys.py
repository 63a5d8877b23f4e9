"""What pages tell the island that speaks with security keys."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def as_json(options: Mapping[str, Any]) -> str:
    """A ceremony's options as the standard writes them in JSON: bytes in URL-safe base64."""
    return json.dumps(_plain(options))


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value
