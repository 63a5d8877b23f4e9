"""Plain text files: the encoding is found out, nothing else is touched."""

from __future__ import annotations

import codecs

from hezou.documents import messages as say
from hezou.documents.reading.model import Flow, Gatherer, Line
from hezou.documents.reading.symbols import MISSING
from hezou.kernel.errors import Refused

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_GUESSES = (("gb18030", "GB18030"), ("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16"))
_REPLACEMENT = "\ufffd"
_MOST_UNREADABLE = 0.01
"""Share of characters that may be unreadable before the encoding counts as not found."""
_LEAST_COMMON = 0.5
"""Share of common characters that a text must have at least in the encoding taken for its own."""
_SAMPLE = 20_000


def decode(data: bytes, gatherer: Gatherer) -> str:
    """The text of a file in UTF-8, UTF-16 (with and without mark) or GB18030 (GBK and GB2312 with it).

    Notes the encoding where it is not UTF-8. Raises Refused when no encoding gives a readable text.
    """
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return _decoded(data, codec, name, gatherer)
    if b"\0" not in data:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError as error:
            # A file cut in the middle of a character is still UTF-8.
            if error.start >= len(data) - 3 and error.start > 0:
                return _decoded(data, "utf-8", "UTF-8", gatherer)
    best, codec, name = max((_likeness(data, codec), codec, name) for codec, name in _GUESSES)
    if best < _LEAST_COMMON:
        raise Refused(say.UNKNOWN_ENCODING())
    return _decoded(data, codec, name, gatherer)


def read_lines(text: str) -> Flow:
    """The flow of a plain text: one item."""
    return [Line(text)]


def _decoded(data: bytes, codec: str, name: str, gatherer: Gatherer) -> str:
    text = data.decode(codec, errors="replace")
    unreadable = text.count(_REPLACEMENT)
    if unreadable > max(1, len(text) * _MOST_UNREADABLE) or "\0" in text:
        raise Refused(say.UNKNOWN_ENCODING())
    if name != "UTF-8":
        gatherer.note(say.ENCODING(encoding=name))
    gatherer.count(say.CHARACTERS_UNREADABLE, unreadable)
    return text.replace(_REPLACEMENT, MISSING)


def _likeness(data: bytes, codec: str) -> float:
    """The share of characters that a Chinese office text is made of, were it written in `codec`."""
    text = data[:_SAMPLE].decode(codec, errors="replace")
    return sum(map(_is_common, text)) / max(1, len(text))


def _is_common(character: str) -> bool:
    """Letters, digits, usual marks and the 3,755 Han characters of the first level of GB 2312."""
    if (
        character in "\t\r\n"
        or " " <= character <= "~"
        or character in "“”‘’…—·　、。《》（），：；？！〔〕【】"
    ):
        return True
    encoded = character.encode("gb2312", errors="ignore")
    return len(encoded) == 2 and 0xB0 <= encoded[0] <= 0xD7
