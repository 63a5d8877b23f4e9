"""Lists that count: a number left out or said twice, an item that runs into the paragraph before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from hezou.checks.rules.hannumber import small_number
from hezou.checks.rules.model import Check, Hit, Severity
from hezou.checks.rules.page import BEGINS, Page
from hezou.checks.rules.sources import LAYOUT, ORDER
from hezou.kernel.messages import define

_N = "[一二三四五六七八九十]{1,3}"
_CANDIDATE = re.compile(rf"[一二三四五六七八九十第（(0-9](?:(?<=[。；：！？，].)|{BEGINS})")
_ITEM = re.compile(
    rf"(?P<is>{_N})是|(?P<must>{_N})要|第(?P<nth>{_N})[，,、]"
    rf"|(?P<first>{_N})、(?![一二三四五六七八九十])|[（(](?P<second>{_N})[)）]"
    r"|(?P<third>[0-9]{1,3})[.．](?![0-9])|[（(](?P<fourth>[0-9]{1,3})[)）]"
)
_BLANKS = " \t\u3000"
_LINE_ONLY = {"third", "fourth"}
"""Forms followed only where they begin a paragraph: inside one, figures in brackets mean many things."""


@dataclass(frozen=True)
class _Item:
    number: int
    start: int
    end: int
    begins: bool
    indent: str


@dataclass
class _List:
    """The items of one form counted so far: those that begin paragraphs, and a list inside one paragraph."""

    outer: list[_Item] = field(default_factory=list)
    inner: list[_Item] = field(default_factory=list)


def _items(page: Page) -> list[tuple[str, _Item]]:
    """The items with their forms, in order."""
    found = []
    for candidate in _CANDIDATE.finditer(page.text):
        match = _ITEM.match(page.text, candidate.start())
        if match is None or match.lastgroup is None:
            continue
        form, indent = match.lastgroup, _indent(page.text, match.start())
        if indent is None and (form in _LINE_ONLY or page.text[match.start() - 1] in _BLANKS):
            continue
        number = int(match[form]) if form in _LINE_ONLY else small_number(match[form])
        found.append((form, _Item(number, *match.span(), indent is not None, indent or "")))
    return found


def _indent(text: str, at: int) -> str | None:
    """The blanks before a place at the head of its line; None where something else stands before it."""
    start = at
    while start > 0 and text[start - 1] in _BLANKS:
        start -= 1
    return text[start:at] if start == 0 or text[start - 1] == "\n" else None


def _gaps(page: Page) -> Iterator[Hit]:
    """Numbers that jump forward or come twice. A smaller number begins another list; so does a first 一."""
    for chain in chains(page):
        for before, item in pairwise(chain):
            if item.number != before.number + 1:
                yield Hit(item.start, item.end, (), 0.85, {"expected": before.number + 1})


def chains(page: Page) -> list[list[_Item]]:
    """Runs of items of one form, each going on from the one before; looked for once a page."""
    return page.keep(_chains)


def _chains(page: Page) -> list[list[_Item]]:
    lists: dict[str, _List] = {}
    done: list[list[_Item]] = []
    for form, item in page.keep(_items):
        counted = lists.setdefault(form, _List())
        if item.begins:
            done.append(counted.inner)
            counted.inner = []
            if item.number == 1 or (counted.outer and item.number < counted.outer[-1].number):
                done.append(counted.outer)
                counted.outer = []
            counted.outer.append(item)
        elif item.number == 1:
            done.append(counted.inner)
            counted.inner = [item]
        elif counted.inner and item.number > counted.inner[-1].number:
            counted.inner.append(item)
        elif counted.outer and _goes_on(page, counted.outer[-1], item):
            counted.outer.append(item)
    return done + [chain for counted in lists.values() for chain in (counted.outer, counted.inner)]


def _goes_on(page: Page, before: _Item, item: _Item) -> bool:
    """Inside a paragraph: the next number, or any larger one when the item before stands in the same."""
    if item.number == before.number + 1:
        return True
    return item.number > before.number and page.text.find("\n", before.end, item.start) < 0


def _run_ins(page: Page) -> Iterator[Hit]:
    """The one item inside a paragraph while at least two of its siblings begin theirs."""
    for chain in chains(page):
        inside = [item for item in chain if not item.begins]
        begun = [item for item in chain if item.begins]
        if len(begun) >= 2 and len(inside) < len(begun):
            for item in inside:
                text = page.text[item.start : item.end]
                yield Hit(item.start, item.end, (f"\n{begun[0].indent}{text}",), 0.9)


_LEVELS = ("first", "second", "third", "fourth")


def _levels(page: Page) -> Iterator[Hit]:
    """A higher level that begins between two items of a lower one: `1.` … `一、` … `2.`"""
    last = dict.fromkeys(_LEVELS, 0)
    begun: dict[str, list[_Item]] = {form: [] for form in _LEVELS}
    for form, item in page.keep(_items):
        if form not in _LEVELS or not item.begins:
            continue
        if item.number == last[form] + 1 and item.number > 1:
            yield from (Hit(inside.start, inside.end, (), 0.8) for inside in begun[form])
        begun[form] = []
        last[form] = item.number
        if item.number == 1:
            for lower in _LEVELS[_LEVELS.index(form) + 1 :]:
                begun[lower].append(item)


CHECKS = (
    Check(
        says=define(
            "check.conventions.numbering_run_in",
            "“{found}” stands inside a paragraph while its siblings begin theirs.",
        ),
        severity=Severity.WARNING,
        source=ORDER,
        clause="",
        find=_run_ins,
        bad=(
            "一是抓责任。层层落实。\n二是抓合力。齐抓共管。\n三是抓精品。回应关切。⟦四是→\\n四是⟧抓队伍。培养骨干。",
            "一、总体情况\n平稳。⟦二、→\\n二、⟧主要做法\n扎实。\n三、下步打算\n抓好落实。",
        ),
        good=(
            "一是抓责任。二是抓合力。三是抓精品。",
            "一是抓责任。\n二是抓合力。\n三是抓精品。",
            "做法有三：一是抓责任；二是抓合力；三是抓精品。\n二是补充说明。",
        ),
    ),
    Check(
        says=define(
            "check.conventions.numbering_gap", "“{found}” comes where number {expected} was expected."
        ),
        severity=Severity.WARNING,
        source=ORDER,
        clause="",
        find=_gaps,
        bad=(
            "一、总体情况\n平稳。\n⟦三、⟧下步打算\n抓好落实。",
            "一是抓责任；二是抓合力；⟦四是⟧抓队伍。",
            "（一）加强领导\n（二）落实责任\n⟦（二）⟧强化保障",
            "1.申请\n2.受理\n⟦4.⟧办结",
            "做法有二：一是抓责任；⟦三是⟧抓质量。\n一是继续抓责任。\n二是继续抓质量。",
        ),
        good=(
            "一、总体情况\n（一）进展\n（二）成效\n二、存在问题\n（一）短板\n三、打算",
            "一、二产业融合发展，占比上升。\n三、四季度持续向好。",
            "1.5万人受益。\n3.2万人参加。",
        ),
    ),
    Check(
        says=define(
            "check.conventions.numbering_level",
            "“{found}” is of a higher level than the items around it: the order is 一、（一）1.（1）.",
        ),
        severity=Severity.HINT,
        source=LAYOUT,
        clause="7.3.3",
        find=_levels,
        bad=("1.总体情况\n⟦（一）⟧进展\n（二）成效\n2.下步打算",),
        good=(
            "一、总体情况\n（一）进展\n1.申请\n2.受理\n（二）成效\n二、下步打算",
            "（一）进展\n（二）成效\n一、其他",
        ),
    ),
)
