"""Reading merit facts."""

from __future__ import annotations

from django.db.models import QuerySet

from hezou.merits.models import Merit
from hezou.people.models import Person


def merits_of(person: Person) -> QuerySet[Merit]:
    """A person's merits, newest first."""
    rows = Merit.objects.filter(agency_id=person.agency_id, person=person)
    return rows.select_related("unit").order_by("-occurred_on", "-id")
