"""The seal: SHA-256 over a canonical envelope of all a decision is bound to (design §4)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from hezou.kernel.text import NORM, normalise, picture_hashes, title_of


@dataclass(frozen=True)
class Envelope:
    """What a seal covers: `text` normalised by `norm`, `salt` 32 hex digits kept with the version."""

    kind: str
    content_class: str
    openness: str
    text: str
    salt: str
    norm: int = NORM
    attachments: tuple[str, ...] = field(default=())

    def seal(self) -> str:
        """64 hex digits."""
        canonical = {
            "norm": self.norm,
            "kind": self.kind,
            "class": self.content_class,
            "openness": self.openness,
            "title": title_of(self.text),
            "text": self.text,
            "files": [*picture_hashes(self.text), *self.attachments],
            "salt": self.salt,
        }
        body = json.dumps(canonical, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(body.encode()).hexdigest()


def envelope(
    *,
    kind: str,
    content_class: str,
    openness: str,
    text: str,
    salt: str,
    attachments: Iterable[str] = (),
) -> Envelope:
    """The envelope of a text as given (normalises it). Raises ValueError for what is no text.

    `attachments`: the SHA-256 of each, in order.
    """
    return Envelope(kind, content_class, openness, normalise(text), salt, attachments=tuple(attachments))
