"""代录: a named recorder enters what somebody decided on paper or aloud; and the signature later (R3)."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hezou.audit.actions import action, record, require, same_agency
from hezou.files.actions import register
from hezou.files.models import Blob
from hezou.files.rules import Content
from hezou.kernel import clock
from hezou.kernel.errors import IMPOSSIBLE, Refused
from hezou.kernel.messages import Message, define
from hezou.manuscripts import actions as pieces
from hezou.manuscripts.models import Manuscript
from hezou.manuscripts.queries import current_version
from hezou.people.models import Person
from hezou.review.actions.deciding import Decided, Edit, Word, go_on, open_seat, settle
from hezou.review.models import CounterSignature, Decision, Seat, Sheet
from hezou.review.queries import Round, board, countersign_due, paper_of, round_of, wanted_paper
from hezou.review.rules import (
    APPROVE,
    EDIT_BASES,
    PAPER,
    RECORDED,
    SPOKEN,
    VERDICTS,
    why_not_match,
    why_not_record,
)
from hezou.review.telling import tell_recorded

PICTURES = frozenset({"image/png", "image/jpeg", "application/pdf"})

MAY_NOT_DECIDE = define("review.may_not_decide", "{person} may not decide at this step.")
OWN_DECISION = define("review.own_decision", "You decided this yourself: do it on the review page.")
NO_SHEET = define(
    "review.no_sheet",
    "A signature on paper closes the step by the code of its sheet. Photograph the code, or type it.",
)
NO_BASIS = define(
    "review.no_basis",
    "Say how the edit was agreed: the office was told to make it, or the clean text was initialled.",
)
IN_FUTURE = define("review.in_future", "This time lies in the future.")
TOO_EARLY = define(
    "review.too_early", "At that time the step did not wait yet for a decision on the present text."
)
NO_PICTURE = define("review.no_picture", "Only a photo (PNG, JPEG) or a scan (PDF) of the sheet can be kept.")
CLOSED_ALREADY = define("review.closed_already", "This signature was already handed in later.")


@action
def record_decision(
    *,
    by: Person,
    manuscript: Manuscript,
    revision: int,
    seat: Seat,
    decider: Person,
    mode: str,
    verdict: str,
    words: str = "",
    edit: Edit | None = None,
    edit_basis: str = "",
    sheet: Sheet | None = None,
    evidence: Content | None = None,
    spoken_at: datetime | None = None,
) -> Decided:
    """Enter what `decider` decided at an open seat: on a printed sheet, by telephone, in person, by message.

    `edit` is ink on the sheet or what was said of the text, `edit_basis` how it was agreed. The bytes of
    `evidence` are already on disk (`files.actions.put`). What was not signed on paper waits for 补签. Raises
    Refused where R1, R2 or R3 forbids it: R2 asks about the decider, R3 about the recorder and the sheet.
    """
    same_agency(by, manuscript, seat, decider, sheet)
    whole = round_of(pieces.take(manuscript, revision))
    seat = open_seat(whole.seats, seat)
    require(by, "review.record", seat)
    if verdict not in VERDICTS or mode not in RECORDED:
        raise Refused(IMPOSSIBLE())
    Refused.unless_none(_objections(by, whole, seat, decider, mode, sheet, spoken_at))
    if edit is not None and verdict == APPROVE and edit_basis not in EDIT_BASES:
        raise Refused(NO_BASIS())
    word = Word(
        decider=decider,
        verdict=verdict,
        opinion=pieces.admit(words, by.agency).strip(),
        edit=edit,
        mode=mode,
        recorder=by,
        spoken_at=spoken_at or clock.now(),
        edit_basis=edit_basis,
        sheet=sheet,
        evidence=_kept(by, evidence),
    )
    decision = settle(by, whole, seat, word)
    if mode in SPOKEN and verdict == APPROVE:
        _ask_signature(by, decision)
    tell_recorded(by, whole, decision)
    return go_on(by, whole, decision)


@action
def countersign(
    *, by: Person, countersignature: CounterSignature, sheet: Sheet, evidence: Content | None = None
) -> CounterSignature:
    """补签: close a consent by the sheet that was signed for it later, told by its code.

    Raises Refused for a sheet of another piece, step or text, and where the signature is there already.
    """
    same_agency(by, countersignature, sheet)
    waiting = CounterSignature.objects.filter(pk=countersignature.pk, closed_at=None)
    if not waiting.update(closed_at=clock.now(), closed_by=by, sheet=sheet):
        raise Refused(CLOSED_ALREADY())
    decision = countersignature.decision
    require(by, "review.record", decision.seat)
    wanted = wanted_paper(decision.seat, decision.version_after)
    judged = board(decision.seat.manuscript)
    Refused.unless_none([*why_not_record(judged, by.pk), why_not_match(paper_of(sheet), wanted)])
    kept = _kept(by, evidence)
    CounterSignature.objects.filter(pk=countersignature.pk).update(evidence=kept)
    record(
        countersignature,
        "countersign",
        seat=decision.seat_id,
        sheet=sheet.pk,
        evidence=kept.sha256 if kept else None,
    )
    return CounterSignature.objects.get(pk=countersignature.pk)


def _objections(
    by: Person,
    whole: Round,
    seat: Seat,
    decider: Person,
    mode: str,
    sheet: Sheet | None,
    spoken_at: datetime | None,
) -> list[Message | None]:
    """What R3 says against entering this here now."""
    version = current_version(whole.manuscript)
    earliest = max(seat.opened_at or version.made_at, version.made_at)
    return [
        *why_not_record(whole.board(), by.pk),
        _why_not_decider(by, decider, seat),
        _why_not_time(spoken_at, earliest),
        NO_SHEET() if mode == PAPER and sheet is None else None,
        why_not_match(paper_of(sheet), wanted_paper(seat, version)) if sheet else None,
    ]


def _why_not_decider(by: Person, decider: Person, seat: Seat) -> Message | None:
    """A recorder enters the word of others, and only of those who may decide at the seat."""
    if decider.pk == by.pk:
        return OWN_DECISION()
    return None if decider.has_perm("seat.decide", seat) else MAY_NOT_DECIDE(person=decider.name)


def _why_not_time(spoken_at: datetime | None, earliest: datetime) -> Message | None:
    """Times are typed to the minute."""
    if spoken_at is None:
        return None
    if spoken_at > clock.now():
        return IN_FUTURE()
    return TOO_EARLY() if spoken_at <= earliest - timedelta(minutes=1) else None


def _kept(by: Person, evidence: Content | None) -> Blob | None:
    if evidence is None:
        return None
    if evidence.content_type not in PICTURES:
        raise Refused(NO_PICTURE())
    return register(by.agency_id, evidence)


def _ask_signature(by: Person, decision: Decision) -> None:
    """What was not signed on paper is signed within some working days of the day it was said."""
    said_at = decision.spoken_at or decision.at
    due = countersign_due(by.agency, said_at.astimezone(ZoneInfo(by.agency.zone)).date())
    row = CounterSignature.objects.create(agency_id=by.agency_id, decision=decision, due_on=due.day)
    record(row, "ask", seat=decision.seat_id, due_on=due.day.isoformat())
