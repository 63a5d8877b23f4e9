"""What the ids of a page of entries stand for: names, numbers and steps, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import F, Model, QuerySet

from hezou.access.scopes import titles_of
from hezou.audit.history import happened
from hezou.audit.models import AuditEntry
from hezou.kernel.ids import parse
from hezou.kernel.ref import Ref
from hezou.manuscripts.models import Manuscript, Purge
from hezou.people.models import Account, Body, CrossReviewer, Deputy, Grant, Journal, Person, Unit
from hezou.review.models import CounterSignature, Seat, Sheet
from hezou.submissions.models import Adoption, Submission

PERSONS_IN_DETAIL = ("person", "reader", "decider", "principal", "deputy")
LISTS_IN_DETAIL = ("persons", "authors")


class Looked:
    """The rows that a page of entries names, by id; nobody's text is among them."""

    def __init__(self, asking: Person, entries: list[AuditEntry]) -> None:
        self.agency_id, self.entries = asking.agency_id, entries
        self.grants = self._rows("grant", Grant.objects.select_related("unit"))
        self.deputies = self._rows("deputy", Deputy.objects.all())
        self.cross = self._rows("crossreviewer", CrossReviewer.objects.select_related("unit"))
        self.accounts = self._rows("account", Account.objects.all())
        self.units = self._rows("unit", Unit.objects.all())
        self.bodies = self._rows("body", Body.objects.all())
        self.journals = self._rows("journal", Journal.objects.all())
        self.sheets = self._rows("sheet", Sheet.objects.all())
        self.submissions = self._rows("submission", Submission.objects.select_related("body"))
        self.seats = self._seats()
        owed = CounterSignature.objects.annotate(manuscript_id=F("decision__seat__manuscript"))
        adopted = Adoption.objects.annotate(manuscript_id=F("submission__manuscript"))
        self.of_pieces: dict[str, dict[str, Any]] = {
            "seat": self.seats,
            "sheet": self.sheets,
            "submission": self.submissions,
            "countersignature": self._rows("countersignature", owed),
            "adoption": self._rows("adoption", adopted),
            "purge": self._rows("purge", Purge.objects.all()),
        }
        self.pieces = self._pieces()
        self.persons = self._persons()
        readable = titles_of(asking, [Ref("manuscript", key) for key in self.pieces])
        self.readable = {ref.id for ref in readable}

    def piece_of(self, entry: AuditEntry) -> Manuscript | None:
        """The piece an entry is about, itself or by its step, sheet, signature or submission."""
        if entry.ref_kind == "manuscript":
            return self.pieces.get(entry.ref_id)
        row = self.of_pieces.get(entry.ref_kind, {}).get(entry.ref_id)
        return self.pieces.get(str(row.manuscript_id)) if row is not None else None

    def seat_of(self, entry: AuditEntry) -> Any:
        """The step an entry names, or None."""
        return self.seats.get(str(entry.detail.get("seat", entry.ref_id)))

    def persons_of(self, entry: AuditEntry) -> list[str]:
        """The names of the persons that the entry's detail tells of."""
        return [self.persons[one] for one in _told(entry) if one in self.persons]

    def person_behind(self, entry: AuditEntry) -> UUID | None:
        """Whose row it is: the person themselves, or whose role, account or deputyship."""
        if entry.ref_kind == "person":
            return parse(entry.ref_id)
        tables: dict[str, tuple[dict[str, Any], str]] = {
            "grant": (self.grants, "person_id"),
            "account": (self.accounts, "person_id"),
            "deputy": (self.deputies, "principal_id"),
        }
        rows, column = tables.get(entry.ref_kind, ({}, ""))
        row = rows.get(entry.ref_id)
        return getattr(row, column) if row is not None else None

    def _ids(self, kind: str) -> set[str]:
        return {entry.ref_id for entry in self.entries if entry.ref_kind == kind}

    def _rows(self, kind: str, rows: QuerySet[Any]) -> dict[str, Any]:
        return self._by_id(rows, self._ids(kind))

    def _by_id(self, rows: QuerySet[Any], ids: set[str]) -> dict[str, Any]:
        """The agency's rows of these ids; no query where none is asked for."""
        if not ids:
            return {}
        found: Iterator[Model] = iter(rows.filter(agency_id=self.agency_id, pk__in=ids))
        return {str(row.pk): row for row in found}

    def _seats(self) -> dict[str, Any]:
        named = {str(entry.detail["seat"]) for entry in self.entries if entry.detail.get("seat")}
        return self._by_id(Seat.objects.all(), self._ids("seat") | named)

    def _pieces(self) -> dict[str, Manuscript]:
        ids = self._ids("manuscript")
        ids |= {str(row.manuscript_id) for rows in self.of_pieces.values() for row in rows.values()}
        return self._by_id(Manuscript.objects.all(), ids)

    def _persons(self) -> dict[UUID, str]:
        ids = {one for entry in self.entries for one in (happened(entry)[0], entry.actor_id, *_told(entry))}
        ids |= {one for entry in self.entries if (one := self.person_behind(entry)) is not None}
        rows = Person.objects.filter(agency_id=self.agency_id, pk__in=ids)
        return dict(rows.values_list("pk", "name"))


def _told(entry: AuditEntry) -> Iterator[UUID]:
    told = [entry.detail.get(name, "") for name in PERSONS_IN_DETAIL]
    for name in LISTS_IN_DETAIL:
        told += entry.detail.get(name, [])
    return (found for one in told if (found := parse(str(one))) is not None)
