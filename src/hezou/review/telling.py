"""Whom a review tells what. Called within the act."""

from __future__ import annotations

from uuid import UUID

from hezou.kernel.ref import Ref
from hezou.manuscripts.models import Manuscript
from hezou.manuscripts.queries import author_ids
from hezou.notices.actions.telling import tell
from hezou.notices.rules import EDITED, ENTERED, IN_YOUR_NAME, RETURNED, SELECTED, SIGNED, TURN
from hezou.people.directory import directory
from hezou.people.models import Person
from hezou.people.queries import today_of
from hezou.review.models import Decision, Selection
from hezou.review.queries import Round
from hezou.review.rules import APPROVE

Turn = dict[UUID, list[UUID]]
"""Seat → who may sit there now that it is open."""


def tell_turn(by: Person, whole: Round, turn: Turn) -> None:
    """It is their turn: those who may take a seat and their deputies of today; not the authors."""
    here, today = directory(by.agency), today_of(by.agency)
    for seat, sitters in turn.items():
        to = {*sitters, *here.deputies_of(sitters, today)} - whole.authors
        stage = f"{seat}/{whole.manuscript.version_count}"
        tell(TURN, Ref.to(whole.manuscript), by=by, to=to, stage=stage)


def tell_signers(by: Person, whole: Round) -> None:
    """The text was edited in review: whoever signed it earlier in this round may object (R1)."""
    last = whole.manuscript.version_count
    signed = [line for line in whole.said if line.verdict == APPROVE and line.after < last]
    to = {person for line in signed for person in line.involved}
    tell(EDITED, Ref.to(whole.manuscript), by=by, to=to, stage=str(last))


def tell_selected(by: Person, manuscript: Manuscript, selection: Selection) -> None:
    """The office looked at it: the authors, and who began the piece."""
    to = {manuscript.creator_id, *author_ids(manuscript)}
    tell(SELECTED[selection.verdict], Ref.to(manuscript), by=by, to=to, stage=str(selection.pk))


def tell_recorded(by: Person, whole: Round, decision: Decision) -> None:
    """Somebody entered a decision: whoever it stands for may object, the authors may ask to see it."""
    hands = {one for one in (decision.decided_by_id, decision.in_name_of_id) if one is not None}
    tell(IN_YOUR_NAME, Ref.to(whole.manuscript), by=by, to=hands, stage=str(decision.pk))
    tell(ENTERED, Ref.to(whole.manuscript), by=by, to=_writers(whole), stage=str(decision.pk))


def tell_return(by: Person, whole: Round) -> None:
    """It came back: the authors, and who began the piece."""
    tell(RETURNED, Ref.to(whole.manuscript), by=by, to=_writers(whole), stage=_stage(whole.manuscript))


def tell_signed(by: Person, whole: Round) -> None:
    """It is signed: the authors, and who began the piece."""
    tell(SIGNED, Ref.to(whole.manuscript), by=by, to=_writers(whole), stage=_stage(whole.manuscript))


def _writers(whole: Round) -> set[UUID]:
    return {whole.manuscript.creator_id, *whole.authors}


def _stage(manuscript: Manuscript) -> str:
    return str(manuscript.round)
