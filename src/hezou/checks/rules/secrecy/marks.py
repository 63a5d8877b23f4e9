"""Marks of secrecy by their form. The words stand in ordinary prose; the forms never do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hezou.checks.rules.model import Check, Finding, Hit, Severity, finding
from hezou.checks.rules.page import Page
from hezou.checks.rules.sources import SECRETS_LAW
from hezou.kernel.messages import define

HEADER_LINES = 6
"""Lines at the head of a document in which a mark may stand beside other things."""

_BLANK = "[ \t\u3000]"
_LEVEL = f"[绝絕机機秘祕]{_BLANK}{{0,6}}密"
_TERM = (
    f"(?:{_BLANK}{{0,4}}(?:[0-9０-９一二三四五六七八九十]{{1,3}}{_BLANK}{{0,2}}[年月天]|长{_BLANK}{{0,2}}期))"
)
_STARRED = f"{_LEVEL}{_BLANK}{{0,6}}(?:[★☆✩✭⭐]{_TERM}?|[*＊]{_TERM})"
_OPEN = f"(?:[【\\[（(〔]{_BLANK}{{0,6}})?"
_SHUT = f"(?:{_BLANK}{{0,6}}[】\\]）)〕])?"
_ALONE = f"^{_BLANK}*+{_OPEN}(?P<alone>{_LEVEL}[级件]?){_SHUT}(?={_BLANK}*+$)"
_FIELD = f"^{_BLANK}*+(?P<field>密{_BLANK}{{0,6}}级{_BLANK}{{0,4}}[:：]{_BLANK}{{0,4}}{_LEVEL})(?={_BLANK}|$)"
_MARK = re.compile(f"{_STARRED}|{_ALONE}|{_FIELD}", re.MULTILINE)
_HEADER = re.compile(
    f"(?:(?:特急|加急|平急|[0-9]{{6}}){_BLANK}{{0,20}})?"
    f"(?:[【\\[（(〔]{_BLANK}{{0,6}}{_LEVEL}{_BLANK}{{0,6}}[】\\]）)〕]"
    f"|{_LEVEL}(?={_BLANK}{_BLANK}|{_BLANK}?(?:特急|加急|平急)|$))"
)


def _marks(page: Page) -> Iterator[Hit]:
    """The mark with its star, alone on its line, in a field of its own, or at the head of the document."""
    starts = []
    for match in _MARK.finditer(page.text):
        start, end = match.span(match.lastgroup or 0)
        starts.append(start)
        yield Hit(start, end, confidence=1.0)
    for line in page.head(HEADER_LINES):
        header = _HEADER.match(line.text)
        if header and not any(line.start <= start < line.end for start in starts):
            yield Hit(line.start, line.start + header.end(), confidence=1.0)


MARK = Check(
    says=define("check.secrecy.mark", "“{found}” is a mark of secrecy: such a text may not be entered here."),
    severity=Severity.ERROR,
    source=SECRETS_LAW,
    clause="22",
    find=_marks,
    needs="密",
    bad=(
        "⟦秘密★1年⟧\n关于有关情况的报告",
        "000012\n⟦机 密★长期⟧\n特急",
        "关于有关情况的报告\n　　⟦绝密⟧\n内容如下。",
        "⟦机密⟧　　特急\n关于有关情况的报告",
        "密件登记\n⟦密级：秘密⟧\n一份",
        "⟦【机密】⟧关于有关情况的报告",
    ),
    good=(
        "国家秘密的密级分为绝密、机密、秘密三级。",
        "任何组织和个人都有保守国家秘密的义务。\n严禁在互联网上传递秘密。",
        "涉及商业秘密的，不予公开。",
    ),
)

CHECKS = (MARK,)


def secrecy_mark(text: str) -> Finding | None:
    """The first mark of secrecy by form, or None. Asked before any write: such a text is refused unseen."""
    if "密" not in text:
        return None
    page = Page(text)
    hits = sorted(_marks(page))
    return finding(MARK, page, hits[0]) if hits else None
