"""Who is away, who stands in, who is on duty."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from hezou.api.shapes.common import Id, PersonRef, Sent, Told, Word, person_ref
from hezou.api.shapes.review import SOME_ID
from hezou.api.shapes.submissions import Day
from hezou.people.models import Absence

Cell = Annotated[Word, Field(max_length=200)]


class AbsenceSent(Sent):
    """Somebody is away, both days included; `person` is the bearer by default, `deputy` signs for them."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"kind": "travel", "starts": "2026-03-05", "ends": "2026-03-06", "deputy": SOME_ID}]
        }
    )

    person: Id | None = None
    kind: Literal["leave", "travel", "meeting"]
    starts: Day
    ends: Day
    deputy: Id | None = None


class AbsenceTold(Told):
    """An absence; one that was called off before it began ends before it starts."""

    id: int
    person: PersonRef
    kind: str
    starts: date
    ends: date
    deputy: PersonRef | None


class AbsencesTold(Told):
    """The absences of a person that hold today or later, the next first."""

    items: list[AbsenceTold]


class DutySent(Sent):
    """Who is on duty on a day, as a roster is written; a cell left out stays as it is."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"leader": "甲某", "staff": "乙某（第一科）、丙某", "staff_phone": "8001"}]
        }
    )

    leader: Cell = ""
    leader_phone: Cell = ""
    staff: Cell = ""
    staff_phone: Cell = ""


class DutyTold(Told):
    """One place of a day: who leads or keeps watch, and the telephone."""

    day: date
    part: Literal["leader", "staff"]
    person: PersonRef
    phone: str


class Roster(Told):
    """Who is on duty, by day."""

    items: list[DutyTold]


def absence_told(row: Absence) -> AbsenceTold:
    return AbsenceTold(
        id=row.pk,
        person=person_ref(row.person),
        kind=row.kind,
        starts=row.starts,
        ends=row.ends,
        deputy=person_ref(row.deputy) if row.deputy else None,
    )
