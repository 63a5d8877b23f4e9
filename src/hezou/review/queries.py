"""Reading rounds: the board the pure rules judge, and what waits for whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from hezou.deadlines.rules import Due, calendar_of, working_days_after
from hezou.kernel.errors import NotFound
from hezou.manuscripts.models import Manuscript, Version
from hezou.manuscripts.queries import authors
from hezou.manuscripts.rules.classes import lines_of
from hezou.packs.rules import COUNTERSIGN_WORKING_DAYS, Kind, Line
from hezou.people.models import Absence, Agency, Deputy, Grant, Person
from hezou.people.queries import away_on, holders, in_force, rules_of, today_of
from hezou.review.lifecycle import OPEN, PASSED
from hezou.review.models import CounterSignature, Decision, Seat, Selection, Sheet
from hezou.review.rules import ASIDE, SELECTING, Board, DecisionLine, Paper, SeatLine


def seats(manuscript: Manuscript, round_number: int | None = None) -> QuerySet[Seat]:
    """The seats of a round (the present one by default) in the order of the route."""
    number = manuscript.round if round_number is None else round_number
    return (
        Seat.objects.filter(agency_id=manuscript.agency_id, manuscript=manuscript, round=number)
        .select_related("person", "unit", "decided_by")
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
    held = list(seats(manuscript))
    made = [d for d in decisions(manuscript) if d.seat.round == manuscript.round]
    last = version.number if version else manuscript.version_count
    return Board(
        lines=may_take(manuscript),
        authors=frozenset(a.person_id for a in authors(manuscript)),
        handed_in=_handed_in(manuscript, last),
        version=last,
        seats=tuple(SeatLine(s.pk, s.level, s.step, s.name, s.counts, s.secrecy, s.person_id) for s in held),
        decisions=tuple(
            DecisionLine(
                seat=d.seat_id,
                verdict=d.verdict,
                decided_by=d.decided_by_id,
                in_name_of=d.in_name_of_id,
                before=d.version_before.number,
                after=d.version_after.number,
                edit=d.edit_class,
                recorded_by=d.recorded_by_id,
            )
            for d in made
            if d.version_after.number <= last
        ),
    )


def may_take(manuscript: Manuscript) -> frozenset[Line]:
    """The lines open to the piece by its kind, class and openness."""
    rules = rules_of(manuscript.agency)
    kind: Kind = rules.known("kinds", manuscript.kind) or rules.kind(manuscript.kind)
    return lines_of(kind.lines, manuscript.content_class, manuscript.openness)


def deputed_to(person: Person, on: date) -> Q:
    """Seats this person may decide on a day: their own, a principal's, and untaken ones of their roles."""
    principals = person.principals.filter(in_force(on)).values("principal_id")
    mine = Q(person=person) | Q(person__in=principals)
    for role, unit_id in _pools(person, on):
        mine |= Q(person=None, role=role, unit_id=unit_id)
    return mine


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


def deciders(seat: Seat, on: date) -> list[Person]:
    """Who may decide at a seat on a day: its holder, or whoever may take it, then their deputies."""
    if seat.person is not None:
        own = [seat.person]
    else:
        _, own = holders(seat.agency_id, seat.role, [seat.unit_id], on)
    ids = [person.pk for person in own]
    named = Deputy.objects.filter(in_force(on), agency_id=seat.agency_id, principal__in=ids)
    deputed = Person.objects.filter(
        agency_id=seat.agency_id, retired_at=None, pk__in=named.values("deputy")
    ).exclude(pk__in=ids)
    return [*own, *deputed.order_by("sort_key", "pk")]


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
    rows = Seat.objects.filter(
        agency_id=manuscripts[0].agency_id, manuscript__in=manuscripts, state=OPEN
    ).select_related("person", "unit")
    for seat in rows.order_by("level", "id"):
        found.setdefault(seat.manuscript_id, []).append(seat)
    return found


def holders_away(agency: Agency, seats: Iterable[Seat]) -> dict[UUID, Absence]:
    """Who of those who hold these seats is away today; no query where none is held."""
    ids = {seat.person_id for seat in seats if seat.person_id is not None}
    return away_on(agency.pk, today_of(agency), ids) if ids else {}


def _pools(person: Person, on: date) -> list[tuple[str, object]]:
    held = Grant.objects.filter(in_force(on), agency_id=person.agency_id)
    owners = Q(person=person) | Q(person__in=person.principals.filter(in_force(on)).values("principal_id"))
    return list(held.filter(owners).values_list("role", "unit_id").distinct())


def _handed_in(manuscript: Manuscript, last: int) -> int:
    """The number of the version the present round began with."""
    before = Version.objects.filter(
        agency_id=manuscript.agency_id, manuscript=manuscript, round__lt=manuscript.round
    )
    newest = before.order_by("-number").values_list("number", flat=True).first()
    return min(newest or 1, last)
