"""What every change of the directory begins with."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import F

from hezou.audit.actions import require, same_agency
from hezou.kernel import clock
from hezou.kernel.errors import NotFound, Refused
from hezou.kernel.messages import define
from hezou.people.models import Agency, Body, Journal, Person, Unit
from hezou.people.queries import today_of

MANAGE = "people.manage"

NAME_TAKEN = define("people.name_taken", "{name} is there already.")
RETIRED = define("people.retired", "{name} is no longer in use.")

Row = Unit | Person | Body | Journal


def manage(by: Person, *things: Row) -> None:
    """By right of `people.manage`: one change of the directory at a time, on fresh reads of rows in use.

    Raises Forbidden, NotFound (another agency's, or the system person) or Refused (a row retired).
    """
    require(by, MANAGE)
    # Takes the agency's row: checks for doubles and circles read what is true.
    renew(by)
    for thing in things:
        require(by, MANAGE, thing)
        if isinstance(thing, Person) and thing.is_system:
            raise NotFound
        thing.refresh_from_db()
        if thing.retired_at is not None:
            raise Refused(RETIRED(name=thing.name))


def renew(by: Person) -> None:
    """Give the agency a new revision: what is kept in memory of roles, deputies and rules is read anew."""
    Agency.objects.filter(pk=by.agency_id).update(revision=F("revision") + 1)


def hold(by: Person, *persons: Person) -> None:
    """Take the agency's row without a new revision: what the rules read of days and deputies stays true.

    Raises NotFound (another agency's, or the system person) or Refused (somebody left).
    """
    Agency.objects.select_for_update(no_key=True).get(pk=by.agency_id)
    for person in persons:
        same_agency(by, person)
        if person.is_system:
            raise NotFound
        person.refresh_from_db()
        if person.retired_at is not None:
            raise Refused(RETIRED(name=person.name))


def end_of(by: Person) -> date:
    """The last day of what ends with effect at once: yesterday, in the agency's zone."""
    return today_of(by.agency) - timedelta(days=1)


def retire(thing: Row) -> None:
    """Take a row out of use; it stays where it is named."""
    thing.retired_at = clock.now()
    type(thing)._default_manager.filter(pk=thing.pk).update(retired_at=thing.retired_at)
