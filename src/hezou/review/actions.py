"""The verbs of review; the only writer of this room's tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hezou.audit.actions import action, advance, require, same_agency
from hezou.kernel import clock
from hezou.kernel.errors import NotFound, Refused
from hezou.kernel.messages import define
from hezou.manuscripts import actions as pieces
from hezou.manuscripts.models import Manuscript
from hezou.manuscripts.queries import authors, current_version
from hezou.manuscripts.rules.compare import SUBSTANCE, edit_class
from hezou.packs.rules import WORDING_EDIT_CHARACTERS, Step, route_for
from hezou.people.models import Person
from hezou.people.queries import (
    ancestry,
    cross_reviewers,
    holders,
    principals_of,
    rules_of,
    today_of,
)
from hezou.review.lifecycle import CLOSED, GAVE_BACK, OPEN, SEAT
from hezou.review.models import Decision, Seat
from hezou.review.queries import board, may_take, seats
from hezou.review.rules import (
    APPROVE,
    NO_REASON,
    RETURN,
    next_seats,
    undecided,
    why_not_decide,
    why_not_sign,
)
from hezou.review.telling import tell_return, tell_signed, tell_signers, tell_turn

NO_HOLDER = define(
    "review.no_holder", "Nobody holds the role for the step “{step}”. Ask the administrator to name somebody."
)
NO_CROSS_REVIEWER = define(
    "review.no_cross_reviewer",
    "The step “{step}” would fall to an author or to somebody who already holds another level, "
    "and no cross reviewer is named. Ask the administrator to name one.",
)
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


@action
def hand_in(*, by: Person, manuscript: Manuscript, revision: int, confirmed: bool) -> Manuscript:
    """送审: begin a round with the newest version and lay out its seats by the route of the kind."""
    same_agency(by, manuscript)
    manuscript = pieces.take(manuscript, revision)
    manuscript = pieces.hand_in(by=by, manuscript=manuscript, confirmed=confirmed)
    rules = rules_of(manuscript.agency)
    route = route_for(rules, manuscript.kind, may_take(manuscript))
    today = today_of(manuscript.agency)
    path = ancestry(manuscript.unit)
    barred = {a.person_id for a in authors(manuscript)}
    taken: set[UUID] = set()
    rows = []
    for number, _, step in route.walk():
        unit_id, person = _holder(manuscript, step, path, today, barred, taken)
        if person is not None and step.counts:
            taken.add(person.pk)
        rows.append(_seat(manuscript, number, step, unit_id, person, signs=step == route.signing))
    Seat.objects.bulk_create(rows)
    _turn(by, manuscript)
    return manuscript


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
) -> Manuscript:
    """同意、签发 or 退回修改 at an open seat, with the holder's own edit as part of it (R1).

    Raises Stale when the piece changed since the page was drawn, Refused where R1 or R2 forbids it.
    """
    same_agency(by, manuscript, seat)
    manuscript = pieces.take(manuscript, revision)
    seat = _fresh(by, manuscript, seat)
    opinion = pieces.admit(opinion, by.agency)
    principal = principal_at(seat, by)
    _admit_decision(by, manuscript, seat, principal, verdict, opinion)
    before = current_version(manuscript)
    edited = ""
    if verdict == APPROVE and edit is not None:
        edited = _edit(by, manuscript, seat, edit, before.text.plain())
    after = current_version(manuscript) if edited else before
    deputising = _sit(seat, by, principal)
    advance(
        seat,
        SEAT,
        verdict,
        None,
        manuscript=manuscript.pk,
        version=after.number,
        seal=after.seal,
        edit=edited or None,
        in_name_of=deputising.pk if deputising else None,
    )
    Decision.objects.create(
        agency_id=manuscript.agency_id,
        seat=seat,
        verdict=verdict,
        decided_by=by,
        in_name_of=deputising,
        version_before=before,
        version_after=after,
        edit_class=edited,
        opinion=opinion.strip(),
        at=clock.now(),
    )
    return _after(by, manuscript, verdict, after.seal, edited)


@action
def recall(*, by: Person, manuscript: Manuscript, revision: int) -> Manuscript:
    """撤回: the writers take the piece back while nothing has left; the round ends without effect."""
    same_agency(by, manuscript)
    manuscript = pieces.take(manuscript, revision)
    _close(manuscript)
    return pieces.move(by=by, manuscript=manuscript, verb="recall", seal=current_version(manuscript).seal)


def _admit_decision(
    by: Person, manuscript: Manuscript, seat: Seat, principal: Person, verdict: str, opinion: str
) -> None:
    """Raise Refused where R2 forbids this person to decide here, or a return gives no reason."""
    judged = board(manuscript)
    line = next(s for s in judged.seats if s.id == seat.pk)
    objections = why_not_decide(judged, line, by.pk, principal.pk)
    if verdict == RETURN and not opinion.strip():
        objections.append(NO_REASON())
    Refused.unless_none(objections)


def _after(by: Person, manuscript: Manuscript, verdict: str, seal: str, edited: str) -> Manuscript:
    """What a decision leads to: back to the writer, on to the next hand, or signed; and who is told."""
    if verdict == RETURN:
        _close(manuscript)
        tell_return(by, manuscript)
        return pieces.move(by=by, manuscript=manuscript, verb="return", seal=seal)
    if edited:
        tell_signers(by, manuscript)
    if _turn(by, manuscript):
        return manuscript
    judged = board(manuscript)
    Refused.unless_none(why_not_sign(judged))
    tell_signed(by, manuscript, judged.authors)
    return pieces.move(by=by, manuscript=manuscript, verb="sign", seal=seal)


def _holder(
    manuscript: Manuscript, step: Step, path: list[UUID], today: date, barred: set[UUID], taken: set[UUID]
) -> tuple[UUID, Person | None]:
    """The unit and the person of a seat; None where several may take it. Refused where nobody can (R2)."""
    where = path if step.scope == "unit" else path[-1:]
    unit_id, persons = holders(manuscript.agency_id, step.role, where, today)
    if unit_id is None:
        raise Refused(NO_HOLDER(step=step.label.zh))
    blocked = barred | (taken if step.counts else set())
    free = [p for p in persons if p.pk not in blocked]
    if len(free) > 1:
        return unit_id, None
    if not free:
        free = [p for p in cross_reviewers(manuscript.agency_id, step.role, path) if p.pk not in blocked]
    if not free:
        raise Refused(NO_CROSS_REVIEWER(step=step.label.zh))
    return unit_id, free[0]


def _seat(
    manuscript: Manuscript, number: int, step: Step, unit_id: UUID, person: Person | None, *, signs: bool
) -> Seat:
    return Seat(
        agency_id=manuscript.agency_id,
        manuscript=manuscript,
        round=manuscript.round,
        level=number,
        step=step.code,
        role=step.role,
        unit_id=unit_id,
        person=person,
        counts=step.counts,
        edits=step.edits,
        secrecy=step.secrecy,
        signs=signs,
    )


def _turn(by: Person, manuscript: Manuscript) -> bool:
    """Open the seats whose turn it is; False when every seat covers the present version."""
    judged = board(manuscript)
    turn = {line.id for line in next_seats(judged)}
    now = clock.now()
    for seat in seats(manuscript):
        if seat.pk in turn and seat.state != OPEN:
            advance(seat, SEAT, "open", None, manuscript=manuscript.pk)
            Seat.objects.filter(pk=seat.pk).update(opened_at=now, revision=seat.revision + 1)
            sitters = _may_sit(manuscript, seat)
            pieces.open_to(manuscript, *(("seat", person_id) for person_id in sitters))
            tell_turn(by, manuscript, seat, sitters, judged.authors)
    return bool(undecided(judged))


def _may_sit(manuscript: Manuscript, seat: Seat) -> list[UUID]:
    """Who must be able to read the piece here: the holder, or everybody who may take an untaken seat."""
    if seat.person_id is not None:
        return [seat.person_id]
    _, held = holders(seat.agency_id, seat.role, [seat.unit_id], today_of(manuscript.agency))
    return [person.pk for person in held]


def _fresh(by: Person, manuscript: Manuscript, seat: Seat) -> Seat:
    """The seat as it stands now, if it is open and `by` may decide there."""
    found = next((s for s in seats(manuscript) if s.pk == seat.pk), None)
    if found is None or found.state != OPEN:
        raise Refused(NOT_OPEN())
    require(by, "seat.decide", found)
    return found


def principal_at(seat: Seat, by: Person) -> Person:
    """In whose name `by` sits: their own seat, or the principal whose deputy they are.

    Raises NotFound for somebody who may not take the seat at all.
    """
    if seat.person is not None:
        return seat.person
    today = today_of(by.agency)
    _, held = holders(seat.agency_id, seat.role, [seat.unit_id], today)
    own = {p.pk for p in held}
    if by.pk in own:
        return by
    found = next((p for p in principals_of(by, today) if p.pk in own), None)
    if found is None:
        raise NotFound
    return found


def _sit(seat: Seat, by: Person, principal: Person) -> Person | None:
    """Take the seat; answers with the principal when `by` is not the holder."""
    Seat.objects.filter(pk=seat.pk).update(person=principal, decided_by=by, revision=seat.revision + 1)
    seat.person, seat.decided_by = principal, by
    return principal if principal.pk != by.pk else None


def _edit(by: Person, manuscript: Manuscript, seat: Seat, edit: Edit, before: str) -> str:
    """Make the holder's version; returns wording or substance, or '' when nothing differs."""
    labels = (manuscript.kind, manuscript.content_class, manuscript.openness)
    wanted = (edit.kind, edit.content_class, edit.openness)
    text = pieces.admit(edit.text, by.agency)
    if text == before and labels == wanted:
        return ""
    if not seat.edits:
        raise Refused(NO_EDIT())
    rules = rules_of(manuscript.agency)
    if rules.kind(edit.kind).route != rules.kind(manuscript.kind).route:
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


def _close(manuscript: Manuscript) -> None:
    """End a round: what waited in it waits no more."""
    for seat in seats(manuscript):
        if seat.state not in (GAVE_BACK, CLOSED):
            advance(seat, SEAT, "close", None)
