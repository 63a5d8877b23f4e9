"""Tables of the trail. Plain values instead of foreign keys: this room stands below everybody."""

from __future__ import annotations

from django.db import models

from hezou.audit.rules import Line


class ChainHead(models.Model):
    """The end of one agency's chain; the nil UUID is the installation's own.

    `checked_at`: when the chain was last walked as far as `checked_number`, with `breaks` places that differ.
    """

    agency_id = models.UUIDField(primary_key=True)
    number = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64)
    checked_at = models.DateTimeField(null=True)
    checked_number = models.BigIntegerField(default=0)
    breaks = models.IntegerField(default=0)

    class Meta:
        db_table = "audit_chain_head"


class AuditEntry(models.Model):
    """One line of the trail; append-only, numbered without gaps within its agency."""

    id = models.BigAutoField(primary_key=True)
    agency_id = models.UUIDField()
    number = models.BigIntegerField()
    at = models.DateTimeField()
    actor_id = models.UUIDField()
    verb = models.CharField(max_length=64)
    ref_kind = models.CharField(max_length=32)
    ref_id = models.CharField(max_length=64)
    detail = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency_id", "number"], name="audit_entry_number")]
        indexes = [
            models.Index(fields=["agency_id", "ref_kind", "ref_id", "number"], name="audit_entry_ref"),
            models.Index(fields=["agency_id", "actor_id", "number"], name="audit_entry_actor"),
        ]

    def line(self) -> Line:
        """The entry as the hash sees it."""
        return Line(
            agency_id=self.agency_id,
            number=self.number,
            at=self.at,
            actor_id=self.actor_id,
            verb=self.verb,
            ref_kind=self.ref_kind,
            ref_id=self.ref_id,
            detail=self.detail,
            previous=self.previous,
        )


class Deed(models.Model):
    """One press of a button: its status and target answer every further press. Never a body."""

    id = models.BigAutoField(primary_key=True)
    agency_id = models.UUIDField()
    actor_id = models.UUIDField()
    deed = models.UUIDField()
    target = models.CharField(max_length=200, default="")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency_id", "actor_id", "deed"], name="audit_deed_once")
        ]
        indexes = [models.Index(fields=["agency_id", "at"], name="audit_deed_at")]
