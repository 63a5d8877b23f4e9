"""The route of the present round as `parts/stepper.html` shows it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from hezou.packs.rules import Label
from hezou.review.lifecycle import CLOSED, GAVE_BACK, OPEN, PASSED
from hezou.review.models import Seat
from hezou.review.rules import undecided
from hezou.web.people.labels import away_words
from hezou.web.review.labels import recorded_words, role_label
from hezou.web.review.round import Round


@dataclass(frozen=True)
class Step:
    """One seat as shown; `state` is done, now, next, returned or void (a decision that no longer counts).

    `away`: in words why the holder whose turn it is is not here today.
    """

    label: Label | str
    state: str
    role: Label | str
    unit: str
    person: str
    in_name_of: str = ""
    at: datetime | None = None
    since: datetime | None = None
    words: str = ""
    recorded: str = ""
    away: str = ""


def steps_of(whole: Round) -> list[Step]:
    """The seats in the order of the route; seats that a closed round never reached are left out."""
    lapsed = {line.id for line in undecided(whole.board)}
    shown = [seat for seat in whole.seats if seat.state != CLOSED or whole.last_at(seat)]
    return [_step(whole, seat, _state(seat, seat.pk in lapsed)) for seat in shown]


def _step(whole: Round, seat: Seat, state: str) -> Step:
    step = Step(
        label=seat.name,
        state=state,
        role=role_label(whole.rules, seat.role),
        unit=seat.unit.name,
        person=seat.person.name if seat.person else "",
        since=seat.opened_at,
    )
    if state == "now":
        absence = whole.away.get(seat.person_id) if seat.person_id else None
        return replace(step, away=away_words(absence))
    decision = whole.last_at(seat)
    if decision is None:
        return step
    return replace(
        step,
        person=decision.decided_by.name,
        in_name_of=decision.in_name_of.name if decision.in_name_of else "",
        at=decision.given_at,
        words=decision.opinion,
        recorded=recorded_words(decision),
    )


def _state(seat: Seat, is_lapsed: bool) -> str:
    if seat.state == PASSED:
        return "void" if is_lapsed else "done"
    return {OPEN: "now", GAVE_BACK: "returned", CLOSED: "void"}.get(seat.state, "next")
