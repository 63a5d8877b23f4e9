"""The verbs of hooks; the only writer of this room's tables."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from hezou.access.by_token import open_manuscripts
from hezou.access.models import Token
from hezou.access.queries import bearer_by
from hezou.api.models import Delivery, Hook
from hezou.api.queries import hooks, listening
from hezou.api.rules.addresses import target_of
from hezou.api.rules.events import DROPPED, DUE, EVENTS, SENT, Event, event_of
from hezou.api.rules.frame import ENDED_ALREADY, TOO_MANY_HOOKS, UNKNOWN
from hezou.audit.actions import action, record, require
from hezou.audit.models import AuditEntry
from hezou.audit.queries import entries_after, head
from hezou.jobs.backend import Work
from hezou.kernel import clock
from hezou.kernel.errors import Refused
from hezou.people.models import Person

MOST = 20
"""Hooks of an agency at a time."""
AT_ONCE = 500
"""Entries of the trail looked at in one go."""


@action
def add_hook(*, by: Person, token: Token, url: str, events: list[str]) -> Hook:
    """Tell an address of events from now on, as long as the token holds.

    Raises Refused for a wrong address, an unknown event, and one hook too many.
    """
    require(by, "hook.manage", token)
    target_of(url)
    unknown = [UNKNOWN(place=event[:40]) for event in events if event not in EVENTS]
    full = len(hooks(by.agency_id)[:MOST]) == MOST
    Refused.unless_none([*unknown, TOO_MANY_HOOKS(most=MOST) if full else None])
    hook = Hook.objects.create(
        agency_id=by.agency_id,
        token=token,
        url=url,
        events=[event for event in EVENTS if event in events],
        told_until=head(by.agency_id)[0],
        made_at=clock.now(),
    )
    record(hook, "add", token=token.pk, events=hook.events)
    return hook


@action
def end_hook(*, by: Person, hook: Hook) -> Hook:
    """Tell an address nothing more; what is on its way is dropped."""
    require(by, "hook.manage", hook)
    if not Hook.objects.filter(pk=hook.pk, ended_at=None).update(ended_at=clock.now()):
        raise Refused(ENDED_ALREADY())
    record(hook, "end")
    hook.refresh_from_db()
    return hook


def fan_out(agency_id: UUID, work: Work[[str]]) -> None:
    """Make the deliveries of whatever happened since each hook was looked at, and ask for `work` on each.

    Entries are numbered under a lock that is held until they are written, so none appears behind a number
    that was seen. Each hook is taken for itself: no entry is told twice, and none is left out.
    """
    for hook in listening(agency_id):
        while _tell(hook, work) == AT_ONCE:
            pass


def sent(delivery: Delivery, status: int) -> None:
    """The receiver took it."""
    now = clock.now()
    Delivery.objects.filter(pk=delivery.pk, outcome=DUE).update(outcome=SENT, status=status, sent_at=now)
    Hook.objects.filter(pk=delivery.hook_id).update(failed_at=None)


def not_sent(delivery: Delivery, status: int) -> None:
    """The receiver did not take it, or nobody answered (0)."""
    Delivery.objects.filter(pk=delivery.pk, outcome=DUE).update(status=status)
    Hook.objects.filter(pk=delivery.hook_id).update(failed_at=clock.now())


def drop(delivery: Delivery) -> None:
    """Nobody may be told of it any more."""
    Delivery.objects.filter(pk=delivery.pk, outcome=DUE).update(outcome=DROPPED)


def clear(before: datetime) -> int:
    """Remove what was told, or dropped, before an instant; how many."""
    return Delivery.objects.filter(made_at__lt=before).exclude(outcome=DUE).delete()[0]


def _tell(hook: Hook, work: Work[[str]]) -> int:
    """One hook's next deliveries; how many entries were looked at."""
    with transaction.atomic():
        taken = Hook.objects.select_for_update().get(pk=hook.pk)
        found = list(entries_after(hook.agency_id, taken.told_until)[:AT_ONCE])
        if not found:
            return 0
        Hook.objects.filter(pk=hook.pk).update(told_until=found[-1].number)
        now = clock.now()
        rows = [
            Delivery(agency_id=hook.agency_id, hook=hook, number=entry.number, event=event.code, made_at=now)
            for entry, event in _events(taken, found)
        ]
        Delivery.objects.bulk_create(rows)
        for row in rows:
            work.using(agency_id=hook.agency_id, unique_key=f"hook:{row.pk}").enqueue(str(row.pk))
        return len(found)


def _events(hook: Hook, found: list[AuditEntry]) -> list[tuple[AuditEntry, Event]]:
    """What of these entries the hook asked for and its bearer may see."""
    told = [(entry, event_of(entry.ref_kind, entry.ref_id, entry.verb, entry.detail)) for entry in found]
    wanted = [(entry, event) for entry, event in told if event is not None and event.code in hook.events]
    person = bearer_by(hook.token_id)
    if person is None or not wanted:
        return []
    ids = {event.manuscript for _, event in wanted}
    seen = {str(one) for one in open_manuscripts(person).filter(pk__in=ids).values_list("pk", flat=True)}
    return [(entry, event) for entry, event in wanted if event.manuscript in seen]
