"""The verbs of jobs; the only writer of this room's tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import takewhile
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q

from hezou.jobs.models import Job, Lease, Slot
from hezou.jobs.queries import lapsed
from hezou.jobs.rules import (
    DEAD,
    DONE,
    LEASE,
    LONGEST_WAIT,
    READY,
    RUNNING,
    SLACK,
    Beat,
    LeaseLost,
    is_due,
    name_of,
    wait_after,
)
from hezou.jobs.waking import ring
from hezou.kernel import clock
from hezou.kernel.ids import NIL

OPEN = (READY, RUNNING)


def enqueue(
    task: str,
    args: Sequence[Any] = (),
    kwargs: Mapping[str, Any] | None = None,
    *,
    agency_id: UUID = NIL,
    unique_key: str | None = None,
    run_after: datetime | None = None,
    priority: int = 0,
) -> Job:
    """Ask for a task (its dotted path) to be called later, inside the caller's transaction.

    The same `unique_key` means the same call: while it waits, the job there is answers for both; once it
    runs, it is run again afterwards, for it may have read what the caller has changed since.
    """
    now = clock.now()
    job = Job(
        agency_id=agency_id,
        task=task,
        args=list(args),
        kwargs=dict(kwargs or {}),
        unique_key=unique_key,
        priority=priority,
        run_after=run_after or now,
        enqueued_at=now,
    )
    transaction.on_commit(ring)
    if unique_key is None:
        job.save(force_insert=True)
        return job
    found = _join(job) or _insert(job) or _join(job)
    if found is None:  # somebody was faster, and theirs has ended already
        job.save(force_insert=True)
    return found or job


def claim(worker: str, after: UUID, most: int) -> list[Job]:
    """Up to `most` ready jobs of the next agency after `after` that has any, leased to `worker`.

    Going round the agencies keeps a busy one from starving the others. A job that was tried before comes
    alone: should it kill its worker, it takes no other with it.
    """
    now = clock.now()
    ready = Job.objects.filter(outcome=READY, run_after__lte=now)
    agency_id = _next_agency(ready, after)
    if agency_id is None:
        return []
    with transaction.atomic():
        rows = ready.filter(agency_id=agency_id).order_by("-priority", "run_after", "id")
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        found = list(rows[:most])
        jobs = list(takewhile(lambda job: job.attempts == 0, found)) or found[:1]
        Job.objects.filter(pk__in=[job.pk for job in jobs]).update(
            outcome=RUNNING,
            again=False,
            worker=worker,
            lease_until=now + LEASE,
            started_at=now,
            attempts=F("attempts") + 1,
        )
        for job in jobs:
            job.attempts += 1
        return jobs


def renew(worker: str, jobs: list[UUID]) -> int:
    """Heartbeat: lengthen the leases that `worker` still holds; how many."""
    rows = Job.objects.filter(pk__in=jobs, worker=worker, outcome=RUNNING)
    return rows.update(lease_until=clock.now() + LEASE)


def finish(job: Job, worker: str) -> bool:
    """Mark a job done, or ready if it was asked for again; False when its lease was lost meanwhile."""
    now = clock.now()
    rows = Job.objects.filter(pk=job.pk, worker=worker, outcome=RUNNING)
    if rows.filter(again=False).update(outcome=DONE, lease_until=None, finished_at=now):
        return True
    return bool(rows.update(outcome=READY, lease_until=None, run_after=now, attempts=0))


def fail(job: Job, worker: str, error: str) -> None:
    """Put a failed job back to wait, or among the dead letters when it failed as often as it may."""
    now = clock.now()
    rows = Job.objects.filter(pk=job.pk, worker=worker, outcome=RUNNING)
    ended = {"error": error[:200], "lease_until": None}
    is_last = job.attempts >= job.most_attempts
    if is_last and rows.filter(again=False).update(outcome=DEAD, finished_at=now, **ended):
        return
    rows.update(outcome=READY, run_after=now + wait_after(job.attempts), **ended)


def release(worker: str, jobs: list[UUID]) -> None:
    """Give back claimed jobs that were not begun (an orderly stop); they count no attempt."""
    rows = Job.objects.filter(pk__in=jobs, worker=worker, outcome=RUNNING)
    rows.update(outcome=READY, lease_until=None, attempts=F("attempts") - 1)


def reclaim() -> int:
    """Take back jobs whose worker is gone: to wait again, or among the dead letters; how many."""
    now = clock.now()
    lost = Job.objects.filter(lapsed("lease_until", now), outcome=RUNNING)
    ended = {"error": name_of(LeaseLost), "lease_until": None}
    dead = lost.filter(attempts__gte=F("most_attempts"), again=False)
    count = dead.update(outcome=DEAD, finished_at=now, **ended)
    return count + lost.update(outcome=READY, run_after=now, **ended)


def after_setback() -> int:
    """Let run what a clock that was set back since would keep waiting; how many.

    An hour that the caller named stays: only jobs meant to run at once, and second attempts, are moved.
    """
    now = clock.now()
    ready = Job.objects.filter(outcome=READY)
    at_once = Q(run_after=F("enqueued_at"), enqueued_at__gt=now + SLACK)
    failed = Q(attempts__gt=0, run_after__gt=now + LONGEST_WAIT + SLACK)
    return ready.filter(at_once | failed).update(run_after=now, enqueued_at=now)


def retry(job: Job) -> bool:
    """Give a dead letter a new life with all its attempts; False when it is none any more."""
    rows = Job.objects.filter(pk=job.pk, outcome=DEAD)
    transaction.on_commit(ring)
    try:
        with transaction.atomic():
            return bool(rows.update(outcome=READY, attempts=0, run_after=clock.now(), finished_at=None))
    except IntegrityError:  # the same work is open again already
        return False


def drop(job: Job) -> bool:
    """Give a dead letter up for good; False when it is none any more."""
    return bool(Job.objects.filter(pk=job.pk, outcome=DEAD).delete()[0])


def clear(before: datetime) -> int:
    """Remove jobs done, and leases run out, before an instant; how many."""
    leases = Lease.objects.filter(until__lt=before).delete()[0]
    return leases + Job.objects.filter(outcome=DONE, finished_at__lt=before).delete()[0]


def hold(name: str, holder: str) -> bool:
    """Take or keep the lease `name`; False while somebody else holds it."""
    now = clock.now()
    mine = Lease.objects.filter(Q(holder=holder) | lapsed("until", now), name=name)
    if mine.update(holder=holder, until=now + LEASE):
        return True
    try:
        with transaction.atomic():
            Lease.objects.create(name=name, holder=holder, until=now + LEASE)
            return True
    except IntegrityError:
        return False


def let_go(name: str, holder: str) -> None:
    """Give a lease up (an orderly stop)."""
    Lease.objects.filter(name=name, holder=holder).update(until=clock.now())


def beat(due: Beat) -> bool:
    """Enqueue a periodic task if a slot has passed since the last; at most once a slot, whoever tries."""
    now = clock.now()
    slot = Slot.objects.filter(beat=due.name)
    last = slot.values_list("last", flat=True).first()
    if not is_due(due, last, now):
        return False
    with transaction.atomic():
        if last is None:
            _, is_mine = Slot.objects.get_or_create(beat=due.name, defaults={"last": due.slot(now)})
        else:
            is_mine = bool(slot.filter(last=last).update(last=due.slot(now)))
        if is_mine:
            enqueue(due.task, unique_key=f"beat:{due.name}")
        return is_mine


def _join(job: Job) -> Job | None:
    """The open job of the same key, told to run again if it is under way; None without one."""
    rows = Job.objects.filter(agency_id=job.agency_id, unique_key=job.unique_key, outcome__in=OPEN)
    return rows.first() if rows.update(again=True) else None


def _insert(job: Job) -> Job | None:
    """The job written; None when somebody was faster."""
    try:
        with transaction.atomic():
            job.save(force_insert=True)
            return job
    except IntegrityError:
        return None


def _next_agency(ready: Any, after: UUID) -> UUID | None:
    """The next agency in a ring; one step along the index, however many jobs wait."""
    ids = ready.order_by("agency_id").values_list("agency_id", flat=True)
    found: UUID | None = ids.filter(agency_id__gt=after).first() or ids.first()
    return found
