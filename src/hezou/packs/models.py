"""One table: documents of rules as adopted."""

from __future__ import annotations

from django.db import models

from hezou.kernel.ids import uuid7


class PackVersion(models.Model):
    """A document of rules as an agency adopted it, in force from `effective_from` until a later one is.

    Rows are only ever added. `number` counts the versions of one document and settles which of two of one
    day is in force; `parent` is the version it took the place of; `adopted_by` is empty for the
    installation; `source` says where this text came from, `reason` why it was adopted.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency_id = models.UUIDField()
    family = models.CharField(max_length=40)
    code = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    effective_from = models.DateField()
    body = models.TextField()
    sha256 = models.CharField(max_length=64)
    source = models.CharField(max_length=400)
    reason = models.TextField(blank=True)
    adopted_by = models.UUIDField(null=True)
    adopted_at = models.DateTimeField()
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="successors")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency_id", "family", "code", "number"], name="packs_number_once"
            ),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="packs_number_from_one"),
        ]
        indexes = [
            models.Index(
                fields=["agency_id", "family", "code", "-effective_from", "-number"], name="packs_in_force"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.family}/{self.code} {self.number}"
