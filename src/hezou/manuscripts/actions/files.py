"""The verbs of a piece's files: pictures that somebody brings in, attachments that come and go.

The bytes were judged (`rules.incoming`) and written to disk (`files.actions.put`) before: no input or output
inside an act.
"""

from __future__ import annotations

from collections.abc import Iterable

from hezou.audit.actions import action, record, require, same_agency
from hezou.files.actions import register
from hezou.files.rules import Content
from hezou.kernel import clock
from hezou.kernel.errors import IMPOSSIBLE, Refused
from hezou.manuscripts.actions.pieces import take
from hezou.manuscripts.lifecycle import WRITABLE
from hezou.manuscripts.models import Attachment, BroughtPicture, Manuscript
from hezou.manuscripts.queries import attachments
from hezou.manuscripts.rules.incoming import Enclosure, why_not_attach
from hezou.people.models import Person


@action
def bring_pictures(*, by: Person, pictures: Iterable[Content]) -> None:
    """Keep pictures that came with a document or a paste: `by` may show them in their texts from now on."""
    for content in pictures:
        BroughtPicture.objects.get_or_create(
            agency_id=by.agency_id,
            person=by,
            blob=register(by.agency_id, content),
            defaults={"brought_at": clock.now()},
        )


@action
def attach(*, by: Person, manuscript: Manuscript, revision: int, enclosure: Enclosure) -> Attachment:
    """Put a file behind the others; while the piece is with its writers only. The next version seals it.

    Raises Refused for a file that is there already and for one too many.
    """
    require(by, "manuscript.edit", manuscript)
    manuscript = _take_writable(manuscript, revision)
    blob = register(by.agency_id, enclosure.content)
    there = list(attachments(manuscript))
    Refused.unless_none([why_not_attach(blob.sha256, [one.blob.sha256 for one in there])])
    row, _ = Attachment.objects.update_or_create(
        agency_id=manuscript.agency_id,
        manuscript=manuscript,
        blob=blob,
        defaults={
            "name": enclosure.name,
            "position": there[-1].position + 1 if there else 0,
            "added_by": by,
            "added_at": clock.now(),
            "removed_at": None,
        },
    )
    record(manuscript, "attach", attachment=row.pk)
    return row


@action
def detach(*, by: Person, manuscript: Manuscript, revision: int, attachment: Attachment) -> None:
    """Take a file away; versions that were sealed with it keep it."""
    require(by, "manuscript.edit", manuscript)
    same_agency(by, attachment)
    manuscript = _take_writable(manuscript, revision)
    if not attachments(manuscript).filter(pk=attachment.pk).update(removed_at=clock.now()):
        raise Refused(IMPOSSIBLE())
    record(manuscript, "detach", attachment=attachment.pk)


def _take_writable(manuscript: Manuscript, revision: int) -> Manuscript:
    manuscript = take(manuscript, revision)
    if manuscript.state not in WRITABLE:
        raise Refused(IMPOSSIBLE())
    if manuscript.known is not None:
        manuscript.known.files = None
    return manuscript
