"""A name for a thing of an upper room, used below without a foreign key; and who acts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID


@dataclass(frozen=True)
class Ref:
    """`Ref("manuscript", id)`: the code noun and the id as text."""

    kind: str
    id: str

    @classmethod
    def to(cls, thing: Any) -> Ref:
        """The reference to a model row: its lower-case class name and primary key."""
        return cls(type(thing).__name__.lower(), str(thing.pk))


class Actor(Protocol):
    """Whoever acts: a person of an agency, or the installation itself."""

    @property
    def id(self) -> UUID: ...

    @property
    def agency_id(self) -> UUID: ...

    def has_perm(self, perm: str, obj: Any = None) -> bool: ...
