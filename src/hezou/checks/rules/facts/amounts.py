"""Amounts as texts write them: a figure, a scale, a unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_SCALES = {"": 1, "千": 10**3, "万": 10**4, "千万": 10**7, "亿": 10**8, "万亿": 10**12}
_UNITS = (
    "元|人次|人|户|个|家|件|套|吨|亩|公里|平方米|项|名|辆|台|起|宗|份|次|所|座|条|篇|处"
    "|只|头|株|场|期|册|公顷|千瓦|斤"
)
_AMOUNT = re.compile(
    rf"(?P<figure>[0-9](?<![0-9.].)[0-9]{{0,14}}(?:\.[0-9]{{1,6}})?)(?P<scale>万亿|千万|[千万亿])?(?:多|余)?(?P<unit>{_UNITS})(?!民币)"
)


@dataclass(frozen=True)
class Amount:
    """A value in single units, and where it stands."""

    value: Decimal
    unit: str
    start: int
    end: int


def amounts(text: str, start: int, end: int) -> Iterator[Amount]:
    """The amounts in a stretch of text, in order."""
    for match in _AMOUNT.finditer(text, start, end):
        value = Decimal(match["figure"]) * _SCALES[match["scale"] or ""]
        yield Amount(value, match["unit"], *match.span())


def plain(value: Decimal) -> str:
    """The value as people write it: in 亿 or 万 where that is shorter."""
    for scale, size in (("万亿", 10**12), ("亿", 10**8), ("万", 10**4)):
        if value >= size:
            return f"{(value / size).normalize():f}{scale}"
    return f"{value.normalize():f}"
