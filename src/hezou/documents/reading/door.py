"""The way in: what kind of file this is (by its content, never by its name alone) and who reads it."""

from __future__ import annotations

from pathlib import PurePosixPath

from hezou.documents import messages as say
from hezou.documents.limits import LIMITS, MEGABYTE, Limits
from hezou.documents.pictures import picture_facts
from hezou.documents.reading.body import read_docx
from hezou.documents.reading.markdown import read_markdown
from hezou.documents.reading.model import Gatherer, Reading
from hezou.documents.reading.plain import decode, read_lines
from hezou.kernel.errors import Refused, TooLarge
from hezou.kernel.messages import Code

_STARTS = (
    (b"PK\x03\x04", "docx"),
    (b"PK\x05\x06", "docx"),
    (b"{\\rtf", "rtf"),
    (b"%PDF-", "pdf"),
)
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXT_NAMES = {"": "txt", ".txt": "txt", ".text": "txt", ".md": "md", ".markdown": "md"}
_PAGE_STARTS = (b"<!doctype html", b"<html", b"mime-version:")

_REFUSED: dict[str, Code] = {
    "encrypted": say.ENCRYPTED,
    "doc": say.OLD_WORD,
    "old-office": say.OLD_OFFICE,
    "rtf": say.RICH_TEXT,
    "pdf": say.PDF,
    "picture": say.PICTURE_FILE,
    "html": say.WEB_PAGE,
    "not-docx": say.NOT_DOCX,
    "unknown": say.UNKNOWN_KIND,
}


def kind_of(data: bytes, name: str) -> str:
    """What a file is: `docx` (any zip), `txt`, `md`, or one that is not read here: `doc` (old Word and WPS,
    for a converter), `encrypted`, `old-office`, `rtf`, `pdf`, `picture`, `html`, `not-docx`, `unknown` or
    `empty`.
    """
    if not data:
        return "empty"
    if data.startswith(_COMPOUND):
        return _compound_kind(data)
    by_start = next((kind for start, kind in _STARTS if data.startswith(start)), None)
    if by_start is not None:
        return by_start
    return "picture" if picture_facts(data) is not None else _text_kind(data, name)


def read_document(data: bytes, name: str, *, limits: Limits = LIMITS) -> Reading:
    """Read a file that somebody handed in; `name` only tells .txt from .md where the content cannot.

    Raises TooLarge (more than the limits) or Refused (damaged, hostile or of a kind that is not read), each
    with a message that names the reason and what to do.
    """
    if len(data) > limits.data:
        raise TooLarge(say.TOO_LARGE(size=-(-len(data) // MEGABYTE), limit=limits.data // MEGABYTE))
    kind = kind_of(data, name)
    if kind == "empty":
        raise Refused(say.EMPTY())
    if kind == "docx":
        return read_docx(data, limits)
    if kind in _REFUSED:
        raise Refused(_REFUSED[kind]())
    gatherer = Gatherer(limits)
    text = gatherer.take(decode(data, gatherer))
    return gatherer.finish(read_markdown(text, gatherer) if kind == "md" else read_lines(text))


def _compound_kind(data: bytes) -> str:
    """What an OLE compound file holds, told by the names of its streams."""
    for stream, kind in (("EncryptedPackage", "encrypted"), ("WordDocument", "doc")):
        if stream.encode("utf-16-le") in data:
            return kind
    return "old-office"


def _text_kind(data: bytes, name: str) -> str:
    ending = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    if ending in _TEXT_NAMES:
        return _TEXT_NAMES[ending]
    if data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_PAGE_STARTS):
        return "html"
    return "not-docx" if ending in (".docx", ".doc", ".wps") else "unknown"
