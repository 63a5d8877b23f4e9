"""The tree of units."""

from __future__ import annotations

from django.db.models import Max

from hezou.audit.actions import action, record
from hezou.kernel.errors import Refused
from hezou.kernel.messages import define
from hezou.people.actions.managing import NAME_TAKEN, end_of, manage, retire
from hezou.people.models import Grant, Person, Unit
from hezou.people.queries import not_over, today_of
from hezou.people.rules import names

UNIT_NAME_MISSING = define("people.unit_name_missing", "Enter the unit's name.")
ROOT_STAYS = define("people.root_stays", "The agency's own unit cannot be retired.")
UNIT_IN_USE = define("people.unit_in_use", "{name} still has units or people. Move or retire them first.")


@action
def add_unit(*, by: Person, parent: Unit, name: str) -> Unit:
    """A unit under another, after those there are. Raises Refused when the name is blank or taken."""
    manage(by, parent)
    name = _free_name(by, name)
    return put_unit(by=by, parent=parent, name=name)


@action
def rename_unit(*, by: Person, unit: Unit, name: str) -> Unit:
    """Another name; what was frozen under the old one stays with the unit."""
    manage(by, unit)
    if name != unit.name:
        unit.name = _free_name(by, name, besides=unit)
        unit.sort_key = names.sort_key(unit.name)
        Unit.objects.filter(pk=unit.pk).update(name=unit.name, sort_key=unit.sort_key)
        record(unit, "rename")
    return unit


@action
def retire_unit(*, by: Person, unit: Unit) -> Unit:
    """Take a unit out of use; roles held over it end. Refused while it has units or people."""
    manage(by, unit)
    if unit.parent_id is None:
        raise Refused(ROOT_STAYS())
    has_units = Unit.objects.filter(agency_id=by.agency_id, parent=unit, retired_at=None).exists()
    if has_units or Person.objects.filter(agency_id=by.agency_id, unit=unit, retired_at=None).exists():
        raise Refused(UNIT_IN_USE(name=unit.name))
    for grant in Grant.objects.filter(not_over(today_of(by.agency)), agency_id=by.agency_id, unit=unit):
        Grant.objects.filter(pk=grant.pk).update(ends=end_of(by))
        record(grant, "end")
    retire(unit)
    record(unit, "retire")
    return unit


def put_unit(*, by: Person, parent: Unit | None, name: str) -> Unit:
    """Within an act that has checked it: write the row and its entry."""
    last = Unit.objects.filter(agency_id=by.agency_id).aggregate(last=Max("position"))["last"]
    unit = Unit.objects.create(
        agency_id=by.agency_id,
        parent=parent,
        name=name,
        sort_key=names.sort_key(name),
        position=0 if last is None else last + 1,
    )
    record(unit, "add", parent=parent.pk if parent else None)
    return unit


def _free_name(by: Person, name: str, besides: Unit | None = None) -> str:
    name = names.admit_line(name, names.UNIT, missing=UNIT_NAME_MISSING)
    same = Unit.objects.filter(agency_id=by.agency_id, name=name, retired_at=None)
    if any(unit != besides for unit in same):
        raise Refused(NAME_TAKEN(name=name))
    return name
