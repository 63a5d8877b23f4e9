"""Acts, entries, deeds, compare-and-set; `advance`, the one hand that moves a state; `load_history`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.db.models import QuerySet

from hezou.audit.history import Past, admit
from hezou.audit.models import AuditEntry, ChainHead, Deed
from hezou.audit.prepared import prepared
from hezou.audit.queries import chain_breaks, head
from hezou.audit.rules import GENESIS, Line
from hezou.audit.statements import insert, insert_values, update
from hezou.kernel import clock
from hezou.kernel.errors import IMPOSSIBLE, AlreadyDone, Forbidden, NotFound, Refusal, Refused, Stale
from hezou.kernel.lifecycle import Lifecycle
from hezou.kernel.ref import Actor, Ref

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=models.Model)


LINE = (*(column.name for column in fields(Line)), "hash")
"""The columns of an entry, in the order in which a line names them."""


@dataclass
class Act:
    """The outermost action under way: who acts and what will be written to the chain at its end."""

    by: Actor
    pending: list[tuple[Ref, str, dict[str, Any]]] = field(default_factory=list)
    target: str = ""
    taken: dict[tuple[type[models.Model], Any], int] = field(default_factory=dict)
    """Rows that are this act's until its end, at the revision it gave them."""

    def write(self) -> None:
        """Append the collected entries to the agency's chain: lock the head, number, hash, insert."""
        if not self.pending:
            return
        agency_id, at = self.by.agency_id, clock.now()
        head = _lock_head(agency_id)
        entries = []
        for ref, verb, detail in self.pending:
            values = (agency_id, head.number + 1, at, self.by.id, verb, ref.kind, ref.id, detail, head.hash)
            line = Line(*values)
            head.number, head.hash = line.number, line.hash()
            entries.append((*values, head.hash))
        insert_values(AuditEntry, LINE, entries)
        update(ChainHead, {"agency_id": agency_id}, {"number": head.number, "hash": head.hash})


_current: ContextVar[Act | None] = ContextVar("act", default=None)


@contextmanager
def act(by: Actor, *, deed: UUID | None = None) -> Iterator[Act]:
    """One atomic act of `by`. Within another act of the same actor it joins that act.

    With a `deed` the act happens once: a further call raises AlreadyDone with the first act's target.
    """
    outer = _current.get()
    if outer is not None:
        if outer.by.id != by.id:
            raise RuntimeError("an act of one person inside the act of another")
        yield outer
        return
    mine = Act(by)
    try:
        with transaction.atomic(durable=True):
            token = _current.set(mine)
            try:
                yield mine
                if deed is not None:
                    _put_down(by, deed, mine.target)
                mine.write()
            finally:
                _current.reset(token)
    except (Refusal, IntegrityError):
        # The second press of a button meets what the first one did: a bumped revision or a taken name.
        _answer_first(by, deed)
        raise


def action(verb: Callable[P, R]) -> Callable[Concatenate[P], R]:
    """Make a keyword-only function with `by=` an action: atomic, its entries written by the outermost act."""

    @wraps(verb)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        by: Any = kwargs["by"]
        with act(by):
            return verb(*args, **kwargs)

    return run


def record(thing: models.Model | Ref, verb: str, **detail: Any) -> None:
    """Collect one entry for the act under way. `detail`: codes, ids, seals, numbers; never body text."""
    ref = thing if isinstance(thing, Ref) else Ref.to(thing)
    _act().pending.append((ref, verb, {k: _plain(v) for k, v in detail.items() if v is not None}))


def require(by: Actor, permission: str, thing: Any = None) -> None:
    """Raise Forbidden unless `by` holds `permission` on `thing`; NotFound for a thing of another agency."""
    same_agency(by, thing)
    if not by.has_perm(permission, thing):
        raise Forbidden


def same_agency(by: Actor, *things: Any) -> None:
    """Raise NotFound when any thing belongs to another agency than the actor."""
    for thing in things:
        if thing is not None and getattr(thing, "agency_id", by.agency_id) != by.agency_id:
            raise NotFound


def compare_and_set(thing: M, revision: int) -> M:
    """Take the row if it still has `revision`, bumping it by one; raises Stale when somebody was faster.

    First statement of every action that writes what a guard reads. `thing` as read at that revision is then
    a fresh read: nobody writes the row without bumping it. An act takes a row once.
    """
    if thing.revision != revision:  # type: ignore[attr-defined]
        raise Stale
    current = _current.get()
    if current is not None and current.taken.get((type(thing), thing.pk)) == revision:
        return thing
    if not update(type(thing), {"id": thing.pk, "revision": revision}, {"revision": revision + 1}):
        raise Stale
    thing.revision = revision + 1  # type: ignore[attr-defined]
    return take_new(thing)


def take_new(thing: M) -> M:
    """Take a row that this act has made."""
    current = _current.get()
    if current is not None:
        current.taken[type(thing), thing.pk] = thing.revision  # type: ignore[attr-defined]
    return thing


def advance(
    thing: models.Model,
    lifecycle: Lifecycle,
    verb: str,
    facts: Any,
    also: Mapping[str, Any] | None = None,
    **detail: Any,
) -> None:
    """Move the state of `thing` by the table, or refuse; collects the entry.

    `also` are columns of the same row that change with the state. Raises Refused (no such step now, or a
    guard objects), Forbidden (no right), NotFound (other agency). The caller has taken the row by
    `compare_and_set` and gathered `facts` by fresh reads, or inserts the row afterwards.
    """
    before: str = thing.state  # type: ignore[attr-defined]
    step = lifecycle.find(verb, before)
    if step is None:
        raise Refused(IMPOSSIBLE())
    if step.permission:
        require(_act().by, step.permission, thing)
    Refused.unless_none(step.objections(facts))
    further, same = dict(also or {}), {"id": thing.pk, "state": before}
    if not thing._state.adding and not update(type(thing), same, {**further, "state": step.target}):
        raise Stale
    thing.state = step.target  # type: ignore[attr-defined]
    for name, value in further.items():
        setattr(thing, name, value)
    record(thing, verb, before=before, after=step.target, **detail)


def clear_deeds(before: datetime) -> int:
    """Forget presses of buttons older than an instant; how many. A press that comes later is a new one."""
    return Deed.objects.filter(at__lt=before).delete()[0]


def verify_chain(agency_id: UUID) -> int:
    """Walk a chain as far as it goes now; note that, and how many places differ. Gives the number of them."""
    number, _ = head(agency_id)
    found = sum(1 for _ in chain_breaks(agency_id))
    ChainHead.objects.filter(agency_id=agency_id).update(
        checked_at=clock.now(), checked_number=number, breaks=found
    )
    return found


@action
def load_history(*, by: Actor, past: Past) -> int:
    """The second and last door to a state: rows of what is over, inserted as they are; how many.

    For the demo, imports and backfills. Every entry is chained now, under whoever loads, and says of itself
    from which source it is, who did it and when. Raises Refused for anything still open (drafts, pieces in
    review, pieces signed and not yet sent) and for rows that would join a thing that is here already,
    NotFound for rows of another agency, Forbidden without the right.
    """
    require(by, "history.load")
    Refused.unless_none(admit(past))
    for chapter in past.chapters.values():
        same_agency(by, *chapter.rows)
        if chapter.states:
            for row, state in zip(chapter.rows, chapter.states, strict=True):
                row.state = state  # type: ignore[attr-defined]
        insert(chapter.rows)
    rows = sum(len(chapter.rows) for chapter in past.chapters.values())
    record(Ref("agency", str(by.agency_id)), "load_history", source=past.source, rows=rows)
    for told in sorted(past.told, key=lambda one: one.at):
        happened = told.at.astimezone(UTC).isoformat()
        record(told.ref, told.verb, **told.detail, source=past.source, by=told.by, happened=happened)
    return rows


def _act() -> Act:
    current = _current.get()
    if current is None:
        raise RuntimeError("outside any act")
    return current


def _lock_head(agency_id: UUID) -> ChainHead:
    if not (locked := _heads(agency_id=agency_id)):
        insert([ChainHead(agency_id=agency_id, hash=GENESIS)], known=True)
        locked = _heads(agency_id=agency_id)
    return locked[0]


@prepared
def _heads(agency_id: UUID) -> QuerySet[ChainHead]:
    return ChainHead.objects.select_for_update().filter(agency_id=agency_id)


def _put_down(by: Actor, deed: UUID, target: str) -> None:
    insert([Deed(agency_id=by.agency_id, actor_id=by.id, deed=deed, target=target, at=clock.now())])


def _answer_first(by: Actor, deed: UUID | None) -> None:
    if deed is None:
        return
    done = Deed.objects.filter(agency_id=by.agency_id, actor_id=by.id, deed=deed).first()
    if done is not None:
        raise AlreadyDone(done.target)


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if value is None or isinstance(value, str | int | bool):
        return value
    raise TypeError(f"an entry holds no {type(value).__name__}")
