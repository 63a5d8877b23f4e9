"""来稿筛选: what came in, selected by keys or buttons, undone until it is confirmed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from hezou.access.scopes import visible_waiting
from hezou.audit.actions import require
from hezou.kernel.errors import Refusal, Refused
from hezou.kernel.messages import Message, define
from hezou.manuscripts.models import Manuscript, Version
from hezou.manuscripts.rules.classes import OUT, lines_of
from hezou.packs.rules import Label
from hezou.people.models import Person
from hezou.people.queries import rules_of
from hezou.review.actions import select
from hezou.review.models import Seat, Selection
from hezou.review.queries import at_work, incoming, selections
from hezou.review.rules import SELECTIONS, SUPPLEMENT, why_not_select
from hezou.web.review.labels import SELECTION, kind_label
from hezou.web.shell import PageRequest, deed, done, ids_of, page, revision_of, show

SHOWN = 30
EXCERPT = 120
"""Characters of a piece that stand in the list."""

REASON_MISSING = define("web.reason_missing", "Say what the writers of the piece {number} should add.")
GONE = define("web.gone_meanwhile", "A piece that you selected does not wait here any more; it was left out.")
NOTHING_SELECTED = define("web.nothing_selected", "Nothing is selected yet.")


@dataclass(frozen=True)
class Choice:
    """One of the five; `why_not` where the rules forbid it for this piece."""

    code: str
    key: int
    label: Promise
    why_not: Message | None
    is_chosen: bool


@dataclass(frozen=True)
class Row:
    """One piece; `last`: what the office made of it before, `reason`: what was typed and not sent."""

    seat: Seat
    kind: Label | str
    excerpt: str
    choices: list[Choice]
    last: Selection | None
    last_words: Promise | str
    reason: str

    @property
    def is_open(self) -> bool:
        """Nothing is chosen yet."""
        return not any(choice.is_chosen for choice in self.choices)


@dataclass(frozen=True)
class Pick:
    """What was posted for one seat."""

    seat: UUID
    verdict: str
    reason: str
    seen: int


@page
@require_http_methods(["GET", "HEAD", "POST"])
def selecting(request: PageRequest) -> HttpResponse:
    """What waits at the office's step; `?view=aside`: what was laid aside. Sent, the picks take effect."""
    person = request.person
    require(person, "seat.select")
    if request.method != "POST":
        return _page(request)
    picks = _picks(request)
    try:
        Refused.unless_none([None if picks else NOTHING_SELECTED()])
        with deed(request) as pressed:
            pressed.target = request.get_full_path()
            _select(request, picks)
    except Refusal as refusal:
        return _page(request, {pick.seat: pick for pick in picks}, refusal)
    counted = Counter(pick.verdict for pick in picks)
    said = gettext(", ").join(f"{SELECTION[one]} {counted[one]}" for one in SELECTIONS if counted[one])
    words = gettext("Selected: %(said)s. The writers were told.")
    return done(request, pressed.target, words % {"said": said})


def _select(request: PageRequest, picks: list[Pick]) -> None:
    """All of them or none. Raises Refused, also for a piece that waits here no more."""
    person = request.person
    waiting = {seat.pk: seat for seat in incoming(visible_waiting(person))}
    for pick in picks:
        seat = waiting.get(pick.seat)
        if seat is None:
            raise Refused(GONE())
        if pick.verdict == SUPPLEMENT and not pick.reason.strip():
            raise Refused(REASON_MISSING(number=seat.manuscript.number))
        select(
            by=person,
            manuscript=seat.manuscript,
            revision=revision_of(request, f"revision-{pick.seat}"),
            seat=seat,
            verdict=pick.verdict,
            seen=pick.seen,
            reason=pick.reason,
        )


def _picks(request: PageRequest) -> list[Pick]:
    """The pieces for which one of the five was chosen, in the order of the page."""
    found = []
    for seat in ids_of(request, "seat"):
        verdict = request.POST.get(f"verdict-{seat}", "")
        if verdict in SELECTIONS:
            reason = request.POST.get(f"reason-{seat}", "")
            found.append(Pick(seat, verdict, reason, revision_of(request, f"seen-{seat}")))
    return found


def _page(
    request: PageRequest, picked: Mapping[UUID, Pick] | None = None, refusal: Refusal | None = None
) -> HttpResponse:
    person = request.person
    is_aside = request.GET.get("view") == "aside"
    waiting = incoming(visible_waiting(person))
    seats = list(_shown(waiting, is_aside=is_aside)[: SHOWN + 1])
    here = reverse("selecting")
    context = {
        "rows": _rows(person, seats[:SHOWN], picked or {}),
        "has_more": len(seats) > SHOWN,
        "shown": SHOWN,
        "is_aside": is_aside,
        "tabs": [
            {"label": gettext("To select"), "url": here, "active": not is_aside},
            {"label": gettext("Laid aside"), "url": f"{here}?view=aside", "active": is_aside},
        ],
        "refusals": refusal.messages if refusal else (),
    }
    status = refusal.status if refusal else 200
    return show(request, "review/selecting.html", context, room="review", status=status)


def _shown(waiting: QuerySet[Seat], *, is_aside: bool) -> QuerySet[Seat]:
    """What nobody selected yet, or what was laid aside; what was taken up is decided like any piece."""
    if is_aside:
        return waiting.exclude(pk__in=at_work(waiting).order_by().values("pk"))
    return waiting.filter(selections=None)


def _rows(person: Person, seats: list[Seat], picked: Mapping[UUID, Pick]) -> list[Row]:
    rules = rules_of(person.agency)
    last = selections(person.agency_id, (seat.manuscript_id for seat in seats))
    excerpts = _excerpts(person, seats)
    found = []
    for seat in seats:
        piece, pick, before = seat.manuscript, picked.get(seat.pk), last.get(seat.pk)
        lines = lines_of(rules.kind(piece.kind).lines, piece.content_class, "proactive")
        found.append(
            Row(
                seat=seat,
                kind=kind_label(rules, piece.kind),
                excerpt=excerpts.get(piece.pk, ""),
                choices=list(_choices(piece, pick, may_go_out=OUT in lines)),
                last=before,
                last_words=SELECTION[before.verdict] if before else "",
                reason=pick.reason if pick else "",
            )
        )
    return found


def _choices(piece: Manuscript, pick: Pick | None, *, may_go_out: bool) -> Iterator[Choice]:
    for key, (code, words) in enumerate(SELECTION.items(), start=1):
        why_not = why_not_select(code, piece.number, is_author=False, may_go_out=may_go_out)
        is_chosen = pick is not None and pick.verdict == code
        yield Choice(code, key, words, why_not, is_chosen)


def _excerpts(person: Person, seats: list[Seat]) -> dict[Any, str]:
    """Piece → the beginning of its newest text, without the title; one query."""
    newest = Version.objects.filter(
        agency_id=person.agency_id,
        manuscript_id__in=[seat.manuscript_id for seat in seats],
        number=F("manuscript__version_count"),
    )
    found = {}
    for version in newest.select_related("text"):
        _, _, text = version.text.plain().strip().partition("\n")
        words = " ".join(text.split())
        found[version.manuscript_id] = f"{words[:EXCERPT]}…" if len(words) > EXCERPT else words
    return found
