"""An agency's rules for the checks: which are off, and what a kind of manuscript must hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Part:
    """A part that a piece must have: it has it when one of the words stands in the text."""

    name: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Pack:
    """Rules for some kinds and channels, empty meaning for all. `source` names who decided them.

    `off` are checks switched off; an error is not the agency's to switch off, and `scan.check` refuses a pack
    that tries. `least` and `most` bound the length (字数 as WPS counts), `parts` must be there.
    """

    code: str
    source: str
    off: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()
    least: int | None = None
    most: int | None = None
    parts: tuple[Part, ...] = ()

    def applies(self, kind: str | None, channel: str | None) -> bool:
        """Whether the pack speaks about this kind and channel."""
        return (not self.kinds or kind in self.kinds) and (not self.channels or channel in self.channels)

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Pack:
        """A pack from a document with these names as keys, `parts` as `{"name": …, "words": […]}`.

        Raises ValueError naming the key that is unknown, missing or of the wrong form.
        """
        unknown = set(document) - set(cls.__dataclass_fields__)
        if unknown:
            raise ValueError(f"unknown key: {', '.join(sorted(unknown))}")
        values: dict[str, Any] = dict(document)
        for key in ("code", "source"):
            if not isinstance(values.get(key), str):
                raise ValueError(f"{key} must be a string")
        for key in ("least", "most"):
            if not isinstance(values.get(key), int | None) or isinstance(values.get(key), bool):
                raise ValueError(f"{key} must be a number")
        for key in ("off", "kinds", "channels"):
            values[key] = frozenset(_strings(key, values.get(key, ())))
        if not isinstance(values.get("parts", ()), list | tuple):
            raise ValueError("parts must be a list")
        values["parts"] = tuple(_part(one) for one in values.get("parts", ()))
        return cls(**values)


def _strings(key: str, value: object) -> list[str]:
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
        raise ValueError(f"{key} must be a list of strings")
    return list(value)


def _part(value: object) -> Part:
    if not isinstance(value, Mapping) or not isinstance(value.get("name"), str):
        raise ValueError("parts must have a name and words")
    return Part(value["name"], tuple(_strings("words", value.get("words"))))
