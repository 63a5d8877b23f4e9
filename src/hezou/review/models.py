"""Seats, decisions, printed sheets, and signatures that are owed."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from hezou.files.models import Blob
from hezou.kernel.ids import uuid7
from hezou.manuscripts.models import Manuscript, Version
from hezou.packs.rules import Label
from hezou.people.models import AgencyRow, Person, Unit
from hezou.review.lifecycle import SEAT
from hezou.review.rules import ONLINE


class Seat(AgencyRow):
    """One step of one round. `person` is the holder, empty until taken; then role and `unit` say who may.

    A seat keeps what its route said of it when the piece was handed in, its name (`label`, as `zh` and `en`)
    included: rules adopted later change no round that has begun. `decided_by` is who pressed the button last
    (the holder, or a deputy). Two constraints hold that nobody has two counted seats of a round, neither as
    holder nor as deputy (R2).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    manuscript = models.ForeignKey(Manuscript, on_delete=models.PROTECT, related_name="seats", db_index=False)
    round = models.IntegerField()
    level = models.IntegerField()
    step = models.CharField(max_length=40)
    label = models.JSONField(default=dict)
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

    @property
    def name(self) -> Label | str:
        """What the step was called when the piece was handed in."""
        return Label(**self.label) if self.label else self.step


class Sheet(AgencyRow):
    """An approval sheet as printed: one text at one step, known by a code that a person can type.

    Without a seat it was printed for the file. `chain_number` and `chain_hash`: the trail's end on printing.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    manuscript = models.ForeignKey(
        Manuscript, on_delete=models.PROTECT, related_name="sheets", db_index=False
    )
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+", db_index=False)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    round = models.IntegerField()
    form = models.CharField(max_length=20)
    code = models.CharField(max_length=8)
    printed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    printed_at = models.DateTimeField()
    chain_number = models.BigIntegerField()
    chain_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "code"], name="sheet_code")]
        indexes = [models.Index(fields=["agency", "manuscript", "-printed_at"], name="sheet_manuscript")]


class Decision(AgencyRow):
    """What was said at a seat, about which text; never changed, never removed.

    `version_before` is what the decider was shown, `version_after` what the decision is bound to; they
    differ when the decider edited (`edit_class` then says wording or substance). `mode` says how it came;
    what did not come by the decider's own hand was entered by `recorded_by`: given at `spoken_at`, an edit
    agreed as `edit_basis` says, on this `sheet`, with this picture of it as `evidence` (R3).
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
    mode = models.CharField(max_length=20, default=ONLINE)
    spoken_at = models.DateTimeField(null=True)
    version_before = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+", db_index=False)
    version_after = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+", db_index=False)
    edit_class = models.CharField(max_length=20, blank=True)
    edit_basis = models.CharField(max_length=20, blank=True)
    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    evidence = models.ForeignKey(Blob, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    opinion = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["agency", "seat", "at"], name="decision_seat")]

    @property
    def given_at(self) -> datetime:
        """When it was decided; what somebody else enters is given before it is entered."""
        return self.spoken_at or self.at


class Selection(AgencyRow):
    """What the office makes of a piece that a unit sent (来稿筛选, R8); never changed: the newest counts.

    A mark at the office's own step, read by no guard: what it asks for is done by the verbs there are.
    `number` counts those of one seat, so that of two who select at once one is told.
    """

    manuscript = models.ForeignKey(Manuscript, on_delete=models.PROTECT, related_name="+", db_index=False)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="selections", db_index=False)
    number = models.IntegerField()
    verdict = models.CharField(max_length=20)
    selected_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "seat", "number"], name="selection_number")]
        indexes = [models.Index(fields=["agency", "manuscript", "at"], name="selection_manuscript")]


class CounterSignature(AgencyRow):
    """补签: a consent by word of mouth is to be signed on paper until `due_on`; open while not closed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+", db_index=False)
    due_on = models.DateField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    evidence = models.ForeignKey(Blob, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "decision"], name="counter_signature_once")]
        indexes = [models.Index(fields=["agency", "closed_at", "due_on"], name="counter_signature_due")]
