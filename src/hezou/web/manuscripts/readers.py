"""Who may see a piece, by name: what stands on its reader list, and who could be put on it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from hezou.manuscripts.models import Manuscript, Reader
from hezou.people.models import Person, Unit
from hezou.web.manuscripts.people import UnitOfPersons, by_unit, directory


@dataclass(frozen=True)
class Entry:
    """One line of a reader list; `why` says what opened the piece."""

    who: str
    why: Promise


WHY = {
    "person": gettext_lazy("named as writer or reader"),
    "seat": gettext_lazy("reviews it, or may sign for who reviews it"),
    "head": gettext_lazy("head of the unit"),
    "office": gettext_lazy("the editors and signers"),
}


def readers(manuscript: Manuscript) -> list[Entry]:
    """The reader list in words, persons first."""
    rows = list(
        Reader.objects.filter(agency_id=manuscript.agency_id, manuscript=manuscript).values_list(
            "scope_kind", "scope_id"
        )
    )
    ids = [scope_id for _, scope_id in rows]
    names = dict(Person.objects.filter(agency_id=manuscript.agency_id, pk__in=ids).values_list("pk", "name"))
    names |= dict(Unit.objects.filter(agency_id=manuscript.agency_id, pk__in=ids).values_list("pk", "name"))
    order = list(WHY)
    rows.sort(key=lambda row: (order.index(row[0]), names.get(row[1], "")))
    return [Entry(names.get(scope_id, manuscript.agency.short_name), WHY[kind]) for kind, scope_id in rows]


def others(asking: Person, manuscript: Manuscript) -> list[UnitOfPersons]:
    """Everybody who is not on the list as a person yet, unit by unit."""
    listed = Reader.objects.filter(
        agency_id=manuscript.agency_id, manuscript=manuscript, scope_kind="person"
    ).values_list("scope_id", flat=True)
    taken = set(listed)
    everybody = directory(asking)
    return by_unit(asking, everybody, [one for one in everybody if one.pk in taken])
