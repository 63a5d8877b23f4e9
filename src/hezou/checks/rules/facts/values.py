"""One quantity with two values in one text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hezou.checks.rules.facts.amounts import Amount, amounts
from hezou.checks.rules.model import Check, Hit, Severity
from hezou.checks.rules.page import HAN, Page
from hezou.checks.rules.sources import FACTS
from hezou.kernel.messages import define

_LABEL = re.compile(
    rf"(?:(?<=[，。；：\n（、 \u3000])|(?<![\s\S]))(?P<label>[{HAN}“”]{{4,16}}?)"
    r"(?:共有|共计|总计|累计|共|达到|达|为|实现|完成|约|超过|突破|近|有)?$"
)
_CHANGE = re.compile("增|减|比|降|提高|其中|每|同期|以上|以下|处|第$")
"""A label with one of these names no quantity of its own."""
_LONGEST = 22
"""Characters of a label with the verb behind it."""
_DIGITS_AT_LEAST = 3


def _pairs(page: Page) -> list[tuple[Amount, str, Amount, str]]:
    """A first statement and a later one about the same thing in the same unit, each with its figures."""
    text = page.prose
    first: dict[tuple[str, str], tuple[Amount, str]] = {}
    found = []
    for amount in amounts(text, 0, len(text)):
        match = _LABEL.search(text, max(0, amount.start - _LONGEST), amount.start)
        if match is None or _CHANGE.search(match["label"]):
            continue
        figure = re.sub("[^0-9]", "", text[amount.start : amount.end]).strip("0")
        before = first.setdefault((match["label"], amount.unit), (amount, figure))
        if before[0].value != amount.value:
            found.append((*before, amount, figure))
    return found


def _scales(page: Page) -> Iterator[Hit]:
    """The same figures in another scale: 万元 for 元."""
    for before, figure, amount, later in page.keep(_pairs):
        if figure == later and len(figure) > 1:
            stated = page.text[before.start : before.end]
            yield Hit(amount.start, amount.end, (stated,), 0.85, {"before": stated})


def _slips(page: Page) -> Iterator[Hit]:
    """Figures that differ in one place, or in two that changed places: rather a slip than a new value."""
    for before, figure, amount, later in page.keep(_pairs):
        if len(figure) == len(later) >= _DIGITS_AT_LEAST and figure != later and _slipped(figure, later):
            stated = page.text[before.start : before.end]
            yield Hit(amount.start, amount.end, (stated,), 0.6, {"before": stated})


def _slipped(one: str, other: str) -> bool:
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(pairs) == 1 or (len(pairs) == 2 and pairs[0] == pairs[1][::-1])


CHECKS = (
    Check(
        says=define("check.facts.two_scales", "“{found}” here, “{before}” before, for the same thing."),
        severity=Severity.WARNING,
        source=FACTS,
        clause="",
        find=_scales,
        bad=("全区财政收入达35.6亿元，创历史新高。财政收入质量提升，全区财政收入达⟦35.6万元→35.6亿元⟧。",),
        good=("全区财政收入达35.6亿元，镇级财政收入达35.6万元。", "每户补助3万元，每户补助3元。"),
    ),
    Check(
        says=define("check.facts.two_values", "“{found}” here, “{before}” before, for the same thing."),
        severity=Severity.HINT,
        source=FACTS,
        clause="",
        find=_slips,
        bad=("城镇就业人数1256人。年末统计，城镇就业人数⟦1265人→1256人⟧。",),
        good=("城镇就业人数1256人。年末统计，城镇就业人数1256人。", "比上年增加125元，比上年增加126元。"),
    ),
)
