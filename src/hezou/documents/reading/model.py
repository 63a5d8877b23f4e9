"""What a reader gathers on its way through a document, and what it hands over in the end."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field

from hezou.documents import messages as say
from hezou.documents.limits import Limits
from hezou.documents.pictures import PictureFacts, picture_facts
from hezou.kernel.errors import TooLarge
from hezou.kernel.messages import Code, Message
from hezou.kernel.text import normalise

_UNTEXT = re.compile("[\x00\ud800-\udfff]")
_FIGURE = "![{caption}](file:{sha256})"
_TITLE_BREAKS = 3
"""Line breaks that a title may have; a whole text pasted with line breaks for paragraphs has more."""


@dataclass(frozen=True)
class Picture:
    """A picture found in a document, as it stood there; `sha256` in lower-case hexadecimal."""

    sha256: str
    content_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class Reading:
    """What came out of a document.

    `text` is normalised text of the text model; each of its picture lines names one of `pictures` (or a hash
    that was typed: whoever stores the text looks them up). `notes` name everything dropped or changed.
    `left_out` holds the words that were not taken over (headers, watermarks, comments, hidden and deleted
    text): never to be stored, but to be looked through for marks of secrecy.
    """

    text: str
    pictures: tuple[Picture, ...] = ()
    notes: tuple[Message, ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """One or more lines of text."""

    text: str


@dataclass(frozen=True)
class Figure:
    """A picture line; `caption` as given, cleaned when the text is put together.

    `titled` once the caption is the visible one below the picture and no longer its alternative text.
    """

    sha256: str
    caption: str = ""
    titled: bool = False


@dataclass(frozen=True)
class Grid:
    """A table: rows of cells; a row may be shorter than others."""

    rows: list[list[str]]


Item = Line | Figure | Grid
Flow = list[Item]
"""What stands in a document, a cell or a text box, in reading order."""


class Gatherer:
    """Pictures, notes and left-out words of one reading; puts the text together at the end.

    Raises TooLarge as soon as more characters were taken in than `limits.characters`: a few bytes of a
    document can name a long number text thousands of times.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._pictures: dict[str, Picture] = {}
        self._counts: Counter[Code] = Counter()
        self._single: list[Message] = []
        self._too_large: list[PictureFacts] = []
        self._left_out: list[str] = []
        self._taken = 0

    def count(self, code: Code, times: int = 1) -> None:
        """One more of what `code` names; the note says how many in all."""
        if times:
            self._counts[code] += times

    def note(self, message: Message) -> None:
        """A note that stands for itself."""
        self._single.append(message)

    def leave_out(self, words: str) -> None:
        """Words that do not become text but may bear a mark of secrecy."""
        if words.strip():
            self._left_out.append(words)

    def take(self, text: str) -> str:
        """The text, counted against the limit."""
        self._taken += len(text)
        if self._taken > self.limits.characters:
            raise TooLarge(say.TEXT_TOO_LONG(limit=self.limits.characters))
        return text

    def picture(self, data: bytes, caption: str = "") -> Figure | None:
        """Keep a picture; None (with a note) for one that is too large or that no browser shows."""
        facts = picture_facts(data)
        if facts is None:
            self.count(say.PICTURES_UNFIT)
            return None
        if facts.width * facts.height > self.limits.pixels:
            self._too_large.append(facts)
            return None
        sha256 = hashlib.sha256(data).hexdigest()
        self._pictures.setdefault(sha256, Picture(sha256, facts.content_type, data))
        return Figure(sha256, caption)

    def table(self, rows: list[list[Flow]]) -> Flow:
        """What a table becomes: a Grid and below it the pictures of its cells.

        A lone cell that holds a whole passage is a frame around it, and its content stands for itself.
        """
        rows = [row for row in rows if row]
        if len(rows) == 1 and len(rows[0]) == 1 and _is_frame(rows[0][0]):
            self.count(say.FRAMES_OPENED)
            return rows[0][0]
        flats = [[self._without_inner_tables(cell) for cell in row] for row in rows]
        figures = [item for row in flats for cell in row for item in cell if isinstance(item, Figure)]
        self.count(say.PICTURES_MOVED, len(figures))
        grid = Grid([[self.cell(cell) for cell in row] for row in flats])
        return [grid, *figures] if rows else []

    def cell(self, flow: Flow) -> str:
        """The one line that the lines of a cell become."""
        lines = [part for item in flow if isinstance(item, Line) for part in item.text.split("\n")]
        spoken = [line for line in lines if line.strip()]
        if len(spoken) > 1:
            self.count(say.CELL_LINES_JOINED)
            text = " ".join(line.strip() for line in spoken)
        else:
            text = next(iter(spoken or lines), "")
        if "|" in text:
            self.count(say.CELL_BARS_WIDENED)
            text = text.replace("|", "｜")
        return text

    def join_title(self, text: str) -> str:
        """A title set on several lines as the one line it is; longer passages as they are."""
        if not 0 < text.strip().count("\n") <= _TITLE_BREAKS:
            return text
        self.note(say.TITLE_JOINED())
        return "".join(line.strip() for line in text.split("\n"))

    def _without_inner_tables(self, flow: Flow) -> Flow:
        """A cell's flow with every inner table as one line of its cells."""
        flat: Flow = []
        for item in flow:
            if isinstance(item, Grid):
                self.count(say.TABLES_NESTED)
                flat.append(Line(" ".join(cell for row in item.rows for cell in row if cell.strip())))
            else:
                flat.append(item)
        return flat

    def finish(self, flow: Flow) -> Reading:
        """The reading; only pictures that the text names come with it."""
        text = self.without_untext("\n".join(self._lines(flow)))
        named = {item.sha256 for item in flow if isinstance(item, Figure)}
        return Reading(
            text=normalise(text),
            pictures=tuple(p for p in self._pictures.values() if p.sha256 in named),
            notes=self._notes(),
            left_out=tuple(self._left_out),
        )

    def without_untext(self, text: str) -> str:
        """The text without NUL bytes and lone surrogates, which no text may hold."""
        text, dropped = _UNTEXT.subn("", text)
        self.count(say.CONTROLS_DROPPED, dropped)
        return text

    def _lines(self, flow: Flow) -> list[str]:
        lines: list[str] = []
        before: Item | None = None
        for item in flow:
            if isinstance(item, Line):
                lines.append(item.text)
            elif isinstance(item, Figure):
                lines.append(_FIGURE.format(caption=_clean_caption(item.caption), sha256=item.sha256))
            else:
                if isinstance(before, Grid):
                    lines.append("")
                lines += ["|" + "|".join(row) + "|" for row in item.rows]
            before = item
        return lines

    def _notes(self) -> tuple[Message, ...]:
        """Counted notes in the order in which they are declared, then the single ones."""
        declared = [code for code in vars(say).values() if isinstance(code, Code)]
        counted = [code(count=self._counts[code]) for code in declared if code in self._counts]
        return (*counted, *self._single, *self._oversized())

    def _oversized(self) -> list[Message]:
        if not self._too_large:
            return []
        largest = max(self._too_large, key=lambda facts: facts.width * facts.height)
        return [
            say.PICTURES_TOO_LARGE(
                limit=self.limits.pixels // 1_000_000,
                count=len(self._too_large),
                width=largest.width,
                height=largest.height,
            )
        ]


def _clean_caption(caption: str) -> str:
    """A caption as a picture line can hold it: one line, no closing bracket."""
    caption = " ".join(caption.split("\n"))
    return caption.replace("[", "［").replace("]", "］") if "]" in caption else caption


def _is_frame(flow: Flow) -> bool:
    spoken = [item for item in flow if item != Line("")]
    return len(spoken) > 1 or any(not isinstance(item, Line) or "\n" in item.text for item in spoken)
