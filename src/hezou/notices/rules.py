"""What people are told of: pure. Who is told stands in the verbs of the rooms above."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from hezou.kernel.messages import Code, define

DUE, SENT, DROPPED = "due", "sent", "dropped"

LEASE = timedelta(minutes=5)
"""How long one attempt at sending a mail may take; longer than any time-out of the way there."""
PATIENCE = timedelta(minutes=5)
"""How long a notice waits to be read before it goes out by e-mail."""
KEPT = timedelta(days=180)
"""How long a notice stays that was read."""


@dataclass(frozen=True)
class Wish:
    """What a person chose: to be told how their pieces get on, and of everything by e-mail as well."""

    progress: bool = True
    mail: bool = False


@dataclass(frozen=True)
class Kind:
    """What a notice says of a piece or an account.

    `progress`: asks for nothing, so that a person may do without.
    """

    says: Code
    progress: bool = False

    @property
    def code(self) -> str:
        return self.says.code

    def is_wanted(self, wish: Wish) -> bool:
        return wish.progress or not self.progress


TURN = Kind(define("notice.turn", "Waits for your decision"))
RETURNED = Kind(define("notice.returned", "Came back to you"))
HANDED_OVER = Kind(define("notice.handed_over", "Was handed over to you"))
EDITED = Kind(define("notice.edited", "Was edited after you signed"))
IN_YOUR_NAME = Kind(define("notice.in_your_name", "A decision of yours was entered by somebody else"))
ENTERED = Kind(define("notice.entered", "A decision given on paper or aloud was entered"), progress=True)
SIGNED = Kind(define("notice.signed", "Was signed"), progress=True)
SUBMITTED = Kind(define("notice.submitted", "Was submitted"), progress=True)
ADOPTED = Kind(define("notice.adopted", "Was adopted"), progress=True)
FACTOR_RESET = Kind(define("notice.factor_reset", "Second factor was taken away by the administrator"))
SELECTED = {
    # What the office made of a contribution; one that it gives back is RETURNED.
    "take_up": Kind(define("notice.taken_up", "Was taken up by the office"), progress=True),
    "keep": Kind(define("notice.kept", "Is kept by the office for later"), progress=True),
    "merge": Kind(define("notice.merged", "Goes into a composite of the office"), progress=True),
    "publicise": Kind(define("notice.publicise", "Is wanted for publicity: hand it in as such")),
}
ONCE = (TURN, RETURNED, HANDED_OVER, EDITED, IN_YOUR_NAME, ENTERED, SIGNED, SUBMITTED, ADOPTED, FACTOR_RESET)
KINDS = {kind.code: kind for kind in (*ONCE, *SELECTED.values())}
