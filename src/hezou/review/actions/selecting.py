"""来稿筛选: what the office makes of what units sent (R8)."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from hezou.audit.actions import action, record, require, same_agency
from hezou.kernel import clock
from hezou.kernel.errors import IMPOSSIBLE, Refused
from hezou.manuscripts.models import Manuscript
from hezou.manuscripts.queries import authors
from hezou.manuscripts.rules.classes import OUT, lines_of
from hezou.people.models import Person
from hezou.people.queries import rules_of
from hezou.review.actions.deciding import decide, open_seat
from hezou.review.models import Seat, Selection
from hezou.review.queries import seats
from hezou.review.rules import RETURN, SELECTED_MEANWHILE, SELECTIONS, SUPPLEMENT, why_not_select
from hezou.review.telling import tell_selected


@action
def select(
    *,
    by: Person,
    manuscript: Manuscript,
    revision: int,
    seat: Seat,
    verdict: str,
    seen: int,
    reason: str = "",
) -> Selection:
    """采用、留用、并入综合、转宣传 or 退回补充 at the office's open step; the writers are told.

    `seen`: number of the newest selection the page showed (0: none). Only 退回补充 moves the piece: it is the
    return of this step, with its `reason`. The others are marks, and the newest counts. Raises Refused for an
    author, for publicity that the kind or class forbids, and where somebody else selected meanwhile.
    """
    same_agency(by, manuscript, seat)
    seat = open_seat(seats(manuscript), seat)
    require(by, "seat.select", seat)
    if verdict not in SELECTIONS:
        raise Refused(IMPOSSIBLE())
    is_author = authors(manuscript).filter(person=by).exists()
    lines = lines_of(rules_of(by.agency).kind(manuscript.kind).lines, manuscript.content_class, "proactive")
    why = why_not_select(verdict, manuscript.number, is_author=is_author, may_go_out=OUT in lines)
    Refused.unless_none([why])
    if verdict == SUPPLEMENT:
        decide(by=by, manuscript=manuscript, revision=revision, seat=seat, verdict=RETURN, opinion=reason)
    selection = _put(by, manuscript, seat, verdict, seen)
    record(selection, "select", manuscript=manuscript.pk, seat=seat.pk, verdict=verdict)
    if verdict != SUPPLEMENT:  # a return is told as such
        tell_selected(by, manuscript, selection)
    return selection


def _put(by: Person, manuscript: Manuscript, seat: Seat, verdict: str, seen: int) -> Selection:
    """The row after the one that was seen; that number is taken where somebody was faster."""
    try:
        with transaction.atomic():
            return Selection.objects.create(
                agency_id=by.agency_id,
                manuscript=manuscript,
                seat=seat,
                number=seen + 1,
                verdict=verdict,
                selected_by=by,
                at=clock.now(),
            )
    except IntegrityError:
        raise Refused(SELECTED_MEANWHILE(number=manuscript.number)) from None
