"""Reading pieces and their texts."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from hezou.files.models import Blob
from hezou.kernel import clock
from hezou.kernel.errors import NotFound
from hezou.manuscripts.lifecycle import ASKED
from hezou.manuscripts.models import (
    Attachment,
    Author,
    BroughtPicture,
    EditLease,
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
    wanted = Q(pk__in=[])
    by_kind: dict[str, list[UUID]] = {}
    for kind, scope_id in scopes:
        by_kind.setdefault(kind, []).append(scope_id)
    for kind, ids in by_kind.items():
        wanted |= Q(scope_kind=kind, scope_id__in=ids)
    return readers(agency_id).filter(wanted).values_list("manuscript_id", flat=True)


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


def current_version(manuscript: Manuscript) -> Version:
    """The newest version with its text."""
    return versions(manuscript).select_related("text", "made_by")[0]


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
    return (
        WorkingCopy.objects.filter(agency_id=manuscript.agency_id, manuscript=manuscript, person=person)
        .select_related("base")
        .first()
    )


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
