"""Pieces that are over, as rows for `audit.actions.load_history`; see `audit.history`.

Versions are sealed and readers named here as the actions of this room do it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from hezou.audit.history import Past
from hezou.kernel.text import NORM, count_characters, title_of
from hezou.manuscripts.actions import admit
from hezou.manuscripts.lifecycle import MANUSCRIPT
from hezou.manuscripts.models import Author, Manuscript, Reader, Text, Version
from hezou.manuscripts.queries import Scope
from hezou.manuscripts.rules.classes import INTERNAL
from hezou.manuscripts.rules.sealing import Envelope
from hezou.people.models import Agency, Person, Unit


@dataclass(frozen=True)
class Labels:
    """What a piece is meant as: codes of kind, content class and openness."""

    kind: str
    content_class: str
    openness: str


def keep_piece(
    past: Past,
    *,
    agency: Agency,
    number: str,
    labels: Labels,
    state: str,
    authors: Sequence[tuple[Person, Unit]],
    begun_at: datetime,
    moved_at: datetime,
) -> Manuscript:
    """A piece that came to `state`, begun by the first of its authors (each with the unit of that day)."""
    creator, unit = authors[0]
    manuscript = Manuscript(
        agency_id=agency.pk,
        number=number,
        kind=labels.kind,
        content_class=labels.content_class,
        openness=labels.openness,
        creator_id=creator.pk,
        unit_id=unit.pk,
        created_at=begun_at,
        touched_at=moved_at,
        moved_at=moved_at,
    )
    past.keep(manuscript, MANUSCRIPT, state)
    for position, (person, home) in enumerate(authors):
        past.keep(
            Author(
                agency_id=agency.pk,
                manuscript_id=manuscript.pk,
                person_id=person.pk,
                unit_id=home.pk,
                position=position,
            )
        )
    scopes: list[Scope] = [("person", person.pk) for person, _ in authors]
    if labels.content_class != INTERNAL:
        scopes += [("head", unit.pk), ("office", agency.pk)]
    keep_readers(past, manuscript, scopes)
    past.tell(
        manuscript,
        "create",
        creator.pk,
        begun_at,
        number=number,
        kind=labels.kind,
        content_class=labels.content_class,
    )
    return manuscript


def keep_version(
    past: Past, *, manuscript: Manuscript, text: str, by: Person, at: datetime, reason: str
) -> Version:
    """The next version of a piece being kept. Raises Refused for a text that may not stand here at all."""
    text = admit(text, by.agency)
    salt = secrets.token_hex(16)
    seal = Envelope(
        manuscript.kind, manuscript.content_class, manuscript.openness, text=text, salt=salt
    ).seal()
    stored = Text(
        agency_id=by.agency_id, seal=seal, body=Text.packed(text), characters=count_characters(text)
    )
    manuscript.version_count += 1
    manuscript.title = title_of(text)[:300]
    version = Version(
        agency_id=by.agency_id,
        manuscript_id=manuscript.pk,
        number=manuscript.version_count,
        round=manuscript.round,
        reason=reason,
        made_by_id=by.pk,
        made_at=at,
        kind=manuscript.kind,
        content_class=manuscript.content_class,
        openness=manuscript.openness,
        norm=NORM,
        salt=salt,
        seal=seal,
        text=stored,
    )
    past.keep(stored)
    past.keep(version)
    past.tell(manuscript, "make_version", by.pk, at, version=version.number, seal=seal, reason=reason)
    return version


def hand_in(past: Past, *, manuscript: Manuscript, version: Version, by: Person, at: datetime) -> None:
    """Begin the next round of a piece being kept."""
    manuscript.round += 1
    past.tell(manuscript, "hand_in", by.pk, at, version=version.number, seal=version.seal)


def move(
    past: Past, *, manuscript: Manuscript, verb: str, version: Version, by: Person, at: datetime
) -> None:
    """Return, sign or submit a piece being kept: only what the chain tells of it."""
    past.tell(manuscript, verb, by.pk, at, seal=version.seal)


def keep_readers(past: Past, manuscript: Manuscript, scopes: Iterable[Scope]) -> None:
    """Who may see a piece being kept; scopes it has already stay."""
    for kind, scope_id in scopes:
        if past.is_new(manuscript.pk, kind, scope_id):
            past.keep(
                Reader(
                    agency_id=manuscript.agency_id,
                    manuscript_id=manuscript.pk,
                    scope_kind=kind,
                    scope_id=scope_id,
                )
            )
