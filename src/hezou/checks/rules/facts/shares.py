"""Percentages, proportions, values given one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from hezou.checks.rules.model import Check, Hit, Pattern, Severity
from hezou.checks.rules.page import HAN, Page
from hezou.checks.rules.sources import FACTS, LOGIC
from hezou.kernel.messages import define

_SHARES = re.compile(
    r"分别占[^。；，\n0-9]{0,16}(?P<list>[0-9]+(?:\.[0-9]+)?[%％](?:[、和][0-9]+(?:\.[0-9]+)?[%％]){1,11})"
)
_FIGURE = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_THREE = re.compile(
    r"(?:三次产业|三产|产业结构|一二三产业)[^。；\n0-9]{0,20}(?P<list>[0-9]+(?:\.[0-9]+)?[:：∶][0-9]+(?:\.[0-9]+)?[:：∶][0-9]+(?:\.[0-9]+)?)"
)
_ROUNDING = Decimal("0.3")
"""Rounded shares may miss a hundred by so much."""
_RATE = re.compile(
    r"(?P<name>占比|覆盖率|合格率|满意率|达标率|普及率|优良率|及时率|办结率|回复率|绿化率)(?:约?[为达]到?|超过|高达)?(?P<slip>(?P<value>[0-9]+(?:\.[0-9]+)?)[%％])"
)
_EACH = re.compile(
    rf"分别(?:同比)?[{HAN}]{{0,6}}?"
    r"(?P<values>[0-9.]{1,12}(?P<unit>[%％]|万?亿?[元人个家件项户吨次套条名]|个百分点)(?:[、和][0-9.]{1,12}(?P=unit)){1,11})"
)
_NAMES = re.compile(rf"(?:(?<=[，。；：\n])|(?<![\s\S]))[{HAN}A-Za-z0-9“”（）、]{{1,120}}$")
_NAMES_AT_MOST = 121
_SPLIT = re.compile("[、和与及]")


def _over(page: Page) -> Iterator[Hit]:
    for match in _SHARES.finditer(page.prose):
        total = _total(match["list"])
        if total > 100 + _ROUNDING:
            yield Hit(*match.span("list"), (), 0.9, {"total": f"{total.normalize():f}"})
    for match in _THREE.finditer(page.prose):
        total = _total(match["list"])
        if abs(total - 100) > _ROUNDING and total > 20:
            yield Hit(*match.span("list"), (), 0.9, {"total": f"{total.normalize():f}"})


def _total(figures: str) -> Decimal:
    return sum((Decimal(figure) for figure in _FIGURE.findall(figures)), Decimal(0))


def _rates(page: Page) -> Iterator[Hit]:
    for match in _RATE.finditer(page.prose):
        if Decimal(match["value"]) > 100:
            yield Hit(*match.span("slip"), (), 0.9)


def _one_by_one(page: Page) -> Iterator[Hit]:
    """So many names, so many values. 和 may join two names or stand inside one, so it counts both ways."""
    for match in _EACH.finditer(page.prose):
        clause = _NAMES.search(page.prose, max(0, match.start() - _NAMES_AT_MOST), match.start())
        if clause is None:
            continue
        least, most = clause[0].count("、") + 1, len(_SPLIT.findall(clause[0])) + 1
        values = len(_SPLIT.findall(match["values"])) + 1
        if most > 1 and not least <= values <= most:
            yield Hit(*match.span("values"), (), 0.8, {"names": most, "values": values})


CHECKS = (
    Check(
        says=define("check.facts.shares_exceed", "The shares make {total}, not 100."),
        severity=Severity.WARNING,
        source=FACTS,
        clause="",
        find=_over,
        needs="占产",
        bad=("三类事项分别占⟦45%、38%和27%⟧。", "三次产业结构调整为⟦8.1：45.2：50.7⟧。"),
        good=(
            "三类事项分别占45%、38%和17%。",
            "三次产业结构调整为8.1：45.2：46.7。",
            "前两类分别占45%、38%。",
        ),
    ),
    Check(
        says=define("check.facts.rate_exceeds", "“{found}”: this rate cannot be over 100 per cent."),
        severity=Severity.WARNING,
        source=FACTS,
        clause="",
        find=_rates,
        needs="占率",
        bad=("群众满意率达⟦108%⟧。",),
        good=("群众满意率达98%。", "任务完成率达108%。"),
    ),
    Check(
        says=define("check.facts.one_by_one", "{values} values behind 分别, {names} things before it."),
        severity=Severity.WARNING,
        source=FACTS,
        clause="",
        find=_one_by_one,
        needs="分",
        bad=("进口、出口、转口分别增长⟦5%、3%⟧。",),
        good=(
            "进口、出口分别增长5%、3%。",
            "机关和事业单位、企业分别增长5%、3%。",
            "城乡标准分别提高5%和8%。",
        ),
    ),
    Check(
        says=define(
            "check.facts.fewer_times",
            "“{found}”: nothing grows less by whole times; give a share or a percentage.",
        ),
        severity=Severity.WARNING,
        source=LOGIC,
        clause="",
        find=Pattern(
            re.compile(
                r"(?:减少|降低|下降|缩短|缩小|节约)了?(?:近|约|超过)?(?:[0-9]+(?:\.[0-9]+)?|[一两二三四五六七八九十百]{1,3})倍"
            )
        ),
        needs="倍",
        bad=("办理时间⟦缩短了3倍⟧。",),
        good=("办理时间缩短了三分之二。", "产量提高3倍。"),
    ),
)
