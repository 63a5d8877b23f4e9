"""The states of a submission."""

from __future__ import annotations

from hezou.kernel.lifecycle import Lifecycle, Transition

SENT, ADOPTED = "sent", "adopted"

SUBMISSION = Lifecycle(
    noun="submission",
    states={SENT: "Submitted, no result yet", ADOPTED: "Adopted"},
    transitions=(Transition("adopt", frozenset({SENT, ADOPTED}), ADOPTED, "submission.record"),),
    settled=frozenset({SENT, ADOPTED}),
)
