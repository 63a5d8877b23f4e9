"""Jobs, leases, and the slots of periodic tasks. Plain values, no foreign keys."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from hezou.jobs.rules import ATTEMPTS, DEAD, READY, RUNNING
from hezou.kernel.ids import NIL, uuid7


class Job(models.Model):
    """One call of a task. `error` names the exception's class, never its words.

    `again`: asked for once more (under its unique key) since it was begun.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency_id = models.UUIDField(default=NIL)
    task = models.CharField(max_length=200)
    args = models.JSONField(default=list)
    kwargs = models.JSONField(default=dict)
    unique_key = models.CharField(max_length=120, null=True)
    again = models.BooleanField(default=False)
    outcome = models.CharField(max_length=10, default=READY)
    priority = models.SmallIntegerField(default=0)
    run_after = models.DateTimeField()
    attempts = models.SmallIntegerField(default=0)
    most_attempts = models.SmallIntegerField(default=ATTEMPTS)
    worker = models.CharField(max_length=60, default="")
    lease_until = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, default="")
    enqueued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency_id", "unique_key"],
                condition=Q(outcome__in=[READY, RUNNING]),
                name="job_unique_while_open",
            )
        ]
        indexes = [
            models.Index(
                fields=["agency_id", "-priority", "run_after", "id"],
                condition=Q(outcome=READY),
                name="job_ready",
            ),
            models.Index(fields=["lease_until"], condition=Q(outcome=RUNNING), name="job_running"),
            models.Index(fields=["finished_at"], condition=Q(outcome=DEAD), name="job_dead"),
        ]


class Lease(models.Model):
    """Who acts alone under a name (the acting clock), or is alive under it (each worker), until when."""

    name = models.CharField(max_length=40, primary_key=True)
    holder = models.CharField(max_length=60)
    until = models.DateTimeField()


class Slot(models.Model):
    """The last slot for which a periodic task was enqueued."""

    beat = models.CharField(max_length=60, primary_key=True)
    last = models.DateTimeField()
