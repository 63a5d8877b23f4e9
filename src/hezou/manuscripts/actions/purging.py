"""误录清除 (R7): one person withholds a piece at once, a second one destroys what it said.

The trail keeps that it happened, by whom and when. It never held the text.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from django.db.models import Model, ProtectedError, QuerySet

from hezou.audit.actions import action, advance, compare_and_set, record, require, same_agency
from hezou.files.actions import discard
from hezou.files.models import Blob
from hezou.kernel import clock
from hezou.kernel.errors import Refused
from hezou.kernel.text import title_of
from hezou.manuscripts.actions.pieces import take
from hezou.manuscripts.lifecycle import ASKED, DONE, MANUSCRIPT, PURGE, PURGED, WITHDRAWN
from hezou.manuscripts.models import (
    Attachment,
    BroughtPicture,
    EditLease,
    Manuscript,
    Picture,
    Purge,
    Reader,
    Text,
    Version,
    WorkingCopy,
)
from hezou.manuscripts.queries import current_version, purges
from hezou.manuscripts.rules.purging import (
    ASKED_ALREADY,
    NO_REASON,
    PURGED_ALREADY,
    REASONS,
    PurgeFacts,
)
from hezou.people.models import Person


@action
def ask_purge(*, by: Person, manuscript: Manuscript, reason: str) -> Purge:
    """Shut everybody out of a piece until a second person purges it; its number stands for its title.

    Whoever asks need not be able to read the piece. Raises Refused for one that is asked for or purged.
    """
    require(by, "manuscript.ask_purge", manuscript)
    if reason not in REASONS:
        raise Refused(NO_REASON())
    manuscript = take(manuscript, manuscript.revision)
    if manuscript.state == PURGED:
        raise Refused(PURGED_ALREADY(number=manuscript.number))
    if purges(by.agency_id).filter(manuscript=manuscript, state=ASKED).exists():
        raise Refused(ASKED_ALREADY(number=manuscript.number))
    asked = Purge.objects.create(
        agency_id=by.agency_id, manuscript=manuscript, reason=reason, asked_by=by, asked_at=clock.now()
    )
    _shut(manuscript, is_withheld=True, title=manuscript.number)
    record(manuscript, "ask_purge", purge=asked.pk, reason=reason)
    return asked


@action
def withdraw_purge(*, by: Person, purge: Purge, revision: int) -> None:
    """It was a mistake: the piece is open again to whom it was open."""
    same_agency(by, purge)
    purge = compare_and_set(purge, revision)
    manuscript = take(purge.manuscript, purge.manuscript.revision)
    _end(by, purge, "withdraw_purge", WITHDRAWN)
    title = title_of(current_version(manuscript).text.plain())[:300]
    _shut(manuscript, is_withheld=False, title=title)


@action
def destroy(*, by: Person, purge: Purge) -> list[str]:
    """Of a taken purge and piece: take text, drafts, names and files of the piece out of every table.

    Called by the room above, which takes out what it holds itself. The hashes of files that are off the
    register, for `files.actions.remove`; those that something else shows stay, and are counted.
    """
    manuscript = purge.manuscript
    _end(by, purge, "confirm_purge", DONE)
    advance(manuscript, MANUSCRIPT, "purge", None)
    versions = Version.objects.filter(agency_id=by.agency_id, manuscript=manuscript)
    Text.objects.filter(pk__in=versions.values("text_id")).update(body=b"", characters=0)
    versions.update(salt="", attachments=[])
    for model in (WorkingCopy, EditLease):
        _rows_of(model, manuscript).delete()
    blobs = _take_files(manuscript)
    gone = discard_all(blobs)
    Purge.objects.filter(pk=purge.pk).update(files_kept=len(blobs) - len(gone))
    _shut(manuscript, is_withheld=False, title=manuscript.number)
    return gone


def drop_left_overs(manuscript: Manuscript) -> None:
    """What somebody typed into a piece while it was purged."""
    if manuscript.state == PURGED:
        _rows_of(WorkingCopy, manuscript).delete()


def _end(by: Person, purge: Purge, verb: str, state: str) -> None:
    facts = PurgeFacts(asked_by=purge.asked_by_id, confirms=by.pk)
    advance(purge, PURGE, verb, facts, manuscript=purge.manuscript_id)
    Purge.objects.filter(pk=purge.pk, state=state).update(ended_by=by, ended_at=clock.now())


def _shut(manuscript: Manuscript, *, is_withheld: bool, title: str) -> None:
    _rows_of(Reader, manuscript).update(is_withheld=is_withheld)
    Manuscript.objects.filter(pk=manuscript.pk).update(title=title)
    manuscript.title = title


def discard_all(blobs: Iterable[Blob]) -> list[str]:
    """Take off the register what nothing refers to; the hashes of these."""
    gone = []
    for blob in blobs:
        with suppress(ProtectedError):
            gone.append(discard(blob))
    return gone


def _take_files(manuscript: Manuscript) -> list[Blob]:
    """Take attachments and pictures away from a piece; what they were."""
    shown = (_rows_of(Attachment, manuscript), _rows_of(Picture, manuscript))
    ids = {blob_id for rows in shown for blob_id in rows.values_list("blob_id", flat=True)}
    for rows in shown:
        rows.delete()
    # Who brought a picture may show it in other texts; one that no other piece shows goes.
    elsewhere = Picture.objects.filter(blob_id__in=ids).values("blob_id")
    BroughtPicture.objects.filter(blob_id__in=ids).exclude(blob_id__in=elsewhere).delete()
    return list(Blob.objects.filter(pk__in=ids).order_by("sha256"))


def _rows_of(model: type[Model], manuscript: Manuscript) -> QuerySet[Model]:
    return model._default_manager.filter(agency_id=manuscript.agency_id, manuscript=manuscript)
