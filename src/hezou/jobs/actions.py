"""The verbs of jobs; the only writer of this room's tables."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q

from hezou.jobs.models import Job, Lease, Slot
from hezou.jobs.rules import DEAD, DONE, LEASE, READY, RUNNING, Beat, is_due, wait_after
from hezou.kernel import clock
from hezou.kernel.ids import NIL

OPEN = (READY, RUNNING)


def enqueue(
    task: str,
    *args: Any,
    agency_id: UUID = NIL,
    unique_key: str | None = None,
    run_after: datetime | None = None,
    priority: int = 0,
    **kwargs: Any,
) -> Job:
    """Ask for a task (its dotted path) to be called later, inside the caller's transaction.

    A second request under the same `unique_key` gives the open job there is.
    """
    now = clock.now()
    job = Job(
        agency_id=agency_id,
        task=task,
        args=list(args),
        kwargs=kwargs,
        unique_key=unique_key,
        priority=priority,
        run_after=run_after or now,
        enqueued_at=now,
    )
    if unique_key is None:
        job.save(force_insert=True)
        return job
    open_jobs = Job.objects.filter(agency_id=agency_id, unique_key=unique_key, outcome__in=OPEN)
    try:
        with transaction.atomic():
            if (there := open_jobs.first()) is not None:
                return there
            job.save(force_insert=True)
            return job
    except IntegrityError:
        return open_jobs.get()


def claim(worker: str, after: UUID, most: int) -> list[Job]:
    """Up to `most` ready jobs of the next agency after `after` that has any, leased to `worker`.

    Going round the agencies keeps a busy one from starving the others.
    """
    now = clock.now()
    with transaction.atomic():
        ready = Job.objects.filter(outcome=READY, run_after__lte=now)
        agency_id = _next_agency(ready, after)
        if agency_id is None:
            return []
        rows = ready.filter(agency_id=agency_id).order_by("-priority", "run_after", "id")
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        jobs = list(rows[:most])
        Job.objects.filter(pk__in=[job.pk for job in jobs]).update(
            outcome=RUNNING,
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
    """Mark a job done; False when the lease was lost to another worker meanwhile."""
    rows = Job.objects.filter(pk=job.pk, worker=worker, outcome=RUNNING)
    return bool(rows.update(outcome=DONE, lease_until=None, finished_at=clock.now()))


def fail(job: Job, worker: str, error: str) -> None:
    """Put a failed job back to wait, or among the dead letters when it failed as often as it may."""
    now = clock.now()
    rows = Job.objects.filter(pk=job.pk, worker=worker, outcome=RUNNING)
    if job.attempts >= job.most_attempts:
        rows.update(outcome=DEAD, error=error[:200], lease_until=None, finished_at=now)
    else:
        rows.update(
            outcome=READY, error=error[:200], lease_until=None, run_after=now + wait_after(job.attempts)
        )


def release(worker: str, jobs: list[UUID]) -> None:
    """Give back claimed jobs that were not begun (an orderly stop); they count no attempt."""
    rows = Job.objects.filter(pk__in=jobs, worker=worker, outcome=RUNNING)
    rows.update(outcome=READY, lease_until=None, attempts=F("attempts") - 1)


def reclaim() -> int:
    """Take back jobs whose worker is gone: to wait again, or among the dead letters; how many."""
    now = clock.now()
    lost = Job.objects.filter(outcome=RUNNING, lease_until__lt=now)
    dead = lost.filter(attempts__gte=F("most_attempts"))
    count = dead.update(outcome=DEAD, error="LeaseLost", lease_until=None, finished_at=now)
    return count + lost.update(outcome=READY, error="LeaseLost", lease_until=None, run_after=now)


def retry(job: Job) -> bool:
    """Give a dead letter a new life with all its attempts; False when it is none any more."""
    rows = Job.objects.filter(pk=job.pk, outcome=DEAD)
    try:
        with transaction.atomic():
            return bool(rows.update(outcome=READY, attempts=0, run_after=clock.now(), finished_at=None))
    except IntegrityError:  # the same work is open again already
        return False


def clear(before: datetime) -> int:
    """Remove jobs done before an instant; how many."""
    return Job.objects.filter(outcome=DONE, finished_at__lt=before).delete()[0]


def hold(name: str, holder: str) -> bool:
    """Take or keep the lease `name`; False while somebody else holds it."""
    now = clock.now()
    mine = Lease.objects.filter(Q(holder=holder) | Q(until__lt=now), name=name)
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
    """Enqueue a periodic task if a slot has passed since the last; at most once a slot."""
    now = clock.now()
    with transaction.atomic():
        row = Slot.objects.select_for_update().filter(beat=due.name).first()
        if not is_due(due, row.last if row else None, now):
            return False
        Slot.objects.update_or_create(beat=due.name, defaults={"last": due.slot(now)})
        enqueue(due.task, unique_key=f"beat:{due.name}")
        return True


def _next_agency(ready: Any, after: UUID) -> UUID | None:
    """The next agency in a ring; one step along the index, however many jobs wait."""
    ids = ready.order_by("agency_id").values_list("agency_id", flat=True)
    found: UUID | None = ids.filter(agency_id__gt=after).first() or ids.first()
    return found
