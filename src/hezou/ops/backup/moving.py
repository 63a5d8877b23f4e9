"""The move to another database: in one transaction, with proof that nothing changed on the way."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.models import CharField, F, Model
from django.db.models.functions import Collate

from hezou.audit.models import AuditEntry, ChainHead
from hezou.audit.rules import Break, breaks
from hezou.kernel.errors import Refused
from hezou.kernel.messages import define
from hezou.ops.backup import elsewhere
from hezou.ops.backup.facts import Head, heads, schema
from hezou.ops.backup.failures import told
from hezou.ops.backup.snapshot import ask, frozen

BATCH = 2000
OF_MIGRATE = (Permission, ContentType)
"""`migrate` fills these itself; what it wrote gives way to the rows that are moved."""

NOT_MOVED = define(
    "move.not_moved", "The table {name} belongs to no part of this version and cannot be moved."
)
OTHER_SCHEMA = define("move.other_schema", "The database in use is not at this version. Run: hezou migrate")
NOT_EMPTY = define(
    "move.not_empty", "The database to move to already holds rows of {name}. It must be empty."
)
DIFFERS = define("move.differs", "{name} differs after the move; nothing was kept.")
BROKEN = define(
    "move.broken", "The chain of {code} is broken at entry {number}; nothing was moved. See: hezou verify"
)


@dataclass(frozen=True)
class Moved:
    """A table and the proof: how many rows, and the SHA-256 over them in the order of their keys."""

    table: str
    rows: int
    sha256: str


def move(url: str) -> tuple[list[Moved], list[Head]]:
    """Copy every row into the empty database at `url`, made ready by `migrate` here.

    Writers wait or are refused meanwhile on SQLite; on PostgreSQL what they write is not moved. Returns the
    proof of every table and the heads of all chains, each found equal on both sides before anything was
    kept. Raises Refused; the other database then holds no row and the move is simply repeated.
    """
    with elsewhere.opened(url) as target, told(connections[target].settings_dict["NAME"]):
        _check_covered()
        _check_empty(target)
        call_command("migrate", database=target, interactive=False, verbosity=0)
        call_command("createcachetable", database=target, verbosity=0)
        if schema(ask) != schema(lambda sql: ask(sql, target)):
            raise Refused(OTHER_SCHEMA())
        with frozen(), transaction.atomic(using=target, durable=True):
            found = heads(ask)
            _check_chains(found, DEFAULT_DB_ALIAS)
            for filled in OF_MIGRATE:
                filled._base_manager.using(target).all().delete()
            for model in _models():
                _copy(model, target)
            _set_sequences(target)
            proof = [_proven(model, target) for model in _models()]
            _check_chains(found, target)
        return proof, found


def _models() -> list[type[Model]]:
    """Every table with rows of ours or of Django's, many-to-many tables included."""
    return [m for m in apps.get_models(include_auto_created=True) if m._meta.managed and not m._meta.proxy]


def _check_covered() -> None:
    """Nothing is left behind unsaid. The cache is left: it holds the counts of rate limits, for minutes."""
    left = {cache["LOCATION"] for cache in settings.CACHES.values()} | {"django_migrations"}
    covered = {model._meta.db_table for model in _models()} | left
    for name in sorted(set(connection.introspection.table_names()) - covered):
        raise Refused(NOT_MOVED(name=name))


def _check_empty(target: str) -> None:
    """No row but those that `migrate` writes, so that a move that was interrupted can be repeated."""
    there = connections[target].introspection.table_names()
    left = {model._meta.db_table for model in OF_MIGRATE} | {"django_migrations"}
    for name in sorted(set(there) - left):
        if ask(f"SELECT 1 FROM {connections[target].ops.quote_name(name)} LIMIT 1", target):  # noqa: S608
            raise Refused(NOT_EMPTY(name=name))


def _check_chains(told_of: list[Head], alias: str) -> None:
    for head in told_of:
        for broken in _chain_breaks(head, alias):
            raise Refused(BROKEN(code=head.code, number=broken.number))


def _chain_breaks(head: Head, alias: str) -> Iterator[Break]:
    rows = AuditEntry.objects.using(alias).filter(agency_id=UUID(head.agency)).order_by("number")
    end = ChainHead.objects.using(alias).get(agency_id=UUID(head.agency))
    lines = ((row.line(), row.hash) for row in rows.iterator(chunk_size=BATCH))
    return breaks(lines, (end.number, end.hash))


def _rows(model: type[Model], alias: str) -> Iterator[tuple[Any, ...]]:
    """Every row in the order of its key, which both engines see alike."""
    key: Any = F(model._meta.pk.attname)
    if isinstance(model._meta.pk, CharField) and connections[alias].vendor == "postgresql":
        key = Collate(key, "C")
    names = [field.attname for field in model._meta.concrete_fields]
    found = model._base_manager.using(alias).order_by(key).values_list(*names)
    return found.iterator(chunk_size=BATCH)


def _copy(model: type[Model], target: str) -> None:
    names = [field.attname for field in model._meta.concrete_fields]
    rows = (model(**dict(zip(names, row, strict=True))) for row in _rows(model, DEFAULT_DB_ALIAS))
    while batch := list(islice(rows, BATCH)):
        model._base_manager.using(target).bulk_create(batch)


def _set_sequences(target: str) -> None:
    """The next row of each table gets a number after those that were moved."""
    with connections[target].cursor() as cursor:
        for statement in connections[target].ops.sequence_reset_sql(no_style(), _models()):
            cursor.execute(statement)


def _proven(model: type[Model], target: str) -> Moved:
    here, there = _digest(model, DEFAULT_DB_ALIAS), _digest(model, target)
    if here != there:
        raise Refused(DIFFERS(name=model._meta.db_table))
    return here


def _digest(model: type[Model], alias: str) -> Moved:
    digest, count = hashlib.sha256(), 0
    for row in _rows(model, alias):
        digest.update(json.dumps(row, default=_plain, sort_keys=True).encode() + b"\n")
        count += 1
    return Moved(model._meta.db_table, count, digest.hexdigest())


def _plain(value: Any) -> str:
    """Values JSON does not know: bytes (PostgreSQL gives a view of them), instants, days, ids."""
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value)
