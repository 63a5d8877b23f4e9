"""What a database holds, told in the same words by both engines and by every version of the tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from hezou.kernel.ids import NIL

Query = Callable[[str], list[tuple[Any, ...]]]
"""Runs one statement of SQL that reads, and gives its rows."""


class Head(NamedTuple):
    """The end of one chain: the agency's id and code (`-` for the installation), number, hash."""

    agency: str
    code: str
    number: int
    hash: str


@dataclass(frozen=True)
class Facts:
    """By these a restored database is compared with the one that was backed up.

    `schema`: the last migration of each app; `tables`: rows per table; `packs`: SHA-256 of every adopted
    document of rules; `blobs`: where the bytes lie in a backup, as `blobs/<agency>/<two digits>/<sha256>`.
    """

    schema: dict[str, str]
    tables: dict[str, int]
    heads: list[Head]
    packs: dict[str, str]
    blobs: list[str]


def gather(query: Query, tables: Iterable[str]) -> Facts:
    """The facts, all read through one query function: give it one snapshot."""
    counts = {name: query(f'SELECT count(*) FROM "{name}"')[0][0] for name in sorted(tables)}  # noqa: S608 - the engine's own list
    return Facts(schema(query), counts, heads(query), _packs(query), _blobs(query))


def schema(query: Query) -> dict[str, str]:
    """The last applied migration of each app; they are numbered."""
    return dict(query("SELECT app, max(name) FROM django_migrations GROUP BY app ORDER BY app"))


def heads(query: Query) -> list[Head]:
    """Every chain's end, in the order of the agencies' ids."""
    codes = {UUID(str(agency)): code for agency, code in query("SELECT id, code FROM people_agency")}
    rows = query("SELECT agency_id, number, hash FROM audit_chain_head")
    found = [(UUID(str(agency)), number, digest) for agency, number, digest in rows]
    return [
        Head(str(agency), "-" if agency == NIL else codes.get(agency, "?"), number, digest)
        for agency, number, digest in sorted(found)
    ]


def _packs(query: Query) -> dict[str, str]:
    rows = query("SELECT agency_id, family, code, number, sha256 FROM packs_packversion")
    named = {f"{UUID(str(a))}/{family}/{code}/{number}": sha256 for a, family, code, number, sha256 in rows}
    return dict(sorted(named.items()))


def _blobs(query: Query) -> list[str]:
    rows = query("SELECT agency_id, sha256 FROM files_blob")
    return sorted(f"blobs/{UUID(str(agency))}/{sha256[:2]}/{sha256}" for agency, sha256 in rows)
