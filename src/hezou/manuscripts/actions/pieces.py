"""The verbs of a piece and its text.

Every action that changes what a guard reads takes the row first (`take`): the caller names the revision its
form was drawn from. Rooms above call `take` once and then the verbs marked *of a taken row*.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.db.models import OuterRef, Subquery

from hezou.audit.actions import (
    action,
    advance,
    compare_and_set,
    record,
    require,
    same_agency,
    take_new,
)
from hezou.audit.statements import insert, update
from hezou.checks.rules import Finding, check, secrecy_mark
from hezou.files.models import Blob
from hezou.kernel import clock
from hezou.kernel.errors import IMPOSSIBLE, Refused, TooLarge
from hezou.kernel.text import NORM, count_characters, normalise, picture_hashes, title_of, why_not_text
from hezou.manuscripts.lifecycle import MANUSCRIPT, WRITABLE
from hezou.manuscripts.models import Author, Known, Manuscript, Picture, Reader, Text, Version, WorkingCopy
from hezou.manuscripts.queries import (
    Scope,
    attached_hashes,
    author_ids,
    current_version,
    usable_pictures,
)
from hezou.manuscripts.rules.classes import INTERNAL, KIND_GONE, why_not_class
from hezou.manuscripts.rules.handing_in import EMPTY, NO_AUTHOR, SECRECY_MARK, TOO_LONG, HandInFacts
from hezou.manuscripts.rules.incoming import why_not_shown
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
    manuscript = Manuscript(
        agency=by.agency,
        number=next_number(by.agency, "manuscript"),
        title=title_of(text)[:300],
        version_count=1,
        kind=kind,
        content_class=content_class,
        openness=openness,
        creator=by,
        unit=named[0].unit,
        created_at=now,
        touched_at=now,
        moved_at=now,
    )
    shown = _admit_pictures(by, manuscript, text)
    insert([manuscript])
    take_new(manuscript)
    _name_authors(manuscript, named)
    open_to(manuscript, ("person", by.pk), *(("person", person.pk) for person in named))
    record(manuscript, "create", number=manuscript.number, kind=kind, content_class=content_class)
    version = _seal(by, manuscript, text, "import", files=[])
    manuscript.known = Known(version, tuple(p.pk for p in dict.fromkeys(named)), True, [])
    _show_pictures(manuscript, shown)
    return manuscript


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
    if author_ids(manuscript) != tuple(person.pk for person in named):
        Author.objects.filter(agency_id=manuscript.agency_id, manuscript=manuscript).delete()
        _name_authors(manuscript, named)
        open_to(manuscript, *(("person", person.pk) for person in named))
        record(manuscript, "name_authors", authors=[p.pk for p in named])
        _write(manuscript, unit_id=named[0].unit_id)
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
    found = findings(manuscript, text)
    facts = HandInFacts(
        characters=version.text.characters,
        authors=len(author_ids(manuscript)),
        errors=sum(f.severity == "error" for f in found),
        doubts=sum(f.severity == "warning" for f in found),
        confirmed=confirmed,
    )
    begun = {"round": manuscript.round + 1, "moved_at": clock.now()}
    advance(manuscript, MANUSCRIPT, "hand_in", facts, begun, seal=version.seal, version=version.number)
    known, is_new = manuscript.known, manuscript.revision == 1  # made in this very act
    if known is None or (known.have_moved and not is_new):
        named = Author.objects.filter(agency_id=manuscript.agency_id, manuscript=manuscript)
        of_today = Person.objects.filter(pk=OuterRef("person")).values("unit")
        named.update(unit=Subquery(of_today))
    return manuscript


def open_for_review(manuscript: Manuscript, *scopes: Scope) -> None:
    """Let a round's first hands see the piece, and its unit's head and the office unless it is internal."""
    if manuscript.content_class != INTERNAL:
        scopes += (("head", manuscript.unit_id), ("office", manuscript.agency_id))
    open_to(manuscript, *scopes)


@action
def move(*, by: Person, manuscript: Manuscript, verb: str, seal: str) -> Manuscript:
    """Of a taken row: return, recall, sign or submit; the room above has checked what it alone knows."""
    now = clock.now()
    advance(manuscript, MANUSCRIPT, verb, None, {"moved_at": now, "touched_at": now}, seal=seal)
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
    rows = [
        Reader(agency_id=manuscript.agency_id, manuscript=manuscript, scope_kind=kind, scope_id=scope_id)
        for kind, scope_id in dict.fromkeys(scopes)
    ]
    insert(rows, known=True)


def findings(manuscript: Manuscript, text: str) -> list[Finding]:
    """What the checks say of a text of this piece."""
    return check(text, kind=manuscript.kind)


def _next_version(by: Person, manuscript: Manuscript, text: str, reason: str) -> Version:
    """The newest version where nothing differs from it, else a new one."""
    newest, files = current_version(manuscript), attached_hashes(manuscript)
    sealed = {**_labels(manuscript), "attachments": files}
    if newest.text.plain() == text and all(getattr(newest, k) == v for k, v in sealed.items()):
        return newest
    shown = _admit_pictures(by, manuscript, text)
    _write(
        manuscript,
        title=title_of(text)[:300],
        version_count=manuscript.version_count + 1,
        touched_at=clock.now(),
    )
    version = _seal(by, manuscript, text, reason, files)
    if manuscript.known is not None:
        manuscript.known.newest = version
    _show_pictures(manuscript, shown)
    return version


def _seal(by: Person, manuscript: Manuscript, text: str, reason: str, files: list[str]) -> Version:
    """The version that the piece counts last, sealed and stored."""
    labels, salt = _labels(manuscript), secrets.token_hex(16)
    seal = envelope(text=text, salt=salt, attachments=files, **labels).seal()
    version = Version(
        agency_id=manuscript.agency_id,
        manuscript=manuscript,
        number=manuscript.version_count,
        round=manuscript.round,
        reason=reason,
        made_by=by,
        made_at=clock.now(),
        norm=NORM,
        salt=salt,
        seal=seal,
        text=_store(manuscript, seal, text),
        attachments=files,
        **labels,
    )
    insert([version])
    record(manuscript, "make_version", version=version.number, seal=seal, reason=reason)
    return version


def _labels(manuscript: Manuscript) -> dict[str, str]:
    """What a piece is meant as; a seal covers it."""
    return {
        "kind": manuscript.kind,
        "content_class": manuscript.content_class,
        "openness": manuscript.openness,
    }


def _admit_pictures(by: Person, manuscript: Manuscript, text: str) -> list[Blob]:
    """The pictures of a text; Refused where it names one that `by` may not put into the piece."""
    hashes = dict.fromkeys(picture_hashes(text))
    usable = usable_pictures(by, manuscript, hashes) if hashes else {}
    Refused.unless_none([why_not_shown(text, usable)])
    return list(usable.values())


def _show_pictures(manuscript: Manuscript, shown: list[Blob]) -> None:
    """From now on whoever reads the piece sees them."""
    if not shown:
        return
    Picture.objects.bulk_create(
        [Picture(agency_id=manuscript.agency_id, manuscript=manuscript, blob=blob) for blob in shown],
        ignore_conflicts=True,
    )


def _write(manuscript: Manuscript, **columns: Any) -> None:
    """Write columns of a taken row, in the table and in the object at hand."""
    update(Manuscript, {"id": manuscript.pk}, columns)
    for name, value in columns.items():
        setattr(manuscript, name, value)


def _store(manuscript: Manuscript, seal: str, text: str) -> Text:
    stored = Text(
        agency_id=manuscript.agency_id,
        seal=seal,
        body=Text.packed(text),
        characters=count_characters(text),
    )
    insert([stored])
    return stored


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
    rows = [
        Author(
            agency_id=manuscript.agency_id,
            manuscript=manuscript,
            person=person,
            unit_id=person.unit_id,
            position=position,
        )
        for position, person in enumerate(dict.fromkeys(named))
    ]
    insert(rows)
    if manuscript.known is not None:
        manuscript.known.authors = tuple(row.person_id for row in rows)


def _drop_working_copy(by: Person, manuscript: Manuscript) -> None:
    WorkingCopy.objects.filter(agency_id=manuscript.agency_id, manuscript=manuscript, person=by).delete()
