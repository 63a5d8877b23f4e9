"""What was to be filled in and was not: stars, crosses, brackets with a note to oneself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hezou.checks.rules.model import Check, Hit, Pattern, Severity
from hezou.checks.rules.page import HAN, Page
from hezou.checks.rules.sources import UNFINISHED
from hezou.kernel.messages import define

_STARS = re.compile(r"[*＊]+")
_FORMULA_BEFORE = re.compile(r"[0-9A-Za-z)\]）=+\-/%.]")
_FORMULA_AFTER = re.compile(r"[0-9A-Za-z(\[（=+\-/%.]")
_WORD = re.compile(f"[{HAN}，。、；：！？“”‘’（）《》【】〔〕]")

_CROSSES = re.compile(
    r"[XxＸ×](?<![A-Za-z0-9Ｘ×].)(?:[XxＸ×]++(?![A-Za-z0-9])|(?<=[XＸ×])(?=[年月日时省市县区镇乡村局科]))"
)
_BRACKET = re.compile(r"[【〔\[［]([^【】〔〕\[\]［］\n]{0,40})[】〕\]］]")
_TO_DO = re.compile(
    r"[ \u3000]*(?:$|[?？.…_]{1,6}$|待[补定核填查确完]|此处|插入|填写|请[填补核确在]"
    r"|未完|尚缺|数据缺|XX|××|某某)"
)


def _stars(page: Page) -> Iterator[Hit]:
    """A star beside a Han character or mark; not one between figures, nor a rule drawn with stars."""
    text = page.prose
    for match in _STARS.finditer(text):
        start, end = match.span()
        before = text[max(0, start - 2) : start].rstrip(" ")[-1:]
        after = text[end : end + 2].lstrip(" ")[:1]
        formula = _FORMULA_BEFORE.match(before) and _FORMULA_AFTER.match(after)
        if not formula and (_WORD.match(before) or _WORD.match(after)):
            yield Hit(start, end)


CHECKS = (
    Check(
        says=define("check.placeholder.star", "“{found}” stands where a word should: fill it in."),
        severity=Severity.ERROR,
        source=UNFINISHED,
        clause="",
        find=_stars,
        needs="*＊",
        bad=(
            "信息工作是⟦*⟧事业的组成部分，要围绕⟦*⟧、⟦**⟧等重点工作展开。",
            "请于2024年⟦*⟧月⟦*⟧日前报送。",
        ),
        good=(
            "面积按40*4=160平方米计算。",
            "* * *",
            "联系电话：138****5678。",
            "本期增长2 * 3倍。",
            "按2*（N+1）计算。",
        ),
    ),
    Check(
        says=define("check.placeholder.cross", "“{found}” stands where a word or figure should: fill it in."),
        severity=Severity.ERROR,
        source=UNFINISHED,
        clause="",
        find=Pattern(_CROSSES, unless=lambda match: not _stands_in_han(match)),
        needs="XxＸ×",
        bad=(
            "⟦XX⟧市召开专题会议，⟦××⟧局局长出席。",
            "⟦X⟧月⟦X⟧日，⟦×⟧县完成了任务。",
            "会议于⟦XXXX⟧年召开，编号⟦××××××××××××⟧号。",
        ),
        good=(
            "设备尺寸为1920×1080，型号为XXL。",
            "医院新购X光机一台。",
            "占地300×200米，配有MAXX接口。",
        ),
    ),
    Check(
        says=define(
            "check.placeholder.note",
            "“{found}” is a note to yourself or an empty bracket: fill it in or take it out.",
        ),
        severity=Severity.ERROR,
        source=UNFINISHED,
        clause="",
        find=Pattern(_BRACKET, unless=lambda match: not _TO_DO.match(match[1])),
        needs="】〕]］",
        bad=("全年完成⟦【待补】⟧万元。", "会议由⟦【】⟧主持，⟦[此处插入照片]⟧如下。", "受益⟦【？】⟧人次。"),
        good=("【编者按】本期介绍一则做法。", "据国办发〔2012〕1号文件。", "（待定的事项另行通知。）"),
    ),
)


def _stands_in_han(match: re.Match[str]) -> bool:
    """Beside a Han character or mark on either side."""
    text, (start, end) = match.string, match.span()
    return bool(_WORD.match(text, end) or (start and _WORD.match(text, start - 1)))
