"""The tables of pieces and their texts."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models

from hezou.files.models import Blob
from hezou.kernel.ids import uuid7
from hezou.manuscripts.lifecycle import ASKED, MANUSCRIPT, PURGE
from hezou.people.models import AgencyRow, Person, Unit


class Text(AgencyRow):
    """One sealed text, compressed: with `WorkingCopy` the only home of body text."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    seal = models.CharField(max_length=64)
    body = models.BinaryField()
    characters = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "seal"], name="text_seal")]

    @staticmethod
    def packed(text: str) -> bytes:
        """The stored form of a text."""
        return zlib.compress(text.encode())

    def plain(self) -> str:
        """The text itself; nothing once it was purged."""
        return zlib.decompress(bytes(self.body)).decode() if self.body else ""


class Manuscript(AgencyRow):
    """A piece. `revision` is bumped by every write to anything a guard reads; forms carry it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=20)
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=40)
    content_class = models.CharField(max_length=20)
    openness = models.CharField(max_length=20)
    state = models.CharField(max_length=20, default=MANUSCRIPT.initial)
    round = models.IntegerField(default=0)
    revision = models.IntegerField(default=1)
    version_count = models.IntegerField(default=0)
    creator = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    known: Known | None = None
    """What was read together with the row, or written since by its holder; see `queries.whole`."""
    found_by: UUID | None = None
    """The person for whom the row was looked up among those they may read."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "number"], name="manuscript_number")]
        indexes = [
            models.Index(fields=["agency", "-touched_at", "-id"], name="manuscript_touched"),
            models.Index(fields=["agency", "state", "-touched_at"], name="manuscript_state"),
            models.Index(fields=["agency", "creator", "-touched_at"], name="manuscript_creator"),
        ]

    def __str__(self) -> str:
        return self.number


@dataclass
class Known:
    """What a piece's guards ask for, true of the revision at hand: whoever changes it bumps that.

    `newest` is the newest version with its text, `authors` the ids of those named in order; `have_moved`
    unless each is in the unit that is written beside them. `files` are the hashes of the
    attachments in order, None where there are any and they were not read; `round` is what the room above
    read of the present round.
    """

    newest: Version
    authors: tuple[UUID, ...]
    have_moved: bool
    files: list[str] | None
    round: Any = None


class Version(AgencyRow):
    """An immutable state of a piece: what it said, as what it was meant, with which files; sealed.

    `attachments`: the SHA-256 of each attachment, in order.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    manuscript = models.ForeignKey(
        Manuscript, on_delete=models.PROTECT, related_name="versions", db_index=False
    )
    number = models.IntegerField()
    round = models.IntegerField()
    reason = models.CharField(max_length=20)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    content_class = models.CharField(max_length=20)
    openness = models.CharField(max_length=20)
    norm = models.IntegerField()
    salt = models.CharField(max_length=32)
    seal = models.CharField(max_length=64)
    text = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="+", db_index=False)
    attachments = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "manuscript", "number"], name="version_number")
        ]


class WorkingCopy(AgencyRow):
    """What one person is typing into one piece; bumps only its own revision (two tabs)."""

    manuscript = models.ForeignKey(
        Manuscript, on_delete=models.PROTECT, related_name="working_copies", db_index=False
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    base = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+", db_index=False)
    text = models.TextField()
    revision = models.IntegerField(default=1)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "manuscript", "person"], name="working_copy_once")
        ]


class EditLease(AgencyRow):
    """Who is writing into a piece. Tells the others, bars nobody: each writes into a copy of their own."""

    manuscript = models.ForeignKey(Manuscript, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    since = models.DateTimeField()
    renewed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "manuscript"], name="edit_lease_once")]


class Author(AgencyRow):
    """Somebody named as author; `unit` is theirs, frozen at hand-in as the unit of that day (R17)."""

    manuscript = models.ForeignKey(
        Manuscript, on_delete=models.PROTECT, related_name="authors", db_index=False
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    position = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "manuscript", "person"], name="author_once")]
        indexes = [models.Index(fields=["agency", "person", "manuscript"], name="author_person")]


class Reader(AgencyRow):
    """One scope that may see one piece: person, seat (a holder and who deputises), head or office.

    While a purge is asked for, `is_withheld` shuts them all out.
    """

    manuscript = models.ForeignKey(
        Manuscript, on_delete=models.PROTECT, related_name="readers", db_index=False
    )
    scope_kind = models.CharField(max_length=10)
    scope_id = models.UUIDField()
    is_withheld = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "manuscript", "scope_kind", "scope_id"], name="reader_once"
            )
        ]
        indexes = [
            models.Index(fields=["agency", "scope_kind", "scope_id", "manuscript"], name="reader_scope")
        ]


class Attachment(AgencyRow):
    """A file that goes with a piece; with `removed_at` one that only older versions still name."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    manuscript = models.ForeignKey(Manuscript, on_delete=models.PROTECT, related_name="+", db_index=False)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=120)
    position = models.IntegerField()
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "manuscript", "blob"], name="attachment_once")
        ]


class Picture(AgencyRow):
    """A picture that some version of a piece shows: whoever reads the piece may see it."""

    manuscript = models.ForeignKey(Manuscript, on_delete=models.PROTECT, related_name="+", db_index=False)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "manuscript", "blob"], name="picture_once")]


class BroughtPicture(AgencyRow):
    """A picture that a person imported or pasted and may show in their texts; a hash alone opens none."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+", db_index=False)
    brought_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "person", "blob"], name="brought_picture_once")
        ]


class Purge(AgencyRow):
    """误录清除 of a piece: asked for by one person, done by another; `files_kept` are shown elsewhere too."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    manuscript = models.ForeignKey(Manuscript, on_delete=models.PROTECT, related_name="+", db_index=False)
    reason = models.CharField(max_length=20)
    state = models.CharField(max_length=20, default=PURGE.initial)
    revision = models.IntegerField(default=1)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    ended_at = models.DateTimeField(null=True)
    files_kept = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "manuscript"], condition=models.Q(state=ASKED), name="purge_asked_once"
            )
        ]
        indexes = [models.Index(fields=["agency", "-asked_at", "-id"], name="purge_asked")]
