"""Fields: what Word computes (a date, a reference, a table of contents) and prints as its result."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from hezou.documents.reading.numerals import circled
from hezou.documents.reading.ooxml import W, flag

_SHOW_NOTHING = frozenset({"XE", "TC", "TA", "RD", "SET", "ASK", "PRIVATE", "COMMENTS"})
_OVERPRINT = re.compile(r"\\ac\s*\(\s*[○〇◯]\s*[,，]\s*(?P<inner>[^()]+?)\s*\)", re.IGNORECASE)


@dataclass
class Field:
    """One field from its begin to its end mark."""

    instruction: str = ""
    in_result: bool = False
    showed: bool = False
    box: etree._Element | None = None

    @property
    def kind(self) -> str:
        return next(iter(self.instruction.split()), "").upper()


class Fields:
    """The fields open at this point; they nest and may run over paragraphs."""

    def __init__(self) -> None:
        self._open: list[Field] = []

    @property
    def silent(self) -> bool:
        """Whether what stands here is an instruction or the result of a table of contents."""
        return any(not field.in_result or field.kind == "TOC" for field in self._open)

    def begin(self, mark: etree._Element) -> None:
        """A begin mark; it may carry a form field's box."""
        data = mark.find(W + "ffData")
        self._open.append(Field(box=None if data is None else data.find(W + "checkBox")))

    def instruct(self, text: str) -> None:
        """A piece of the instruction."""
        if self._open and not self._open[-1].in_result:
            self._open[-1].instruction += text

    def separate(self) -> str:
        """The result begins; gives the field's kind."""
        if not self._open:
            return ""
        self._open[-1].in_result = True
        return self._open[-1].kind

    def show(self) -> None:
        """Something of a result was printed."""
        for field in self._open:
            field.showed = True

    def end(self) -> Field | None:
        """The field that ends here."""
        return self._open.pop() if self._open else None


def drawn(field: Field) -> str | None:
    """What Word draws for a field without stored result; None where that cannot be told.

    Ringed characters (带圈字符) and tick boxes are such fields.
    """
    if field.kind in _SHOW_NOTHING:
        return ""
    if field.kind == "FORMCHECKBOX":
        ticked = flag(field.box, "checked")
        return "☑" if (flag(field.box, "default") if ticked is None else ticked) else "☐"
    if field.kind == "EQ" and (ring := _OVERPRINT.search(field.instruction)):
        inner = ring["inner"]
        return circled(int(inner)) if inner.isdecimal() and inner.isascii() and len(inner) < 3 else inner
    return None
