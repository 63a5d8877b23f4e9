"""The forms of ellipsis, dash and closing marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hezou.checks.rules.model import Check, Hit, Pattern, Severity
from hezou.checks.rules.page import HAN, Page
from hezou.checks.rules.sources import PUNCTUATION
from hezou.kernel.messages import define

_BESIDE = f"[{HAN}，。；：！？”》）]"

_ELLIPSIS = re.compile(
    rf"[.。·•・](?<=[{HAN}”》），].)(?:(?<=\.)\.{{2,}}|(?<=。)。{{2,}}|(?<=[·•・])[·•・]{{2,}})|…{{1,}}"
)
_WELL_FORMED = ("……", "…………")
_LEADER = re.compile(r"[ \t]*+[0-9]*+[ \t]*+(?:\n|\Z)")


def _ellipses(page: Page) -> Iterator[Hit]:
    """Not the row of dots that leads to a page number, nor twelve dots for a paragraph left out."""
    for match in _ELLIPSIS.finditer(page.prose):
        if match[0] in _WELL_FORMED:
            continue
        if len(match[0]) < 7 or not _LEADER.match(page.prose, match.end()):
            yield Hit(*match.span(), ("……",))


CHECKS = (
    Check(
        says=define("check.punctuation.ellipsis", "An ellipsis is written “……”, not “{found}”."),
        severity=Severity.WARNING,
        source=PUNCTUATION,
        clause="4.11.2",
        find=_ellipses,
        needs="….。·•・",
        bad=(
            "环境整洁、秩序井然⟦...→……⟧群众都说好。",
            "问题还有很多⟦。。。→……⟧",
            "他停了一下⟦…→……⟧没有回答。",
        ),
        good=("环境整洁……群众都说好。", "…………", "目录\n一、总体情况..........3", "文件名为a...b。"),
    ),
    Check(
        says=define("check.punctuation.ellipsis_etc", "“……” and “等” say the same: keep one."),
        severity=Severity.WARNING,
        source=PUNCTUATION,
        clause="A.9.2",
        find=Pattern(
            re.compile(r"……(?=等)(?P<etc>等{1,2})(?![待级候额同价值于高])"), ("……", "等"), confidence=0.9
        ),
        needs="…",
        bad=("慰问了老党员、困难群众⟦……等→……→等⟧。",),
        good=("慰问了老党员、困难群众等。", "春天来了……等待花开。"),
    ),
    Check(
        says=define("check.punctuation.dash", "A dash is written “——”, not “{found}”."),
        severity=Severity.WARNING,
        source=PUNCTUATION,
        clause="4.10.2",
        find=Pattern(re.compile(rf"(?<={_BESIDE})(?:[-－]{{2,6}}|[-－—]{{3,6}})(?=[{HAN}“《])"), ("——",)),
        needs="-－—",
        bad=("一枝一叶总关情⟦--→——⟧社区工作侧记", "今天⟦－－→——⟧农历立春。"),
        good=("今天——农历立春，大家都来了。", "北京—上海高速铁路", "编号为A--1。"),
    ),
    Check(
        says=define(
            "check.punctuation.ended_twice", "The sentence ends inside and again outside: one mark is enough."
        ),
        severity=Severity.WARNING,
        source=PUNCTUATION,
        clause="B.2.1–B.2.2",
        find=Pattern(
            re.compile(r"(?P<end>[。！？])(?P<close>[”’）])。"), (r"\g<end>\g<close>", r"\g<close>。")
        ),
        needs="”’）",
        bad=("他说：“事情办好了⟦。”。→。”→”。⟧", "另有三家（均为新设⟦。）。→。）→）。⟧"),
        good=("他说：“事情办好了。”", "大家高呼“加油”。", "另有三家（均为新设）。"),
    ),
)
