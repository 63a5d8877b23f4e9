"""From one figure to another."""

from __future__ import annotations

import re

from hezou.checks.rules.model import Check, Pattern, Severity
from hezou.checks.rules.sources import NUMERALS, PUNCTUATION
from hezou.kernel.messages import define

_NUMBER = r"[0-9]+(?:\.[0-9]+)?"
_FIRST = r"[0-9](?<![A-Za-z0-9.\-/—～~].)[0-9]*(?:\.[0-9]+)?"
"""A figure that does not itself come behind another, a letter or a link."""
_FROM = rf"(?P<low>{_FIRST})(?P<link>[～~—–-])(?P<high>{_NUMBER})"

CHECKS = (
    Check(
        says=define("check.numerals.range_percent", "In “{found}” the first figure lacks its per cent sign."),
        severity=Severity.WARNING,
        source=NUMERALS,
        clause="5.1.3",
        find=Pattern(re.compile(rf"{_FROM}(?P<sign>[%％‰])"), (r"\g<low>\g<sign>～\g<high>\g<sign>",)),
        needs="%％‰",
        bad=("合格率为⟦63～68%→63%～68%⟧。", "增长⟦10-15%→10%～15%⟧。"),
        good=("合格率为63%～68%。", "2023—2024年增长5%。"),
    ),
    Check(
        says=define(
            "check.numerals.range_scale",
            "“{found}” can be read in two ways: repeat 万 or 亿 after the first figure.",
        ),
        severity=Severity.WARNING,
        source=NUMERALS,
        clause="5.1.3",
        find=Pattern(
            re.compile(rf"{_FROM}(?P<scale>万亿|[万亿])(?P<unit>元|吨|亩|户|人|斤)?"),
            (r"\g<low>\g<scale>\g<unit>～\g<high>\g<scale>\g<unit>",),
        ),
        needs="万亿",
        bad=("投资⟦3～5亿→3亿～5亿⟧。", "补贴⟦13～17万元→13万元～17万元⟧。"),
        good=("投资3亿～5亿。", "补贴13万元～17万元。", "每户补贴500～800元。"),
    ),
    Check(
        says=define("check.numerals.range_years", "Between years stands “—”, not “{found}”."),
        severity=Severity.HINT,
        source=PUNCTUATION,
        clause="4.13.3.2",
        find=Pattern(
            re.compile(
                r"[12](?<![0-9A-Za-z\-/].)[089][0-9]{2}(?P<slip>[-～~–－])(?=[12][089][0-9]{2}(?:年|学年)度?)"
            ),
            ("—",),
            slip="slip",
        ),
        needs="-～~–－",
        bad=("2021⟦-→—⟧2025年，全区共建成三个项目。", "1949⟦～→—⟧1999年。"),
        good=("2021—2025年，全区共建成三个项目。", "编号为2021-2025。"),
    ),
    Check(
        says=define("check.numerals.range_hyphen", "Between two values stands “～”, not a hyphen."),
        severity=Severity.HINT,
        source=PUNCTUATION,
        clause="4.13.3.3",
        find=Pattern(
            re.compile(
                rf"{_FIRST}(?P<slip>[-－])(?={_NUMBER}"
                r"(?:[元吨亩户人个名岁天斤米℃]|千米|公里|小时|分钟|个月|厘米|毫米))"
            ),
            ("～",),
            slip="slip",
            confidence=0.85,
        ),
        needs="-－",
        bad=("每户补贴500⟦-→～⟧800元。", "面向18⟦-→～⟧35岁青年。"),
        good=("每户补贴500～800元。", "电话：010-12345678。", "2024-05-01", "GB/T 9704-2012"),
    ),
)
