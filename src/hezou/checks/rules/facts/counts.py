"""How many items a text announces, and how many follow."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hezou.checks.rules.conventions.numbering import chains
from hezou.checks.rules.hannumber import small_number
from hezou.checks.rules.model import Check, Hit, Severity
from hezou.checks.rules.page import HAN, Page
from hezou.checks.rules.sources import FACTS
from hezou.kernel.messages import define

_NOUNS = (
    "任务|工作|措施|要求|意见|建议|原则|问题|重点|做法|环节|关系|体会|特点|行动|工程|机制|举措"
    "|打算|想法|内容|情况"
)
_ANNOUNCED = re.compile(
    r"(?P<slip>(?<![第十百0-9一二三四五六七八九])(?P<number>[两二三四五六七八九十]{1,2}|[2-9])"
    rf"(?:个?方面的?(?:{_NOUNS})?|[个项点条](?:重点|主要|具体)?(?:{_NOUNS})))[。：:；，！\s]{{0,4}}$"
)
_LOOK_BACK = 24
_INLINE = re.compile(
    rf"(?P<slip>(?P<number>[两三四五六七八九](?<=[{HAN}].))(?:项|种|个方面|大)"
    r"(?:机制|素质|能力|制度|关系|任务|工程|行动|重点))"
)
_LIST_BEFORE = re.compile(rf"[{HAN}]{{2,12}}(?:、[{HAN}]{{2,12}})+$")


def _announced(page: Page) -> Iterator[Hit]:
    """`三项任务` right before a list that counts otherwise. A list that skips numbers is another check's."""
    for chain in chains(page):
        numbers = [item.number for item in chain]
        if len(numbers) < 2 or numbers != list(range(1, len(numbers) + 1)):
            continue
        begins = chain[0].start
        match = _ANNOUNCED.search(page.text, max(0, begins - _LOOK_BACK), begins)
        if match and (said := _value(match["number"])) != len(numbers):
            yield Hit(*match.span("slip"), (), 0.8, {"said": said, "counted": len(numbers)})


def _value(number: str) -> int:
    return int(number) if number.isdigit() else small_number(number)


def _inline(page: Page) -> Iterator[Hit]:
    """`甲、乙、丙四项机制`: names with “、” before a number."""
    for match in _INLINE.finditer(page.prose):
        before = _LIST_BEFORE.search(page.prose, max(0, match.start() - 48), match.start())
        if before is None or "等" in before[0]:
            continue
        least = before[0].count("、") + 1
        most = least + len(re.findall("[和与及]", before[0]))
        said = _value(match["number"])
        if not least <= said <= most:
            yield Hit(*match.span("slip"), (), 0.8, {"said": said, "counted": least})


CHECKS = (
    Check(
        says=define("check.facts.items_announced", "“{found}” announces {said}, {counted} follow."),
        severity=Severity.WARNING,
        source=FACTS,
        clause="",
        find=_announced,
        bad=(
            "下面，我讲⟦三点意见⟧。\n一、提高认识\n二、抓好落实",
            "要抓好⟦两项工作⟧：一是抓责任；二是抓质量；三是抓时效。",
        ),
        good=("下面，我讲两点意见。\n一、提高认识\n二、抓好落实", "第三个方面：一是抓责任；二是抓质量。"),
    ),
    Check(
        says=define("check.facts.items_listed", "“{found}” says {said}, {counted} are named before it."),
        severity=Severity.HINT,
        source=FACTS,
        clause="",
        find=_inline,
        needs="项种个大",
        bad=("具备敬业、勤业、精业⟦四种素质⟧。",),
        good=("具备敬业、勤业、精业三种素质。", "健全选拔培养、协调联动等三项机制。", "甲、乙和丙三项任务"),
    ),
)
