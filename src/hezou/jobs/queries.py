"""Reading how the work stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Min, Q, QuerySet

from hezou.jobs.models import Job, Lease
from hezou.jobs.rules import ACTING, ALIVE, DEAD, LEASE, READY, RUNNING, SLACK
from hezou.kernel import clock
from hezou.kernel.ids import NIL


@dataclass(frozen=True)
class Crew:
    """Who is at work: the names of the living workers, and of the acting clock ('' without one)."""

    workers: list[str]
    clock: str


def crew() -> Crew:
    """Whoever renewed a lease within its time."""
    rows = Lease.objects.exclude(lapsed("until", clock.now())).order_by("name")
    alive = dict(rows.values_list("name", "holder"))
    return Crew(
        workers=[holder for name, holder in alive.items() if name.startswith(ALIVE)],
        clock=alive.get(ACTING, ""),
    )


def lapsed(column: str, now: datetime) -> Q:
    """Leases run out; and those that end later than any lease could, made before the clock was set back."""
    return Q(**{f"{column}__lt": now}) | Q(**{f"{column}__gt": now + LEASE + SLACK})


def ready() -> QuerySet[Job]:
    """Jobs that could run now."""
    return Job.objects.filter(outcome=READY, run_after__lte=clock.now())


def deferred() -> QuerySet[Job]:
    """Jobs that wait for their hour, or for the next attempt."""
    return Job.objects.filter(outcome=READY, run_after__gt=clock.now())


def running() -> QuerySet[Job]:
    """Jobs under way."""
    return Job.objects.filter(outcome=RUNNING)


def longest_wait() -> datetime | None:
    """Since when the job that could have run longest has waited; None when nothing waits."""
    found: datetime | None = ready().aggregate(since=Min("run_after"))["since"]
    return found


def dead_letters(agency_id: UUID) -> QuerySet[Job]:
    """What failed as often as it may, of an agency and of the installation itself; newest first by id."""
    return Job.objects.filter(outcome=DEAD, agency_id__in=[agency_id, NIL]).order_by("-finished_at", "-pk")
