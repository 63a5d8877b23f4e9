"""Numbers of official documents and how they are cited."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hezou.checks.rules.model import Check, Hit, Pattern, Severity
from hezou.checks.rules.page import HAN, Page
from hezou.checks.rules.sources import CITING, LAYOUT
from hezou.kernel.messages import define

_BRACKETS = re.compile(
    rf"(?<=[{HAN}])[\[【(（［〔](?P<year>(?:19|20)[0-9]{{2}})[\]】)）］〕](?=第?[0-9]{{1,5}}号)"
)


def _brackets(page: Page) -> Iterator[Hit]:
    for match in _BRACKETS.finditer(page.prose):
        proper = f"〔{match['year']}〕"
        if match[0] != proper:
            yield Hit(*match.span(), (proper,))


CHECKS = (
    Check(
        says=define(
            "check.conventions.number_bracket",
            "In a document number the year stands in “〔〕”, not as “{found}”.",
        ),
        severity=Severity.WARNING,
        source=LAYOUT,
        clause="7.2.5",
        find=_brackets,
        needs="号",
        bad=("根据国办发⟦[2012]→〔2012〕⟧1号文件", "见某政办发⟦（2024）→〔2024〕⟧5号。"),
        good=("根据国办发〔2012〕1号文件", "（2021）01民初1号", "第三季度（2024）"),
    ),
    Check(
        says=define("check.conventions.number_zero", "A document number has neither 第 nor a 0 before it."),
        severity=Severity.WARNING,
        source=LAYOUT,
        clause="7.2.5",
        find=Pattern(re.compile(r"(?<=[0-9]〕)(?P<slip>第0*|0+)(?=[1-9][0-9]{0,4}号)"), ("",), slip="slip"),
        needs="〕",
        bad=("国办发〔2012〕⟦第→⟧1号、某政发〔2024〕⟦0→⟧5号",),
        good=("国办发〔2012〕1号", "国办发〔2012〕10号", "第5号令"),
    ),
    Check(
        says=define(
            "check.conventions.number_year", "In a document number the year has four figures, not “{found}”."
        ),
        severity=Severity.WARNING,
        source=LAYOUT,
        clause="7.2.5",
        find=Pattern(
            re.compile(rf"(?<=[{HAN}])〔(?P<year>[0-9]{{2}})〕(?=[0-9]{{1,5}}号)"),
            (r"〔20\g<year>〕", r"〔19\g<year>〕"),
        ),
        needs="〔",
        bad=("国办发⟦〔12〕→〔2012〕→〔1912〕⟧1号",),
        good=("国办发〔2012〕1号",),
    ),
    Check(
        says=define(
            "check.conventions.title_then_number",
            "A document is cited with its title first, then its number in brackets.",
        ),
        severity=Severity.HINT,
        source=CITING,
        clause="",
        find=Pattern(
            re.compile(rf"(?<=[{HAN}])〔[0-9]{{4}}〕[0-9]{{1,5}}号(?:文件|文)?(?=《[^《》\n]{{2,80}}》)"),
            confidence=0.85,
        ),
        needs="〕",
        bad=("依照某政发⟦〔2024〕5号⟧《关于加强管理的通知》办理。",),
        good=("依照《关于加强管理的通知》（某政发〔2024〕5号）办理。",),
    ),
)
