"""Pieces and their versions."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field, StrictStr

from hezou.access.by_token import INTERNAL_STAYS
from hezou.api.shapes.common import (
    Id,
    PageOf,
    PersonRef,
    Revision,
    Sent,
    Told,
    UnitRef,
    Word,
    fields,
    person_ref,
    unit_ref,
)
from hezou.api.shapes.review import SOME_ID, SeatTold, seats_of
from hezou.kernel.errors import Forbidden
from hezou.kernel.text import count_characters
from hezou.manuscripts.lifecycle import MANUSCRIPT
from hezou.manuscripts.models import Attachment, Manuscript, Version
from hezou.manuscripts.queries import attachments_of, authors, current_version
from hezou.manuscripts.rules.classes import INTERNAL
from hezou.people.models import Person

State = Literal["draft", "in_review", "returned", "signed", "sent"]
EXAMPLE: dict[str, Any] = {
    "text": "关于推行窗口帮办服务的做法\n今年以来，某科推行窗口帮办服务，取得初步成效。",
    "kind": "one_of_your_kinds",
    "content_class": "public",
    "openness": "withheld",
}


class Piece(Sent):
    """What a writer wants kept. `authors`: persons' ids in order; by default whoever sends it."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    text: StrictStr
    kind: Word
    content_class: Word
    openness: Word
    authors: Annotated[list[Id], Field(max_length=50)] | None = None


class Kept(Piece):
    """The same, with the revision that was seen (here or as If-Match)."""

    model_config = ConfigDict(json_schema_extra={"examples": [{**EXAMPLE, "revision": 1}]})

    revision: Revision | None = None


class ReaderSent(Sent):
    """Let a person read the piece."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"person": SOME_ID, "revision": 2}]})

    person: Id
    revision: Revision | None = None


class ManuscriptLine(Told):
    """A piece in a list."""

    id: UUID
    number: str
    title: str
    kind: str
    content_class: str
    openness: str
    state: State
    round: int
    revision: int
    version: int
    unit: UnitRef
    creator: PersonRef
    created_at: datetime
    touched_at: datetime
    moved_at: datetime


class AuthorTold(Told):
    """An author; the unit is the one of the day of hand-in, null before."""

    person: PersonRef
    unit: UnitRef | None


class ManuscriptTold(ManuscriptLine):
    """A piece: its newest text with the seal, its authors, the seats of its round, what the bearer may do."""

    text: str
    seal: str
    authors: list[AuthorTold]
    seats: list[SeatTold]
    verbs: list[str]


class VersionLine(Told):
    """A version in a list."""

    number: int
    round: int
    reason: str
    made_by: PersonRef
    made_at: datetime
    kind: str
    content_class: str
    openness: str
    seal: str


class AttachmentTold(Told):
    """A file that went with a version."""

    name: str
    sha256: str
    size: int
    content_type: str


class VersionTold(VersionLine):
    """A version with its text, the characters counted as WPS counts."""

    text: str
    characters: int
    attachments: list[AttachmentTold]


ManuscriptPage = PageOf[ManuscriptLine]
VersionPage = PageOf[VersionLine]


def manuscript_line(piece: Manuscript) -> ManuscriptLine:
    return ManuscriptLine(**_line(piece))


def manuscript_told(person: Person, piece: Manuscript) -> ManuscriptTold:
    """A piece as its page tells it. Raises Forbidden where the newest version is internal."""
    version = current_version(piece)
    if version.content_class == INTERNAL:
        raise Forbidden(INTERNAL_STAYS())
    return ManuscriptTold(
        **_line(piece),
        text=version.text.plain(),
        seal=version.seal,
        authors=[
            AuthorTold(person=person_ref(one.person), unit=unit_ref(one.unit) if one.unit else None)
            for one in authors(piece)
        ],
        seats=seats_of(person, piece),
        verbs=[
            step.verb
            for step in MANUSCRIPT.from_state(piece.state)
            if step.permission and person.has_perm(step.permission, piece)
        ],
    )


def version_line(version: Version) -> VersionLine:
    return VersionLine(**_version(version))


def version_told(version: Version) -> VersionTold:
    text = version.text.plain()
    return VersionTold(
        **_version(version),
        text=text,
        characters=count_characters(text),
        attachments=[attachment_told(one) for one in attachments_of(version)],
    )


def attachment_told(row: Attachment) -> AttachmentTold:
    return AttachmentTold(name=row.name, **fields(row.blob, "sha256", "size", "content_type"))


def _line(piece: Manuscript) -> dict[str, Any]:
    names = ("number", "title", "kind", "content_class", "openness", "state", "round", "revision")
    times = ("created_at", "touched_at", "moved_at")
    return {
        "id": piece.pk,
        **fields(piece, *names, *times),
        "version": piece.version_count,
        "unit": unit_ref(piece.unit),
        "creator": person_ref(piece.creator),
    }


def _version(version: Version) -> dict[str, Any]:
    names = ("number", "round", "reason", "made_at", "kind", "content_class", "openness", "seal")
    return {**fields(version, *names), "made_by": person_ref(version.made_by)}
