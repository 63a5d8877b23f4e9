"""Printing the approval sheet: its code ties the paper to one text at one step (R3)."""

from __future__ import annotations

from hezou.audit.actions import action, record, require, same_agency
from hezou.audit.queries import head
from hezou.documents.rules import HEADINGS
from hezou.kernel import clock
from hezou.kernel.errors import IMPOSSIBLE, NotFound, Refused
from hezou.kernel.messages import define
from hezou.manuscripts.models import Manuscript, Version
from hezou.manuscripts.queries import current_version
from hezou.people.models import Person
from hezou.review.lifecycle import OPEN
from hezou.review.models import Seat, Sheet
from hezou.review.queries import outstanding, seats
from hezou.review.rules import NO_ROUND, new_code

NOTHING_TO_SIGN = define("review.nothing_to_sign", "Nothing is to be signed at this step now.")


@action
def print_sheet(*, by: Person, manuscript: Manuscript, form: str, seat: Seat | None = None) -> Sheet:
    """A sheet of the present text for an open seat; for one that waits for 补签 of the text consented to.

    Without a seat it is a sheet for the file, which closes nothing. `form`: a key of `documents.HEADINGS`.
    """
    same_agency(by, manuscript, seat)
    require(by, "review.print", manuscript)
    if form not in HEADINGS:
        raise Refused(IMPOSSIBLE())
    if not manuscript.round:
        raise Refused(NO_ROUND())
    version = _version_for(manuscript, seat) if seat else current_version(manuscript)
    number, digest = head(manuscript.agency_id)
    sheet = Sheet.objects.create(
        agency_id=manuscript.agency_id,
        manuscript=manuscript,
        version=version,
        seat=seat,
        round=manuscript.round,
        form=form,
        code=_free_code(manuscript),
        printed_by=by,
        printed_at=clock.now(),
        chain_number=number,
        chain_hash=digest,
    )
    record(
        sheet,
        "print",
        manuscript=manuscript.pk,
        seat=seat.pk if seat else None,
        version=version.number,
        seal=version.seal,
        code=sheet.code,
    )
    return sheet


def _version_for(manuscript: Manuscript, seat: Seat) -> Version:
    """The text to be signed at a seat of the present round."""
    found = next((one for one in seats(manuscript) if one.pk == seat.pk), None)
    if found is None:
        raise NotFound
    if found.state == OPEN:
        return current_version(manuscript)
    owed = outstanding(manuscript.agency_id).filter(decision__seat=found).first()
    if owed is None:
        raise Refused(NOTHING_TO_SIGN())
    return owed.decision.version_after


def _free_code(manuscript: Manuscript) -> str:
    """A code that no sheet of the agency bears; the unique constraint holds it against races."""
    taken = Sheet.objects.filter(agency_id=manuscript.agency_id)
    return next(code for code in iter(new_code, "") if not taken.filter(code=code).exists())
