"""Units that nobody answers for, and who is asked in their place."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID


def nearest_headed(parents: Mapping[UUID, UUID | None], headed: Collection[UUID]) -> dict[UUID, UUID | None]:
    """Unit without a head → the nearest unit above that has one (None: there is none).

    `parents`: unit → superior. The agency's own unit is left out: it is led by its leaders, not by a head.
    """
    return {
        unit: _above(unit, parents, headed)
        for unit, parent in parents.items()
        if parent is not None and unit not in headed
    }


def _above(unit: UUID, parents: Mapping[UUID, UUID | None], headed: Collection[UUID]) -> UUID | None:
    seen: set[UUID] = set()
    current = parents.get(unit)
    while current is not None and current not in seen:
        if current in headed:
            return current
        seen.add(current)
        current = parents.get(current)
    return None
