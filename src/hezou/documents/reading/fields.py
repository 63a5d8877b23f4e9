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
    """One field from its begin to its end mark; `kind` is known once its instruction has ended.

    `silent` says that what surrounds it is not printed, `showed` that something of it was.
    """

    silent: bool
    box: etree._Element | None
    instruction: str = ""
    kind: str = ""
    in_result: bool = False
    showed: bool = False

    def end_instruction(self) -> None:
        self.kind = next(iter(self.instruction.split(maxsplit=1)), "").upper()


class Fields:
    """The fields open at this point; they nest and may run over paragraphs."""

    def __init__(self) -> None:
        self._open: list[Field] = []

    @property
    def silent(self) -> bool:
        """Whether what stands here is an instruction or the result of a table of contents."""
        if not self._open:
            return False
        inner = self._open[-1]
        return inner.silent or not inner.in_result or inner.kind == "TOC"

    def begin(self, mark: etree._Element) -> None:
        """A begin mark; it may carry a form field's box."""
        data = mark.find(W + "ffData")
        self._open.append(Field(self.silent, None if data is None else data.find(W + "checkBox")))

    def instruct(self, text: str) -> None:
        """A piece of the instruction."""
        if self._open and not self._open[-1].in_result:
            self._open[-1].instruction += text

    def separate(self) -> str:
        """The result begins; gives the field's kind."""
        if not self._open:
            return ""
        self._open[-1].end_instruction()
        self._open[-1].in_result = True
        return self._open[-1].kind

    def show(self) -> None:
        """Something of a result was printed."""
        if self._open:
            self._open[-1].showed = True

    def end(self) -> Field | None:
        """The field that ends here; what it showed, the field around it showed too."""
        if not self._open:
            return None
        ended = self._open.pop()
        if not ended.in_result:
            ended.end_instruction()
        if ended.showed:
            self.show()
        return ended


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
