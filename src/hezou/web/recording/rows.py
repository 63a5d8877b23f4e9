"""What can be entered now, and which signatures are owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from hezou.access.scopes import visible_manuscripts
from hezou.access.standing import standing_of
from hezou.packs.rules import Label
from hezou.people.models import Agency, Person
from hezou.people.queries import rules_of
from hezou.review.lifecycle import OPEN
from hezou.review.models import CounterSignature, Seat
from hezou.review.queries import countersign_due, holders_away, outstanding
from hezou.web.manuscripts.hands import Hand, hand
from hezou.web.review.labels import MODE
from hezou.web.templatetags.words import day, day_short

SHOWN_AT_MOST = 100


@dataclass(frozen=True)
class Waiting:
    """An open step of a piece that may be entered for whoever sits there."""

    seat: Seat
    hand: Hand


@dataclass(frozen=True)
class Owed:
    """A signature owed: `tone` late once overdue, soon on the day itself; `explained`: how it was found."""

    row: CounterSignature
    step: Label | str
    mode: object
    tone: str
    explained: str


def waiting_rows(person: Person) -> list[Waiting]:
    """The open steps of the pieces a person may see, the longest wait first; one row more than is shown."""
    rules = rules_of(person.agency)
    pieces = visible_manuscripts(person).values("pk")
    rows = Seat.objects.filter(agency_id=person.agency_id, state=OPEN, manuscript__in=pieces)
    found = rows.select_related("manuscript", "manuscript__unit", "person", "unit").order_by(
        "opened_at", "id"
    )
    shown = list(found[: SHOWN_AT_MOST + 1])
    away = holders_away(person.agency, shown)
    return [Waiting(seat, hand(rules, seat, away)) for seat in shown]


def owed_rows(person: Person) -> list[Owed]:
    """The signatures owed for pieces a person may see, the first due first; one row more than is shown."""
    rows = outstanding(person.agency_id).filter(
        decision__seat__manuscript__in=visible_manuscripts(person).values("pk")
    )
    return [owed_row(person, row) for row in rows[: SHOWN_AT_MOST + 1]]


def owed_row(person: Person, row: CounterSignature) -> Owed:
    """One signature owed, in words."""
    seat, today = row.decision.seat, standing_of(person).on
    tone = "late" if row.due_on < today else "soon" if row.due_on == today else "quiet"
    given_on = row.decision.given_at.astimezone(ZoneInfo(person.agency.zone)).date()
    explained = due_words(person.agency, given_on, row.due_on)
    return Owed(row, seat.name, MODE[row.decision.mode], tone, explained)


def due_words(agency: Agency, given_on: date, due_on: date) -> str:
    """How a due day was found: the working days counted; the day alone where the rules changed since."""
    due = countersign_due(agency, given_on)
    if due.day != due_on:
        return ""
    days = [one for one, counts in due.steps if counts]
    counted = gettext(", ").join(day_short(one) if one.year == due.day.year else day(one) for one in days)
    said = gettext("Working days counted: %(days)s.") % {"days": counted}
    if due.assumed:
        said += gettext(" The days off of that year are not announced yet; plain weekends were assumed.")
    return said
