"""The title of an official document: what it is about, and of which sort it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from hezou.checks.rules.model import Check, Hit, Severity
from hezou.checks.rules.page import HAN, Page
from hezou.checks.rules.sources import PUNCTUATION, REGULATIONS, TITLES
from hezou.kernel.messages import define

_SORTS = "决议|决定|命令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要"
"""The fifteen sorts of official documents, article 8 of the regulations."""
_ENDED = re.compile(rf"[^，。]*关于[^，。]*(?:{_SORTS})[。，；：、]$")
_HEADING = re.compile(rf"[一二三四五六七八九十]{{1,3}}、[{HAN}“”、]{{2,20}}(?P<slip>[。；，：])$")
_ITEM = re.compile("[一二三四五六七八九十]{1,3}、")
_TWICE_ABOUT = re.compile(rf"关于(?=[^《》〈〉]{{0,60}}关于)[^《》〈〉]*的(?:{_SORTS})$")
_FOR = re.compile(r"关于(?P<slip>对)[^《》〈〉]{1,60}的(?:批复|函|通知|决定|通报)$")
_ASKING = re.compile(r"关于(?P<slip>请求|要求|申请|恳请|请予|请)(?!示)[^《》〈〉]{1,60}的请示$")
_SENDING = re.compile(r"关于(?P<slip>上报|报送|呈报|呈送)[^《》〈〉]{1,60}的报告$")
_TWO_SORTS = re.compile(r"(?P<slip>请示报告|申请报告|请示函|请示的函|报告的函)$")
_NO_ABOUT = re.compile(rf"[{HAN}、，“”]{{6,50}}的(?P<slip>通知|请示|批复|报告|函|通报|决定)$")
_ABOUT_SOMETHING = re.compile("关于|印发|转发|批转|发布|任免|免职|任职|《")
_ASKS = re.compile("请[予]?(?:批示|批复|审批|批准|审定|核准)")


def _title(expression: re.Pattern[str], repair: str | None = None) -> Callable[[Page], Iterator[Hit]]:
    """A finder that looks at the title only; the slip is the group of that name."""

    def find(page: Page) -> Iterator[Hit]:
        title = page.title
        match = expression.search(title.text) if title else None
        if title and match:
            start, end = match.span("slip")
            repairs = () if repair is None else (repair,)
            yield Hit(title.start + start, title.start + end, repairs, 0.85)

    return find


def _marks_at_end(page: Page) -> Iterator[Hit]:
    """A point at the end of the title, or of a heading that stands alone above ordinary text."""
    title = page.title
    if title and _ENDED.match(title.text):
        yield Hit(title.end - 1, title.end, ("",))
    for line, after in zip(page.lines, page.lines[1:], strict=False):
        match = _HEADING.match(line.text)
        if match and not _ITEM.match(after.text):
            yield Hit(line.end - 1, line.end, ("",), 0.8)


def _about_twice(page: Page) -> Iterator[Hit]:
    title = page.title
    if title and (match := _TWICE_ABOUT.search(title.text)):
        start = title.start + match.start()
        yield Hit(start, start + 2, ("",), 0.8)


def _no_about(page: Page) -> Iterator[Hit]:
    title = page.title
    if title and not _ABOUT_SOMETHING.search(title.text) and (match := _NO_ABOUT.match(title.text)):
        yield Hit(title.start + match.start("slip"), title.end, (), 0.8)


def _asks_in_report(page: Page) -> Iterator[Hit]:
    """Words that ask for a decision, in a text whose title calls it a report."""
    title = page.title
    if title and title.text.endswith("报告") and not _TWO_SORTS.search(title.text):
        for match in _ASKS.finditer(page.text, title.end):
            yield Hit(*match.span(), (), 0.85)


CHECKS = (
    Check(
        says=define(
            "check.conventions.title_end", "A title or heading on a line of its own takes no mark at its end."
        ),
        severity=Severity.HINT,
        source=PUNCTUATION,
        clause="B.4",
        find=_marks_at_end,
        bad=(
            "关于开展安全检查的通知⟦。→⟧\n各科室：",
            "关于安全检查的报告\n一、总体情况⟦：→⟧\n今年以来平稳有序。",
        ),
        good=(
            "关于开展安全检查的通知\n各科室：",
            "一、总体情况\n平稳。",
            "一、加强领导。\n二、落实责任。\n三、强化保障",
        ),
    ),
    Check(
        says=define(
            "check.conventions.title_about_twice", "“关于” stands twice in the title: the first can go."
        ),
        severity=Severity.HINT,
        source=TITLES,
        clause="",
        find=_about_twice,
        needs="关",
        bad=("⟦关于→⟧转发市局关于做好防汛工作的通知\n各科室：",),
        good=("转发市局关于做好防汛工作的通知\n各科室：", "关于修改《关于防汛工作的规定》的决定\n第一条"),
    ),
    Check(
        says=define("check.conventions.title_for", "“关于对…” in a title: 对 can go."),
        severity=Severity.HINT,
        source=TITLES,
        clause="",
        find=_title(_FOR, ""),
        needs="关",
        bad=("关于⟦对→⟧某项目调整方案的批复\n某局：",),
        good=("关于某项目调整方案的批复\n某局：", "关于对外开放工作的情况\n一、"),
    ),
    Check(
        says=define("check.conventions.title_asking", "The word 请示 asks already: “{found}” can go."),
        severity=Severity.HINT,
        source=TITLES,
        clause="",
        find=_title(_ASKING, ""),
        needs="关",
        bad=("关于⟦请求→⟧解决防汛经费的请示\n市局：",),
        good=("关于解决防汛经费的请示\n市局：",),
    ),
    Check(
        says=define("check.conventions.title_sending", "A report is sent by itself: “{found}” can go."),
        severity=Severity.HINT,
        source=TITLES,
        clause="",
        find=_title(_SENDING, ""),
        needs="关",
        bad=("关于⟦报送→⟧防汛工作情况的报告\n市局：",),
        good=("关于防汛工作情况的报告\n市局：",),
    ),
    Check(
        says=define(
            "check.conventions.title_two_sorts", "“{found}” names two sorts of document: choose one."
        ),
        severity=Severity.WARNING,
        source=REGULATIONS,
        clause="8",
        find=_title(_TWO_SORTS),
        bad=("关于解决防汛经费的⟦请示报告⟧\n市局：",),
        good=("关于解决防汛经费的请示\n市局：",),
    ),
    Check(
        says=define("check.conventions.title_no_about", "The title lacks “关于”."),
        severity=Severity.HINT,
        source=REGULATIONS,
        clause="9",
        find=_no_about,
        bad=("某局开展安全生产检查的⟦通知⟧\n各科室：",),
        good=(
            "某局关于开展安全生产检查的通知\n各科室：",
            "印发安全生产检查方案的通知\n各科室：",
            "政府工作报告\n各位代表：",
        ),
    ),
    Check(
        says=define("check.conventions.asks_in_report", "“{found}” asks for a decision: a report does not."),
        severity=Severity.WARNING,
        source=REGULATIONS,
        clause="15 (4)",
        find=_asks_in_report,
        needs="请",
        bad=("关于防汛工作情况的报告\n市局：\n现报告如下。以上报告，⟦请批示⟧。",),
        good=("关于防汛工作情况的报告\n市局：\n以上报告，请审阅。", "关于防汛经费的请示\n妥否，请批示。"),
    ),
)
