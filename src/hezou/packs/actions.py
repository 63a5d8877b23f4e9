"""Adopting rules: new versions only, and only when all rules of the agency hold together."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from hezou.kernel import clock
from hezou.kernel.errors import Refused, Stale
from hezou.kernel.messages import define
from hezou.kernel.text import why_not_text
from hezou.packs import queries, shipped
from hezou.packs.models import PackVersion
from hezou.packs.queries import MAIN, SHIPPED
from hezou.packs.rules import ROLES, is_code, objections, parse, text_hash

WRONG_CODE = define(
    "packs.wrong_code", "The code {code} may hold small letters, digits and _ only, and begins with a letter."
)
NO_SOURCE = define("packs.no_source", "Name the source of these rules (at most 400 characters).")
TOO_EARLY = define(
    "packs.too_early", "Rules take effect from today at the earliest; what was decided under others stays."
)
UNCHANGED = define("packs.unchanged", "These very rules are in force on that day already.")
HAS_RULES = define("packs.has_rules", "This agency has rules already. Adopt single documents instead.")
NOT_WHOLE = define("packs.not_whole", "From {day} on the rules would not hold together:")


def adopt(
    *,
    agency_id: UUID,
    family: str,
    code: str,
    body: str,
    effective_from: date,
    source: str,
    adopted_by: UUID | None,
    on: date,
    reason: str = "",
    seen: int | None = None,
    roles: frozenset[str] = ROLES,
) -> PackVersion:
    """Adopt one document from a day on (`on` is today in the agency's zone, the earliest day possible).

    `seen`: the number of the newest version there was when the text was written. Raises Stale when another
    was adopted since; Refused when the text is not a document of the family, when the agency's rules would
    not hold together on that day or on a later one already decided, and when nothing would change.
    """
    if effective_from < on:
        raise Refused(TOO_EARLY())
    if not is_code(code):
        raise Refused(WRONG_CODE(code=code[:40]))
    version = _version(
        agency_id=agency_id,
        family=family,
        code=code,
        body=body,
        effective_from=effective_from,
        source=source,
        adopted_by=adopted_by,
        reason=reason,
    )
    with transaction.atomic():
        _lock(agency_id)
        _add(version, seen)
        _hold_together(agency_id, effective_from, roles)
    return version


def adopt_upgrade(
    *,
    agency_id: UUID,
    family: str,
    shipped_body: str,
    body: str,
    set_name: str,
    effective_from: date,
    source: str,
    adopted_by: UUID | None,
    on: date,
    reason: str,
    seen: int,
    roles: frozenset[str] = ROLES,
) -> list[PackVersion]:
    """Adopt a newer shipped text of the main document together with what the agency makes of it, `body`.

    The shipped text becomes a version of its own, which the agency's takes the place of at once: the next
    upgrade is compared with it. One version where the two say the same. Raises as `adopt` does.
    """
    if effective_from < on:
        raise Refused(TOO_EARLY())
    common: dict[str, Any] = {
        "agency_id": agency_id,
        "family": family,
        "code": MAIN,
        "effective_from": effective_from,
        "adopted_by": adopted_by,
        "reason": reason,
    }
    versions = [_version(body=shipped_body, source=SHIPPED + set_name, **common)]
    if parse(family, body) != parse(family, shipped_body):
        versions.append(_version(body=body, source=source, **common))
    with transaction.atomic():
        _lock(agency_id)
        for more, version in enumerate(versions):
            _add(version, seen + more)
        _hold_together(agency_id, effective_from, roles)
    return versions


def adopt_shipped(
    *,
    agency_id: UUID,
    set_name: str,
    effective_from: date,
    adopted_by: UUID | None,
    roles: frozenset[str] = ROLES,
) -> list[PackVersion]:
    """Adopt every document of a shipped set at once: the beginning of an agency's rules, from any day on.

    Raises Refused when no set has this name and when the agency has begun before.
    """
    versions = [
        _version(
            agency_id=agency_id,
            family=family,
            code=MAIN,
            body=body,
            effective_from=effective_from,
            source=SHIPPED + set_name,
            adopted_by=adopted_by,
        )
        for family, body in shipped.read(set_name).items()
    ]
    try:
        with transaction.atomic():
            PackVersion.objects.bulk_create(versions)
            _hold_together(agency_id, effective_from, roles)
    except IntegrityError:  # a first version of the main documents is there, perhaps since a moment
        raise Refused(HAS_RULES()) from None
    return versions


def _lock(agency_id: UUID) -> None:
    """One adoption at a time: two that each hold with the present rules need not hold together."""
    PackVersion.objects.select_for_update().filter(agency_id=agency_id).order_by("id").first()


def _add(version: PackVersion, seen: int | None) -> None:
    """Store the next version of a document. Raises Stale when `seen` is not the newest, Refused when it says
    what is in force already."""
    known = queries.versions_of(version.agency_id, version.family, version.code)
    newest = known.aggregate(last=Max("number"))["last"] or 0
    if seen not in (None, newest):
        raise Stale
    version.number = newest + 1
    held = queries.in_force(version.agency_id, version.effective_from)
    version.parent = held.filter(family=version.family, code=version.code).first()
    if version.parent is not None and queries.document_of(version.parent) == parse(
        version.family, version.body
    ):
        raise Refused(UNCHANGED())
    version.save(force_insert=True)


def _version(
    *,
    agency_id: UUID,
    family: str,
    code: str,
    body: str,
    effective_from: date,
    source: str,
    adopted_by: UUID | None,
    reason: str = "",
) -> PackVersion:
    """The first version of a document, not stored yet. Raises Refused when `body` is no document."""
    parse(family, body)
    Refused.unless_none([why_not_text(source), why_not_text(reason)])
    if not 0 < len(source.strip()) <= 400:
        raise Refused(NO_SOURCE())
    return PackVersion(
        agency_id=agency_id,
        family=family,
        code=code,
        number=1,
        effective_from=effective_from,
        body=body,
        sha256=text_hash(body),
        source=source.strip(),
        reason=reason.strip(),
        adopted_by=adopted_by,
        adopted_at=clock.now(),
    )


def _hold_together(agency_id: UUID, effective_from: date, roles: frozenset[str]) -> None:
    """Refuse unless the rules hold on the day they begin and on every later day on which others begin."""
    days = PackVersion.objects.filter(agency_id=agency_id, effective_from__gte=effective_from)
    for day in sorted(set(days.values_list("effective_from", flat=True))):
        try:
            found = objections(queries.rulebook(agency_id, day), roles)
        except Refused as refusal:
            found = list(refusal.messages)
        if found:
            raise Refused(NOT_WHOLE(day=day.isoformat()), *found)
