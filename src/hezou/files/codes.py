"""Square codes (QR): reading those on a photo or scan, and drawing them: pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

import segno
import zxingcpp
from PIL import Image, UnidentifiedImageError

from hezou.files.rules import MOST_PIXELS, PICTURES, Content

LONGEST_SIDE = 2400
"""Pixels; a code of 28 mm on a page of 297 mm then has 220, of which a reader needs 60."""
PAGES_READ = 4
SCALE = 5
"""Pixels a module; the code of an authenticator app is then about 250 wide."""

_PICTURE_IN_PDF = re.compile(rb"stream\r?\n(\xff\xd8\xff.*?)\r?\nendstream", re.DOTALL)


def codes_on(content: Content) -> list[str]:
    """The words of every square code on a picture, or on the first pages that a scanner put into a PDF.

    A PDF is searched for the JPEG pictures it is made of; other ways of packing a page are not read.
    """
    found = [code for data in _pictures(content) for code in _codes(data)]
    return list(dict.fromkeys(found))


def _pictures(content: Content) -> Iterator[bytes]:
    if content.is_picture:
        yield content.data
    elif content.content_type == "application/pdf":
        for number, match in enumerate(_PICTURE_IN_PDF.finditer(content.data)):
            if number == PAGES_READ:
                return
            yield match[1]


def _codes(data: bytes) -> list[str]:
    try:
        with Image.open(BytesIO(data), formats=tuple(PICTURES)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return []
            picture.draft("L", (LONGEST_SIDE, LONGEST_SIDE))
            grey = picture.convert("L")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        return []
    grey.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    formats = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    return [one.text for one in zxingcpp.read_barcodes(grey, formats=formats)]


def drawn(words: str) -> str:
    """A square code as the address of a picture that carries itself (`data:`)."""
    address: str = segno.make(words, error="m").svg_data_uri(scale=SCALE, border=4)
    return address
