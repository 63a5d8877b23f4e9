"""Whom a review tells what. Called within the act."""

from __future__ import annotations

from uuid import UUID

from hezou.kernel.ref import Ref
from hezou.manuscripts.models import Manuscript
from hezou.notices.actions.telling import tell
from hezou.notices.rules import EDITED, RETURNED, SIGNED, TURN
from hezou.people.directory import directory
from hezou.people.models import Person
from hezou.people.queries import today_of
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
