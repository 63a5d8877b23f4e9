"""Notices, mails and choices."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from hezou.kernel.ids import uuid7
from hezou.kernel.ref import Ref
from hezou.notices.rules import DUE
from hezou.people.models import AgencyRow, Person


class Notice(AgencyRow):
    """One person told of one thing. `kind` is the code of its sentence.

    `stage` tells apart what happens to the same thing again: a round, a version, a body.
    """

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=60)
    ref_kind = models.CharField(max_length=32)
    ref_id = models.CharField(max_length=64)
    stage = models.CharField(max_length=80)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "person", "kind", "ref_kind", "ref_id", "stage"], name="notice_once"
            )
        ]
        indexes = [
            models.Index(fields=["agency", "person", "-id"], name="notice_list"),
            models.Index(fields=["agency", "person"], condition=Q(read_at=None), name="notice_unread"),
        ]

    @property
    def ref(self) -> Ref:
        return Ref(self.ref_kind, self.ref_id)


class Mail(AgencyRow):
    """A notice on its way out by e-mail; its id makes the message's own. The address is the account's."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="+", db_index=False)
    outcome = models.CharField(max_length=10, default=DUE)
    lease_until = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "notice"], name="mail_once")]


class Choice(AgencyRow):
    """What a person wants to be told; without a row: everything, here and not by e-mail."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    progress = models.BooleanField(default=True)
    mail = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "person"], name="choice_once")]
