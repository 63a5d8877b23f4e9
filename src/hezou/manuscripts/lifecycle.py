"""The states of a manuscript and what leads from one to the next."""

from __future__ import annotations

from hezou.kernel.lifecycle import Lifecycle, Transition
from hezou.manuscripts.rules.handing_in import doubts_confirmed, has_author, has_no_errors, has_text
from hezou.manuscripts.rules.purging import is_second_person

DRAFT, IN_REVIEW, RETURNED, SIGNED, SENT = "draft", "in_review", "returned", "signed", "sent"
PURGED = "purged"
ASKED, DONE, WITHDRAWN = "asked", "done", "withdrawn"

MANUSCRIPT = Lifecycle(
    noun="manuscript",
    states={
        DRAFT: "Draft",
        IN_REVIEW: "In review",
        RETURNED: "Returned",
        SIGNED: "Signed",
        SENT: "Submitted",
        PURGED: "Purged",
    },
    transitions=(
        Transition(
            "hand_in",
            frozenset({DRAFT, RETURNED}),
            IN_REVIEW,
            "manuscript.hand_in",
            (has_text, has_author, has_no_errors, doubts_confirmed),
        ),
        Transition("return", frozenset({IN_REVIEW}), RETURNED, "manuscript.review"),
        Transition("recall", frozenset({IN_REVIEW, SIGNED}), DRAFT, "manuscript.recall"),
        Transition("sign", frozenset({IN_REVIEW}), SIGNED, "manuscript.review"),
        Transition("submit", frozenset({SIGNED, SENT}), SENT, "manuscript.submit"),
        # A consequence of the second person's word.
        Transition("purge", frozenset({DRAFT, IN_REVIEW, RETURNED, SIGNED, SENT}), PURGED, ""),
    ),
    # A returned piece is with its writers: a new round begins, in which no decision loaded with it counts.
    settled=frozenset({RETURNED, SENT}),
)

WRITABLE = frozenset({DRAFT, RETURNED})
"""States in which the writers may change text, kind, class, openness and authors."""

PURGE = Lifecycle(
    noun="purge",
    states={ASKED: "Waits for the second person", DONE: "Purged", WITHDRAWN: "Withdrawn"},
    transitions=(
        Transition(
            "confirm_purge", frozenset({ASKED}), DONE, "manuscript.confirm_purge", (is_second_person,)
        ),
        Transition("withdraw_purge", frozenset({ASKED}), WITHDRAWN, "manuscript.ask_purge"),
    ),
)
