"""Half-width marks in Han text. Not inside addresses, figures, formulas and Latin names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hezou.checks.rules.model import Check, Hit, Severity
from hezou.checks.rules.page import HAN, Page
from hezou.checks.rules.sources import PUNCTUATION
from hezou.kernel.messages import define

_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", ".": "。", "(": "（", ")": "）"}
_POINT = re.compile("[,;:?!.]")
_BRACKET = re.compile(r"[(（]([^()（）\n]{0,300})[)）]")
_LEFT = re.compile(f"[{HAN}”’》〉）】〕」』％]")
_RIGHT = re.compile(f"[{HAN}“‘《〈（【〔「『]")
_HAN = re.compile(f"[{HAN}]")
_COUNTED = re.compile(r"[ \t\u3000]*(?:[（(]?[一二三四五六七八九十百]{1,4}[)）]?|[（(][0-9]{1,3}[)）])$")
_NUMBER_AT_MOST = 8
_QUOTE = re.compile('"')


def _half_width(page: Page) -> Iterator[Hit]:
    yield from sorted([*_points(page.prose), *_brackets(page.prose), *_quotes(page)])


def _points(text: str) -> Iterator[Hit]:
    for match in _POINT.finditer(text):
        if _is_slip(text, match.start()):
            yield Hit(*match.span(), (_FULL[match[0]],))


def _is_slip(text: str, at: int) -> bool:
    """A point after a Han character; or before one, when what stands before it is a figure or letter."""
    mark, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if mark == ".":
        ends = not after.strip() or bool(_RIGHT.match(after))
        return ends and bool(_LEFT.match(before)) and not _counts(text, at)
    if _LEFT.match(before):
        return True
    return bool(_RIGHT.match(after)) and before.isalnum() and not (mark == ":" and before.isdigit())


def _counts(text: str, at: int) -> bool:
    """Whether nothing but a number stands between the line's beginning and the point: `一.`"""
    reach = max(0, at - _NUMBER_AT_MOST)
    return bool(_COUNTED.match(text, max(reach, text.rfind("\n", reach, at) + 1), at))


def _brackets(text: str) -> Iterator[Hit]:
    """Brackets around or directly behind Han characters; half of a mixed pair in any case."""
    for match in _BRACKET.finditer(text):
        start, end = match.start(), match.end() - 1
        halves = [at for at in (start, end) if text[at] in "()"]
        mixed = len(halves) == 1
        if halves and (mixed or _HAN.search(match[1]) or _LEFT.match(text[start - 1 : start])):
            for at in halves:
                yield Hit(at, at + 1, (_FULL[text[at]],))


def _quotes(page: Page) -> Iterator[Hit]:
    """Straight quotation marks, in turn opening and closing; no repair where their number is odd."""
    if '"' not in page.prose:
        return
    for line in page.lines:
        places = [match.start() for match in _QUOTE.finditer(page.prose, line.start, line.end)]
        if places and _HAN.search(page.prose, line.start, line.end):
            even = len(places) % 2 == 0
            for number, at in enumerate(places):
                yield Hit(at, at + 1, ("“”"[number % 2],) if even else ())


CHECKS = (
    Check(
        says=define("check.punctuation.half_width", "“{found}” is a half-width mark in Chinese text."),
        severity=Severity.WARNING,
        source=PUNCTUATION,
        clause="5.1.1–5.1.3",
        find=_half_width,
        needs=',;:?!.()"',
        bad=(
            "今年以来⟦,→，⟧全局上下高度重视⟦;→；⟧工作稳步推进⟦.→。⟧",
            "时间⟦:→：⟧2024年5月⟦(→（⟧星期三⟦)→）⟧",
            "增长5.2%，高于全市平均水平1.3个百分点⟦,→，⟧位居前列。",
            '打好⟦"→“⟧组合拳⟦"→”⟧。',
            "见附件（共3份⟦)→）⟧。",
        ),
        good=(
            "网址为http://example.com/a,b;c?d=1，邮箱为office@example.com。",
            "产值1,234.5万元，比例为3:4，时间为9:30。",
            "采用Smith, J.和Brown(2019)的方法，函数f(x)见图。",
            "1.基本情况",
            "国内生产总值（GDP）增长。",
        ),
    ),
)
