"""Facts that may earn points."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from hezou.people.models import AgencyRow, Person, Unit


class Merit(AgencyRow):
    """One person's part in one fact: `share` as a fraction, unit as frozen at hand-in (R17); never a score.

    `fact` says what happened (a code such as `adoption`), `ref` which row above it is; `occurred_on` is the
    journal's date; `detail` holds codes and ids a scheme may ask for (form, journal, evidence).
    """

    id = models.BigAutoField(primary_key=True)
    fact = models.CharField(max_length=40)
    ref_kind = models.CharField(max_length=32)
    ref_id = models.CharField(max_length=64)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    share_numerator = models.IntegerField()
    share_denominator = models.IntegerField()
    occurred_on = models.DateField()
    booked_at = models.DateTimeField()
    detail = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "fact", "ref_kind", "ref_id", "person"], name="merit_once"
            ),
            models.CheckConstraint(
                condition=Q(share_numerator__gt=0, share_denominator__gte=models.F("share_numerator")),
                name="merit_share",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "person", "occurred_on"], name="merit_person"),
            models.Index(fields=["agency", "unit", "occurred_on"], name="merit_unit"),
        ]
