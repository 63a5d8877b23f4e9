"""The trail's page: who did what when, newest first; the chain's end and its last verification."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from hezou.audit.actions import require
from hezou.audit.history import happened
from hezou.audit.models import AuditEntry
from hezou.audit.queries import chain_head, entries
from hezou.packs.rules import Rulebook
from hezou.people.models import Person
from hezou.people.queries import rules_of
from hezou.review.rules import grouped
from hezou.web.review.labels import role_label
from hezou.web.settings.words import FAMILIES
from hezou.web.shell import PageRequest, page, show
from hezou.web.templatetags.words import day, label
from hezou.web.trail.filters import Filters, did_words
from hezou.web.trail.looking import Looked
from hezou.web.trail.words import NOUNS, SAYS

ROOM = "trail"
SIZE = 50


@dataclass(frozen=True)
class Row:
    """One entry in words. `told_at`: when it was written, where that was later than it happened."""

    number: int
    at: datetime
    told_at: datetime | None
    who: str
    says: str
    noun: str
    thing: str
    url: str
    only_url: str


@page
@require_safe
def trail(request: PageRequest) -> HttpResponse:
    """The entries that the address asks for."""
    me = request.person
    require(me, "trail.read")
    filters = Filters.of(request.GET)
    rows = filters.narrow(entries(me.agency_id), me.agency)
    after = request.GET.get("after", "")
    if is_after := after.isascii() and after.isdigit() and len(after) < 19:
        rows = rows.filter(number__lt=int(after))
    found = list(rows[: SIZE + 1])
    chips = list(filters.chips())
    context = {
        "rows": list(_rows(me, found[:SIZE], filters)),
        "filters": filters,
        "verbs": [(f"{kind}.{verb}", did_words(kind, verb)) for kind, verb in sorted(SAYS)],
        "chips": chips,
        "clear_url": "?" if len(chips) > 1 else "",
        "chain": chain_head(me.agency_id),
        "next_url": filters.address(after=str(found[SIZE - 1].number)) if len(found) > SIZE else "",
        "first_url": filters.address() if is_after else "",
    }
    return show(request, "trail/trail.html", context, room=ROOM)


def _rows(me: Person, found: list[AuditEntry], filters: Filters) -> Iterator[Row]:
    looked, rules = Looked(me, found), rules_of(me.agency)
    for entry in found:
        actor, at = happened(entry)
        sentence = SAYS.get((entry.ref_kind, entry.verb))
        thing, url = _thing(me, looked, entry)
        piece = looked.piece_of(entry)
        only = piece.number if piece else f"{entry.ref_kind}:{entry.ref_id}"
        yield Row(
            number=entry.number,
            at=at,
            told_at=entry.at if at != entry.at else None,
            who=looked.persons.get(actor, ""),
            says=str(sentence) % _words(looked, rules, entry) if sentence else entry.verb,
            noun=str(NOUNS.get(entry.ref_kind, entry.ref_kind)),
            thing=thing,
            url=url,
            only_url=filters.address(thing=only),
        )


def _words(looked: Looked, rules: Rulebook, entry: AuditEntry) -> dict[str, str]:
    """What the sentence of an entry may ask for."""
    detail, seat = entry.detail, looked.seat_of(entry)
    submission, grant = looked.submissions.get(entry.ref_id), looked.grants.get(entry.ref_id)
    role = detail.get("role", grant.role if grant else "")
    return {
        "version": str(detail.get("version", "")),
        "persons": gettext(", ").join(looked.persons_of(entry)),
        "step": label(seat.name) if seat else "",
        "body": submission.body.name if submission else "",
        "code": grouped(str(detail.get("code", ""))),
        "day": day(date.fromisoformat(detail["due_on"])) if "due_on" in detail else "",
        "role": label(role_label(rules, role)),
        "rules": str(FAMILIES.get(detail.get("family", ""), [""])[0]),
    }


def _thing(me: Person, looked: Looked, entry: AuditEntry) -> tuple[str, str]:
    """What an entry is about, by its number or name, and the address of its page where `me` may open it."""
    piece = looked.piece_of(entry)
    if piece is not None:
        is_open = str(piece.pk) in looked.readable
        return piece.number, reverse("manuscript", args=[piece.pk]) if is_open else ""
    person = looked.person_behind(entry)
    if person is not None:
        is_open = me.has_perm("people.read") and person in looked.persons
        return looked.persons.get(person, ""), reverse("person", args=[person]) if is_open else ""
    for kind, rows in (("unit", looked.units), ("body", looked.bodies), ("journal", looked.journals)):
        if entry.ref_kind == kind and entry.ref_id in rows:
            return rows[entry.ref_id].name, ""
    cross = looked.cross.get(entry.ref_id) if entry.ref_kind == "crossreviewer" else None
    return (cross.unit.name if cross else "", "")
