"""Roles x verbs. Packs give roles their labels; which seat asks for which role is pack data too."""

from __future__ import annotations

WRITER = "writer"
UNIT_HEAD = "unit_head"
LEADER = "leader_in_charge"
EDITOR = "editor"
SIGNER = "signer"
SECRECY = "secrecy_reviewer"
AUDITOR = "auditor"
ADMINISTRATOR = "administrator"
RECORDER = "recorder"

WRITING = frozenset({WRITER, UNIT_HEAD, LEADER, EDITOR, SIGNER})

ROSTER = frozenset({EDITOR, RECORDER, ADMINISTRATOR})
"""Roles that keep the duty roster, and enter who is away."""

VERBS: dict[str, frozenset[str]] = {
    "manuscript.create": WRITING,
    "manuscript.submit": frozenset({EDITOR}),
    "manuscript.ask_purge": frozenset({SECRECY}),
    "manuscript.confirm_purge": frozenset({SECRECY, SIGNER, ADMINISTRATOR}),
    "seat.select": frozenset({EDITOR}),
    "submission.read": frozenset({EDITOR, SIGNER, LEADER, UNIT_HEAD, WRITER}),
    "submission.record": frozenset({EDITOR}),
    "review.record": frozenset({EDITOR, RECORDER}),
    "people.read": WRITING | {SECRECY, AUDITOR, ADMINISTRATOR, RECORDER},
    "people.manage": frozenset({ADMINISTRATOR}),
    "duty.keep": ROSTER,
    "rules.adopt": frozenset({ADMINISTRATOR}),
    "system.keep": frozenset({ADMINISTRATOR}),
    "history.load": frozenset({ADMINISTRATOR}),
    "trail.read": frozenset({AUDITOR}),
    "hook.manage": frozenset({EDITOR, ADMINISTRATOR}),
}
"""Verb → the roles that may do it at all; a predicate in `permissions` may ask for more."""

READING = frozenset(
    {"manuscript.read", "submission.read", "people.read", "trail.read", "notice.read", "text.check"}
)
"""Verbs that change nothing: all that an auditor may do, whatever else they hold (R22)."""

REVIEWING = frozenset({UNIT_HEAD, LEADER, EDITOR, SIGNER, SECRECY})
"""Roles that a route may ask for; a deputy of such a person reviews too."""
OFFICE = frozenset({EDITOR, SIGNER, RECORDER})
"""Roles that see every piece handed in that is not internal."""
HEADS = frozenset({UNIT_HEAD, LEADER})
"""Roles that see what the units they hold them over handed in, unless it is internal."""
