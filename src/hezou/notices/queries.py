"""Reading notices."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from hezou.audit.prepared import prepared
from hezou.notices.models import Choice, Notice
from hezou.notices.rules import Wish
from hezou.people.models import Account, Person

CAP = 99
"""More unread notices than this are not counted."""


def notices(person: Person) -> QuerySet[Notice]:
    """Everything a person was told, newest first."""
    rows = Notice.objects.filter(agency_id=person.agency_id, person=person)
    return rows.select_related("by").order_by("-pk")


def unread(person: Person) -> int:
    """How many notices a person has not read; one more than CAP stands for more."""
    rows = Notice.objects.filter(agency_id=person.agency_id, person=person, read_at=None)
    return len(rows.values_list("pk", flat=True)[: CAP + 1])


def wishes(agency_id: UUID, persons: Collection[UUID]) -> dict[UUID, Wish]:
    """What each person chose; whoever never chose has no entry."""
    rows = _choices(agency_id=agency_id, persons=tuple(persons))
    return {row.person_id: Wish(row.progress, row.mail) for row in rows}


@prepared
def _choices(agency_id: UUID, persons: tuple[UUID, ...]) -> QuerySet[Choice]:
    return Choice.objects.filter(agency_id=agency_id, person_id__in=persons)


def wish_of(person: Person) -> Wish:
    """What a person chose, or what holds without a choice."""
    return wishes(person.agency_id, [person.pk]).get(person.pk, Wish())


def address_of(person: Person) -> str:
    """Where e-mail reaches a person; '' where it does not."""
    account = Account.objects.filter(agency_id=person.agency_id, person=person, is_active=True).first()
    return account.email if account else ""


def language_of(person: Person) -> str:
    """The language in which a person reads: their choice, or the installation's."""
    account = Account.objects.filter(agency_id=person.agency_id, person=person).first()
    return (account.language if account else "") or str(settings.LANGUAGE_CODE)


def may_mail() -> bool:
    """Whether this installation sends e-mail at all."""
    return settings.POST is not None
