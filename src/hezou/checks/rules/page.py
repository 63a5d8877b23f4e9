"""A text laid out for the checks, in the length given: a place in one is a place in the other."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from hezou.checks.rules.pack import Pack

T = TypeVar("T")

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
"""Han characters, for use inside a character class."""

BEGINS = r"(?:(?<=[\n \t\u3000].)|(?<![\s\S]{2}))"
"""Behind a first character in an expression: it stands at the head of a line or behind a blank.

Expressions begin with one character or class and look back afterwards, not before: so the engine skips over
text at full speed.
"""

_BLANKS = "\u00a0\u2000-\u200b\u202f\u205f\u2060\ufeff"
_UNUSUAL = re.compile(f"[\r\x00\x0b\x0c\x85\u2028\u2029{_BLANKS}\uf900-\ufaff]")
_LINE_ENDS = "\r\x0b\x0c\x85\u2028\u2029"
_USUAL = {
    **{ord(blank): " " for blank in "\x00\u00a0\u202f\u205f\u2060\ufeff"},
    **dict.fromkeys(range(0x2000, 0x200C), " "),
    **{ord(end): "\n" for end in _LINE_ENDS},
    **{
        code: plain
        for code in range(0xF900, 0xFB00)
        if len(plain := unicodedata.normalize("NFC", chr(code))) == 1
    },
}
_ADDRESS = re.compile(
    r"!\[[^\]\n]{0,200}\]\(file:[0-9a-f]{64}\)"
    r"|(?:https?|ftp)://[!-~]{1,2000}"
    r"|(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}"
    r"|(?<![A-Za-z0-9.-])www\.[!-~]{1,2000}"
)
TITLE_AT_MOST = 80
"""Characters of a title; a longer first line is a paragraph."""


class Line(NamedTuple):
    """A line that is not blank, without the blanks at its ends; `indent` is what stood before it."""

    start: int
    end: int
    text: str
    indent: str


class Page:
    """A text and its views. Every view has the length of the text given.

    `text` has one kind of line end and of blank, and the plain form of compatibility characters; `prose` has
    addresses and picture lines blanked out with `_`; `lines` are the lines that are not blank; `packs` are
    the agency's rules that apply.
    """

    def __init__(self, given: str, packs: Sequence[Pack] = ()) -> None:
        self.packs = packs
        self._kept: dict[Callable[[Page], Any], Any] = {}
        self.text = given.translate(_USUAL) if _UNUSUAL.search(given) else given

    @cached_property
    def prose(self) -> str:
        """The text with addresses and pictures blanked: marks inside them are no marks."""
        if (
            "@" not in self.text
            and "://" not in self.text
            and "www." not in self.text
            and "![" not in self.text
        ):
            return self.text
        return _ADDRESS.sub(lambda match: "_" * len(match[0]), self.text)

    @cached_property
    def lines(self) -> list[Line]:
        """The lines in order."""
        return list(self._each_line())

    @cached_property
    def title(self) -> Line | None:
        """The first line where it looks like a title: short, other lines below it, not itself a sentence."""
        match self.head(2):
            case [first, _] if len(first.text) <= TITLE_AT_MOST and "。" not in first.text[:-1]:
                return first
        return None

    def keep(self, look: Callable[[Page], T]) -> T:
        """What `look` sees on this page, looked for once however many checks ask."""
        if look not in self._kept:
            self._kept[look] = look(self)
        return self._kept[look]

    def head(self, most: int) -> list[Line]:
        """The first lines, without laying out the rest."""
        return list(islice(self._each_line(), most))

    def _each_line(self) -> Iterator[Line]:
        start, size = 0, len(self.text)
        while start <= size:
            end = self.text.find("\n", start)
            end = size if end < 0 else end
            raw = self.text[start:end]
            if text := raw.strip():
                indent = raw[: raw.index(text[0])]
                yield Line(start + len(indent), start + len(indent) + len(text), text, indent)
            start = end + 1
