"""The verbs of review; the only writer of this room's tables."""

from hezou.review.actions.deciding import Decided, Edit, decide, principal_at
from hezou.review.actions.recording import countersign, record_decision
from hezou.review.actions.rounds import hand_in, recall
from hezou.review.actions.sheets import print_sheet

__all__ = [
    "Decided",
    "Edit",
    "countersign",
    "decide",
    "hand_in",
    "principal_at",
    "print_sheet",
    "recall",
    "record_decision",
]
