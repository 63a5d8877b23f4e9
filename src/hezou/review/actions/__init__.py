"""The verbs of review; the only writer of this room's tables."""

from hezou.review.actions.deciding import Decided, Edit, decide, principal_at
from hezou.review.actions.handing_over import Handover, hand_over, plan_handover
from hezou.review.actions.purging import confirm_purge
from hezou.review.actions.recording import countersign, record_decision
from hezou.review.actions.rounds import hand_in, recall
from hezou.review.actions.selecting import select
from hezou.review.actions.sheets import print_sheet

__all__ = [
    "Decided",
    "Edit",
    "Handover",
    "confirm_purge",
    "countersign",
    "decide",
    "hand_in",
    "hand_over",
    "plan_handover",
    "principal_at",
    "print_sheet",
    "recall",
    "record_decision",
    "select",
]
