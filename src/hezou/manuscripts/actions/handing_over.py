"""Drafts and what was typed, handed to a successor."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from hezou.audit.actions import action, record, require
from hezou.kernel.messages import Message
from hezou.kernel.ref import Ref
from hezou.manuscripts.actions.pieces import open_to, take
from hezou.manuscripts.lifecycle import WRITABLE
from hezou.manuscripts.models import Author, Manuscript, WorkingCopy
from hezou.manuscripts.queries import authors, manuscripts, withheld
from hezou.manuscripts.rules.classes import INTERNAL
from hezou.manuscripts.rules.handing_over import PIECE, TYPED, TYPES_TOO, why_not_piece
from hezou.notices.actions.telling import tell
from hezou.notices.rules import HANDED_OVER
from hezou.people.models import Person
from hezou.people.rules.handover import Item

HAND_OVER = "person.hand_over"


def drafts_of(person: Person) -> QuerySet[Manuscript]:
    """The pieces that are with their writers, of whom the person is one; the oldest first."""
    named = Author.objects.filter(agency_id=person.agency_id, person=person, manuscript=OuterRef("pk"))
    rows = manuscripts(person.agency_id).filter(state__in=WRITABLE)
    return rows.filter(Q(creator=person) | Exists(named)).order_by("created_at", "pk")


def draft_items(by: Person, person: Person, successor: Person) -> list[tuple[Manuscript, Item]]:
    """Every draft, each with why it does not go to the successor."""
    writes = successor.has_perm("manuscript.create")
    drafts = list(drafts_of(person))
    # Read after the pieces: a purge asked for in between bumps the revision that is taken then.
    shut = withheld(by.agency_id, (piece.pk for piece in drafts))
    found = []
    for piece in drafts:
        why = _why_not(by, piece, successor, writes=writes, is_withheld=piece.pk in shut)
        found.append((piece, Item(Ref.to(piece), PIECE(number=piece.number), tuple(why))))
    return found


@action
def hand_over_drafts(*, by: Person, person: Person, successor: Person) -> list[Item]:
    """The successor goes on writing where the person left off.

    Whoever is named as author stays named, and the successor is named behind them: R2 then binds both. Who
    only began a piece, without being its author, is replaced.
    """
    require(by, HAND_OVER, person)
    items = []
    for draft, item in draft_items(by, person, successor):
        items.append(item)
        if item.why_not:
            continue
        piece = take(draft, draft.revision)
        _write_on(piece, person, successor)
        open_to(piece, ("person", successor.pk))
        record(piece, "hand_over", sender=person.pk, to=successor.pk)
        tell(HANDED_OVER, Ref.to(piece), by=by, to=[successor.pk], stage=str(person.pk))
        items += hand_over_typing(piece, person, successor)
    return items


def hand_over_typing(piece: Manuscript, person: Person, successor: Person) -> list[Item]:
    """Within an act: unsent text goes along, unless the successor types there too. What stays is told."""
    copies = WorkingCopy.objects.filter(agency_id=piece.agency_id, manuscript=piece)
    mine = copies.filter(person=person)
    if not mine.exists():
        return []
    if copies.filter(person=successor).exists():
        why = TYPES_TOO(name=successor.name)
        return [Item(Ref.to(piece), TYPED(number=piece.number), (why,))]
    mine.update(person=successor)
    return []


def _why_not(
    by: Person, piece: Manuscript, successor: Person, *, writes: bool, is_withheld: bool
) -> list[Message]:
    may_read = (
        piece.content_class != INTERNAL
        or successor.has_perm("manuscript.read", piece)
        or by.has_perm("manuscript.admit_reader", piece)
    )
    return why_not_piece(
        successor.name, piece.number, writes=writes, may_read=may_read, is_withheld=is_withheld
    )


def _write_on(piece: Manuscript, person: Person, successor: Person) -> None:
    named = list(authors(piece))
    ids = [author.person_id for author in named]
    if person.pk not in ids:
        Manuscript.objects.filter(pk=piece.pk).update(creator=successor)
    elif successor.pk not in ids:
        position = named[-1].position + 1
        Author.objects.create(
            agency_id=piece.agency_id, manuscript=piece, person=successor, position=position
        )
