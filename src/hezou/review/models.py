"""Seats and decisions."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from hezou.kernel.ids import uuid7
from hezou.manuscripts.models import Manuscript, Version
from hezou.people.models import AgencyRow, Person, Unit
from hezou.review.lifecycle import SEAT


class Seat(AgencyRow):
    """One step of one round. `person` is the holder, empty until taken; then role and `unit` say who may.

    `decided_by` is who pressed the button last (the holder, or a deputy). Two constraints hold that nobody
    has two counted seats of a round, neither as holder nor as deputy (R2).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    manuscript = models.ForeignKey(Manuscript, on_delete=models.PROTECT, related_name="seats", db_index=False)
    round = models.IntegerField()
    level = models.IntegerField()
    step = models.CharField(max_length=40)
    role = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    decided_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    counts = models.BooleanField()
    edits = models.BooleanField()
    secrecy = models.BooleanField()
    signs = models.BooleanField()
    state = models.CharField(max_length=20, default=SEAT.initial)
    revision = models.IntegerField(default=1)
    opened_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "manuscript", "round", "step"], name="seat_step"),
            models.UniqueConstraint(
                fields=["agency", "manuscript", "round", "person"],
                condition=Q(counts=True),
                name="seat_one_counted_level",
            ),
            models.UniqueConstraint(
                fields=["agency", "manuscript", "round", "decided_by"],
                condition=Q(counts=True),
                name="seat_one_counted_decision",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "state", "person", "opened_at"], name="seat_waiting"),
            models.Index(fields=["agency", "state", "role", "unit"], name="seat_pool"),
        ]


class Decision(AgencyRow):
    """What was said at a seat, about which text; never changed, never removed.

    `version_before` is what the decider was shown, `version_after` what the decision is bound to; they
    differ when the decider edited (`edit_class` then says wording or substance).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="decisions", db_index=False)
    verdict = models.CharField(max_length=20)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    in_name_of = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    recorded_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    mode = models.CharField(max_length=20, default="in_person")
    version_before = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+", db_index=False)
    version_after = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+", db_index=False)
    edit_class = models.CharField(max_length=20, blank=True)
    opinion = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["agency", "seat", "at"], name="decision_seat")]
