"""The verbs of a piece and its text.

Every action that changes what a guard reads takes the row first (`take`): the caller names the revision its
form was drawn from. Rooms above call `take` once and then the verbs marked *of a taken row*.
"""

from __future__ import annotations

import secrets
from typing import Any

from hezou.audit.actions import action, advance, compare_and_set, record, require, same_agency
from hezou.checks.rules import Finding, check, secrecy_mark
from hezou.files.models import Blob
from hezou.kernel import clock
from hezou.kernel.errors import IMPOSSIBLE, Refused, Stale, TooLarge
from hezou.kernel.text import NORM, count_characters, normalise, picture_hashes, title_of, why_not_text
from hezou.manuscripts.lifecycle import MANUSCRIPT, PURGED, WRITABLE
from hezou.manuscripts.models import Author, Manuscript, Picture, Reader, Text, Version, WorkingCopy
from hezou.manuscripts.queries import (
    Scope,
    attachments,
    authors,
    current_version,
    leases,
    usable_pictures,
)
from hezou.manuscripts.rules.classes import INTERNAL, KIND_GONE, why_not_class
from hezou.manuscripts.rules.handing_in import EMPTY, NO_AUTHOR, SECRECY_MARK, TOO_LONG, HandInFacts
from hezou.manuscripts.rules.incoming import why_not_shown
from hezou.manuscripts.rules.leases import is_held
from hezou.manuscripts.rules.purging import PURGED_ALREADY
from hezou.manuscripts.rules.sealing import envelope
from hezou.packs.rules import MANUSCRIPT_CHARACTERS
from hezou.people.actions import next_number
from hezou.people.models import Agency, Person
from hezou.people.queries import rules_of


def admit(text: str, agency: Agency) -> str:
    """The text normalised, or a refusal before any write: no text, marked secret, too long (R4, R7).

    Raises Refused or TooLarge; what was typed stays on the caller's page.
    """
    Refused.unless_none([why_not_text(text)])
    mark = secrecy_mark(text)
    if mark is not None:
        raise Refused(SECRECY_MARK(mark=text[mark.start : mark.end]))
    most = rules_of(agency).limit(MANUSCRIPT_CHARACTERS)
    if len(text) > most:
        raise TooLarge(TOO_LONG(characters=f"{len(text):,}", most=f"{most:,}"))
    return normalise(text)


@action
def create(
    *, by: Person, text: str, kind: str, content_class: str, openness: str, named: list[Person]
) -> Manuscript:
    """A new piece from pasted text; the writer sees it alone until it is handed in. Its text is version 1."""
    require(by, "manuscript.create")
    same_agency(by, *named)
    text = admit(text, by.agency)
    _admit_class(by, kind, content_class, openness)
    if not text.strip():
        raise Refused(EMPTY())
    if not named:
        raise Refused(NO_AUTHOR())
    now = clock.now()
    manuscript = Manuscript.objects.create(
        agency_id=by.agency_id,
        number=next_number(by.agency, "manuscript"),
        title=title_of(text)[:300],
        kind=kind,
        content_class=content_class,
        openness=openness,
        creator=by,
        unit=named[0].unit,
        created_at=now,
        touched_at=now,
        moved_at=now,
    )
    _name_authors(manuscript, named)
    open_to(manuscript, ("person", by.pk), *(("person", person.pk) for person in named))
    record(manuscript, "create", number=manuscript.number, kind=kind, content_class=content_class)
    make_version(by=by, manuscript=manuscript, text=text, reason="import")
    return manuscript


@action
def save_working_copy(*, by: Person, manuscript: Manuscript, text: str, revision: int) -> WorkingCopy:
    """Keep what is being typed. `revision` is the working copy's (0 for the first save).

    Raises Stale when another tab of the same person saved in between.
    """
    require(by, "manuscript.type", manuscript)
    if manuscript.state == PURGED:
        raise Refused(PURGED_ALREADY(number=manuscript.number))
    text = admit(text, by.agency)
    now = clock.now()
    key = {"agency_id": by.agency_id, "manuscript": manuscript, "person": by}
    if revision == 0:
        first = {"base": current_version(manuscript), "text": text, "saved_at": now}
        copy, made = WorkingCopy.objects.get_or_create(**key, defaults=first)
        if not made:
            raise Stale
        return copy
    mine = WorkingCopy.objects.filter(**key)
    if not mine.filter(revision=revision).update(text=text, saved_at=now, revision=revision + 1):
        raise Stale
    return mine.get()


@action
def hold_lease(*, by: Person, manuscript: Manuscript, take_over: bool = False) -> None:
    """Say that `by` is writing into the piece, unless somebody else still is; with `take_over` even then.

    Nothing is lost by taking over: each writes into a working copy of their own.
    """
    require(by, "manuscript.type", manuscript)
    now = clock.now()
    lease, is_new = leases(manuscript).get_or_create(
        defaults={
            "agency_id": by.agency_id,
            "manuscript": manuscript,
            "person": by,
            "since": now,
            "renewed_at": now,
        }
    )
    is_mine, is_held_now = lease.person_id == by.pk, is_held(lease.renewed_at, now)
    if is_new or (is_held_now and not is_mine and not take_over):
        return
    # Of two who find the same lapsed lease, the first gets it.
    same = leases(manuscript).filter(person=lease.person_id, renewed_at=lease.renewed_at)
    same.update(person=by, since=lease.since if is_mine and is_held_now else now, renewed_at=now)


@action
def release_lease(*, by: Person, manuscript: Manuscript) -> None:
    """Say that `by` has stopped writing; another's lease stays."""
    require(by, "manuscript.type", manuscript)
    leases(manuscript).filter(person=by).delete()


@action
def revise(
    *,
    by: Person,
    manuscript: Manuscript,
    revision: int,
    text: str,
    kind: str,
    content_class: str,
    openness: str,
    named: list[Person],
) -> Manuscript:
    """Keep the writers' text, labels and authors as they stand; a new version if they differ."""
    require(by, "manuscript.edit", manuscript)
    same_agency(by, *named)
    text = admit(text, by.agency)
    manuscript = take(manuscript, revision)
    if manuscript.state not in WRITABLE:
        raise Refused(IMPOSSIBLE())
    if not named:
        raise Refused(NO_AUTHOR())
    if [a.person_id for a in authors(manuscript)] != [p.pk for p in named]:
        _name_authors(manuscript, named)
        record(manuscript, "name_authors", authors=[p.pk for p in named])
        _write(manuscript, unit=named[0].unit)
    relabel(by=by, manuscript=manuscript, kind=kind, content_class=content_class, openness=openness)
    make_version(by=by, manuscript=manuscript, text=text, reason="keep")
    return manuscript


@action
def admit_reader(*, by: Person, manuscript: Manuscript, revision: int, reader: Person) -> Manuscript:
    """Put a person on the reader list (how an internal piece is shown to anybody who holds no seat in it)."""
    require(by, "manuscript.admit_reader", manuscript)
    same_agency(by, reader)
    manuscript = take(manuscript, revision)
    open_to(manuscript, ("person", reader.pk))
    record(manuscript, "admit_reader", reader=reader.pk)
    return manuscript


@action
def hand_in(*, by: Person, manuscript: Manuscript, confirmed: bool) -> Manuscript:
    """Of a taken row: begin a round with the newest version; freezes the authors' units of this day.

    Files attached or removed since that version make a new one first: what is reviewed is what is sealed.
    Kind and class must be in use by the rules of this day, whatever they were when the piece was begun.
    """
    _admit_class(by, manuscript.kind, manuscript.content_class, manuscript.openness)
    text = current_version(manuscript).text.plain()
    version = _next_version(by, manuscript, text, "keep")
    named = list(authors(manuscript))
    found = findings(manuscript, text)
    facts = HandInFacts(
        characters=count_characters(text),
        authors=len(named),
        errors=sum(f.severity == "error" for f in found),
        doubts=sum(f.severity == "warning" for f in found),
        confirmed=confirmed,
    )
    advance(manuscript, MANUSCRIPT, "hand_in", facts, seal=version.seal, version=version.number)
    for author in named:
        Author.objects.filter(pk=author.pk).update(unit_id=author.person.unit_id)
    _write(manuscript, round=manuscript.round + 1, moved_at=clock.now())
    _open_for_review(manuscript)
    return manuscript


@action
def move(*, by: Person, manuscript: Manuscript, verb: str, seal: str) -> Manuscript:
    """Of a taken row: return, recall, sign or submit; the room above has checked what it alone knows."""
    advance(manuscript, MANUSCRIPT, verb, None, seal=seal)
    now = clock.now()
    _write(manuscript, moved_at=now, touched_at=now)
    return manuscript


def take(manuscript: Manuscript, revision: int) -> Manuscript:
    """Take the row for writing if it still has the revision; raises Stale otherwise."""
    return compare_and_set(manuscript, revision)


@action
def make_version(*, by: Person, manuscript: Manuscript, text: str, reason: str) -> Version:
    """Of a taken row: seal the text with the piece's labels and attachments as the next version.

    The same text, labels and attachments give the version there is. `reason`: import, keep, decision. Clears
    the maker's working copy. Raises Refused for a picture that `by` may not put into the piece.
    """
    text = admit(text, by.agency)
    _drop_working_copy(by, manuscript)
    return _next_version(by, manuscript, text, reason)


@action
def relabel(*, by: Person, manuscript: Manuscript, kind: str, content_class: str, openness: str) -> None:
    """Of a taken row: set kind, class and openness; the next version carries them."""
    labels = {"kind": kind, "content_class": content_class, "openness": openness}
    changed = {k: v for k, v in labels.items() if getattr(manuscript, k) != v}
    if not changed:
        return
    _admit_class(by, kind, content_class, openness)
    _write(manuscript, **changed)
    if content_class == INTERNAL:
        _shut_office(manuscript)
    record(manuscript, "relabel", **changed)


def open_to(manuscript: Manuscript, *scopes: Scope) -> None:
    """Let the scopes see the piece; rows there already stay."""
    Reader.objects.bulk_create(
        [
            Reader(agency_id=manuscript.agency_id, manuscript=manuscript, scope_kind=kind, scope_id=scope_id)
            for kind, scope_id in dict.fromkeys(scopes)
        ],
        ignore_conflicts=True,
    )


def findings(manuscript: Manuscript, text: str) -> list[Finding]:
    """What the checks say of a text of this piece."""
    return check(text, kind=manuscript.kind)


def _next_version(by: Person, manuscript: Manuscript, text: str, reason: str) -> Version:
    """The newest version where nothing differs from it, else a new one."""
    labels = {
        "kind": manuscript.kind,
        "content_class": manuscript.content_class,
        "openness": manuscript.openness,
    }
    files = list(attachments(manuscript).values_list("blob__sha256", flat=True))
    sealed = {**labels, "attachments": files}
    if manuscript.version_count:
        newest = current_version(manuscript)
        if newest.text.plain() == text and all(getattr(newest, k) == v for k, v in sealed.items()):
            return newest
    shown = _admit_pictures(by, manuscript, text)
    salt = secrets.token_hex(16)
    seal = envelope(text=text, salt=salt, attachments=files, **labels).seal()
    now = clock.now()
    version = Version.objects.create(
        agency_id=manuscript.agency_id,
        manuscript=manuscript,
        number=manuscript.version_count + 1,
        round=manuscript.round,
        reason=reason,
        made_by=by,
        made_at=now,
        norm=NORM,
        salt=salt,
        seal=seal,
        text=_store(manuscript, seal, text),
        **sealed,
    )
    _show_pictures(manuscript, shown)
    _write(manuscript, title=title_of(text)[:300], version_count=version.number, touched_at=now)
    record(manuscript, "make_version", version=version.number, seal=seal, reason=reason)
    return version


def _admit_pictures(by: Person, manuscript: Manuscript, text: str) -> list[Blob]:
    """The pictures of a text; Refused where it names one that `by` may not put into the piece."""
    hashes = dict.fromkeys(picture_hashes(text))
    usable = usable_pictures(by, manuscript, hashes) if hashes else {}
    Refused.unless_none([why_not_shown(text, usable)])
    return list(usable.values())


def _show_pictures(manuscript: Manuscript, shown: list[Blob]) -> None:
    """From now on whoever reads the piece sees them."""
    Picture.objects.bulk_create(
        [Picture(agency_id=manuscript.agency_id, manuscript=manuscript, blob=blob) for blob in shown],
        ignore_conflicts=True,
    )


def _open_for_review(manuscript: Manuscript) -> None:
    """An open piece is seen by its unit's head and by the office; an internal one only by its own list."""
    if manuscript.content_class != INTERNAL:
        open_to(manuscript, ("head", manuscript.unit_id), ("office", manuscript.agency_id))


def _write(manuscript: Manuscript, **columns: Any) -> None:
    """Write columns of a taken row, in the table and in the object at hand."""
    Manuscript.objects.filter(pk=manuscript.pk).update(**columns)
    for name, value in columns.items():
        setattr(manuscript, name, value)


def _store(manuscript: Manuscript, seal: str, text: str) -> Text:
    return Text.objects.create(
        agency_id=manuscript.agency_id,
        seal=seal,
        body=Text.packed(text),
        characters=count_characters(text),
    )


def _shut_office(manuscript: Manuscript) -> None:
    """A piece that becomes internal is no longer seen by unit heads and the office as such."""
    rows = Reader.objects.filter(agency_id=manuscript.agency_id, manuscript=manuscript)
    rows.filter(scope_kind__in=["head", "office"]).delete()


def _admit_class(by: Person, kind: str, content_class: str, openness: str) -> None:
    rules = rules_of(by.agency)
    if kind not in rules.kinds and rules.known("kinds", kind) is not None:
        raise Refused(KIND_GONE())
    allowed, lines = rules.classes_of(kind), rules.kind(kind).lines
    Refused.unless_none([why_not_class(content_class, openness, allowed=allowed, lines=lines)])


def _name_authors(manuscript: Manuscript, named: list[Person]) -> None:
    Author.objects.filter(agency_id=manuscript.agency_id, manuscript=manuscript).delete()
    Author.objects.bulk_create(
        Author(agency_id=manuscript.agency_id, manuscript=manuscript, person=person, position=position)
        for position, person in enumerate(dict.fromkeys(named))
    )
    open_to(manuscript, *(("person", person.pk) for person in named))


def _drop_working_copy(by: Person, manuscript: Manuscript) -> None:
    WorkingCopy.objects.filter(agency_id=manuscript.agency_id, manuscript=manuscript, person=by).delete()
