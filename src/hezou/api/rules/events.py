"""What hooks are told, made from the trail's entries: codes and ids, never a word of a text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hezou.review.rules import APPROVE, RETURN

DUE, SENT, DROPPED = "due", "sent", "dropped"
"""How a delivery stands; `dropped`: its hook, its token or the right to see the piece was gone."""

_PIECE = ("version",)
_DECISION = ("version", "edit")
_TABLE: dict[tuple[str, str], tuple[str, tuple[str, ...], dict[str, str]]] = {
    # kind of thing and verb of the entry: event, what of the entry's detail is told, what is told besides
    ("manuscript", "create"): ("manuscript.created", ("kind",), {}),
    ("manuscript", "make_version"): ("manuscript.changed", _PIECE, {}),
    ("manuscript", "hand_in"): ("manuscript.handed_in", _PIECE, {}),
    ("manuscript", "return"): ("manuscript.returned", (), {}),
    ("manuscript", "recall"): ("manuscript.recalled", (), {}),
    ("manuscript", "sign"): ("manuscript.signed", (), {}),
    ("seat", "open"): ("seat.opened", (), {}),
    ("seat", "approve"): ("seat.decided", _DECISION, {"verdict": APPROVE}),
    ("seat", "return"): ("seat.decided", _DECISION, {"verdict": RETURN}),
    ("seat", "record_approve"): ("seat.decided", _DECISION, {"verdict": APPROVE}),
    ("seat", "record_return"): ("seat.decided", _DECISION, {"verdict": RETURN}),
    ("submission", "submit"): ("submission.made", ("body",), {}),
    ("submission", "adopt"): ("submission.adopted", ("form",), {}),
}
EVENTS = tuple(dict.fromkeys(event for event, _, _ in _TABLE.values()))
"""Everything a hook can ask for."""


@dataclass(frozen=True)
class Event:
    """Something that happened to a piece (its id as text); `data` is what is told of it."""

    code: str
    manuscript: str
    data: dict[str, Any]


def event_of(kind: str, thing: str, verb: str, detail: Mapping[str, Any]) -> Event | None:
    """What an entry of the trail means to hooks; None for what they are not told.

    Of history loaded later nothing is told: it did not happen now.
    """
    found = _TABLE.get((kind, verb))
    if found is None or "happened" in detail:
        return None
    code, told, besides = found
    manuscript = thing if kind == "manuscript" else str(detail["manuscript"])
    things = {"manuscript": manuscript, kind: thing}
    return Event(code, manuscript, {**things, **{k: detail[k] for k in told if k in detail}, **besides})
