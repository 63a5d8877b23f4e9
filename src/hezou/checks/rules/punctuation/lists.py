"""Marks in lists and between clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from hezou.checks.rules.model import Check, Hit, Pattern, Severity
from hezou.checks.rules.page import HAN, Page
from hezou.checks.rules.sources import PUNCTUATION
from hezou.kernel.messages import define

_NOT_ETC = "级待候额同价值于高离距速效压温比"
"""After these 等 begins a word of its own (等级, 等待)."""

_SENTENCE = re.compile("[^。！？；\n]+")
_IN_PAIRS = re.compile("[“《（‘][^“”《》（）‘’\n]{0,200}[”》）’]")
_COLON = re.compile("：")
_LABEL_AT_MOST = 7
"""Characters of a label in a row of particulars (`联系人：甲，联系电话：乙`)."""

_UNITS_OF_ROW = re.compile("[，、 \u3000]")


def _colons(page: Page) -> Iterator[Hit]:
    """A second colon in one sentence, outside pairs; not in times, ratios and rows of particulars."""
    text = _IN_PAIRS.sub(lambda match: "_" * len(match[0]), page.prose)
    for sentence in _SENTENCE.finditer(text):
        colons = [match.start() for match in _COLON.finditer(text, *sentence.span())]
        colons = [
            at for at in colons if not (text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit())
        ]
        for before, at in pairwise(colons):
            label = _UNITS_OF_ROW.split(text[before + 1 : at])[-1]
            if len(label) > _LABEL_AT_MOST and at + 1 < sentence.end():
                yield Hit(at, at + 1, confidence=0.8)


CHECKS = (
    Check(
        says=define(
            "check.punctuation.between_quoted", "Between quoted or titled items “、” is usually left out."
        ),
        severity=Severity.HINT,
        source=PUNCTUATION,
        clause="4.5.3.5",
        find=Pattern(re.compile("、(?=[“《〈])(?:(?<=”、)(?=“)|(?<=》、)(?=《)|(?<=〉、)(?=〈))"), ("",)),
        needs="、",
        bad=("打好“组合拳”⟦、→⟧“合奏曲”。", "学习《条例》⟦、→⟧《规定》。"),
        good=(
            "打好“组合拳”“合奏曲”。",
            "学习《条例》（节选）、《规定》（全文）。",
            "实行“一网通办”、综合窗口。",
        ),
    ),
    Check(
        says=define("check.punctuation.before_etc", "No mark stands between a list with “、” and “等”."),
        severity=Severity.WARNING,
        source=PUNCTUATION,
        clause="B.1.2",
        find=Pattern(re.compile(f"、(?=等(?![{_NOT_ETC}]))(?<=[{HAN}”》）]、)"), ("",)),
        needs="、",
        bad=("开展防汛、防火⟦、→⟧等工作。",),
        good=("开展防汛、防火等工作。", "按类别、等级分别管理。", "包括办什么，谁来办，何时办，等等。"),
    ),
    Check(
        says=define(
            "check.punctuation.stop_in_item", "An item that holds a full stop does not end with “；”."
        ),
        severity=Severity.WARNING,
        source=PUNCTUATION,
        clause="A.5",
        find=Pattern(
            re.compile(
                r"^[ \u3000]*+[（(]?[一二三四五六七八九十0-9]{1,3}[）)、.是]"
                r"(?=[^\n]*。)[^\n]*(?P<slip>；)[ \u3000]*$",
                re.M,
            ),
            ("。",),
            slip="slip",
            confidence=0.85,
        ),
        needs="；",
        bad=("一是抓责任。各科室层层落实⟦；→。⟧\n二是抓质量。",),
        good=("一是抓责任，各科室层层落实；\n二是抓质量，逐字核对。",),
    ),
    Check(
        says=define(
            "check.punctuation.colon_twice", "A second colon in one sentence: usually one is enough."
        ),
        severity=Severity.HINT,
        source=PUNCTUATION,
        clause="4.7.3.5",
        find=_colons,
        needs="：",
        bad=("会议要求：各科室要切实做好以下几项工作⟦：⟧防汛、防火、防疫。",),
        good=(
            "他说：“要求只有一条：快。”",
            "联系人：办公室，联系电话：12345678。",
            "会议要求：各科室抓好落实。下一步：继续推进。",
            "时间：9：30至11：30。",
        ),
    ),
    Check(
        says=define("check.punctuation.after_ordinal", "After “{found}” a comma follows, not “、”."),
        severity=Severity.HINT,
        source=PUNCTUATION,
        clause="B.3.1",
        find=Pattern(
            re.compile(
                r"(?P<slip>(?P<ordinal>[第首其再](?:(?<=[。；：\n \u3000].)|(?<![\s\S]{2}))"
                r"(?:(?<=第)[一二三四五六七八九十]{1,2}|(?<=其)[一二三四五]|先|次))、)"
                r"(?![一二三四五六七八九十第其])",
                re.M,
            ),
            (r"\g<ordinal>，",),
            slip="slip",
        ),
        needs="、",
        bad=(
            "⟦首先、→首先，⟧抓责任。",
            "做法有二。⟦第一、→第一，⟧抓责任。⟦第二、→第二，⟧抓质量。",
        ),
        good=("第一，抓责任。第二，抓质量。", "第一、二产业增长。", "第一、第二产业增长。"),
    ),
    Check(
        says=define(
            "check.punctuation.titled_thing",
            "“{found}” is no work with a title: title marks are not used for it.",
        ),
        severity=Severity.HINT,
        source=PUNCTUATION,
        clause="A.13.1",
        find=Pattern(
            re.compile(
                "《[^《》〈〉\n]{0,16}(?:营业执照|许可证|身份证|户口簿|居住证|驾驶证|行驶证|毕业证|资格证|证书|奖状|锦旗)》"
            ),
            confidence=0.8,
        ),
        needs="》",
        bad=("当场发放⟦《营业执照》⟧三份。",),
        good=("当场发放营业执照三份。", "《居住证管理办法》已经施行。"),
    ),
    Check(
        says=define("check.punctuation.no_end", "The last sentence of the paragraph has no full stop."),
        severity=Severity.WARNING,
        source=PUNCTUATION,
        clause="4.1.3.1",
        find=Pattern(
            re.compile(rf"(?<=。)[^\n。！？；|]{{9,300}}(?P<slip>[{HAN}])(?=[ \u3000]*+(?:\n|\Z))"),
            (r"\g<slip>。",),
            slip="slip",
            confidence=0.85,
        ),
        needs="。",
        bad=("今年以来成效明显。下一步，将继续抓好各项工作落⟦实→实。⟧",),
        good=("今年以来成效明显。\n办公室\n2024年5月1日", "成效明显。（办公室供稿）"),
    ),
)
