"""R1 and R2 said again, naively, from the office's rules and not from the product's code.

R1 *Invariant:* every character that leaves was in the text of the last signature, and every change since an
earlier signature was made by a named reviewer in their own step and passed by every later one. An edit of
substance returns to the earlier signers; an edit of wording leaves their signatures valid.

R3: of what goes up or out no author enters what somebody else decided.

R2: the final signer is no author; nobody signs two levels; what goes up or out has two signers who are no
authors, what stays in the house one. Neither who decides nor in whose name may be an author or hold another
counted level of the round.

Each rule is one sentence over plain facts; nothing here is fast or clever.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

SIGNERS = {"up": 2, "out": 2, "in": 1}


@dataclass(frozen=True)
class Chair:
    """A seat: its level from 1, whether it counts, whether it is the secrecy review."""

    id: Hashable
    level: int
    counts: bool
    secrecy: bool = False


@dataclass(frozen=True)
class Word:
    """What was said at a chair: `saw` and `left` are the numbers of the text before and after."""

    chair: Hashable
    approves: bool
    by: Hashable
    in_name_of: Hashable
    saw: int
    left: int
    substance: bool = False
    entered_by: Hashable = None

    @property
    def edits(self) -> bool:
        """The reviewer made the very next text as part of approving."""
        return self.approves and self.left == self.saw + 1


@dataclass(frozen=True)
class Story:
    """One round: the texts run from `first` (handed in) to `present`; `words` in order of time."""

    lines: frozenset[str]
    authors: frozenset[Hashable]
    first: int
    present: int
    chairs: tuple[Chair, ...]
    words: tuple[Word, ...]

    def said_at(self, chair: Chair) -> list[Word]:
        return [word for word in self.words if word.chair == chair.id]

    def chair_of(self, word: Word) -> Chair | None:
        return next((chair for chair in self.chairs if chair.id == word.chair), None)

    def makers(self, text: int) -> list[tuple[Word, Chair]]:
        """Who made a text in their own step."""
        made = [(word, self.chair_of(word)) for word in self.words if word.edits and word.left == text]
        return [(word, chair) for word, chair in made if chair is not None]

    @property
    def last_level(self) -> int:
        return max(chair.level for chair in self.chairs)


def faults(story: Story, line: str) -> set[str]:
    """What forbids the present text to leave on a line; empty when nothing does."""
    if not story.chairs:
        return {"no round"} | _line_faults(story, line)
    found = set(_line_faults(story, line))
    if any(not story.makers(text) for text in range(story.first + 1, story.present + 1)):
        found.add("changed outside a step")
    if any(not stands(story, chair) for chair in story.chairs):
        found.add("not signed")
    return found | set(_persons(story, line))


def stands(story: Story, chair: Chair) -> bool:
    """Whether the last word said at a chair is an approval that still speaks for the present text."""
    said = story.said_at(chair)
    if not said or not said[-1].approves:
        return False
    later = range(said[-1].left + 1, story.present + 1)
    if chair.level == story.last_level and len(later) > 0:
        return False  # the text that leaves is the text of the last signature
    for text in later:
        makers = story.makers(text)
        if not makers:
            return False  # nobody made this change in a step of their own
        for word, maker in makers:
            if word.substance:
                return False  # returns to the earlier signers
            if maker.level < chair.level:
                return False  # every later one passes it
    return True


def next_up(story: Story) -> set[Hashable]:
    """Whose turn it is: on the lowest level, those whose word does not stand."""
    open_chairs = [chair for chair in story.chairs if not stands(story, chair)]
    lowest = min((chair.level for chair in open_chairs), default=0)
    return {chair.id for chair in open_chairs if chair.level == lowest}


def barred(story: Story, chair: Chair, by: Hashable, in_name_of: Hashable, held: set[Hashable]) -> bool:
    """Whether R2 keeps two persons from a chair; `held`: who holds other counted chairs of the round."""
    persons = {by, in_name_of}
    elsewhere = set(held)
    for other in story.chairs:
        if other.counts and other.id != chair.id:
            for word in story.said_at(other):
                elsewhere |= {word.by, word.in_name_of}
    return bool(persons & story.authors) or (chair.counts and bool(persons & elsewhere))


def _line_faults(story: Story, line: str) -> set[str]:
    found = set()
    if line not in story.lines:
        found.add("line closed")
    if line == "out" and not any(chair.secrecy for chair in story.chairs):
        found.add("no secrecy review")
    return found


def _persons(story: Story, line: str) -> Iterator[str]:
    for word in story.words:
        if story.chair_of(word) and {word.by, word.in_name_of} & story.authors:
            yield "an author decides"
        if story.chair_of(word) and line in ("up", "out") and word.entered_by in story.authors:
            yield "an author records"
    for one in story.words:
        for other in story.words:
            here, there = story.chair_of(one), story.chair_of(other)
            both_count = here and there and here.id != there.id and here.counts and there.counts
            if both_count and {one.by, one.in_name_of} & {other.by, other.in_name_of}:
                yield "two levels"
    signers = {
        story.said_at(chair)[-1].in_name_of
        for chair in story.chairs
        if chair.counts and story.said_at(chair) and story.said_at(chair)[-1].approves
    }
    if len(signers - story.authors) < SIGNERS[line]:
        yield "too few"
