"""Deputies: between two dates one signs in the name of another, and never in a circle."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from hezou.kernel.messages import Message, define

DATES = define("people.dates", "The last day lies before the first.")
PAST = define("people.past", "The last day is over already.")
ONESELF = define("people.oneself", "Nobody is the deputy of themselves.")
ALREADY_DEPUTY = define("people.already_deputy", "This deputy is named for these days already.")
CIRCLE = define(
    "people.circle",
    "This would close a circle: on some of these days the principal signs, directly or through others, in"
    " the deputy's name.",
)


@dataclass(frozen=True)
class Term:
    """`deputy` signs for `principal` (both ids) from `starts` to `ends`, both days included."""

    principal: Any
    deputy: Any
    starts: date
    ends: date


def why_not_deputy(new: Term, terms: Collection[Term], today: date) -> Message | None:
    """Why the new term cannot stand beside the others."""
    if new.principal == new.deputy:
        return ONESELF()
    if new.ends < new.starts:
        return DATES()
    if new.ends < today:
        return PAST()
    if any(_overlap(new, t) for t in terms if (t.principal, t.deputy) == (new.principal, new.deputy)):
        return ALREADY_DEPUTY()
    return CIRCLE() if _leads_back(new, terms) else None


def _overlap(one: Term, other: Term) -> Term | None:
    """The days two terms share, as a term from the first's principal to the second's deputy."""
    starts, ends = max(one.starts, other.starts), min(one.ends, other.ends)
    return Term(one.principal, other.deputy, starts, ends) if starts <= ends else None


def _leads_back(new: Term, terms: Collection[Term]) -> bool:
    """Whether on some day a chain of deputies leads from the principal back to the principal."""
    pending, seen = [new], {new}
    while pending:
        chain = pending.pop()
        for term in terms:
            longer = _overlap(chain, term) if term.principal == chain.deputy else None
            if longer is None or longer in seen:
                continue
            if longer.deputy == new.principal:
                return True
            seen.add(longer)
            pending.append(longer)
    return False
