"""Handing over (工作交接): one thing after the other, each with why it cannot be handed on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from hezou.kernel.messages import Message, define
from hezou.kernel.ref import Ref

SUCCESSOR_MISSING = define("people.successor_missing", "Choose somebody else as the successor.")
TO_ONESELF = define(
    "people.to_oneself",
    "You would hand the work of somebody else to yourself: let another administrator do it.",
)
ON_DUTY_ALREADY = define("people.on_duty_already", "{name} is on duty on this day already.")

ROLE = define("people.hands_role", "The role {role} over {unit}")
DUTY = define("people.hands_duty", "Duty on {day}")


@dataclass(frozen=True)
class Item:
    """One thing of somebody's: which, in words, and what keeps it from going to the successor."""

    ref: Ref
    says: Message
    why_not: tuple[Message, ...] = ()


def split(items: Iterable[Item]) -> tuple[list[Item], list[Item]]:
    """Those that go to the successor, and those that stay."""
    going: list[Item] = []
    staying: list[Item] = []
    for item in items:
        (staying if item.why_not else going).append(item)
    return going, staying


def why_not_successor(by: Any, person: Any, successor: Any) -> Message | None:
    """Nobody is their own successor, and nobody hands the work of others to themselves (R22)."""
    if person == successor:
        return SUCCESSOR_MISSING()
    return TO_ONESELF() if by == successor else None
