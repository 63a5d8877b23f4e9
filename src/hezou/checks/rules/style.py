"""Style: length of sentences, stock phrases, repeated words, burdens put on others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hezou.checks.rules.model import Check, Hit, Pattern, Severity
from hezou.checks.rules.page import HAN, Page
from hezou.checks.rules.sources import BURDEN, CONCISE, READING, SENTENCE
from hezou.kernel.messages import define
from hezou.kernel.text import count_characters

LONG, VERY_LONG = 80, 120
"""Characters of a sentence from which it is hard to read, and very hard."""
STOCK_AT_LEAST = 3
STOCK_PER_THOUSAND = 1.5
"""A stock phrase is told of when it comes so often, and so often in a thousand characters."""

_SENTENCE = re.compile(r"[^。！？；\n|]+")
_STOCK = (
    "高度重视", "切实加强", "进一步", "狠抓落实", "压实责任", "扎实推进", "充分发挥", "大力推进",
    "全面加强", "真抓实干", "再上新台阶", "显著成效", "明显成效", "重要意义", "强有力", "坚强保障",
    "落地落实", "走深走实", "抓细抓实",
)  # fmt: skip
_AGAIN = re.compile(rf"(?P<word>[{HAN}]{{2,4}})(?P=word)")
_MEANT_TWICE = re.compile(
    "一.一.|.来.去|许多许多|很多很多|非常非常|研究研究|讨论讨论|学习学习|商量商量|了解了解"
)
_ASKS = re.compile(
    "每[日天周旬月](?:上报|报送|报告|一?报)|日报告制度|周报制度|零报告|打卡|签到|截图|拍照留痕|排名通报"
    "|通报排名|纳入考核|考核排名"
)
_NOTICE = re.compile("(?:通知|方案|办法|要求)$")
_PARTICLE = re.compile("(?P<word>[的了])(?P=word)(?<!目的的)(?<!标的的)(?<!不了了)(?!确)")


def _sentences(page: Page) -> Iterator[Hit]:
    for match in _SENTENCE.finditer(page.prose):
        if match.end() - match.start() <= LONG:
            continue
        text = match[0].strip()
        count = count_characters(text)
        if count > LONG:
            start = match.start() + match[0].index(text[0])
            yield Hit(start, start + len(text), (), 0.8 if count > VERY_LONG else 0.4, {"count": count})


def _stock(page: Page) -> Iterator[Hit]:
    """One hit a phrase, where it stands first."""
    found = []
    for phrase in _STOCK:
        count = page.text.count(phrase)
        if count >= STOCK_AT_LEAST and count * 1000 >= STOCK_PER_THOUSAND * len(page.text):
            start = page.text.index(phrase)
            found.append(Hit(start, start + len(phrase), (), 0.8, {"count": count}))
    yield from sorted(found)


def _again(page: Page) -> Iterator[Hit]:
    for match in _AGAIN.finditer(page.prose):
        if not _MEANT_TWICE.match(match[0]):
            yield Hit(*match.span(), (match["word"],), 0.7)


def _burdens(page: Page) -> Iterator[Hit]:
    """Only in a text that asks something of others, to be known by its title."""
    title = page.title
    if title and _NOTICE.search(title.text):
        for match in _ASKS.finditer(page.prose):
            yield Hit(*match.span(), (), 0.8)


CHECKS = (
    Check(
        says=define("check.style.long_sentence", "A sentence of {count} characters: could it be two?"),
        severity=Severity.HINT,
        source=READING,
        clause="",
        find=_sentences,
        bad=("⟦" + "要坚持问题导向，深入一线调查研究，" * 8 + "形成高质量报告⟧。",),
        good=("要坚持问题导向。要深入一线。" * 10, "一是抓学习，提高认识；二是抓落实，压茬推进；" * 6),
    ),
    Check(
        says=define("check.style.stock_phrase", "“{found}” comes {count} times: say what was done instead."),
        severity=Severity.HINT,
        source=CONCISE,
        clause="19 (3)",
        find=_stock,
        bad=("要⟦进一步⟧提高认识，进一步明确任务，进一步加强协作。",),
        good=("要进一步提高认识，明确任务，加强协作。",),
    ),
    Check(
        says=define("check.style.repeated_word", "“{found}” says a word twice."),
        severity=Severity.HINT,
        source=SENTENCE,
        clause="",
        find=_again,
        bad=("我们要⟦加强加强→加强⟧协作。",),
        good=("我们要一步一步推进。", "大家研究研究再定。"),
    ),
    Check(
        says=define("check.style.repeated_particle", "“{found}” stands twice."),
        severity=Severity.WARNING,
        source=SENTENCE,
        clause="",
        find=Pattern(_PARTICLE, (r"\g<word>",)),
        bad=("这是大家⟦的的→的⟧期盼。",),
        good=("以服务群众为目的的活动。", "事情不了了之。", "的的确确如此。"),
    ),
    Check(
        says=define(
            "check.style.burden",
            "“{found}” asks something of others: is it needed, and asked elsewhere already?",
        ),
        severity=Severity.HINT,
        source=BURDEN,
        clause="",
        find=_burdens,
        bad=("关于开展检查的通知\n各科室：\n请⟦每日报送⟧进展，现场⟦截图⟧备查。",),
        good=("关于开展检查的通知\n各科室：\n请于5月20日前报送进展。", "工作总结\n我们每日报送进展。"),
    ),
)
