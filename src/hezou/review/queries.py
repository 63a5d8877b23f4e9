"""Reading rounds: the board the pure rules judge, and what waits for whom."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet

from hezou.audit.prepared import prepared
from hezou.deadlines.rules import Due, calendar_of, working_days_after
from hezou.kernel.errors import NotFound
from hezou.manuscripts.models import Author, Manuscript, Version
from hezou.manuscripts.queries import author_ids
from hezou.manuscripts.rules.classes import lines_of
from hezou.packs.rules import COUNTERSIGN_WORKING_DAYS, Kind, Line
from hezou.people.directory import Directory, directory
from hezou.people.models import Absence, Agency, Person
from hezou.people.queries import away_on, rules_of, today_of
from hezou.review.lifecycle import OPEN, PASSED
from hezou.review.models import CounterSignature, Decision, Seat, Selection, Sheet
from hezou.review.rules import ASIDE, SELECTING, Board, DecisionLine, Paper, SeatLine


def seats(manuscript: Manuscript, round_number: int | None = None) -> QuerySet[Seat]:
    """The seats of a round (the present one by default) in the order of the route."""
    number = manuscript.round if round_number is None else round_number
    return (
        Seat.objects.filter(agency_id=manuscript.agency_id, manuscript=manuscript, round=number)
        .select_related("person", "unit")
        .order_by("level", "id")
    )


def decisions(manuscript: Manuscript) -> QuerySet[Decision]:
    """All decisions on a piece, oldest first, rounds that no longer count included."""
    return (
        Decision.objects.filter(agency_id=manuscript.agency_id, seat__manuscript=manuscript)
        .select_related("seat", "seat__unit", "decided_by", "in_name_of", "recorded_by", "sheet", "evidence")
        .select_related("version_before", "version_after")
        .order_by("at", "id")
    )


def board(manuscript: Manuscript, version: Version | None = None) -> Board:
    """The present round as the pure rules see it, ending at the newest version (or at `version`)."""
    return round_of(manuscript).board(version.number if version else None)


@dataclass
class Round:
    """The present round of one piece, read once; the verbs that write it keep it true.

    `seats` in the order of the route, `said` are its decisions in order of time, `handed_in` is the number
    of the version it began with.
    """

    manuscript: Manuscript
    seats: list[Seat]
    said: list[DecisionLine]
    authors: frozenset[UUID]
    handed_in: int

    def board(self, version: int | None = None) -> Board:
        """As the pure rules see it, ending at the newest version (or at that number)."""
        last = self.manuscript.version_count if version is None else version
        return Board(
            lines=may_take(self.manuscript),
            authors=self.authors,
            handed_in=min(self.handed_in, last),
            version=last,
            seats=tuple(
                SeatLine(s.pk, s.level, s.step, s.name, s.counts, s.secrecy, s.person_id) for s in self.seats
            ),
            decisions=tuple(line for line in self.said if line.after <= last),
        )

    def seat(self, seat_id: UUID) -> Seat | None:
        """One of its seats."""
        return next((seat for seat in self.seats if seat.pk == seat_id), None)


SAID = {
    "verdict": "verdict",
    "decided": "decided_by_id",
    "principal": "in_name_of_id",
    "before": "version_before__number",
    "after": "version_after__number",
    "edit": "edit_class",
    "recorder": "recorded_by_id",
    "said_at": "at",
    "said_id": "id",
}
"""What a round asks of a decision, as columns beside its seat."""


@prepared
def _seats_with_said(agency_id: UUID, manuscript: UUID, round_number: int) -> QuerySet[Seat]:
    return _with_said(Seat.objects.filter(agency_id=agency_id, manuscript=manuscript, round=round_number))


def _with_said(rows: QuerySet[Seat]) -> QuerySet[Seat]:
    """Seats in the order of the route, each once for every decision taken there."""
    columns = {name: F(f"decisions__{column}") for name, column in SAID.items()}
    return rows.select_related("person", "unit").annotate(**columns).order_by("level", "id")


def round_of(manuscript: Manuscript) -> Round:
    """The present round: as it is known, or by a query for its seats with what was said at each."""
    if manuscript.known is not None and manuscript.known.round is not None:
        known: Round = manuscript.known.round
        return known
    rows: list[Any] = _seats_with_said(
        agency_id=manuscript.agency_id, manuscript=manuscript.pk, round_number=manuscript.round
    )
    return know(_round(manuscript, rows, author_ids(manuscript), _handed_in(manuscript)))


def rounds_of(agency_id: UUID, manuscripts: Sequence[Manuscript]) -> dict[UUID, Round]:
    """The present rounds of many pieces, by three queries."""
    ids = [one.pk for one in manuscripts]
    rows: dict[UUID, list[Any]] = {}
    found = Seat.objects.filter(agency_id=agency_id, manuscript__in=ids, round=F("manuscript__round"))
    for row in _with_said(found):
        rows.setdefault(row.manuscript_id, []).append(row)
    authors: dict[UUID, list[UUID]] = {}
    named = Author.objects.filter(agency_id=agency_id, manuscript__in=ids)
    for piece, person in named.values_list("manuscript_id", "person_id"):
        authors.setdefault(piece, []).append(person)
    earlier = Version.objects.filter(
        agency_id=agency_id, manuscript__in=ids, round__lt=F("manuscript__round")
    )
    handed_in = dict(earlier.values_list("manuscript").annotate(newest=Max("number")))
    return {
        one.pk: _round(one, rows.get(one.pk, []), authors.get(one.pk, ()), handed_in.get(one.pk, 1))
        for one in manuscripts
    }


def _round(manuscript: Manuscript, rows: Sequence[Any], authors: Collection[UUID], handed_in: int) -> Round:
    for row in rows:
        row.manuscript = manuscript
    told = sorted((row for row in rows if row.verdict), key=lambda row: (row.said_at, row.said_id))
    return Round(
        manuscript,
        list({row.pk: row for row in rows}.values()),
        [
            DecisionLine(
                row.pk, row.verdict, row.decided, row.principal, row.before, row.after, row.edit, row.recorder
            )
            for row in told
        ],
        frozenset(authors),
        handed_in,
    )


def know(whole: Round) -> Round:
    """Keep a round beside what else is known of its piece."""
    if whole.manuscript.known is not None:
        whole.manuscript.known.round = whole
    return whole


def line_of(decision: Decision) -> DecisionLine:
    """A decision as the pure rules see it."""
    return DecisionLine(
        seat=decision.seat_id,
        verdict=decision.verdict,
        decided_by=decision.decided_by_id,
        in_name_of=decision.in_name_of_id,
        before=decision.version_before.number,
        after=decision.version_after.number,
        edit=decision.edit_class,
        recorded_by=decision.recorded_by_id,
    )


def may_take(manuscript: Manuscript) -> frozenset[Line]:
    """The lines open to the piece by its kind, class and openness."""
    rules = rules_of(manuscript.agency)
    kind: Kind = rules.known("kinds", manuscript.kind) or rules.kind(manuscript.kind)
    return lines_of(kind.lines, manuscript.content_class, manuscript.openness)


def deputed_to(person: Person, on: date) -> Q:
    """Seats this person may decide on a day: their own, a principal's, and untaken ones of their roles."""
    hands, pools = may_sit(person, on)
    mine = Q(person__in=hands)
    for role, unit_id in pools:
        mine |= Q(person=None, role=role, unit_id=unit_id)
    return mine


def may_sit(person: Person, on: date) -> tuple[frozenset[UUID], frozenset[tuple[str, UUID]]]:
    """For whom a person may sit on a day (themselves among them), and the roles with units of all those."""
    here = directory(person.agency)
    hands = here.principals_of(person.pk, on) | {person.pk}
    return hands, frozenset(pool for one in hands for pool in here.roles_of(one, on))


def is_deputed(person: Person, seat: Seat, on: date) -> bool:
    """Whether a seat is one that `deputed_to` tells of."""
    hands, pools = may_sit(person, on)
    return seat.person_id in hands if seat.person_id else (seat.role, seat.unit_id) in pools


def waiting_for(person: Person, on: date) -> QuerySet[Seat]:
    """The open seats that wait for this person, longest wait first; never one on a text of their own (R2)."""
    return (
        Seat.objects.filter(deputed_to(person, on), agency_id=person.agency_id, state=OPEN)
        .exclude(manuscript__authors__person=person)
        .select_related("manuscript", "manuscript__unit", "person", "unit")
        .order_by("opened_at", "id")
    )


def at_work(rows: QuerySet[Seat]) -> QuerySet[Seat]:
    """Of these seats those that the office did not lay aside."""
    newer = Selection.objects.filter(
        agency_id=OuterRef("agency_id"), seat_id=OuterRef("seat_id"), number__gt=OuterRef("number")
    )
    aside = Selection.objects.filter(
        ~Exists(newer), agency_id=OuterRef("agency_id"), seat_id=OuterRef("pk"), verdict__in=ASIDE
    )
    return rows.filter(~Exists(aside))


def incoming(rows: QuerySet[Seat]) -> QuerySet[Seat]:
    """Of these open seats those at the office's step: what it selects among."""
    return rows.filter(role=SELECTING)


def selections(agency_id: UUID, manuscripts: Iterable[UUID]) -> dict[UUID, Selection]:
    """Seat → what the office made of its piece last, for these pieces; one query."""
    rows = Selection.objects.filter(agency_id=agency_id, manuscript_id__in=list(manuscripts))
    return {row.seat_id: row for row in rows.select_related("selected_by", "seat").order_by("number")}


def deciders(agency: Agency, seat: Seat, on: date) -> list[Person]:
    """Who may decide at a seat on a day: its holder, or whoever may take it, then their deputies."""
    here = directory(agency)
    own = sitters(here, seat, on)
    rows = Person.objects.filter(agency_id=agency.pk, pk__in=[*own, *here.deputies_of(own, on)])
    found = rows.filter(Q(retired_at=None) | Q(pk=seat.person_id)).order_by("sort_key", "pk")
    return sorted(found, key=lambda person: person.pk not in own)


def sitters(here: Directory, seat: Seat, on: date) -> list[UUID]:
    """The holder of a seat, or everybody who may take it while it is untaken."""
    if seat.person_id is not None:
        return [seat.person_id]
    return here.holders(seat.role, [seat.unit_id], on)[1]


def sheets(agency_id: UUID) -> QuerySet[Sheet]:
    """The printed sheets of an agency."""
    rows = Sheet.objects.filter(agency_id=agency_id)
    return rows.select_related("manuscript", "version", "seat", "seat__person", "seat__unit", "printed_by")


def sheet_by_code(agency_id: UUID, code: str) -> Sheet:
    """The sheet that bears a code, as `rules.read_code` gives it; NotFound otherwise."""
    found = sheets(agency_id).filter(code=code).first()
    if found is None:
        raise NotFound
    return found


def paper_of(sheet: Sheet) -> Paper:
    """What a sheet is about."""
    if sheet.seat is None:
        manuscript = sheet.manuscript
        return Paper(manuscript.pk, manuscript.number, None, sheet.round, "", sheet.version.number)
    return wanted_paper(sheet.seat, sheet.version)


def wanted_paper(seat: Seat, version: Version) -> Paper:
    """The sheet that a signature at a seat on a version asks for."""
    manuscript = seat.manuscript
    return Paper(manuscript.pk, manuscript.number, seat.pk, seat.round, seat.name, version.number)


def outstanding(agency_id: UUID) -> QuerySet[CounterSignature]:
    """Signatures owed for consents that still hold, the first due first."""
    newer = Decision.objects.filter(
        agency_id=agency_id, seat=OuterRef("decision__seat"), at__gt=OuterRef("decision__at")
    )
    return (
        CounterSignature.objects.filter(
            ~Exists(newer), agency_id=agency_id, closed_at=None, decision__seat__state=PASSED
        )
        .select_related(
            "decision__seat__manuscript__agency", "decision__seat__person", "decision__seat__unit"
        )
        .select_related("decision__decided_by", "decision__recorded_by", "decision__version_after")
        .order_by("due_on", "id")
    )


def signatures(manuscript: Manuscript) -> QuerySet[CounterSignature]:
    """Every signature that was or is owed on a piece, of all its rounds."""
    return CounterSignature.objects.filter(
        agency_id=manuscript.agency_id, decision__seat__manuscript=manuscript
    )


def countersign_due(agency: Agency, on: date) -> Due:
    """Until when a consent given on a day is to be signed on paper, with the days counted."""
    rules = rules_of(agency)
    return working_days_after(calendar_of(rules), on, rules.limit(COUNTERSIGN_WORKING_DAYS))


def next_hands(manuscripts: list[Manuscript]) -> dict[object, list[Seat]]:
    """Manuscript id → its open seats: who must act next and since when. One query for a page of pieces."""
    found: dict[object, list[Seat]] = {}
    if not manuscripts:
        return found
    agency_id, ids = manuscripts[0].agency_id, tuple(one.pk for one in manuscripts)
    for seat in _open_seats(agency_id=agency_id, manuscripts=ids):
        found.setdefault(seat.manuscript_id, []).append(seat)
    return found


@prepared
def _open_seats(agency_id: UUID, manuscripts: tuple[UUID, ...]) -> QuerySet[Seat]:
    rows = Seat.objects.filter(agency_id=agency_id, manuscript__in=manuscripts, state=OPEN)
    return rows.select_related("person", "unit").order_by("level", "id")


def holders_away(agency: Agency, seats: Iterable[Seat]) -> dict[UUID, Absence]:
    """Who of those who hold these seats is away today; no query where none is held."""
    ids = {seat.person_id for seat in seats if seat.person_id is not None}
    return away_on(agency.pk, today_of(agency), ids) if ids else {}


def _handed_in(manuscript: Manuscript) -> int:
    """The number of the version the present round began with."""
    if manuscript.known is not None and manuscript.known.newest.round < manuscript.round:
        return manuscript.known.newest.number
    before = Version.objects.filter(
        agency_id=manuscript.agency_id, manuscript=manuscript, round__lt=manuscript.round
    )
    newest = before.order_by("-number").values_list("number", flat=True).first()
    return newest or 1
