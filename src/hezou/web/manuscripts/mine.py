"""我的稿子到哪了: each of my pieces on one line: where it is, who has it, since when, what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import F
from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from hezou.access.lists import count_up_to
from hezou.access.lists import page as page_of
from hezou.access.scopes import visible_manuscripts
from hezou.audit.actions import require
from hezou.manuscripts.lifecycle import IN_REVIEW, PURGED, RETURNED, SENT, SIGNED
from hezou.manuscripts.models import Manuscript
from hezou.packs.rules import Label, Rulebook
from hezou.people.models import Absence, Person
from hezou.people.queries import rules_of
from hezou.review.lifecycle import OPEN
from hezou.review.models import Decision, Seat, Selection
from hezou.review.queries import holders_away, selections
from hezou.review.rules import RETURN
from hezou.submissions.models import Submission
from hezou.submissions.queries import submissions
from hezou.web.manuscripts.hands import Hand, hand
from hezou.web.manuscripts.listing import written_by
from hezou.web.manuscripts.rail import Node, rail
from hezou.web.review.labels import SELECTION, kind_label
from hezou.web.shell import PageRequest, page, show
from hezou.web.submissions.register import adoption_words

Row = TypeVar("Row", Seat, Submission)


@dataclass(frozen=True)
class Line:
    """One piece: who has it (`hands`, or `where` in words) since when; what happened (`news`), and the reason
    it came back (`returned`)."""

    manuscript: Manuscript
    kind: Label | str
    rail: list[Node]
    hands: list[Hand]
    where: str
    since: datetime | None
    news: list[str]
    returned: Decision | None


@dataclass(frozen=True)
class Known:
    """What a page of pieces needs, read at once: piece → its rows; `away`: person → their absence today."""

    seats: dict[UUID, list[Seat]]
    away: dict[UUID, Absence]
    returned: dict[UUID, Decision]
    selected: dict[UUID, Selection]
    sent: dict[UUID, list[Submission]]


@page
@require_safe
def mine(request: PageRequest) -> HttpResponse:
    """My pieces, the last touched first."""
    me = request.person
    require(me, "manuscript.create")
    after = request.GET.get("after", "")
    rows = visible_manuscripts(me).filter(written_by(me))
    found = page_of(rows, "touched_at", after=after)
    rules, known = rules_of(me.agency), _known(me, found.rows)
    context = {
        "lines": [_line(rules, piece, known) for piece in found.rows],
        "count": count_up_to(rows),
        "next_url": f"?{urlencode({'after': found.after})}" if found.after else "",
        "first_url": "?" if after else "",
    }
    return show(request, "manuscripts/mine.html", context, room="manuscripts")


def _known(me: Person, pieces: list[Manuscript]) -> Known:
    """Five queries and what hangs on them, whatever the number of pieces."""
    mine = {"agency_id": me.agency_id}
    ids = [piece.pk for piece in pieces]
    seats = Seat.objects.filter(**mine, manuscript_id__in=ids, round=F("manuscript__round"))
    held = list(seats.select_related("person", "unit").order_by("level", "id"))
    back = Decision.objects.filter(**mine, seat__manuscript_id__in=ids, verdict=RETURN)
    back = back.select_related("seat", "decided_by").order_by("at", "id")
    chosen = selections(me.agency_id, ids)
    return Known(
        seats=_by_piece(held),
        away=holders_away(me.agency, (seat for seat in held if seat.state == OPEN)),
        returned={one.seat.manuscript_id: one for one in back},
        selected={seat.manuscript_id: chosen[seat.pk] for seat in held if seat.pk in chosen},
        sent=_by_piece(submissions(me.agency_id).filter(manuscript_id__in=ids)),
    )


def _line(rules: Rulebook, piece: Manuscript, known: Known) -> Line:
    seats, sent = known.seats.get(piece.pk, []), known.sent.get(piece.pk, [])
    adopted = [one for row in sent for one in row.adoptions.all()]
    is_in_review = piece.state == IN_REVIEW
    waiting = [seat for seat in seats if seat.state == OPEN] if is_in_review else []
    selected = known.selected.get(piece.pk) if is_in_review else None
    return Line(
        manuscript=piece,
        kind=kind_label(rules, piece.kind),
        rail=rail(rules, piece, seats, is_adopted=bool(adopted)),
        hands=[hand(rules, seat, known.away) for seat in waiting],
        where=_where(piece, sent, is_adopted=bool(adopted)),
        since=piece.moved_at,
        news=[*_selected(selected), *_adopted(rules, sent)],
        returned=known.returned.get(piece.pk) if piece.state == RETURNED else None,
    )


def _where(piece: Manuscript, sent: list[Submission], *, is_adopted: bool) -> str:
    """Where a piece is that waits at no step of review."""
    if piece.state == SIGNED:
        return gettext("Signed, with the office")
    if piece.state == PURGED:
        return gettext("Purged")
    if piece.state == SENT:
        bodies = gettext(", ").join(row.body.name for row in reversed(sent))
        words = (
            gettext("Submitted to %(bodies)s") if is_adopted else gettext("With %(bodies)s, no result yet")
        )
        return words % {"bodies": bodies}
    return "" if piece.state == IN_REVIEW else gettext("With you")


def _selected(selected: Selection | None) -> Iterable[str]:
    if selected is not None:
        yield gettext("The office: %(selected)s") % {"selected": SELECTION[selected.verdict]}


def _adopted(rules: Rulebook, sent: list[Submission]) -> Iterable[str]:
    """Each adoption: by whom, and how."""
    for row in sent:
        for one in row.adoptions.all():
            words = {"body": row.body.name, "how": adoption_words(rules, one)}
            yield gettext("Adopted by %(body)s: %(how)s") % words


def _by_piece(rows: Iterable[Row]) -> dict[UUID, list[Row]]:
    found: dict[Any, list[Row]] = {}
    for row in rows:
        found.setdefault(row.manuscript_id, []).append(row)
    return found
