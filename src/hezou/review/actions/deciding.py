"""Deciding at a seat, whether the decider presses the button or somebody else enters what they said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hezou.audit.actions import action, advance, require, same_agency
from hezou.audit.statements import insert
from hezou.files.models import Blob
from hezou.kernel import clock
from hezou.kernel.errors import NotFound, Refused
from hezou.kernel.messages import define
from hezou.manuscripts import actions as pieces
from hezou.manuscripts.models import Manuscript
from hezou.manuscripts.queries import current_version
from hezou.manuscripts.rules.compare import SUBSTANCE, edit_class
from hezou.packs.rules import WORDING_EDIT_CHARACTERS, Kind
from hezou.people.directory import directory
from hezou.people.models import Person
from hezou.people.queries import rules_of, today_of
from hezou.review.actions.rounds import end_round, open_next, seat_scopes
from hezou.review.lifecycle import OPEN, SEAT
from hezou.review.models import Decision, Seat, Sheet
from hezou.review.queries import Round, line_of, may_sit, round_of, sitters
from hezou.review.rules import APPROVE, NO_REASON, ONLINE, RETURN, undecided, why_not_decide, why_not_sign
from hezou.review.telling import tell_return, tell_signed, tell_signers, tell_turn

NOT_OPEN = define("review.not_open", "This step is not open any more; somebody decided in the meantime.")
NO_EDIT = define("review.no_edit", "This step does not edit. Return the piece with a reason instead.")
OTHER_ROUTE = define(
    "review.other_route", "This kind goes another way. Return the piece to its writer to change the kind."
)


@dataclass(frozen=True)
class Edit:
    """What the holder of a step made of the piece (审改); `marked`: wording or substance."""

    text: str
    kind: str
    content_class: str
    openness: str
    marked: str


@dataclass(frozen=True)
class Word:
    """What somebody decides: `verdict` approve or return, `opinion` admitted words.

    The rest is for what a `recorder` enters (R3): `mode`, when it was given, how an edit was agreed, the
    sheet that was signed and the kept picture of it.
    """

    decider: Person
    verdict: str
    opinion: str
    edit: Edit | None = None
    mode: str = ONLINE
    recorder: Person | None = None
    spoken_at: datetime | None = None
    edit_basis: str = ""
    sheet: Sheet | None = None
    evidence: Blob | None = None


@dataclass(frozen=True)
class Decided:
    """A decision and the round as it stands after it."""

    whole: Round
    decision: Decision


@action
def decide(
    *,
    by: Person,
    manuscript: Manuscript,
    revision: int,
    seat: Seat,
    verdict: str,
    opinion: str = "",
    edit: Edit | None = None,
) -> Decided:
    """同意、签发 or 退回修改 at an open seat, with the holder's own edit as part of it (R1).

    Raises Stale when the piece changed since the page was drawn, Refused where R1 or R2 forbids it.
    """
    same_agency(by, manuscript, seat)
    whole = round_of(pieces.take(manuscript, revision))
    seat = open_seat(whole.seats, seat)
    require(by, "seat.decide", seat)
    word = Word(by, verdict, pieces.admit(opinion, by.agency).strip(), edit)
    decision = settle(by, whole, seat, word)
    return go_on(by, whole, decision)


def open_seat(now: Iterable[Seat], seat: Seat) -> Seat:
    """The seat as it stands `now` in its round; Refused where it is not open any more."""
    found = next((one for one in now if one.pk == seat.pk), None)
    if found is None or found.state != OPEN:
        raise Refused(NOT_OPEN())
    return found


def principal_at(seat: Seat, by: Person) -> UUID:
    """In whose name `by` sits: their own seat, or the principal whose deputy they are.

    Raises NotFound for somebody who may not take the seat at all.
    """
    today = today_of(by.agency)
    own = sitters(directory(by.agency), seat, today)
    if seat.person_id is not None or by.pk in own:
        return seat.person_id or by.pk
    hands, _ = may_sit(by, today)
    found = next((person for person in own if person in hands), None)
    if found is None:
        raise NotFound
    return found


def settle(by: Person, whole: Round, seat: Seat, word: Word) -> Decision:
    """Of a taken row: what was decided at an open seat, with the decider's edit as the next version.

    `by` acts: the decider, or who records for them. Raises Refused where R1 or R2 forbids it.
    """
    manuscript = whole.manuscript
    principal = principal_at(seat, word.decider)
    _admit_decision(whole, seat, principal, word)
    before = current_version(manuscript)
    edited = ""
    if word.verdict == APPROVE and word.edit is not None:
        edited = _edit(by, manuscript, seat, word.edit, before.text.plain())
    after = current_version(manuscript) if edited else before
    deputising = principal if principal != word.decider.pk else None
    advance(
        seat,
        SEAT,
        word.verdict if word.recorder is None else f"record_{word.verdict}",
        None,
        {"person_id": principal, "decided_by_id": word.decider.pk, "revision": seat.revision + 1},
        manuscript=manuscript.pk,
        version=after.number,
        seal=after.seal,
        edit=edited or None,
        in_name_of=deputising,
        **_recorded(word),
    )
    decision = Decision(
        agency_id=manuscript.agency_id,
        seat=seat,
        verdict=word.verdict,
        decided_by=word.decider,
        in_name_of_id=deputising,
        recorded_by=word.recorder,
        mode=word.mode,
        spoken_at=word.spoken_at,
        version_before=before,
        version_after=after,
        edit_class=edited,
        edit_basis=word.edit_basis if edited else "",
        sheet=word.sheet,
        evidence=word.evidence,
        opinion=word.opinion,
        at=clock.now(),
    )
    insert([decision])
    whole.said.append(line_of(decision))
    return decision


def go_on(by: Person, whole: Round, decision: Decision) -> Decided:
    """What a decision leads to: back to the writer, on to the next hand, or signed; and who is told."""
    manuscript, seal = whole.manuscript, decision.version_after.seal
    if decision.verdict == RETURN:
        end_round(whole.seats)
        tell_return(by, whole)
        pieces.move(by=by, manuscript=manuscript, verb="return", seal=seal)
        return Decided(whole, decision)
    if decision.edit_class:
        tell_signers(by, whole)
    turn = open_next(by, whole)
    if turn:
        pieces.open_to(manuscript, *seat_scopes(turn))
        tell_turn(by, whole, turn)
    judged = whole.board()
    if not undecided(judged):
        Refused.unless_none(why_not_sign(judged))
        tell_signed(by, whole)
        pieces.move(by=by, manuscript=manuscript, verb="sign", seal=seal)
    return Decided(whole, decision)


def _admit_decision(whole: Round, seat: Seat, principal: UUID, word: Word) -> None:
    """Raise Refused where R2 forbids this person to decide here, or a return gives no reason."""
    judged = whole.board()
    line = next(s for s in judged.seats if s.id == seat.pk)
    objections = why_not_decide(judged, line, word.decider.pk, principal)
    if word.verdict == RETURN and not word.opinion:
        objections.append(NO_REASON())
    Refused.unless_none(objections)


def _recorded(word: Word) -> dict[str, object]:
    """What the trail keeps of a decision that somebody else entered."""
    if word.recorder is None:
        return {}
    return {
        "decider": word.decider.pk,
        "mode": word.mode,
        "sheet": word.sheet.pk if word.sheet else None,
        "evidence": word.evidence.sha256 if word.evidence else None,
    }


def _edit(by: Person, manuscript: Manuscript, seat: Seat, edit: Edit, before: str) -> str:
    """Make the holder's version; returns wording or substance, or '' when nothing differs."""
    labels = (manuscript.kind, manuscript.content_class, manuscript.openness)
    wanted = (edit.kind, edit.content_class, edit.openness)
    text = pieces.admit(edit.text, by.agency)
    if text == before and labels == wanted:
        return ""
    if not seat.edits:
        raise Refused(NO_EDIT())
    rules = rules_of(by.agency)
    here: Kind = rules.known("kinds", manuscript.kind) or rules.kind(manuscript.kind)
    if edit.kind != manuscript.kind and rules.kind(edit.kind).route != here.route:
        raise Refused(OTHER_ROUTE())
    most = rules.limit(WORDING_EDIT_CHARACTERS)
    found = edit_class(before, text, marked=edit.marked, most=most) if labels == wanted else SUBSTANCE
    pieces.relabel(
        by=by,
        manuscript=manuscript,
        kind=edit.kind,
        content_class=edit.content_class,
        openness=edit.openness,
    )
    pieces.make_version(by=by, manuscript=manuscript, text=text, reason="decision")
    return found
