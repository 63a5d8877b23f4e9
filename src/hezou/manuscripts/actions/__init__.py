"""The verbs of a piece; the only writers of this room's tables."""

from hezou.manuscripts.actions.files import attach, bring_pictures, detach
from hezou.manuscripts.actions.pieces import (
    admit,
    admit_reader,
    create,
    findings,
    hand_in,
    make_version,
    move,
    open_for_review,
    open_to,
    relabel,
    revise,
    take,
)
from hezou.manuscripts.actions.purging import ask_purge, destroy, discard_all, withdraw_purge
from hezou.manuscripts.actions.writing import hold_lease, release_lease, save_working_copy

__all__ = [
    "admit",
    "admit_reader",
    "ask_purge",
    "attach",
    "bring_pictures",
    "create",
    "destroy",
    "detach",
    "discard_all",
    "findings",
    "hand_in",
    "hold_lease",
    "make_version",
    "move",
    "open_for_review",
    "open_to",
    "relabel",
    "release_lease",
    "revise",
    "save_working_copy",
    "take",
    "withdraw_purge",
]
