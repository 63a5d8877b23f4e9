"""The states of a seat. Who may decide at an open one is `rules.why_not_decide` (R2), who may enter somebody
else's decision `rules.why_not_record` (R3)."""

from __future__ import annotations

from hezou.kernel.lifecycle import Lifecycle, Transition

WAITING, OPEN, PASSED, GAVE_BACK, CLOSED = "waiting", "open", "passed", "gave_back", "closed"


SEAT = Lifecycle(
    noun="seat",
    states={
        WAITING: "Not yet its turn",
        OPEN: "To decide",
        PASSED: "Approved",
        GAVE_BACK: "Returned",
        CLOSED: "Closed",
    },
    transitions=(
        Transition("open", frozenset({WAITING, PASSED}), OPEN, ""),
        Transition("approve", frozenset({OPEN}), PASSED, "seat.decide"),
        Transition("return", frozenset({OPEN}), GAVE_BACK, "seat.decide"),
        Transition("record_approve", frozenset({OPEN}), PASSED, "review.record"),
        Transition("record_return", frozenset({OPEN}), GAVE_BACK, "review.record"),
        Transition("close", frozenset({WAITING, OPEN, PASSED}), CLOSED, ""),
    ),
    settled=frozenset({PASSED, GAVE_BACK, CLOSED}),
)
