"""Rows of the directory by the ids of an address: those of the asking person's agency, or none."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from hezou.kernel.errors import NotFound
from hezou.packs.rules import Rulebook
from hezou.people.models import Absence, Body, Deputy, Grant, Journal, Person, Unit
from hezou.web.templatetags.words import label

M = TypeVar("M", bound=Model)


def person_of(asking: Person, person_id: UUID) -> Person:
    """A person of the agency, those who left included. Raises NotFound."""
    return _one(Person.objects.select_related("unit", "agency").filter(is_system=False), asking, person_id)


def unit_of(asking: Person, unit_id: UUID) -> Unit:
    """A unit in use. Raises NotFound."""
    return _one(Unit.objects.select_related("parent").filter(retired_at=None), asking, unit_id)


def grant_of(asking: Person, grant_id: int) -> Grant:
    """A role somebody holds or held. Raises NotFound."""
    return _one(Grant.objects.select_related("person"), asking, grant_id)


def deputy_of(asking: Person, deputy_id: int) -> Deputy:
    """A deputyship. Raises NotFound."""
    return _one(Deputy.objects.select_related("principal"), asking, deputy_id)


def absence_of(asking: Person, absence_id: int) -> Absence:
    """An absence. Raises NotFound."""
    return _one(Absence.objects.select_related("person__agency"), asking, absence_id)


def body_of(asking: Person, body_id: UUID) -> Body:
    """A body in use. Raises NotFound."""
    return _one(Body.objects.filter(retired_at=None), asking, body_id)


def journal_of(asking: Person, journal_id: UUID) -> Journal:
    """A journal in use. Raises NotFound."""
    return _one(Journal.objects.filter(retired_at=None), asking, journal_id)


def role_label(rules: Rulebook, code: str) -> str:
    """What the agency calls a role; the code itself when its rules no longer name it."""
    row = rules.roles.get(code)
    return label(row.label) if row else code


def nature_label(rules: Rulebook, code: str) -> str:
    """What the agency calls, or used to call, the nature of a body."""
    row = rules.known("natures", code)
    return label(row.label) if row else code


def _one(rows: QuerySet[M], asking: Person, row_id: Any) -> M:
    found = rows.filter(agency_id=asking.agency_id, pk=row_id).first()
    if found is None:
        raise NotFound
    return found
