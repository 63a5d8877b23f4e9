"""What stands around the pieces: who asks, the directory, the codes in force, notices, checks, hooks."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import ConfigDict, Field, StrictStr

from hezou.api.rules.events import EVENTS
from hezou.api.shapes.common import PageOf, PersonRef, Said, Sent, Told, UnitRef, Word
from hezou.api.shapes.submissions import BodyRef

EventCode = Annotated[StrictStr, Field(json_schema_extra={"enum": list(EVENTS)})]


class Me(Told):
    """Whose token it is, what it is for, and until when."""

    person: PersonRef
    unit: UnitRef
    agency: str
    token: str
    verbs: list[str]
    expires_at: datetime


class Labelled(Told):
    """A code with its names."""

    code: str
    zh: str
    en: str


class KindTold(Labelled):
    """A kind of piece: the lines and classes it may have, the steps of its route in order."""

    lines: list[str]
    classes: list[str]
    steps: list[Labelled]


class Codes(Told):
    """The codes of the agency's rules in force today, to be sent and met in answers."""

    kinds: list[KindTold]
    roles: list[Labelled]
    natures: list[Labelled]
    adoption_forms: list[Labelled]
    evidence_grades: list[Labelled]
    openness: list[str]
    events: list[str]


class UnitTold(Told):
    """A unit; `parent` is null for the agency itself."""

    id: UUID
    parent: UUID | None
    name: str


class Units(Told):
    """Every unit in use, in the agency's order."""

    items: list[UnitTold]


class PersonTold(Told):
    """Somebody who works here."""

    id: UUID
    name: str
    post: str
    unit: UnitRef


class BodyTold(Told):
    """A body with its journals."""

    id: UUID
    name: str
    nature: str
    journals: list[BodyRef]


class Bodies(Told):
    """Every body in use, in the agency's order."""

    items: list[BodyTold]


class NoticeTold(Told):
    """Something the bearer was told; of a piece not theirs to see, or internal, neither id nor title."""

    id: int
    kind: str
    thing_kind: str
    thing: str | None
    title: str | None
    by: PersonRef
    at: datetime
    read_at: datetime | None


class ReadUntil(Sent):
    """Take one's notices as read, up to this id."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"until": 17}]})

    until: Annotated[int, Field(strict=True, ge=0, le=2**62)]


class ReadTold(Told):
    """Up to which id one's notices are read now."""

    until: int


class TextSent(Sent):
    """A text to be checked; nothing of it is kept. `kind`: the kind of piece it is to become."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"text": "关于××的情况\n梳理事项XX项。"}]})

    text: StrictStr
    kind: Word | None = None


class FindingTold(Told):
    """A slip: `start` and `end` count characters of the text as sent; each of `replacements` repairs it."""

    check: str
    severity: Literal["error", "warning", "hint"]
    start: int
    end: int
    message: Said
    why: Said
    replacements: list[str]
    confidence: float


class Findings(Told):
    """Every slip by place; errors stop hand-in, warnings ask for a confirmation."""

    characters: int
    findings: list[FindingTold]


class HookSent(Sent):
    """Tell this address of these events."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"url": "https://office.example/hezou", "events": ["manuscript.signed", "submission.adopted"]}
            ]
        }
    )

    url: Annotated[StrictStr, Field(min_length=1, max_length=500)]
    events: Annotated[list[EventCode], Field(min_length=1, max_length=len(EVENTS))]


class HookTold(Told):
    """A hook; `secret` (to check signatures with) is told in the first answer and never again."""

    id: UUID
    url: str
    events: list[str]
    token: str
    made_by: PersonRef
    made_at: datetime
    ended_at: datetime | None
    secret: str | None


class DeliveryTold(Told):
    """One event for a hook; `id` is its webhook-id, `status` what the receiver answered last (0: nothing)."""

    id: UUID
    event: str
    entry: int
    outcome: Literal["due", "sent", "dropped"]
    status: int
    made_at: datetime
    sent_at: datetime | None


PersonPage = PageOf[PersonTold]
NoticePage = PageOf[NoticeTold]
HookPage = PageOf[HookTold]
DeliveryPage = PageOf[DeliveryTold]
