"""Why a piece came back to its writers."""

from __future__ import annotations

from dataclasses import dataclass

from hezou.manuscripts.lifecycle import RETURNED
from hezou.manuscripts.models import Manuscript
from hezou.packs.rules import Label
from hezou.review.models import Decision
from hezou.review.queries import decisions
from hezou.review.rules import RETURN


@dataclass(frozen=True)
class Returned:
    """The decision that gave it back (its words are the reason), and the name of its step."""

    decision: Decision
    step: Label | str


def last_return(manuscript: Manuscript) -> Returned | None:
    """What gave the piece back, while it is with its writers for that."""
    if manuscript.state != RETURNED:
        return None
    last = decisions(manuscript).filter(verdict=RETURN).last()
    if last is None:
        return None
    return Returned(last, last.seat.name)
