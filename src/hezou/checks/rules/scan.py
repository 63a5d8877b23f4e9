"""Run every check over a text."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from hezou.checks.rules.model import Finding, Severity, finding
from hezou.checks.rules.pack import Pack
from hezou.checks.rules.page import Page
from hezou.checks.rules.registry import BY_ID, CHECKS

STRICTNESS = {"strict": 0.8, "balanced": 0.5, "broad": 0.0}
"""How sure a check must be before it speaks: `strict` is the quietest and the default."""

MOST_PER_CHECK = 1000
"""Findings of one check in one text; more would only say the same again and cost memory without end."""


def check(
    text: str,
    *,
    kind: str | None = None,
    channel: str | None = None,
    strictness: str = "strict",
    packs: Iterable[Pack] | None = None,
) -> list[Finding]:
    """The findings in a text, by place and then by check; at most `MOST_PER_CHECK` of one check.

    `kind` and `channel` are codes of the agency's packs and choose among `packs`; `strictness` is a key of
    `STRICTNESS`. Any string is taken, also one that is no valid text. Raises ValueError for an unknown
    strictness and for a pack that switches off an error or a check that does not exist.
    """
    if strictness not in STRICTNESS:
        raise ValueError(f"unknown strictness: {strictness}")
    packs = tuple(packs or ())
    off = _switched_off(packs, kind, channel)
    page = Page(text, [pack for pack in packs if pack.applies(kind, channel)])
    found = [
        finding(one, page, hit)
        for one in CHECKS
        if one.id not in off and one.concerns(page)
        for hit in islice(one.find(page), MOST_PER_CHECK)
        if hit.confidence >= STRICTNESS[strictness]
    ]
    return sorted(found, key=lambda each: (each.start, each.end, each.check))


def _switched_off(packs: Iterable[Pack], kind: str | None, channel: str | None) -> set[str]:
    off: set[str] = set()
    for pack in packs:
        for name in pack.off:
            if name not in BY_ID:
                raise ValueError(f"pack {pack.code} switches off an unknown check: {name}")
            if BY_ID[name].severity is Severity.ERROR:
                raise ValueError(f"pack {pack.code} switches off an error: {name}")
        if pack.applies(kind, channel):
            off |= pack.off
    return off
