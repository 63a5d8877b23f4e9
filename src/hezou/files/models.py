"""The register of blobs; the bytes lie on disk."""

from __future__ import annotations

from django.db import models

from hezou.kernel.ids import uuid7


class Blob(models.Model):
    """Bytes kept for one agency, known by their hash. Plain values: this room stands below everybody."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency_id = models.UUIDField()
    sha256 = models.CharField(max_length=64)
    content_type = models.CharField(max_length=100)
    size = models.IntegerField()
    width = models.IntegerField(default=0)
    height = models.IntegerField(default=0)
    stored_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency_id", "sha256"], name="blob_once")]
        indexes = [models.Index(fields=["agency_id", "stored_at"], name="blob_stored")]

    @property
    def is_picture(self) -> bool:
        return self.width > 0
