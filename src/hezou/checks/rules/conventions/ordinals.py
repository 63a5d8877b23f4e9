"""The mark behind an item's number."""

from __future__ import annotations

import re

from hezou.checks.rules.model import Check, Pattern, Severity
from hezou.checks.rules.page import BEGINS
from hezou.checks.rules.sources import PUNCTUATION
from hezou.kernel.messages import define

_HAN_NUMBER = "[一二三四五六七八九十]{1,3}"

CHECKS = (
    Check(
        says=define("check.conventions.ordinal_bracket", "After a number in brackets no mark follows."),
        severity=Severity.WARNING,
        source=PUNCTUATION,
        clause="B.3.4",
        find=Pattern(
            re.compile(
                rf"[（(](?:(?<=[。；：].)|{BEGINS})(?:{_HAN_NUMBER}|[0-9]{{1,3}})[）)]"
                r"(?P<slip>[、.．，,])(?![0-9（(])",
                re.M,
            ),
            ("",),
            slip="slip",
        ),
        needs="）)",
        bad=("（一）⟦、→⟧总体情况\n（1）⟦.→⟧进展",),
        good=("（一）总体情况", "见条例第三条（一）、（二）项。"),
    ),
    Check(
        says=define("check.conventions.ordinal_point", "After an Arabic number a point follows: “1.”."),
        severity=Severity.HINT,
        source=PUNCTUATION,
        clause="B.3.3",
        find=Pattern(
            re.compile(r"^[ \u3000]*+[0-9]{1,2}(?P<slip>[、，])(?![0-9])", re.M),
            (".",),
            slip="slip",
            confidence=0.85,
        ),
        bad=("1⟦、→.⟧总体情况\n2⟦、→.⟧主要做法",),
        good=("1.总体情况", "3、4月份持续增长。"),
    ),
    Check(
        says=define("check.conventions.ordinal_han", "After a Han number “、” follows."),
        severity=Severity.HINT,
        source=PUNCTUATION,
        clause="B.3.2",
        find=Pattern(
            re.compile(rf"^[ \u3000]*+{_HAN_NUMBER}(?P<slip>[.．])(?![0-9])", re.M),
            ("、",),
            slip="slip",
            confidence=0.9,
        ),
        bad=("一⟦.→、⟧总体情况\n二⟦．→、⟧主要做法",),
        good=("一、总体情况",),
    ),
)
