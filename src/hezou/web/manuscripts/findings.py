"""Findings as pages show them: each with its place and a little of the text around it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from hezou.checks.rules import Finding, Severity, check
from hezou.kernel.messages import Message

AROUND = 12
"""Characters shown before and after a place."""
FOUND_AT_MOST = 40
SHOWN_AT_MOST = 100
"""Findings on a page; who has more sees that there are more."""


@dataclass(frozen=True)
class Place:
    """One finding for `parts/findings.html`."""

    severity: str
    message: Message
    why: Message
    before: str
    found: str
    after: str
    start: int
    end: int
    replacements: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """What the checks say of a text: places shown, places left out, and how many of which weight."""

    places: list[Place]
    left_out: int
    errors: int
    doubts: int


def report(text: str, kind: str | None = None) -> Report:
    """Check a text (line ends LF, as the browser counts) and lay out the findings, errors first."""
    found = sorted(check(text, kind=kind), key=lambda one: list(Severity).index(one.severity))
    return Report(
        places=[_place(text, one) for one in found[:SHOWN_AT_MOST]],
        left_out=max(0, len(found) - SHOWN_AT_MOST),
        errors=sum(one.severity == Severity.ERROR for one in found),
        doubts=sum(one.severity == Severity.WARNING for one in found),
    )


def _place(text: str, one: Finding) -> Place:
    found = text[one.start : one.end].replace("\n", gettext("[new paragraph]"))
    return Place(
        severity=one.severity.value,
        message=one.message,
        why=one.why,
        before=text[max(0, one.start - AROUND) : one.start].rpartition("\n")[2],
        found=found if len(found) <= FOUND_AT_MOST else found[:FOUND_AT_MOST] + "……",
        after=text[one.end : one.end + AROUND].partition("\n")[0],
        start=one.start,
        end=one.end,
        replacements=one.replacements,
    )
