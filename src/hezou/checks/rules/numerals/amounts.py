"""Amounts: exact or vague, in one form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from hezou.checks.rules.hannumber import small_number
from hezou.checks.rules.model import Check, Hit, Pattern, Severity
from hezou.checks.rules.page import Page
from hezou.checks.rules.sources import LOGIC, NUMERALS
from hezou.kernel.messages import define

_COUNTED = "元|人次|人|个|名|家|户|吨|亩|天|年|岁|次|件|公里"
_AMOUNT = (
    rf"(?:[0-9]+(?:\.[0-9]+)?|[一二两三四五六七八九十百千]{{1,6}})(?:[%％]|[万亿]{{0,2}}(?:{_COUNTED})?)"
)
_VAGUE = re.compile(
    r"(?P<head>大约|大概|约|接近|将近|近|超过|突破|逾|超|至少|最少|不低于|不少于|至多|最多|不超过|不足)"
    rf"(?P<amount>[占有为达]?{_AMOUNT})(?P<tail>左右|上下|以上|以下|[多余](?=[万亿，。、；]|{_COUNTED}))"
)
_NEIGHBOURS = re.compile(
    r"(?P<low>[1-9一二三四五六七八九])、(?<![0-9一二三四五六七八九十百第、.]..)(?P<high>[1-9一二三四五六七八九])"
    r"(?=[天人次倍岁]|个(?!方面)|十[年天个人岁]|百[年天个人]|千[年人个]|万[人元年]|年(?!级|期))"
)
_TENS = re.compile(r"(?P<tens>[1-9](?<![0-9.].))0几(?=[天年人个名户家次件万])")
_HALF = str.maketrans("０１２３４５６７８９．", "0123456789.")
_DIGITS = "〇一二三四五六七八九"
_SCALED = re.compile(
    r"(?P<figure>[0-9](?<![0-9A-Za-z.—～~-].)[0-9]{0,2}(?:\.[0-9]{1,2})?)(?P<scale>[百千])"
    r"(?=[万亿]?[元多余人个名户家件次吨亩份条项头只株棵])"
)
_WORDS = re.compile(
    r"[123579星第](?<![0-9.].)(?:(?<=1)(?:带1路|律(?!师)|旦|方面(?!军))|(?<=3)农|(?<=5)四运动|(?<=9)一八"
    r"|(?<=2)万5千里长征|(?<=星)期[1-6](?![0-9])|(?<=第)[123]产业)"
)


def _vague(page: Page) -> Iterator[Hit]:
    """Words on both sides of a figure that make it vague: keep one."""
    for match in _VAGUE.finditer(page.prose):
        head, amount, tail = match["head"], match["amount"], match["tail"]
        yield Hit(*match.span(), (f"{head}{amount}", f"{amount}{tail}"), 0.85)


def _neighbours(page: Page) -> Iterator[Hit]:
    """`三、五天`: neighbouring figures that mean about so many, not two things."""
    for match in _NEIGHBOURS.finditer(page.prose):
        low, high = (_value(match[name]) for name in ("low", "high"))
        if high - low == 1 or (low, high) == (3, 5):
            yield Hit(*match.span(), (_DIGITS[low] + _DIGITS[high],), 0.85)


def _several(page: Page) -> Iterator[Hit]:
    """`20几`: a number that ends in 几 is vague and wholly Han."""
    for match in _TENS.finditer(page.prose):
        tens = int(match["tens"])
        yield Hit(*match.span(), (f"{_DIGITS[tens] if tens > 1 else ''}十几",), 0.9)


def _value(digit: str) -> int:
    return int(digit) if digit.isdigit() else small_number(digit)


def _scaled(page: Page) -> Iterator[Hit]:
    """`3千`: Arabic figures go with 万 and 亿 only."""
    for match in _SCALED.finditer(page.prose):
        plain = Decimal(match["figure"]) * (1000 if match["scale"] == "千" else 100)
        yield Hit(*match.span(), (f"{plain.normalize():f}",), 0.9)


def _full_width(page: Page) -> Iterator[Hit]:
    for match in re.finditer("[０-９]+(?:．[０-９]+)?", page.prose):
        yield Hit(*match.span(), (match[0].translate(_HALF),), 0.7)


def _fixed(page: Page) -> Iterator[Hit]:
    for match in _WORDS.finditer(page.prose):
        yield Hit(*match.span(), (re.sub("[1-9]", lambda digit: _DIGITS[int(digit[0])], match[0]),))


CHECKS = (
    Check(
        says=define("check.numerals.vague_twice", "“{found}” is made vague twice: one word is enough."),
        severity=Severity.WARNING,
        source=LOGIC,
        clause="",
        find=_vague,
        bad=(
            "到场群众⟦近百人左右→近百人→百人左右⟧。",
            "完成⟦超过80%以上→超过80%→80%以上⟧。",
            "走访⟦约300户左右→约300户→300户左右⟧。",
        ),
        good=("到场群众近百人。", "完成80%以上。", "约有三成。", "超过5.7亿人次。"),
    ),
    Check(
        says=define(
            "check.numerals.approximate",
            "“{found}” means about so many: no “、” between the figures, and Han numerals.",
        ),
        severity=Severity.HINT,
        source=NUMERALS,
        clause="4.2.2",
        find=_neighbours,
        needs="、",
        bad=("用了⟦三、五→三五⟧天。", "来了⟦3、4→三四⟧个人。"),
        good=("用了三五天。", "二、三年级学生参加。", "第三、四个季度。", "一、二、三年"),
    ),
    Check(
        says=define("check.numerals.several", "With 几 the whole number is written in Han numerals."),
        severity=Severity.HINT,
        source=NUMERALS,
        clause="4.2.2",
        find=_several,
        needs="几",
        bad=("来了⟦20几→二十几⟧个人。", "用了⟦10几→十几⟧天。"),
        good=("来了十几个人。",),
    ),
    Check(
        says=define(
            "check.numerals.mixed_scale", "“{found}” mixes two forms: Arabic figures go with 万 and 亿 only."
        ),
        severity=Severity.WARNING,
        source=NUMERALS,
        clause="5.3",
        find=_scaled,
        needs="百千",
        bad=("新增企业⟦5千→5000⟧多户。", "补助⟦3.5百→350⟧元。"),
        good=("装机5千瓦，长5千米。", "新增企业5000多户。", "投资3亿元。", "下降3百分点。"),
    ),
    Check(
        says=define("check.numerals.leading_zero", "“{found}” lacks the 0 before the point."),
        severity=Severity.WARNING,
        source=NUMERALS,
        clause="5.1.2",
        find=Pattern(re.compile(r"(?<![0-9A-Za-z.．、])\.[0-9]{1,4}(?=[%％万亿元个‰])"), (r"0\g<0>",)),
        needs=".",
        bad=("增长⟦.5→0.5⟧%。",),
        good=("增长0.5%。", "1.5万元"),
    ),
    Check(
        says=define("check.numerals.full_width", "“{found}”: Arabic figures are half a character wide."),
        severity=Severity.HINT,
        source=NUMERALS,
        clause="5.1.7",
        find=_full_width,
        needs="０１２３４５６７８９",
        bad=("⟦２０２４→2024⟧年完成⟦３５→35⟧项。",),
        good=("2024年完成35项。",),
    ),
    Check(
        says=define(
            "check.numerals.fixed_word", "“{found}” is a fixed word: it is written with Han numerals."
        ),
        severity=Severity.WARNING,
        source=NUMERALS,
        clause="4.2.3",
        find=_fixed,
        needs="1235679",
        bad=("⟦1律→一律⟧不予受理，共建“⟦1带1路→一带一路⟧”。", "⟦星期3→星期三⟧开会，发展⟦第3产业→第三产业⟧。"),
        good=("一律不予受理。", "共有21律师。", "1方面军"),
    ),
)
