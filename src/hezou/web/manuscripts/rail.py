"""The way of a piece as a few signs in a row: written, through the levels, submitted, adopted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext

from hezou.manuscripts.lifecycle import IN_REVIEW, RETURNED, SENT, SIGNED, WRITABLE
from hezou.manuscripts.models import Manuscript
from hezou.manuscripts.rules.classes import UP, lines_of
from hezou.packs.rules import Label, Rulebook, route_for
from hezou.review.lifecycle import OPEN, PASSED
from hezou.review.models import Seat

DONE, NOW, NEXT, BACK = "done", "now", "next", "returned"


@dataclass(frozen=True)
class Node:
    """One stop; `state` is done, now, next or returned. `is_here`: the one that is shown with its name."""

    label: Label | str
    state: str
    is_here: bool = False


def rail(rules: Rulebook, piece: Manuscript, seats: Iterable[Seat], *, is_adopted: bool) -> list[Node]:
    """The stops of a piece; those of review from the route it goes, with the seats of its present round.

    Of a kind that the rules know no more only the writing is shown.
    """
    kind = rules.kinds.get(piece.kind)
    writing = BACK if piece.state == RETURNED else NOW if piece.state in WRITABLE else DONE
    nodes = [Node(gettext("Writing"), writing)]
    if kind is None:
        return [replace(nodes[0], is_here=True)]
    lines, held = lines_of(kind.lines, piece.content_class, piece.openness), list(seats)
    for number, level in enumerate(route_for(rules, piece.kind, lines).levels, start=1):
        nodes.append(Node(level.label, _level(piece, [seat for seat in held if seat.level == number])))
    if UP in lines:
        submitting = DONE if piece.state == SENT else NOW if piece.state == SIGNED else NEXT
        adopting = DONE if is_adopted else NOW if piece.state == SENT else NEXT
        nodes += [Node(gettext("Submission"), submitting), Node(gettext("Adoption"), adopting)]
    here = next((at for at, node in enumerate(nodes) if node.state in (NOW, BACK)), len(nodes) - 1)
    return [replace(node, is_here=at == here) for at, node in enumerate(nodes)]


def _level(piece: Manuscript, seats: list[Seat]) -> str:
    """How far a level is: an edit above may have opened a seat again that had passed."""
    if piece.state in (SIGNED, SENT):
        return DONE
    if piece.state != IN_REVIEW:
        return NEXT
    states = {seat.state for seat in seats}
    return NOW if OPEN in states else DONE if states == {PASSED} else NEXT
