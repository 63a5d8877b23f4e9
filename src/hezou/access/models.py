"""Tokens: keys with which programs act in a person's name."""

from __future__ import annotations

from django.db import models

from hezou.kernel.ids import uuid7
from hezou.people.models import AgencyRow, Person


class Token(AgencyRow):
    """A key of a person for one program. `verbs`: what it may do at most; of its secret the hash alone.

    It is found by its id, which stands in what its owner keeps. `with_factor`: its owner had a second factor
    when it was made, so nobody made it who knew the password alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=60)
    verbs = models.JSONField()
    digest = models.CharField(max_length=64)
    with_factor = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["agency", "person", "-made_at"], name="token_person")]
