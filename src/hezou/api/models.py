"""Hooks, and what each is told."""

from __future__ import annotations

from django.db import models

from hezou.access.models import Token
from hezou.api.rules.addresses import URL
from hezou.api.rules.events import DUE
from hezou.kernel.ids import uuid7
from hezou.people.models import AgencyRow


class Hook(AgencyRow):
    """An address that is told of events. It lasts no longer than the token it was made with.

    `told_until`: the number of the last entry of the trail that was looked at for it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    token = models.ForeignKey(Token, on_delete=models.PROTECT, related_name="+", db_index=False)
    url = models.CharField(max_length=URL)
    events = models.JSONField()
    told_until = models.BigIntegerField()
    failed_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["agency", "-made_at", "-id"], name="hook_order")]


class Delivery(AgencyRow):
    """One event for one hook, made from one entry of the trail (`number`); its id is the message's.

    `status`: what the receiver answered last (0: nothing).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    hook = models.ForeignKey(Hook, on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.BigIntegerField()
    event = models.CharField(max_length=40)
    outcome = models.CharField(max_length=10, default=DUE)
    status = models.IntegerField(default=0)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "hook", "number"], name="delivery_once")]
        indexes = [models.Index(fields=["agency", "outcome", "made_at"], name="delivery_old")]
