"""What is over, gathered room by room for `audit.actions.load_history`.

Each room has a module `history` whose functions put the room's own rows and entries into one `Past`; the
rows go into the tables in the order in which their tables first came. Nothing is written here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import models

from hezou.audit.models import AuditEntry
from hezou.kernel.lifecycle import Lifecycle
from hezou.kernel.messages import Message, define
from hezou.kernel.ref import Ref

M = TypeVar("M", bound=models.Model)
SOURCE = re.compile(r"[a-z][a-z0-9-]{1,39}")

NO_SOURCE = define("audit.no_source", "Name the source of the history by a code (small letters, digits, -).")
STILL_OPEN = define("audit.still_open", "A {noun} in the state {state} is not history: finish it here.")
JOINS_PRESENT = define("audit.joins_present", "History may not be added to a {noun} that is here already.")


@dataclass(frozen=True)
class Told:
    """One entry to be: `by` did `verb` to `ref` at `at`; `detail` as `audit.actions.record` takes it."""

    ref: Ref
    verb: str
    by: UUID
    at: datetime
    detail: dict[str, Any]


@dataclass
class Chapter:
    """The rows of one table and, where it has states, the state each comes to."""

    lifecycle: Lifecycle | None
    rows: list[models.Model] = field(default_factory=list)
    states: list[str] = field(default_factory=list)


@dataclass
class Past:
    """Rows and entries of things that are over; `source` is a code that every entry will name."""

    source: str
    chapters: dict[type[models.Model], Chapter] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)
    seen: set[tuple[object, ...]] = field(default_factory=set)

    def is_new(self, *key: object) -> bool:
        """Whether a key is named here for the first time: for rows that several things ask for."""
        before = len(self.seen)
        self.seen.add(key)
        return len(self.seen) > before

    def keep(self, row: M, lifecycle: Lifecycle | None = None, state: str = "") -> M:
        """Put a row in; with the state it comes to where its table has states."""
        chapter = self.chapters.setdefault(type(row), Chapter(lifecycle))
        chapter.rows.append(row)
        if lifecycle is not None:
            chapter.states.append(state)
        return row

    def tell(self, thing: models.Model, verb: str, by: UUID, at: datetime, **detail: Any) -> None:
        """Put an entry in."""
        self.told.append(Told(Ref.to(thing), verb, by, at, detail))


def admit(past: Past) -> Iterator[Message]:
    """Why these rows may not be loaded; nothing when they may."""
    if not SOURCE.fullmatch(past.source):
        yield NO_SOURCE()
    loaded = {model: {row.pk for row in chapter.rows} for model, chapter in past.chapters.items()}
    for model, chapter in past.chapters.items():
        yield from _open(model, chapter)
        for name, target in _stateful_keys(model):
            if not {getattr(row, name) for row in chapter.rows} <= loaded.get(target, set()):
                yield JOINS_PRESENT(noun=target._meta.model_name)


def happened(entry: AuditEntry) -> tuple[UUID, datetime]:
    """Who did what an entry tells of, and when: one of history was written later, by its loader."""
    if "happened" not in entry.detail:
        return entry.actor_id, entry.at
    return UUID(entry.detail["by"]), datetime.fromisoformat(entry.detail["happened"])


def _open(model: type[models.Model], chapter: Chapter) -> Iterator[Message]:
    """A table with states takes only rows in settled ones."""
    if not _has_state(model):
        return
    settled = chapter.lifecycle.settled if chapter.lifecycle else frozenset()
    states = chapter.states or [""]
    for state in sorted(set(states) - settled):
        yield STILL_OPEN(noun=model._meta.model_name, state=state)


def _stateful_keys(model: type[models.Model]) -> Iterator[tuple[str, type[models.Model]]]:
    """The columns that point to a table with states, and that table."""
    for key in model._meta.concrete_fields:
        if isinstance(key, models.ForeignKey) and _has_state(key.related_model):
            yield key.attname, key.related_model


def _has_state(model: type[models.Model]) -> bool:
    return any(column.name == "state" for column in model._meta.concrete_fields)
