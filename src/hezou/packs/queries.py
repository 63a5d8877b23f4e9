"""Which versions are in force on a day, and the rulebook they make."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from hezou.kernel.errors import Refused
from hezou.kernel.messages import define
from hezou.packs import shipped
from hezou.packs.models import PackVersion
from hezou.packs.rules import Document, Rulebook, compose, parse, text_hash

NONE_IN_FORCE = define("packs.none_in_force", "No rules are in force on {day}. Adopt a set of rules first.")
DAMAGED = define("packs.damaged", "{family}/{code}: the stored rules differ from what was adopted.")


MAIN = "main"
"""The code of the document that an agency begins each family with."""
SHIPPED = "shipped set "
"""What the source of a version begins with whose text came with the product; the name of the set follows."""


def versions_of(agency_id: UUID, family: str, code: str = MAIN) -> QuerySet[PackVersion]:
    """The versions of one document, the newest first."""
    return PackVersion.objects.filter(agency_id=agency_id, family=family, code=code).order_by("-number")


@dataclass(frozen=True)
class Offer:
    """A newer text of a family that came with the product: what the agency took over (`base`), what is
    shipped now (`text`), and what the agency's newest version says (`ours`)."""

    base: PackVersion
    ours: PackVersion
    set_name: str
    text: str


def offers(agency_id: UUID) -> dict[str, Offer]:
    """Family → the shipped text that the agency has not taken over yet. One query."""
    by_family: dict[str, list[PackVersion]] = {}
    for version in PackVersion.objects.filter(agency_id=agency_id, code=MAIN).order_by("family", "-number"):
        by_family.setdefault(version.family, []).append(version)
    found = {family: _offer(family, versions) for family, versions in by_family.items()}
    return {family: one for family, one in found.items() if one is not None}


def _offer(family: str, versions: list[PackVersion]) -> Offer | None:
    base = next((one for one in versions if one.source.startswith(SHIPPED)), None)
    if base is None:
        return None
    set_name = base.source.removeprefix(SHIPPED)
    text = shipped.read(set_name).get(family, "") if set_name in shipped.names() else ""
    if not text or _parse(family, text) in (document_of(base), document_of(versions[0])):
        return None
    return Offer(base, versions[0], set_name, text)


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

    One query, and further ones for the bodies of versions that this process has not read yet. Raises Refused
    when nothing is in force.
    """
    begun = PackVersion.objects.filter(agency_id=agency_id, effective_from__lte=on)
    rows = begun.order_by("effective_from", "number", "id").values_list("family", "code", "id")
    last = {(family, code): version_id for family, code, version_id in rows}
    if not last:
        raise Refused(NONE_IN_FORCE(day=on.isoformat()))
    ids = tuple(last[document] for document in sorted(last))
    return _join(ids, tuple(version_id for _, _, version_id in rows if version_id not in ids))


def rulebook_with(agency_id: UUID, on: date, family: str, code: str, document: Document) -> Rulebook:
    """The rules of a day as they would be with this document. Raises Refused for a code that stands twice."""
    others = in_force(agency_id, on).exclude(family=family, code=code)
    placed = [((one.family, one.code), document_of(one)) for one in others]
    placed.append(((family, code), document))
    earlier = [document_of(one) for one in versions_of(agency_id, family, code).order_by("number")]
    return compose((one for _, one in sorted(placed, key=lambda row: row[0])), earlier)


def document_of(version: PackVersion) -> Document:
    """What a version says. Raises Refused when its text is not what was adopted."""
    if text_hash(version.body) != version.sha256:
        raise Refused(DAMAGED(family=version.family, code=version.code))
    return _parse(version.family, version.body)


@lru_cache(maxsize=256)
def _join(ids: tuple[UUID, ...], before: tuple[UUID, ...]) -> Rulebook:
    """The versions named, parsed and joined; rows never change, so neither does the answer."""
    versions = PackVersion.objects.in_bulk([*ids, *before])
    return compose(*([document_of(versions[one]) for one in some] for some in (ids, before)))


_parse = lru_cache(maxsize=1024)(parse)
