"""What the trail is narrowed to: who, what, from when until when, which thing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext

from hezou.audit.models import AuditEntry
from hezou.kernel.ref import Ref
from hezou.kernel.text import why_not_text
from hezou.manuscripts.models import Manuscript, Purge
from hezou.people.models import Agency, Person
from hezou.people.rules.names import normal
from hezou.review.models import CounterSignature, Seat, Sheet
from hezou.submissions.models import Adoption, Submission
from hezou.web.templatetags.words import day
from hezou.web.trail.words import NOUNS, SAYS

LONGEST = 60
PERSONS_AT_MOST = 100
"""Persons whose names hold the words looked for; more words find fewer."""


@dataclass(frozen=True)
class Filters:
    """As the address says it; a value that means nothing narrows to nothing or is left out."""

    who: str
    did: str
    thing: str
    since: date | None
    until: date | None

    @classmethod
    def of(cls, query: QueryDict) -> Filters:
        did = query.get("did", "")
        return cls(
            who=_words(query.get("who", "")),
            did=did if tuple(did.split(".")) in SAYS else "",
            thing=_words(query.get("thing", "")),
            since=_day(query.get("since", "")),
            until=_day(query.get("until", "")),
        )

    def narrow(self, rows: QuerySet[AuditEntry], agency: Agency) -> QuerySet[AuditEntry]:
        """The entries that fit."""
        if self.who:
            rows = rows.filter(actor_id__in=_persons(agency, self.who))
        if self.did:
            kind, verb = self.did.split(".")
            rows = rows.filter(ref_kind=kind, verb=verb)
        if self.since:
            rows = rows.filter(at__gte=_midnight(self.since, agency))
        if self.until and self.until < date.max:
            rows = rows.filter(at__lt=_midnight(self.until + timedelta(days=1), agency))
        return rows.filter(_about(agency, self.thing)) if self.thing else rows

    def address(self, **changed: str) -> str:
        """The address' query of these filters; `changed` sets one or, when empty, leaves it out."""
        values = {
            "who": self.who,
            "did": self.did,
            "thing": self.thing,
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
            **changed,
        }
        query = QueryDict(mutable=True)
        query.update({name: value for name, value in values.items() if value})
        return f"?{query.urlencode()}"

    def chips(self) -> Iterator[dict[str, str]]:
        """The filters in force for `parts/chips.html`."""
        if self.who:
            yield {"label": self.who, "remove_url": self.address(who="")}
        if self.did:
            yield {"label": did_words(*self.did.split(".")), "remove_url": self.address(did="")}
        if self.thing:
            kind = self.thing.partition(":")[0]
            yield {"label": str(NOUNS.get(kind, self.thing)), "remove_url": self.address(thing="")}
        if self.since:
            label = gettext("from %(starts)s") % {"starts": day(self.since)}
            yield {"label": label, "remove_url": self.address(since="")}
        if self.until:
            label = gettext("until %(ends)s") % {"ends": day(self.until)}
            yield {"label": label, "remove_url": self.address(until="")}


def did_words(kind: str, verb: str) -> str:
    """A noun and verb of the trail as a choice: the sentence with its gaps left open."""
    sentence = str(SAYS[kind, verb]) % _Gaps()
    return gettext("%(noun)s: %(verb)s") % {"noun": NOUNS[kind], "verb": sentence}


class _Gaps(dict[str, str]):
    """Whatever a sentence asks for is left open."""

    def __missing__(self, key: str) -> str:
        return "…"


def _persons(agency: Agency, words: str) -> list[Any]:
    found = Person.objects.filter(Q(name__icontains=words) | Q(sort_key__istartswith=words), agency=agency)
    return list(found.values_list("pk", flat=True)[:PERSONS_AT_MOST])


def _about(agency: Agency, thing: str) -> Q:
    """Entries about a piece by its number, or about whatever `kind:id` names."""
    kind, _, key = thing.partition(":")
    if kind in NOUNS and key:
        return Q(ref_kind=kind, ref_id=key)
    piece = Manuscript.objects.filter(agency=agency, number=thing).first()
    return _about_piece(piece) if piece else Q(pk__in=[])


def _about_piece(piece: Manuscript) -> Q:
    mine = {"agency_id": piece.agency_id}
    tables: tuple[QuerySet[Any], ...] = (
        Seat.objects.filter(manuscript=piece, **mine),
        Sheet.objects.filter(manuscript=piece, **mine),
        Submission.objects.filter(manuscript=piece, **mine),
        CounterSignature.objects.filter(decision__seat__manuscript=piece, **mine),
        Adoption.objects.filter(submission__manuscript=piece, **mine),
        Purge.objects.filter(manuscript=piece, **mine),
    )
    refs = [Ref.to(piece), *(Ref.to(row) for rows in tables for row in rows)]
    about = Q()
    for kind in {ref.kind for ref in refs}:
        about |= Q(ref_kind=kind, ref_id__in=[ref.id for ref in refs if ref.kind == kind])
    return about


def _midnight(on: date, agency: Agency) -> datetime:
    return datetime.combine(on, time.min, ZoneInfo(agency.zone)).astimezone(UTC)


def _words(given: str) -> str:
    words = normal(given)[:LONGEST]
    return "" if why_not_text(words) else words


def _day(given: str) -> date | None:
    try:
        found = date.fromisoformat(given)
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2200 else None
