"""Marks that are doubled, that cut a sentence, or that stand where none may stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hezou.checks.rules.model import Check, Hit, Pattern, Severity
from hezou.checks.rules.page import HAN, Page
from hezou.checks.rules.sources import PUNCTUATION, SENTENCE
from hezou.kernel.messages import define

_RUN = re.compile("[，。、；：？！][，。、；：？！]+")
_ASKING = set("？！")
_ASKING_AT_MOST = 3
_STRENGTH = "、，；：。！？"

_TWIN = re.compile(
    rf"(?P<suffix>[性化力感度率观])(?P<slip>。)(?<=[{HAN}]..)(?=[{HAN}]{{1,4}}(?P=suffix)[。；])"
)
_TAIL = re.compile(
    rf"(?P<slip>。)(?=(?:以及|等(?:方面|工作|部门|单位|问题|内容|情况))[{HAN}])(?<=[{HAN}”》）].)"
)


def _runs(page: Page) -> Iterator[Hit]:
    """Two marks side by side of which one is too much; three or more 。 are an ellipsis written wrongly."""
    for match in _RUN.finditer(page.prose):
        run = match[0]
        marks = sorted(set(run), key=_STRENGTH.index, reverse=True)
        if not set(run) <= _ASKING:
            if marks != ["。"] or len(run) == 2:
                yield Hit(*match.span(), tuple(marks[:2]))
        elif len(run) > _ASKING_AT_MOST:
            yield Hit(*match.span(), (run[:_ASKING_AT_MOST],))


def _cuts(page: Page) -> Iterator[Hit]:
    """A full stop between two words of one list (`积极性。主动性。`) or before the end of a list."""
    for match in _TWIN.finditer(page.prose):
        yield Hit(*match.span("slip"), ("、",), 0.9)
    for match in _TAIL.finditer(page.prose):
        yield Hit(*match.span("slip"), ("",) if page.prose[match.end("slip")] == "等" else ("，",), 0.9)


CHECKS = (
    Check(
        says=define("check.punctuation.double", "“{found}”: one mark is enough."),
        severity=Severity.WARNING,
        source=PUNCTUATION,
        clause="4.1–4.7",
        find=_runs,
        bad=(
            "全局上下高度重视⟦，，→，⟧工作取得实效⟦。。→。⟧",
            "提高认识⟦，。→。→，⟧抓好落实。",
            "真的办成了吗⟦？。→？→。⟧",
            "好⟦！！！！→！！！⟧",
        ),
        good=("他说：“办好了。”大家都很高兴。", "这是真的吗？！", "春天来了……大地回暖！！！"),
    ),
    Check(
        says=define("check.punctuation.cut", "The full stop seems to cut a sentence in two."),
        severity=Severity.WARNING,
        source=SENTENCE,
        clause="",
        find=_cuts,
        needs="。",
        bad=(
            "进一步提升干部职工干事创业的积极性⟦。→、⟧主动性。",
            "统筹资金、人员⟦。→⟧等方面的力量，抓好落实。",
            "要抓好学习⟦。→，⟧以及各项准备。",
        ),
        good=(
            "要增强工作的积极性。主动性不强的单位要整改。",
            "工作有了积极性。等待观望的现象少了。",
            "提高积极性、主动性。",
        ),
    ),
    Check(
        says=define("check.punctuation.line_start", "A line may not begin with “{found}”."),
        severity=Severity.WARNING,
        source=PUNCTUATION,
        clause="5.1.1–5.1.3",
        find=Pattern(
            re.compile(rf"^[ \t\u3000]*+(?P<slip>[，。、；：？！”’》）】〕])(?=.*[{HAN}])", re.MULTILINE),
            slip="slip",
        ),
        bad=("全局工作总体平稳\n⟦，⟧成效明显。", "他说：“办好了。\n⟦”⟧大家都很高兴。"),
        good=("（一）总体情况", "……（略）", "“四个意识”不断增强。"),
    ),
    Check(
        says=define(
            "check.punctuation.open_end",
            "The paragraph ends with “{found}”: something is missing, or the mark is wrong.",
        ),
        severity=Severity.WARNING,
        source=PUNCTUATION,
        clause="4.4–4.5",
        find=Pattern(
            re.compile(rf"(?<=[{HAN}”》）0-9])(?P<slip>[，、])(?=[ \t\u3000]*+(?:\n|\Z))"),
            ("。",),
            slip="slip",
        ),
        needs="，、",
        bad=("全局工作总体平稳⟦，→。⟧\n下一步抓好落实。", "做好办文、办会⟦、→。⟧"),
        good=("现将有关情况报告如下：\n一是抓学习；\n二是抓落实。",),
    ),
)
