"""What a check is, what it answers, and on whose word it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from hezou.checks.rules.pack import Pack
from hezou.checks.rules.page import Page
from hezou.kernel.messages import Code, Message

QUOTED_AT_MOST = 24
"""Characters of the text that a message repeats."""


class Severity(StrEnum):
    """`error` stops hand-in; `warning` asks once; `hint` only tells."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True)
class Source:
    """A law, standard or practice a check stands on; the sentence may name `{clause}`."""

    says: Code

    def at(self, clause: str) -> Message:
        """The source as a message, at one of its clauses."""
        return self.says(clause=clause)


class Hit(NamedTuple):
    """One place a check found, in characters of the page.

    `replacements` are exact texts for `[start:end]`, the likeliest first; `confidence` 0–1 says how sure the
    check is that this is a slip; `params` fill the check's sentence, which also knows `{found}`; `clause`
    overrides the check's own where each hit stands on another rule.
    """

    start: int
    end: int
    replacements: tuple[str, ...] = ()
    confidence: float = 0.95
    params: Mapping[str, Any] = {}
    clause: str | None = None


Finder = Callable[[Page], Iterable[Hit]]


@dataclass(frozen=True)
class Check:
    """One check; its id is `family.name`, the code of what it says without `check.`

    `bad` and `good` are its tests and its documentation. In a bad example each slip stands between ⟦ and ⟧,
    its repairs after →, and the whole of `check` finds these slips and no others; in a good one it finds
    none. `needs` are characters of which a text must hold at least one for the check to be worth running;
    `pack` holds the agency's rules that the examples are read with.
    """

    says: Code
    severity: Severity
    source: Source
    clause: str
    find: Finder
    bad: tuple[str, ...]
    good: tuple[str, ...]
    needs: str = ""
    pack: Pack | None = None

    @property
    def id(self) -> str:
        """Such as `placeholder.star`."""
        return self.says.code.removeprefix("check.")

    @property
    def family(self) -> str:
        """The part of the id before the point."""
        return self.id.partition(".")[0]

    def concerns(self, page: Page) -> bool:
        """False when the text lacks every character the check looks for."""
        return not self.needs or any(character in page.text for character in self.needs)


@dataclass(frozen=True)
class Finding:
    """A slip in a text. `start` and `end` count characters of the text as it was given to `check`.

    `message` says what is wrong and `why` on whose word, both as codes; each of `replacements` is an exact
    text for `[start:end]`; `confidence` runs from 0 to 1.
    """

    check: str
    family: str
    severity: Severity
    start: int
    end: int
    message: Message
    why: Message
    replacements: tuple[str, ...] = ()
    confidence: float = 1.0


def finding(check: Check, page: Page, hit: Hit) -> Finding:
    """The finding for a hit of a check."""
    found = page.text[hit.start : min(hit.end, hit.start + QUOTED_AT_MOST)].strip()
    return Finding(
        check.id,
        check.family,
        check.severity,
        hit.start,
        hit.end,
        check.says(**{"found": found, **hit.params}),
        check.source.at(check.clause if hit.clause is None else hit.clause),
        hit.replacements,
        hit.confidence,
    )


@dataclass(frozen=True)
class Pattern:
    """A finder made of one expression over the page's prose; `slip` names the group that is the slip.

    `repairs` are templates as `re.Match.expand` takes them. Most checks need no more than this.
    """

    expression: re.Pattern[str]
    repairs: tuple[str, ...] = ()
    slip: int | str = 0
    confidence: float = 0.95
    unless: Callable[[re.Match[str]], bool] = field(default=lambda match: False)

    def __call__(self, page: Page) -> Iterator[Hit]:
        for match in self.expression.finditer(page.prose):
            if not self.unless(match):
                repairs = tuple(match.expand(repair) for repair in self.repairs)
                yield Hit(*match.span(self.slip), repairs, self.confidence)
