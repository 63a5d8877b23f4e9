"""Reading pieces and their texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from hezou.audit.prepared import prepared
from hezou.files.models import Blob
from hezou.kernel import clock
from hezou.kernel.errors import NotFound
from hezou.manuscripts.lifecycle import ASKED
from hezou.manuscripts.models import (
    Attachment,
    Author,
    BroughtPicture,
    EditLease,
    Known,
    Manuscript,
    Picture,
    Purge,
    Reader,
    Version,
    WorkingCopy,
)
from hezou.manuscripts.rules.leases import is_held
from hezou.people.models import Person

Scope = tuple[str, UUID]
"""One of the reader's scopes: kind (person, seat, head, office) and id."""


def readable_ids(agency_id: UUID, scopes: list[Scope]) -> QuerySet[Reader, UUID]:
    """The ids of the pieces open to any of the scopes; none that waits to be purged."""
    rows = readers(agency_id).filter(_wanted(_by_kind(scopes)))
    return rows.values_list("manuscript_id", flat=True)


def _by_kind(scopes: list[Scope]) -> dict[str, tuple[UUID, ...]]:
    found: dict[str, tuple[UUID, ...]] = {}
    for kind, scope_id in scopes:
        found[kind] = (*found.get(kind, ()), scope_id)
    return found


def _wanted(by_kind: Mapping[str, tuple[UUID, ...]]) -> Q:
    wanted = Q(pk__in=[])
    for kind, ids in by_kind.items():
        wanted |= Q(scope_kind=kind, scope_id__in=ids)
    return wanted


def readers(agency_id: UUID) -> QuerySet[Reader]:
    """What opens pieces: every reader list of an agency, but of those that wait to be purged."""
    return Reader.objects.filter(agency_id=agency_id, is_withheld=False)


def scopes_open(manuscript: Manuscript) -> set[Scope]:
    """The scopes to which a piece is open: its reader list."""
    rows = readers(manuscript.agency_id).filter(manuscript=manuscript)
    return set(rows.values_list("scope_kind", "scope_id"))


def manuscripts(agency_id: UUID) -> QuerySet[Manuscript]:
    """All pieces of an agency; callers narrow them to what a person may see."""
    return Manuscript.objects.filter(agency_id=agency_id).select_related("agency", "unit", "creator")


def versions(manuscript: Manuscript) -> QuerySet[Version]:
    """The versions of a piece, newest first."""
    return (
        Version.objects.filter(agency_id=manuscript.agency_id, manuscript=manuscript)
        .select_related("made_by")
        .order_by("-number")
    )


@prepared
def _whole(manuscript: UUID, agency_id: UUID, **scopes: tuple[UUID, ...]) -> QuerySet[Version]:
    attached = Attachment.objects.filter(manuscript=OuterRef("manuscript"), removed_at=None)
    open_to = readers(agency_id).filter(_wanted(scopes), manuscript=OuterRef("manuscript"))
    newest = Version.objects.filter(
        Exists(open_to),
        agency_id=agency_id,
        manuscript=manuscript,
        number=F("manuscript__version_count"),
    )
    # One row an author: the join makes it so.
    named = newest.annotate(
        author=F("manuscript__authors__person"),
        written_unit=F("manuscript__authors__unit"),
        unit_today=F("manuscript__authors__person__unit"),
        has_files=Exists(attached),
    )
    read = named.select_related("text", "manuscript")
    return read.order_by("manuscript__authors__position", "manuscript__authors__id")


def whole(agency_id: UUID, manuscript_id: UUID, scopes: list[Scope]) -> Manuscript | None:
    """A piece open to any of the scopes, with its newest text and its authors (`known`), in one query.

    Everything it knows belongs to one revision: an action that takes that revision need not read it again.
    """
    found: list[Any] = _whole(manuscript=manuscript_id, agency_id=agency_id, **_by_kind(scopes))
    if not found:
        return None
    first = found[0]
    manuscript: Manuscript = first.manuscript
    manuscript.known = Known(
        first,
        tuple(row.author for row in found),
        any(row.written_unit != row.unit_today for row in found),
        None if first.has_files else [],
    )
    return manuscript


def current_version(manuscript: Manuscript) -> Version:
    """The newest version with its text."""
    if manuscript.known is not None:
        return manuscript.known.newest
    return versions(manuscript).select_related("text")[0]


def author_ids(manuscript: Manuscript) -> tuple[UUID, ...]:
    """Who is named as author, in order."""
    if manuscript.known is not None:
        return manuscript.known.authors
    return tuple(authors(manuscript).values_list("person_id", flat=True))


def attached_hashes(manuscript: Manuscript) -> list[str]:
    """The hashes of the files that go with a piece, in order."""
    if manuscript.known is not None and manuscript.known.files is not None:
        return manuscript.known.files
    return list(attachments(manuscript).values_list("blob__sha256", flat=True))


def version(manuscript: Manuscript, number: int) -> Version:
    """One version with its text; NotFound where the piece has none of that number."""
    found = versions(manuscript).select_related("text", "made_by").filter(number=number).first()
    if found is None:
        raise NotFound
    return found


def authors(manuscript: Manuscript) -> QuerySet[Author]:
    """The authors in the order they are named."""
    return (
        Author.objects.filter(agency_id=manuscript.agency_id, manuscript=manuscript)
        .select_related("person", "unit", "person__unit")
        .order_by("position", "id")
    )


def working_copy(manuscript: Manuscript, person: Person) -> WorkingCopy | None:
    """What the person is typing into the piece, and the version it began from."""
    found = _copies(agency_id=manuscript.agency_id, manuscript=manuscript.pk, person=person.pk)
    return found[0] if found else None


@prepared
def _copies(agency_id: UUID, manuscript: UUID, person: UUID) -> QuerySet[WorkingCopy]:
    rows = WorkingCopy.objects.filter(agency_id=agency_id, manuscript=manuscript, person=person)
    return rows.select_related("base")


def leases(manuscript: Manuscript) -> QuerySet[EditLease]:
    """The lease on a piece, lapsed or not; at most one row."""
    rows = EditLease.objects.filter(agency_id=manuscript.agency_id, manuscript=manuscript)
    return rows.select_related("person")


def other_writer(manuscript: Manuscript, person: Person) -> EditLease | None:
    """The lease of somebody else who is writing into the piece at this moment."""
    lease = leases(manuscript).exclude(person=person).first()
    return lease if lease is not None and is_held(lease.renewed_at, clock.now()) else None


def purges(agency_id: UUID) -> QuerySet[Purge]:
    """Every purge of an agency, the last asked first."""
    rows = Purge.objects.filter(agency_id=agency_id).order_by("-asked_at", "-id")
    return rows.select_related("manuscript", "manuscript__unit", "asked_by", "ended_by")


def withheld(agency_id: UUID, manuscripts: Iterable[UUID]) -> set[UUID]:
    """Those of these pieces that wait to be purged: nobody is to be let in meanwhile."""
    asked = Purge.objects.filter(agency_id=agency_id, state=ASKED, manuscript_id__in=list(manuscripts))
    return set(asked.values_list("manuscript_id", flat=True))


def attachments(manuscript: Manuscript) -> QuerySet[Attachment]:
    """The files that go with a piece, in order."""
    return _attached(manuscript).filter(removed_at=None)


def attachments_of(version: Version) -> list[Attachment]:
    """The files that went with a version, in its order."""
    if not version.attachments:
        return []
    rows = _attached(version.manuscript).filter(blob__sha256__in=version.attachments)
    found = {row.blob.sha256: row for row in rows}
    return [found[sha256] for sha256 in version.attachments if sha256 in found]


def file_of(manuscript: Manuscript, sha256: str) -> tuple[Blob, str]:
    """A file of a piece, with its name where it is an attachment; NotFound for any other hash."""
    attached = _attached(manuscript).filter(blob__sha256=sha256).first()
    if attached is not None:
        return attached.blob, attached.name
    shown = Picture.objects.filter(agency_id=manuscript.agency_id, manuscript=manuscript, blob__sha256=sha256)
    picture = shown.select_related("blob").first()
    if picture is None:
        raise NotFound
    return picture.blob, ""


def usable_pictures(person: Person, manuscript: Manuscript, hashes: Iterable[str]) -> dict[str, Blob]:
    """SHA-256 → blob of the pictures that a person may put into a piece: its own, and those they brought."""
    wanted = {"agency_id": person.agency_id, "blob__sha256__in": list(hashes)}
    own = Picture.objects.filter(manuscript=manuscript, **wanted).select_related("blob")
    brought = BroughtPicture.objects.filter(person=person, **wanted).select_related("blob")
    blobs = [*(row.blob for row in own), *(row.blob for row in brought)]
    return {blob.sha256: blob for blob in blobs}


def _attached(manuscript: Manuscript) -> QuerySet[Attachment]:
    rows = Attachment.objects.filter(agency_id=manuscript.agency_id, manuscript=manuscript)
    return rows.select_related("blob", "added_by").order_by("position", "id")
