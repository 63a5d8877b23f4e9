"""Parts and wholes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import takewhile

from hezou.checks.rules.facts.amounts import Amount, amounts, plain
from hezou.checks.rules.model import Check, Hit, Severity
from hezou.checks.rules.page import Page
from hezou.checks.rules.sources import FACTS
from hezou.kernel.messages import define

_OF_WHICH = re.compile("其中")
_BEFORE = 120
_AFTER = 160
"""Characters looked at on either side of 其中."""
_CHANGE = re.compile("(?:增加|减少|提高|下降|增长|新增|同比|比)[^，。；、]{0,12}$")
_AVERAGE = re.compile("均[^，。；]{0,12}$")
_STOP = re.compile("[。；\n]")


def _parts(page: Page) -> Iterator[Hit]:
    """Parts behind 其中 that are larger than the whole before it, alone or together.

    The whole is the largest amount of that unit in the sentence before; a change (增加…) is no part.
    """
    text = page.prose
    for match in _OF_WHICH.finditer(text):
        wholes = _before(text, match.start())
        parts = _behind(text, match.end())
        if wholes and parts:
            yield from _too_large(wholes, parts)


def _before(text: str, at: int) -> list[Amount]:
    """The amounts in the paragraph up to 其中, averages left out."""
    start = max(text.rfind("\n", max(0, at - _BEFORE), at) + 1, at - _BEFORE, 0)
    return [
        one
        for one in amounts(text, start, at)
        if not _AVERAGE.search(text, max(0, one.start - 16), one.start)
    ]


def _behind(text: str, at: int) -> list[Amount]:
    """The amounts of the first unit behind 其中, up to another unit; changes left out."""
    stop = _STOP.search(text, at, at + _AFTER)
    found = amounts(text, at, stop.start() if stop else at + _AFTER)
    stated = [one for one in found if not _CHANGE.search(text, max(at, one.start - 16), one.start)]
    return list(takewhile(lambda one: one.unit == stated[0].unit, stated))


def _too_large(wholes: list[Amount], parts: list[Amount]) -> Iterator[Hit]:
    same = [one.value for one in wholes if one.unit == parts[0].unit]
    if not same:
        return
    whole, together = max(same), sum((one.value for one in parts), Decimal(0))
    params = {"whole": plain(whole), "parts": plain(together), "unit": parts[0].unit}
    larger = [one for one in parts if one.value > whole]
    if larger:
        yield Hit(larger[0].start, larger[0].end, (), 0.85, {**params, "parts": plain(larger[0].value)})
    elif together > whole:
        yield Hit(parts[0].start, parts[-1].end, (), 0.8, params)


CHECKS = (
    Check(
        says=define(
            "check.facts.parts_exceed_whole", "The parts make {parts}{unit}, the whole is {whole}{unit}."
        ),
        severity=Severity.WARNING,
        source=FACTS,
        clause="",
        find=_parts,
        needs="其",
        bad=(
            "共受理100件，其中咨询⟦60件、投诉45件⟧。",
            "总投资3亿元，其中市级资金⟦4.5亿元⟧。",
        ),
        good=(
            "共受理100件，其中咨询60件、投诉40件。",
            "财政赤字2.38万亿元，比去年增加2000亿元。其中，中央1.55万亿元，地方8300亿元。",
            "新开工740万套，其中棚户区改造580万套，增加110万套。",
            "支出增长3.9%，其中教育支出增长5%。",
        ),
    ),
)
