"""What may be kept, judged by the bytes: pure."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from hezou.kernel.errors import Refused, TooLarge
from hezou.kernel.messages import define

MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 60_000_000
"""A sheet scanned at 600 dpi has 35 million; above 60 million a picture is a weapon or a poster."""
PAGE_WIDTH = 1600
"""Width in pixels to which a picture is reduced for a page."""

# Pillow's own limit only warns at first; `_picture` refuses before anything is unpacked.
Image.MAX_IMAGE_PIXELS = None

TEXT = "text/plain; charset=utf-8"
PICTURES = {"PNG": "image/png", "JPEG": "image/jpeg"}
_SIGNATURES = {b"%PDF-": "application/pdf", b"PK\x03\x04": "application/zip"}
_PACKED = {
    b"word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    b"xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
KEPT = (*PICTURES.values(), "application/pdf", *_PACKED.values(), TEXT)
"""Every type that is kept."""

EMPTY = define("files.empty", "The file is empty.")
TOO_BIG = define("files.too_big", "The file has {size} MB; at most {most} MB can be kept.")
NOT_KEPT = define(
    "files.not_kept", "Only pictures (PNG, JPEG), PDF, .docx, .xlsx and plain text can be kept."
)
HAS_MACROS = define("files.has_macros", "The file holds macros and was not kept. Save it without macros.")
BROKEN_PICTURE = define("files.broken_picture", "The picture cannot be read. Save it again as PNG or JPEG.")
TOO_MANY_PIXELS = define(
    "files.too_many_pixels", "The picture has {millions} million pixels; at most {most} million can be kept."
)


@dataclass(frozen=True)
class Content:
    """Bytes that may be kept: their SHA-256, type, and size in pixels (0, 0 for what is no picture)."""

    data: bytes
    sha256: str
    content_type: str
    width: int = 0
    height: int = 0

    @property
    def is_picture(self) -> bool:
        return self.width > 0


def admit(data: bytes) -> Content:
    """The content of a file, typed by its bytes. Raises Refused or TooLarge with the reason."""
    if not data:
        raise Refused(EMPTY())
    if len(data) > MOST_BYTES:
        raise TooLarge(TOO_BIG(size=len(data) // 1024**2, most=MOST_BYTES // 1024**2))
    sha256 = hashlib.sha256(data).hexdigest()
    if data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        content_type, width, height = _picture(data)
        return Content(data, sha256, content_type, width, height)
    return Content(data, sha256, _document(data))


def reduced(data: bytes, width: int = PAGE_WIDTH) -> bytes:
    """A picture for a page: at most `width` pixels wide, turned upright, without its camera's notes."""
    with Image.open(BytesIO(data), formats=tuple(PICTURES)) as picture:
        picture.thumbnail((width, width * 4))
        upright = ImageOps.exif_transpose(picture)
        target = BytesIO()
        if picture.format == "JPEG":
            upright.convert("RGB").save(target, "JPEG", quality=85)
        else:
            upright.save(target, "PNG")
        return target.getvalue()


def safe_name(name: str) -> str:
    """A file name to offer for download: no path, no control or direction marks, at most 120 characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c)[0] != "C")
    return kept.strip(" .")[-120:] or "file"


def _picture(data: bytes) -> tuple[str, int, int]:
    try:
        with Image.open(BytesIO(data), formats=tuple(PICTURES)) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                raise TooLarge(
                    TOO_MANY_PIXELS(millions=width * height // 1_000_000, most=MOST_PIXELS // 1_000_000)
                )
            picture.load()
            return PICTURES[str(picture.format)], width, height
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise Refused(BROKEN_PICTURE()) from None


def _document(data: bytes) -> str:
    for signature, content_type in _SIGNATURES.items():
        if data.startswith(signature):
            return _package(data) if content_type == "application/zip" else content_type
    return _plain(data)


def _package(data: bytes) -> str:
    """An office file, told by the names in it; the archive is not unpacked."""
    if b"vbaProject" in data:
        raise Refused(HAS_MACROS())
    if b"[Content_Types].xml" not in data:
        raise Refused(NOT_KEPT())
    for part, content_type in _PACKED.items():
        if part in data:
            return content_type
    raise Refused(NOT_KEPT())


def _plain(data: bytes) -> str:
    head = data[:4096].lstrip().lower()
    if b"\x00" in data or head.startswith((b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script")):
        raise Refused(NOT_KEPT())
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused(NOT_KEPT()) from None
    return TEXT
