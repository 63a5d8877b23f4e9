"""Telling people, reading, choosing what to be told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from hezou.audit.statements import insert
from hezou.kernel import clock
from hezou.kernel.ref import Ref
from hezou.notices.jobs import send_mail
from hezou.notices.models import Choice, Mail, Notice
from hezou.notices.queries import may_mail, wishes
from hezou.notices.rules import PATIENCE, Kind, Wish
from hezou.people.models import Person


def tell(kind: Kind, ref: Ref, *, by: Person, to: Iterable[UUID], stage: str) -> None:
    """Tell persons (ids) of something, within the act that did it; not who did it.

    The same kind, thing and stage tell the same person once, however often this is called.
    """
    persons = set(to) - {by.pk}
    known = wishes(by.agency_id, persons) if persons and (kind.progress or may_mail()) else {}
    told = [one for one in sorted(persons) if kind.is_wanted(known.get(one, Wish()))]
    if not told:
        return
    now = clock.now()
    about = {"agency_id": by.agency_id, "kind": kind.code, "stage": stage}
    about |= {"ref_kind": ref.kind, "ref_id": ref.id}
    insert([Notice(person_id=one, by=by, at=now, **about) for one in told], known=True)
    if may_mail() and (mailed := [one for one in told if known.get(one, Wish()).mail]):
        _post(by.agency_id, Notice.objects.filter(person__in=mailed, **about))


def read(*, by: Person, until: int, since: int = 0) -> int:
    """Take one's own notices as read, those with an id above `since` up to `until`; how many."""
    rows = Notice.objects.filter(agency_id=by.agency_id, person=by, read_at=None)
    return rows.filter(pk__gt=since, pk__lte=until).update(read_at=clock.now())


def choose(*, by: Person, wish: Wish) -> None:
    """Set what one wants to be told."""
    chosen = {"progress": wish.progress, "mail": wish.mail}
    Choice.objects.update_or_create(agency_id=by.agency_id, person=by, defaults=chosen)


def clear(before: datetime) -> int:
    """Remove notices that were read before an instant, with their mails; how many rows."""
    old = Notice.objects.filter(read_at__lt=before)
    with transaction.atomic():
        return Mail.objects.filter(notice__in=old).delete()[0] + old.delete()[0]


def _post(agency_id: UUID, told: QuerySet[Notice]) -> None:
    """Make the mails that are not made yet, and ask for them once there was time to read."""
    now = clock.now()
    made = [Mail(agency_id=agency_id, notice=notice, made_at=now) for notice in told]
    Mail.objects.bulk_create(made, ignore_conflicts=True)
    for mail in Mail.objects.filter(agency_id=agency_id, pk__in=[one.pk for one in made]):
        work = send_mail.using(agency_id=agency_id, unique_key=f"mail:{mail.pk}", run_after=now + PATIENCE)
        work.enqueue(str(mail.pk))
