"""What left the house upward, and its result."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from hezou.kernel.ids import uuid7
from hezou.manuscripts.models import Manuscript, Version
from hezou.people.models import AgencyRow, Body, Journal, Person
from hezou.submissions.lifecycle import SUBMISSION


class Submission(AgencyRow):
    """One version of one piece sent to one body."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    manuscript = models.ForeignKey(
        Manuscript, on_delete=models.PROTECT, related_name="submissions", db_index=False
    )
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+", db_index=False)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=20, default=SUBMISSION.initial)
    revision = models.IntegerField(default=1)
    submitted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    submitted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "manuscript", "body"], name="submission_once_a_body")
        ]
        indexes = [models.Index(fields=["agency", "-submitted_at", "-id"], name="submission_order")]


class Adoption(AgencyRow):
    """A body used a submission: where, in what form, on which day, and how sure we are."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, related_name="adoptions", db_index=False
    )
    journal = models.ForeignKey(
        Journal, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    form = models.CharField(max_length=40)
    evidence = models.CharField(max_length=40)
    issue_number = models.CharField(max_length=40, blank=True)
    adopted_on = models.DateField()
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "submission", "journal", "issue_number"], name="adoption_once_a_journal"
            ),
            models.UniqueConstraint(
                fields=["agency", "submission", "issue_number"],
                condition=Q(journal=None),
                name="adoption_once_without_journal",
            ),
        ]
        indexes = [models.Index(fields=["agency", "-adopted_on", "-id"], name="adoption_order")]
