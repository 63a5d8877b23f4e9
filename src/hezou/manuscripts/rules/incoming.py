"""What comes in as a file or a paste, judged before anything of it is kept (office rules R4, R7)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from hezou.checks.rules import check, secrecy_mark
from hezou.documents.rules import Picture, Reading, read_document
from hezou.files.rules import NOT_KEPT, Content, admit, safe_name
from hezou.kernel.errors import Refusal, Refused
from hezou.kernel.messages import Code, Message, define
from hezou.kernel.text import figure

MOST_ATTACHMENTS = 20
INTERNAL_MARK = "secrecy.internal_mark"
READ_THROUGH = ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "text/plain")
"""Attachments whose words can be read; a person looks through the others."""

HIDDEN_MARK = define(
    "manuscript.hidden_mark",
    "A part that would be left out (page header, comment, hidden text) bears a mark of secrecy (“{mark}”). "
    "Nothing was kept; take the document off this computer and handle it on paper.",
)
FILE_MARK = define(
    "manuscript.file_mark",
    "What was to be brought in bears a mark of secrecy (“{mark}”). "
    "Nothing was kept; take it off this computer and handle it on paper.",
)
MARKS = frozenset({HIDDEN_MARK.code, FILE_MARK.code})
INTERNAL_LEFT_OUT = define(
    "manuscript.internal_left_out",
    "A part that was left out says “{mark}”: choose the class of the piece accordingly.",
)
PICTURES_NOT_KEPT = define(
    "manuscript.pictures_not_kept", "Pictures that cannot be kept here were left out: {count}."
)
PICTURE_UNKNOWN = define(
    "manuscript.picture_unknown",
    "The picture “{caption}” does not belong to this piece and was not brought in by you. "
    "Import or paste the passage that holds it; its line alone brings no picture.",
)
ALREADY_ATTACHED = define("manuscript.already_attached", "This file is attached already.")
TOO_MANY_ATTACHED = define("manuscript.too_many_attached", "A piece takes at most {most} attachments.")


@dataclass(frozen=True)
class Incoming:
    """What may be taken over from a document or a paste: text, pictures, what was changed or dropped."""

    text: str
    pictures: tuple[Content, ...]
    notes: tuple[Message, ...]


@dataclass(frozen=True)
class Enclosure:
    """A file that may be attached: its bytes judged, its words looked through, its name safe."""

    name: str
    content: Content


def incoming(reading: Reading, name: str = "") -> Incoming:
    """Judge what was read, and the `name` of its file.

    Raises Refused where a mark of secrecy stands anywhere in it, taken over or not.
    """
    shown, hidden = _marks([reading.text, name], FILE_MARK), _marks(reading.left_out, HIDDEN_MARK)
    Refused.unless_none([*shown, *hidden])
    kept, refused = _admitted(reading.pictures)
    notes = [*reading.notes, *_not_kept(refused.values()), *_internal_marks(reading.left_out)]
    return Incoming(_without(reading.text, refused), tuple(kept), tuple(notes))


def enclosure(data: bytes, name: str) -> Enclosure:
    """Judge a file to be attached. Raises Refused or TooLarge: kind, size, macros, marks of secrecy."""
    content = admit(data)
    words = [name]
    if content.content_type.startswith(READ_THROUGH):
        reading = read_document(data, name)
        words += [reading.text, *reading.left_out]
    Refused.unless_none(_marks(words, FILE_MARK))
    return Enclosure(safe_name(name), content)


def why_not_attach(sha256: str, there: Collection[str]) -> Message | None:
    """Why a file cannot be put beside those `there`, or None."""
    if sha256 in there:
        return ALREADY_ATTACHED()
    return TOO_MANY_ATTACHED(most=MOST_ATTACHMENTS) if len(there) >= MOST_ATTACHMENTS else None


def why_not_shown(text: str, usable: Collection[str]) -> Message | None:
    """Why a text may not show its pictures: the first line whose SHA-256 is not among the `usable`."""
    for line in text.split("\n"):
        found = figure(line)
        if found is not None and found[1] not in usable:
            return PICTURE_UNKNOWN(caption=found[0] or found[1][:12])
    return None


def _marks(passages: Iterable[str], says: Code) -> Iterator[Message]:
    """At most one message: the first mark in any passage."""
    for words in passages:
        found = secrecy_mark(words)
        if found is not None:
            yield says(mark=words[found.start : found.end])
            return


def _admitted(pictures: Iterable[Picture]) -> tuple[list[Content], dict[str, Message]]:
    """The pictures that may be kept, and SHA-256 → reason of those that may not."""
    kept: list[Content] = []
    refused: dict[str, Message] = {}
    for picture in pictures:
        try:
            content = admit(picture.data)
        except Refusal as refusal:
            refused[picture.sha256] = refusal.messages[0]
            continue
        if content.is_picture:
            kept.append(content)
        else:
            refused[picture.sha256] = NOT_KEPT()
    return kept, refused


def _not_kept(reasons: Collection[Message]) -> Iterator[Message]:
    """How many, then each reason once."""
    if reasons:
        yield PICTURES_NOT_KEPT(count=len(reasons))
        yield from dict.fromkeys(reasons)


def _without(text: str, dropped: Collection[str]) -> str:
    """The text without the lines of the dropped pictures; their captions stay as lines."""
    lines = []
    for line in text.split("\n"):
        found = figure(line)
        if found is None or found[1] not in dropped:
            lines.append(line)
        elif found[0]:
            lines.append(found[0])
    return "\n".join(lines)


def _internal_marks(passages: Iterable[str]) -> Iterator[Message]:
    """What passages that are not taken over say of an internal paper (内部资料): it counts all the same."""
    found = {
        words[one.start : one.end]: None
        for words in passages
        for one in check(words)
        if one.check == INTERNAL_MARK
    }
    return (INTERNAL_LEFT_OUT(mark=mark) for mark in found)
