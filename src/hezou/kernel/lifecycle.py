"""Lifecycle tables: which verb leads from which states to which, by what right, under which guards.

Tables only. `audit.actions.advance` is the one hand that moves a state by them, and pages draw their
buttons from the same tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from hezou.kernel.errors import IMPOSSIBLE
from hezou.kernel.messages import Message

Guard = Callable[[Any], Message | None]
"""Looks at the facts a room gathered and says why not, or nothing."""


@dataclass(frozen=True)
class Transition:
    """`verb` leads from one of `sources` to `target`, by right of `permission`, unless a guard objects.

    An empty permission marks a consequence of an act that was itself permitted.
    """

    verb: str
    sources: frozenset[str]
    target: str
    permission: str
    guards: tuple[Guard, ...] = ()

    def objections(self, facts: Any) -> list[Message]:
        """Why this step is not possible now: one message per objecting guard, in table order."""
        return [message for guard in self.guards if (message := guard(facts)) is not None]


@dataclass(frozen=True)
class Lifecycle:
    """The states of one noun (code → English label, the first is the initial one) and its transitions.

    `settled` are those in which nothing is open any more: only in them a row may be loaded as history.
    """

    noun: str
    states: dict[str, str]
    transitions: tuple[Transition, ...]
    settled: frozenset[str] = frozenset()

    @property
    def initial(self) -> str:
        return next(iter(self.states))

    def find(self, verb: str, state: str) -> Transition | None:
        """The transition for a verb in a state; None where the table has none."""
        return next((t for t in self.transitions if t.verb == verb and state in t.sources), None)

    def from_state(self, state: str) -> Iterator[Transition]:
        """Every transition that starts at `state`, in table order."""
        return (t for t in self.transitions if state in t.sources)

    def why_not(self, verb: str, state: str, facts: Any) -> list[Message]:
        """The messages that keep `verb` from happening now; empty when it may."""
        found = self.find(verb, state)
        return [IMPOSSIBLE()] if found is None else found.objections(facts)
