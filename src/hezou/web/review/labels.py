"""Names of kinds, steps, classes and verdicts for pages; a code the rules do not know stays a code."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from hezou.manuscripts.rules.compare import SUBSTANCE, WORDING
from hezou.packs.rules import Label, Rulebook
from hezou.review.models import Decision
from hezou.review.rules import (
    APPROVE,
    IN_PERSON,
    KEEP,
    MERGE,
    MESSAGE,
    ONLINE,
    PAPER,
    PUBLICISE,
    RETURN,
    SUPPLEMENT,
    TAKE_UP,
    TELEPHONE,
)

CLASS = {"public": gettext_lazy("May be public"), "internal": gettext_lazy("Internal")}
OPENNESS = {
    "proactive": gettext_lazy("Public on our own motion"),
    "on_request": gettext_lazy("Public on request"),
    "withheld": gettext_lazy("Not public"),
}
EDIT = {WORDING: gettext_lazy("Wording only"), SUBSTANCE: gettext_lazy("Of substance")}
MODE = {
    ONLINE: gettext_lazy("Here, by their own hand"),
    PAPER: gettext_lazy("Signed on paper"),
    TELEPHONE: gettext_lazy("Agreed by telephone"),
    IN_PERSON: gettext_lazy("Agreed in person"),
    MESSAGE: gettext_lazy("Agreed by message or in the group"),
}
"""How a decision came; all but the first are entered by somebody else (R3)."""
EDIT_BASIS = {
    "authorised": gettext_lazy("The office was told to change it so"),
    "initialled": gettext_lazy("The clean text bears their initials"),
}
SELECTION = {
    TAKE_UP: gettext_lazy("Taken up"),
    KEEP: gettext_lazy("Kept for later"),
    MERGE: gettext_lazy("For a composite"),
    PUBLICISE: gettext_lazy("For publicity"),
    SUPPLEMENT: gettext_lazy("Back for more"),
}
"""What the office makes of a contribution, in the order of the keys 1 to 5."""
VERDICT = {APPROVE: gettext_lazy("Approved"), RETURN: gettext_lazy("Returned")}


def verdict_label(verdict: str, *, signs: bool) -> Promise:
    """What was decided; the approval at the last step is called signing (签发)."""
    return gettext_lazy("Signed") if signs and verdict == APPROVE else VERDICT[verdict]


def recorded_words(decision: Decision) -> str:
    """How a decision came and who entered it; empty for one of the decider's own hand."""
    if decision.recorded_by is None:
        return ""
    said = gettext("%(mode)s, entered by %(person)s")
    return said % {"mode": MODE[decision.mode], "person": decision.recorded_by.name}


def kind_label(rules: Rulebook, code: str) -> Label | str:
    """The name of a kind."""
    kind = rules.known("kinds", code)
    return kind.label if kind else code


def role_label(rules: Rulebook, code: str) -> Label | str:
    """The name of a role."""
    role = rules.roles.get(code)
    return role.label if role else code
