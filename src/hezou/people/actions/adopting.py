"""An agency changes its own rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F

from hezou.audit.actions import action, record, require
from hezou.kernel.errors import Refused
from hezou.kernel.messages import define
from hezou.packs import actions as packs
from hezou.packs.models import PackVersion
from hezou.packs.queries import Offer
from hezou.people.models import Agency, Person
from hezou.people.queries import today_of

ADOPT = "rules.adopt"

NO_REASON = define("people.no_reason_for_rules", "Say in a few words why the rules change.")
REASON_LONG = define("people.reason_for_rules_long", "Say it shorter: at most {most} characters.")

REASON = 400


@dataclass(frozen=True)
class Proposal:
    """What is to be adopted: a document's text in force from a day, the paper it rests on (`source`), why.

    `seen`: the number of the newest version there was when it was written.
    """

    family: str
    code: str
    body: str
    effective_from: date
    source: str
    reason: str
    seen: int


@action
def adopt_rules(*, by: Person, proposal: Proposal) -> PackVersion:
    """Adopt a document as a new version, by right of `rules.adopt`.

    Raises Stale when another version was adopted since the proposal was written, and Refused without a reason
    and where `packs.actions.adopt` refuses.
    """
    _begin(by, proposal)
    version = packs.adopt(
        agency_id=by.agency_id,
        family=proposal.family,
        code=proposal.code,
        body=proposal.body,
        effective_from=proposal.effective_from,
        source=proposal.source,
        adopted_by=by.pk,
        on=today_of(by.agency),
        reason=proposal.reason,
        seen=proposal.seen,
    )
    _record(version)
    return version


@action
def adopt_upgrade(*, by: Person, proposal: Proposal, offer: Offer) -> PackVersion:
    """Take a newer shipped text over, in the form the agency gives it; the version that is then in force.

    Raises as `adopt_rules` does.
    """
    _begin(by, proposal)
    versions = packs.adopt_upgrade(
        agency_id=by.agency_id,
        family=proposal.family,
        shipped_body=offer.text,
        body=proposal.body,
        set_name=offer.set_name,
        effective_from=proposal.effective_from,
        source=proposal.source,
        adopted_by=by.pk,
        on=today_of(by.agency),
        reason=proposal.reason,
        seen=proposal.seen,
    )
    for version in versions:
        _record(version)
    return versions[-1]


def _begin(by: Person, proposal: Proposal) -> None:
    """The right, a reason, and the agency's row: caches of its rules see the new revision."""
    require(by, ADOPT)
    reason = proposal.reason.strip()
    if not reason:
        raise Refused(NO_REASON())
    if len(reason) > REASON:
        raise Refused(REASON_LONG(most=REASON))
    Agency.objects.filter(pk=by.agency_id).update(revision=F("revision") + 1)


def _record(version: PackVersion) -> None:
    record(
        version,
        "adopt",
        family=version.family,
        code=version.code,
        number=version.number,
        effective_from=version.effective_from.isoformat(),
        parent=version.parent_id,
        sha256=version.sha256,
    )
