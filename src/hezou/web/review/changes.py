"""What changed before a reviewer: since their own decision, in review, and since the last round."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext

from hezou.manuscripts.models import Version
from hezou.manuscripts.queries import attachments_of, version
from hezou.manuscripts.rules.compare import Row, Segment, compare
from hezou.packs.rules import Label, Rulebook
from hezou.review.models import Decision
from hezou.review.rules import RETURN
from hezou.web.review.labels import CLASS, EDIT, OPENNESS, kind_label
from hezou.web.review.round import Round
from hezou.web.templatetags.words import label

_GAP = Row((Segment("equal", "……", 0),))


@dataclass(frozen=True)
class Relabelled:
    """A label of the piece that changed, in words."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Edited:
    """Somebody edited in their step, and what the edit counts as."""

    by: str
    step: Label | str
    counts_as: object


@dataclass(frozen=True)
class Change:
    """One comparison: paragraphs near a change, labels, who edited, and the return that asked for it."""

    title: str
    rows: list[Row]
    labels: list[Relabelled]
    edits: list[Edited]
    asked: Decision | None = None


def changes_for(hands: set[UUID], whole: Round) -> list[Change]:
    """The comparisons a reviewer needs; `hands` are the reviewer and whoever they sign for."""
    found = (_within_round(hands, whole), _since_last_round(whole))
    return [change for change in found if change is not None]


def near_changes(rows: list[Row]) -> list[Row]:
    """The changed paragraphs with their neighbours; what lies between is told by a gap."""
    kept = {near for at, row in enumerate(rows) if row.changed for near in (at - 1, at, at + 1)}
    found: list[Row] = []
    for at, row in enumerate(rows):
        if at in kept:
            found.append(row)
        elif kept and found[-1:] != [_GAP]:
            found.append(_GAP)
    return found


def _within_round(hands: set[UUID], whole: Round) -> Change | None:
    """The difference to what this reviewer decided on, else to what was handed in; None without any."""
    mine = whole.last_by(hands)
    start = mine.version_after.number if mine else whole.board.handed_in
    if start >= whole.manuscript.version_count:
        return None
    edits = [
        Edited(d.decided_by.name, d.seat.name, EDIT[d.edit_class])
        for d in whole.decisions
        if d.edit_class and d.seat.round == whole.manuscript.round and d.version_after.number > start
    ]
    title = gettext("Changed since your decision") if mine else gettext("Changed in review since hand-in")
    return _change(whole, title, start, whole.manuscript.version_count, edits)


def _since_last_round(whole: Round) -> Change | None:
    """What the writers changed after the round before; None in a first round and where nobody decided."""
    earlier = [d for d in whole.decisions if d.seat.round < whole.manuscript.round]
    if not earlier or earlier[-1].version_after.number >= whole.board.handed_in:
        return None
    last = earlier[-1]
    asked = last if last.verdict == RETURN else None
    title = gettext("Changed by the writers since the round before")
    return _change(whole, title, last.version_after.number, whole.board.handed_in, [], asked)


def _change(
    whole: Round, title: str, start: int, end: int, edits: list[Edited], asked: Decision | None = None
) -> Change:
    before, after = version(whole.manuscript, start), version(whole.manuscript, end)
    rows = near_changes(compare(before.text.plain(), after.text.plain()))
    return Change(title, rows, list(relabelled(whole.rules, before, after)), edits, asked)


def relabelled(rules: Rulebook, before: Version, after: Version) -> Iterator[Relabelled]:
    """The labels and attachments in which two versions of a piece differ."""
    if before.kind != after.kind:
        yield Relabelled(
            gettext("Kind"), label(kind_label(rules, before.kind)), label(kind_label(rules, after.kind))
        )
    if before.content_class != after.content_class:
        yield Relabelled(gettext("Class"), str(CLASS[before.content_class]), str(CLASS[after.content_class]))
    if before.openness != after.openness:
        yield Relabelled(gettext("Openness"), str(OPENNESS[before.openness]), str(OPENNESS[after.openness]))
    if before.attachments != after.attachments:
        yield Relabelled(gettext("Attachments"), _names(before), _names(after))


def _names(one: Version) -> str:
    """The names of a version's attachments."""
    return gettext(", ").join(file.name for file in attachments_of(one)) or gettext("none")
