"""What is being typed, kept as typed, and who is typing."""

from __future__ import annotations

from hezou.audit.actions import action, require
from hezou.kernel import clock
from hezou.kernel.errors import Refused, Stale
from hezou.manuscripts.actions.pieces import admit
from hezou.manuscripts.lifecycle import PURGED
from hezou.manuscripts.models import Manuscript, WorkingCopy
from hezou.manuscripts.queries import current_version, leases
from hezou.manuscripts.rules.leases import is_held
from hezou.manuscripts.rules.purging import PURGED_ALREADY
from hezou.people.models import Person


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
