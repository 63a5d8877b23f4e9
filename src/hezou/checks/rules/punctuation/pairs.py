"""Marks that come in pairs: brackets, quotation marks, title marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from hezou.checks.rules.model import Check, Hit, Pattern, Severity
from hezou.checks.rules.page import Page
from hezou.checks.rules.sources import PUNCTUATION, UNFINISHED
from hezou.kernel.messages import define

CLOSES = dict(zip("（(“‘《〈【〔「『［[", "）)”’》〉】〕」』］]", strict=True))
_SAME = {"(": "（", ")": "）", "[": "［", "]": "］"}
"""Half-width brackets pair with full-width ones: their width is another check's business."""
_OPENERS = {_SAME.get(closer, closer): _SAME.get(opener, opener) for opener, closer in CLOSES.items()}
_MARK = re.compile("[{}]".format(re.escape("".join(CLOSES) + "".join(CLOSES.values()))))
_ITEM = re.compile(r"(?:^|[\s，。；：、（(“])(?:[0-9]{1,3}|[A-Za-z]|[①-⑳]|[一二三四五六七八九十]{1,3})$")
_APOSTROPHE = re.compile("[A-Za-z0-9]’|.?’[0-9]{2}(?![0-9])", re.DOTALL)
_EMPTY = re.compile(r"《[ \u3000]*+》|〈[ \u3000]*+〉|“[ \u3000]*+”|‘[ \u3000]*+’|（[ \u3000]*+）")
_ACROSS = "“‘「『"
"""Quotation marks may open in one paragraph and close in a later one."""


@dataclass
class _Open:
    """The marks that are open at a place, and how many there are of each kind."""

    stack: list[tuple[str, int]] = field(default_factory=list)
    count: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_OPENERS.values(), 0))

    def push(self, opener: str, at: int) -> None:
        self.stack.append((opener, at))
        self.count[opener] += 1

    def opened(self, opener: str, since: int) -> bool:
        """Whether the last mark still open is this one, and not from before `since`."""
        return bool(self.stack) and self.stack[-1][0] == opener and self.stack[-1][1] >= since

    def pop(self) -> tuple[str, int]:
        opener, at = self.stack.pop()
        self.count[opener] -= 1
        return opener, at


def _unbalanced(page: Page) -> Iterator[Hit]:
    """Marks without their other half. Brackets must close in their paragraph, quotations in the text."""
    for at in sorted(_lonely(page)):
        yield Hit(at, at + 1, confidence=0.9)


def _lonely(page: Page) -> Iterator[int]:
    quotations, before = _Open(), 0
    for line in page.lines:
        if line.text[0] in _ACROSS and quotations.opened(line.text[0], since=before):
            quotations.pop()  # a quotation that goes on opens again in each paragraph and closes once
        within = _Open()
        for match in _MARK.finditer(page.prose, line.start, line.end):
            at, mark = match.start(), _SAME.get(match[0], match[0])
            opener = _OPENERS.get(mark)
            if opener is None:
                within.push(mark, at)
            elif within.count[opener]:
                while (top := within.pop())[0] != opener:
                    yield top[1]
            elif quotations.count.get(opener):
                while quotations.pop()[0] != opener:
                    pass
            elif not _needs_no_opener(page.prose, at, mark):
                yield at
        for opener, at in within.stack:
            if opener not in _ACROSS:
                yield at
            else:
                quotations.push(opener, at)
        before = line.start
    yield from (at for _opener, at in quotations.stack)


def _needs_no_opener(text: str, at: int, mark: str) -> bool:
    """`1）` counts items; ’ is an apostrophe behind letters and before the two figures of a year."""
    if mark == "）":
        return bool(_ITEM.search(text, max(0, at - 5), at))
    return mark == "’" and bool(_APOSTROPHE.match(text, max(0, at - 1)))


_INNER = {"“": ("‘", "’"), "《": ("〈", "〉")}
_NESTED_AT_MOST = 300
"""Characters of an inner pair; what is longer is rather a mark forgotten."""


@dataclass(frozen=True)
class Nested:
    """A pair inside a pair of the same form, as one hit; with `repair`, rewritten with the inner form."""

    opener: str
    repair: bool = True

    def __call__(self, page: Page) -> Iterator[Hit]:
        other, _closer = _INNER.get(self.opener, (self.opener, ""))
        openers = {self.opener, other}
        mark = re.compile("[{}]".format("".join(one + CLOSES[one] for one in sorted(openers))))
        text = page.prose
        for line in page.lines:
            opened: list[int] = []
            for match in mark.finditer(text, line.start, line.end):
                at = match.start()
                if match[0] in openers:
                    opened.append(at)
                elif opened and CLOSES[text[opened[-1]]] == match[0]:
                    start = opened.pop()
                    same = opened and text[start] == self.opener == text[opened[-1]]
                    if same and at - start <= _NESTED_AT_MOST:
                        yield Hit(start, at + 1, self._repairs(text[start + 1 : at]))

    def _repairs(self, inner: str) -> tuple[str, ...]:
        if not self.repair or self.opener in inner:
            return ()
        left, right = _INNER[self.opener]
        return (f"{left}{inner}{right}",)


CHECKS = (
    Check(
        says=define("check.punctuation.unbalanced", "“{found}” has no other half."),
        severity=Severity.WARNING,
        source=PUNCTUATION,
        clause="5.1.3",
        find=_unbalanced,
        needs="".join(CLOSES) + "".join(CLOSES.values()),
        bad=(
            "要牢固树立⟦“⟧立体化工作格局的理念。",
            "认真学习《关于加强信息工作的通知⟦（⟧》。",
            "会议由办公室主任⟦）⟧主持。\n另起一段。",
        ),
        good=(
            "（一）打好“组合拳”、奏响“合奏曲”（见附件）。",
            "他指出：“第一段。\n“第二段。\n“第三段。”",
            "将第三条修改为：“第三条 凡在本市从业的，\n应当登记。”",
            "应当提交：1）申请表；2）身份证明。",
            "McDonald’s门店",
            "’99世界园艺博览会如期举办。",
        ),
    ),
    Check(
        says=define("check.punctuation.empty_pair", "“{found}”: nothing stands inside."),
        severity=Severity.WARNING,
        source=UNFINISHED,
        clause="",
        find=Pattern(_EMPTY),
        needs="》〉”’）",
        bad=("认真实施⟦《》⟧，成效明显⟦（　）⟧。",),
        good=("认真实施《条例》，成效明显（见附件）。",),
    ),
    Check(
        says=define(
            "check.punctuation.nested_quotes", "Inside quotation marks the inner ones are single: ‘ ’."
        ),
        severity=Severity.WARNING,
        source=PUNCTUATION,
        clause="4.8.3.4",
        find=Nested("“"),
        needs="“",
        bad=("他说：“要打好⟦“组合拳”→‘组合拳’⟧，不能等。”",),
        good=("他说：“要打好‘组合拳’，不能等。”", "打好“组合拳”“合奏曲”。"),
    ),
    Check(
        says=define(
            "check.punctuation.nested_titles", "Inside title marks the inner ones are single: 〈 〉."
        ),
        severity=Severity.WARNING,
        source=PUNCTUATION,
        clause="4.15.3.5",
        find=Nested("《"),
        needs="《",
        bad=("转发《关于印发⟦《管理办法》→〈管理办法〉⟧的通知》。",),
        good=(
            "转发《关于印发〈管理办法〉的通知》。",
            "学习《条例》《规定》。",
            "《关于修改〈实施《条例》办法〉的决定》",
        ),
    ),
    Check(
        says=define(
            "check.punctuation.nested_brackets",
            "Brackets inside brackets of the same form: use another form or another sentence.",
        ),
        severity=Severity.HINT,
        source=PUNCTUATION,
        clause="4.9.3.6",
        find=Nested("（", repair=False),
        needs="（",
        bad=("各单位（含下属单位⟦（二级）⟧）要按时报送。",),
        good=("各单位（含下属单位）要按时报送。", "（一）总体情况（略）"),
    ),
)
