"""Dates: in full, in one form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hezou.checks.rules.hannumber import small_number
from hezou.checks.rules.model import Check, Hit, Pattern, Severity
from hezou.checks.rules.page import Page
from hezou.checks.rules.sources import DATES, LAYOUT, NUMERALS, PUNCTUATION
from hezou.kernel.messages import define

_SHORT_YEAR = re.compile(
    r"(?P<year>[0-9](?<![0-9０-９A-Za-z.第近约~～—-].)[0-9])年(?=(?:1[0-2]|0?[1-9])月|[底初末](?![0-9])|以来)"
)
_MIXED = re.compile(
    r"年(?<=(?:19|20)[0-9]{2}年)"
    r"(?P<slip>(?P<month>[一二三四五六七八九十]{1,2})月(?:(?P<day>[一二三四五六七八九十]{1,3})日)?)"
    r"(?=[^一二三四五六七八九十])"
)
_BY_POINTS = re.compile(
    r"(?P<year>[12](?<![0-9./A-Za-z-].)[09][0-9]{2})(?P<link>[./、])(?P<month>1[0-2]|0?[1-9])(?P=link)"
    r"(?P<day>3[01]|[12][0-9]|0?[1-9])(?![0-9./A-Za-z])"
)
THIS_CENTURY = 40
"""Two figures up to this are taken for 20xx first, above for 19xx."""


def _short_years(page: Page) -> Iterator[Hit]:
    for match in _SHORT_YEAR.finditer(page.prose):
        centuries = ("20", "19") if int(match["year"]) <= THIS_CENTURY else ("19", "20")
        yield Hit(*match.span(), tuple(f"{century}{match['year']}年" for century in centuries), 0.85)


def _mixed(page: Page) -> Iterator[Hit]:
    for match in _MIXED.finditer(page.prose):
        month = small_number(match["month"])
        day = f"{small_number(match['day'])}日" if match["day"] else ""
        if month <= 12:
            yield Hit(*match.span("slip"), (f"{month}月{day}",), 0.9)


def _by_points(page: Page) -> Iterator[Hit]:
    for match in _BY_POINTS.finditer(page.prose):
        in_full = f"{match['year']}年{int(match['month'])}月{int(match['day'])}日"
        yield Hit(*match.span(), (in_full,), 0.85)


CHECKS = (
    Check(
        says=define("check.numerals.short_year", "A year is written with four figures, not “{found}”."),
        severity=Severity.WARNING,
        source=NUMERALS,
        clause="5.1.4",
        find=_short_years,
        needs="年",
        bad=("⟦23年→2023年→1923年⟧5月建成。", "自⟦08年→2008年→1908年⟧以来稳步增长。"),
        good=("2023年5月建成。", "近20年以来稳步增长。", "历时20年，终于建成。"),
    ),
    Check(
        says=define("check.numerals.day_hao", "In writing the day is 日, not 号."),
        severity=Severity.WARNING,
        source=DATES,
        clause="",
        find=Pattern(
            re.compile(
                r"(?<=月)(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})(?P<slip>号)(?![楼线馆院门井公文令机台矿店])"
            ),
            ("日",),
            slip="slip",
        ),
        needs="号",
        bad=("3月5⟦号→日⟧召开会议。",),
        good=("3月5日召开会议。", "去年12月1号楼封顶。", "国发〔2024〕5号"),
    ),
    Check(
        says=define(
            "check.numerals.date_mixed", "One date in two forms: “{found}” follows a year in Arabic figures."
        ),
        severity=Severity.WARNING,
        source=NUMERALS,
        clause="4.3",
        find=_mixed,
        needs="年",
        bad=("2024年⟦五月三日→5月3日⟧召开会议。", "2024年⟦十二月→12月⟧底完成。"),
        good=("2024年5月3日召开会议。", "二〇二四年五月三日", "2024年一季度增长。"),
    ),
    Check(
        says=define("check.numerals.date_points", "“{found}”: write the date with 年、月、日."),
        severity=Severity.HINT,
        source=PUNCTUATION,
        clause="A.4.2",
        find=_by_points,
        needs="./、",
        bad=("⟦2024.5.1→2024年5月1日⟧召开会议。", "定于⟦2024、5、1→2024年5月1日⟧召开。"),
        good=("2024年5月1日召开会议。", "定于2024-05-01。", "版本2024.5.1.3"),
    ),
    Check(
        says=define("check.numerals.date_zero", "Month and day take no 0 before them."),
        severity=Severity.HINT,
        source=LAYOUT,
        clause="7.3.5.4",
        find=Pattern(re.compile("0(?:(?<=年0)(?=[1-9]月)|(?<=月0)(?=[1-9]日))"), ("",)),
        needs="0",
        bad=("2024年⟦0→⟧5月⟦0→⟧1日",),
        good=("2024年5月1日", "2024-05-01"),
    ),
)
