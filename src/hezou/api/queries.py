"""Reading hooks and what they were told."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from hezou.access.queries import holding
from hezou.api.models import Delivery, Hook
from hezou.kernel.errors import NotFound
from hezou.people.models import Person


def hooks(agency_id: UUID) -> QuerySet[Hook]:
    """The hooks of an agency that have not ended."""
    return Hook.objects.filter(agency_id=agency_id, ended_at=None).select_related("token__person")


def find_hook(person: Person, hook_id: UUID) -> Hook:
    """A hook of the agency, one that has ended included. Raises NotFound."""
    rows = Hook.objects.filter(agency_id=person.agency_id).select_related("token__person")
    found = rows.filter(pk=hook_id).first()
    if found is None:
        raise NotFound
    return found


def listening(agency_id: UUID) -> QuerySet[Hook]:
    """The hooks that are told of something: not ended, their token holding."""
    return hooks(agency_id).filter(token__in=holding().filter(agency_id=agency_id)).order_by("id")


def deliveries(hook: Hook) -> QuerySet[Delivery]:
    """What a hook was told, or is to be told."""
    return Delivery.objects.filter(agency_id=hook.agency_id, hook=hook)
