"""Days that do not exist, weekdays that do not fit, ends before beginnings."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from hezou.checks.rules.hannumber import small_number
from hezou.checks.rules.model import Check, Hit, Severity
from hezou.checks.rules.page import Page
from hezou.checks.rules.sources import FACTS
from hezou.kernel.messages import define

_FULL_YEAR = "[12](?<![0-9].)[0-9]{3}"
_DAY = re.compile(r"(?P<month>[0-9](?<![0-9].)[0-9]?)月(?P<day>[0-9]{1,2})[日号]")
_YEAR_BEFORE = re.compile(rf"(?P<year>{_FULL_YEAR})年$")
_WEEKDAY = re.compile(
    rf"(?P<year>{_FULL_YEAR})年(?P<month>[0-9]{{1,2}})月(?P<day>[0-9]{{1,2}})[日号][（(，]?(?:星期|周|礼拜)"
    r"(?P<slip>[一二三四五六日天])"
)
_WEEK = "一二三四五六日"
_TO = "(?:至|到|—|－|-|～)"
_SPAN = re.compile(
    rf"(?P<year>{_FULL_YEAR})年(?P<month>[0-9]{{1,2}})月(?:(?P<day>[0-9]{{1,2}})[日号])?{_TO}"
    r"(?P<slip>(?:(?P<to_year>[0-9]{4})年)?(?P<to_month>[0-9]{1,2})月(?:(?P<to_day>[0-9]{1,2})[日号])?)"
)
_YEARS = re.compile(rf"(?P<low>{_FULL_YEAR})年?{_TO}(?P<slip>(?P<high>[12][0-9]{{3}})年)")
_LASTED = re.compile(
    rf"(?P<low>{_FULL_YEAR})年{_TO}(?P<high>[12][0-9]{{3}})年[，的这]{{0,2}}"
    r"(?P<slip>(?:[0-9]{1,2}|[一二两三四五六七八九十]{1,3})年)(?:间|来|里|时间)"
)
_LEAP = 2000


def _no_such_day(page: Page) -> Iterator[Hit]:
    for match in _DAY.finditer(page.prose):
        before = _YEAR_BEFORE.search(page.prose, max(0, match.start() - 6), match.start())
        year = int(before["year"]) if before else _LEAP
        if not _exists(year, int(match["month"]), int(match["day"])):
            yield Hit(before.start() if before else match.start(), match.end())


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _weekdays(page: Page) -> Iterator[Hit]:
    for match in _WEEKDAY.finditer(page.prose):
        year, month, day = (int(match[name]) for name in ("year", "month", "day"))
        if _exists(year, month, day):
            right = _WEEK[date(year, month, day).weekday()]
            if match["slip"].replace("天", "日") != right:
                yield Hit(*match.span("slip"), (right,), 0.95, {"right": right})


def _backwards(page: Page) -> Iterator[Hit]:
    """A span that ends before it begins. Without a second year the first holds: 年 is left out only then."""
    for match in _SPAN.finditer(page.prose):
        begins = _key(match["year"], match["month"], match["day"])
        ends = _key(match["to_year"] or match["year"], match["to_month"], match["to_day"])
        if ends[:2] < begins[:2] or (match["day"] and match["to_day"] and ends < begins):
            yield Hit(*match.span("slip"), (), 0.85)
    for match in _YEARS.finditer(page.prose):
        if int(match["high"]) < int(match["low"]):
            yield Hit(*match.span("slip"), (), 0.85)


def _key(year: str, month: str, day: str | None) -> tuple[int, int, int]:
    return int(year), int(month), int(day or 0)


def _lasting(page: Page) -> Iterator[Hit]:
    """`2019年至2023年的3年间`: counted with or without the first year, the span fits neither."""
    for match in _LASTED.finditer(page.prose):
        span = int(match["high"]) - int(match["low"])
        said = match["slip"].removesuffix("年")
        if span > 0 and (int(said) if said.isdigit() else small_number(said)) not in (span, span + 1):
            yield Hit(*match.span("slip"), (), 0.8, {"span": span + 1})


CHECKS = (
    Check(
        says=define("check.facts.no_such_day", "“{found}”: there is no such day."),
        severity=Severity.WARNING,
        source=FACTS,
        clause="",
        find=_no_such_day,
        needs="月",
        bad=("⟦2023年2月29日⟧召开会议。", "于⟦4月31日⟧前报送。"),
        good=("2024年2月29日召开会议。", "2月29日召开会议。", "历时12月30日不休。"),
    ),
    Check(
        says=define("check.facts.weekday", "That day was 星期{right}."),
        severity=Severity.WARNING,
        source=FACTS,
        clause="",
        find=_weekdays,
        needs="期周拜",
        bad=("定于2024年5月1日（星期⟦四→三⟧）召开。",),
        good=("定于2024年5月1日（星期三）召开。", "2024年5月5日，星期天，晴。"),
    ),
    Check(
        says=define("check.facts.backwards", "“{found}” ends the span before it begins."),
        severity=Severity.WARNING,
        source=FACTS,
        clause="",
        find=_backwards,
        bad=("2024年9月20日至⟦9月10日⟧开展检查。", "2025—⟦2021年⟧规划。", "2024年11月至⟦3月⟧供暖。"),
        good=("2024年9月10日至9月20日开展检查。", "2024年11月至2025年3月供暖。", "2021—2025年规划。"),
    ),
    Check(
        says=define("check.facts.lasting", "From year to year these are {span}, not “{found}”."),
        severity=Severity.HINT,
        source=FACTS,
        clause="",
        find=_lasting,
        bad=("2019年至2023年的⟦3年⟧间，共办结三百件。",),
        good=("2019年至2023年的5年间，共办结三百件。", "2019年至2023年四年来"),
    ),
)
