"""Leave, travel, meeting: being away, and a deputy for as long (R13)."""

from __future__ import annotations

from datetime import date

from hezou.audit.actions import action, record, require
from hezou.kernel import clock
from hezou.kernel.errors import Refused
from hezou.people.actions.managing import end_of, hold, renew
from hezou.people.actions.roles import put_deputy, stop_deputy
from hezou.people.models import Absence, Deputy, Person
from hezou.people.queries import absences_of, today_of
from hezou.people.rules.absences import uncovered, why_not_away


@action
def be_away(
    *, by: Person, person: Person, kind: str, starts: date, ends: date, deputy: Person | None = None
) -> Absence:
    """`person` is away, both days included; `deputy` signs in their name on every one of them.

    Days on which the deputy is named already stay as they are. Raises Forbidden without the right to enter
    the absence, or to name that person's deputy; Refused for dates in the wrong order or over, for days on
    which the person is away already, and where no such deputy may be named (`name_deputy`).
    """
    require(by, "absence.record", person)
    if deputy is not None:
        require(by, "deputy.name", person)
    hold(by, *((person, deputy) if deputy else (person,)))
    today = today_of(by.agency)
    others = [(row.starts, row.ends) for row in absences_of(person, today)]
    Refused.unless_none([why_not_away(person.name, kind, (starts, ends), others, today)])
    absence = Absence.objects.create(
        agency_id=by.agency_id,
        person=person,
        kind=kind,
        starts=starts,
        ends=ends,
        deputy=deputy,
        recorded_by=by,
        recorded_at=clock.now(),
    )
    days = {"starts": starts.isoformat(), "ends": ends.isoformat()}
    record(absence, "be_away", person=person.pk, kind=kind, deputy=deputy.pk if deputy else None, **days)
    if deputy is not None:
        _stand_in(by, absence, deputy)
    return absence


@action
def come_back(*, by: Person, absence: Absence) -> Absence:
    """The absence is over, or does not take place; deputyships named for it end with it, at once."""
    require(by, "absence.record", absence.person)
    hold(by)
    absence.refresh_from_db()
    if absence.ends <= end_of(by):
        return absence
    absence.ends = end_of(by)
    Absence.objects.filter(pk=absence.pk).update(ends=absence.ends)
    record(absence, "come_back", person=absence.person_id)
    for named in Deputy.objects.filter(agency_id=by.agency_id, absence=absence).order_by("id"):
        renew(by)
        stop_deputy(by, named)
    return absence


def _stand_in(by: Person, absence: Absence, deputy: Person) -> None:
    """Name the deputy for the days of the absence on which they are not named yet."""
    same = Deputy.objects.filter(agency_id=by.agency_id, principal=absence.person, deputy=deputy)
    covered = list(same.values_list("starts", "ends"))
    for starts, ends in uncovered((absence.starts, absence.ends), covered):
        renew(by)
        put_deputy(by=by, principal=absence.person, deputy=deputy, starts=starts, ends=ends, absence=absence)
