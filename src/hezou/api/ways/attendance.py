"""Absences and the duty roster."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from ninja import Router

from hezou.api.door import DoorRequest, Token
from hezou.api.once import once
from hezou.api.openapi import ONCE
from hezou.api.shapes.attendance import (
    AbsenceSent,
    AbsencesTold,
    AbsenceTold,
    DutySent,
    DutyTold,
    Roster,
    absence_told,
)
from hezou.api.shapes.common import Id, person_ref
from hezou.api.shapes.submissions import Day
from hezou.api.ways.finding import absence_of, persons_of
from hezou.audit.actions import require
from hezou.people.actions import be_away, come_back, put_on_duty
from hezou.people.models import Person
from hezou.people.queries import absences_of, roster, today_of
from hezou.people.rules.roster import Row

router = Router(tags=["people"])
LONGEST = timedelta(days=366)
"""Days of the roster that are told at once."""


@router.get("/absences", response=AbsencesTold, auth=Token("absence.record"), operation_id="list_absences")
def listing(request: DoorRequest, person: Id | None = None) -> Any:
    """Your absences that hold today or later; those of `person` where you enter theirs."""
    who = _whose(request.person, person)
    return AbsencesTold(items=[absence_told(row) for row in absences_of(who, today_of(who.agency))])


@router.post(
    "/absences",
    response={201: AbsenceTold},
    auth=Token("absence.record"),
    operation_id="be_away",
    openapi_extra=ONCE,
)
def away(request: DoorRequest, response: HttpResponse, sent: AbsenceSent) -> Any:
    """Enter leave, travel or a meeting; a deputy signs in their name on all of these days."""
    me = request.person
    who = _whose(me, sent.person)
    deputy = persons_of(me, [sent.deputy])[0] if sent.deputy else None

    def do() -> int:
        days = {"starts": sent.starts, "ends": sent.ends}
        return be_away(by=me, person=who, kind=sent.kind, deputy=deputy, **days).pk

    return absence_told(absence_of(me, int(once(request, response, do))))


@router.delete(
    "/absences/{int:absence_id}", response=AbsenceTold, auth=Token("absence.record"), operation_id="come_back"
)
def back(request: DoorRequest, absence_id: int) -> Any:
    """Back again, or not leaving after all; standing in ends with it."""
    me = request.person
    return absence_told(come_back(by=me, absence=absence_of(me, absence_id)))


@router.get("/duty", response=Roster, auth=Token("people.read"), operation_id="list_duty")
def on_duty(request: DoorRequest, first: Day | None = None, last: Day | None = None) -> Any:
    """Who is on duty from `first` (today by default) to `last` (the same day by default)."""
    agency = request.person.agency
    begins = first or today_of(agency)
    ends = last or begins
    rows = roster(agency.pk, begins, ends if ends - begins < LONGEST else begins + LONGEST)
    return Roster(
        items=[
            DutyTold.model_validate(
                {"day": row.day, "part": row.part, "person": person_ref(row.person), "phone": row.phone}
            )
            for row in rows
            if row.person
        ]
    )


@router.put("/duty/{day}", response=Roster, auth=Token("duty.keep"), operation_id="put_on_duty")
def put(request: DoorRequest, day: Day, sent: DutySent) -> Any:
    """Say who is on duty on a day: it replaces whom a cell names and leaves empty cells as they are."""
    put_on_duty(by=request.person, row=Row(0, day.isoformat(), **sent.dict()))
    return on_duty(request, day, day)


def _whose(asking: Person, person_id: Any) -> Person:
    """The bearer, or somebody whose absence they may enter."""
    who = asking if person_id is None else persons_of(asking, [person_id])[0]
    require(asking, "absence.record", who)
    return who
