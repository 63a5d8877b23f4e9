"""Reading the trail."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.db.models import QuerySet

from hezou.audit.models import AuditEntry, ChainHead
from hezou.audit.rules import GENESIS, Break, Line, breaks
from hezou.kernel.ref import Ref


def trail(agency_id: UUID, *refs: Ref) -> QuerySet[AuditEntry]:
    """The entries about the things named, oldest first."""
    found = AuditEntry.objects.none()
    for ref in refs:
        found = found | AuditEntry.objects.filter(agency_id=agency_id, ref_kind=ref.kind, ref_id=ref.id)
    return found.order_by("number")


def entries(agency_id: UUID) -> QuerySet[AuditEntry]:
    """Every entry of a chain, newest first."""
    return AuditEntry.objects.filter(agency_id=agency_id).order_by("-number")


def chain_head(agency_id: UUID) -> ChainHead | None:
    """The end of a chain and its last verification; None before the first entry."""
    return ChainHead.objects.filter(agency_id=agency_id).first()


def entries_after(agency_id: UUID, number: int) -> QuerySet[AuditEntry]:
    """The entries of a chain behind a number, oldest first."""
    return AuditEntry.objects.filter(agency_id=agency_id, number__gt=number).order_by("number")


def head(agency_id: UUID) -> tuple[int, str]:
    """The number and hash of the chain's last entry; (0, GENESIS) before the first."""
    found = chain_head(agency_id)
    return (found.number, found.hash) if found else (0, GENESIS)


def chain_breaks(agency_id: UUID) -> Iterator[Break]:
    """Every place where the stored chain differs from what was written.

    Entries that are written while the chain is walked are left to the next walk.
    """
    last = entries(agency_id).values_list("number", flat=True).first() or 0
    end = head(agency_id)
    rows = AuditEntry.objects.filter(agency_id=agency_id, number__lte=max(last, end[0])).order_by("number")
    return breaks(_lines(rows.iterator(chunk_size=2000)), end)


def _lines(rows: Iterator[AuditEntry]) -> Iterator[tuple[Line, str]]:
    return ((row.line(), row.hash) for row in rows)
