"""Which versions are in force on a day, and the rulebook they make."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from hezou.kernel.errors import Refused
from hezou.kernel.messages import define
from hezou.packs.models import PackVersion
from hezou.packs.rules import Document, Rulebook, compose, parse, text_hash

NONE_IN_FORCE = define("packs.none_in_force", "No rules are in force on {day}. Adopt a set of rules first.")
DAMAGED = define("packs.damaged", "{family}/{code}: the stored rules differ from what was adopted.")


def in_force(agency_id: UUID, on: date) -> QuerySet[PackVersion]:
    """The version of each document in force on the day `on`."""
    latest = PackVersion.objects.filter(
        agency_id=agency_id, family=OuterRef("family"), code=OuterRef("code"), effective_from__lte=on
    ).order_by("-effective_from", "-number")
    return PackVersion.objects.filter(agency_id=agency_id, id=Subquery(latest.values("id")[:1]))


def history(agency_id: UUID) -> QuerySet[PackVersion]:
    """Every version an agency adopted, document by document, the latest first."""
    return PackVersion.objects.filter(agency_id=agency_id).order_by("family", "code", "-number")


def rulebook(agency_id: UUID, on: date) -> Rulebook:
    """The rules in force on the day `on` (of the agency's own calendar).

    One query, and a second one for the bodies when this process has not read these versions yet. Raises
    Refused when nothing is in force.
    """
    ids = tuple(in_force(agency_id, on).order_by("family", "code").values_list("id", flat=True))
    if not ids:
        raise Refused(NONE_IN_FORCE(day=on.isoformat()))
    return _read(ids)


@lru_cache(maxsize=256)
def _read(ids: tuple[UUID, ...]) -> Rulebook:
    """The versions named, parsed and joined; rows never change, so neither does the answer."""
    versions = PackVersion.objects.in_bulk(ids)
    return compose(_document(versions[one]) for one in ids)


def _document(version: PackVersion) -> Document:
    if text_hash(version.body) != version.sha256:
        raise Refused(DAMAGED(family=version.family, code=version.code))
    return parse(version.family, version.body)
