"""What may be kept: judged by the bytes, hostile ones included."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from hezou.files.rules import MOST_BYTES, admit, reduced, safe_name
from hezou.kernel.errors import Refusal, Refused, TooLarge


def picture(width: int, height: int, form: str = "PNG") -> bytes:
    target = BytesIO()
    Image.new("RGB", (width, height), "white").save(target, form)
    return target.getvalue()


def package(*names: str) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return target.getvalue()


def png_of_claimed_size(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header claims a size."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def code_of(data: bytes) -> str:
    with pytest.raises(Refusal) as caught:
        admit(data)
    return caught.value.messages[0].code


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_admit_picture_with_its_size(form: str) -> None:
    content = admit(picture(30, 20, form))
    assert (content.content_type, content.width, content.height) == (f"image/{form.lower()}", 30, 20)
    assert content.is_picture


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (b"%PDF-1.7 rest", "application/pdf"),
        (
            package("[Content_Types].xml", "word/document.xml"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (
            package("[Content_Types].xml", "xl/workbook.xml"),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        ("正文".encode(), "text/plain; charset=utf-8"),
    ],
)
def test_admit_document_by_its_bytes(data: bytes, content_type: str) -> None:
    content = admit(data)
    assert (content.content_type, content.is_picture) == (content_type, False)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "files.empty"),
        (b"<!DOCTYPE html><script>1</script>", "files.not_kept"),
        (b"  <svg onload='x'>", "files.not_kept"),
        (b"MZ\x00\x00", "files.not_kept"),
        ("正文".encode("gbk"), "files.not_kept"),
        (package("anything.txt"), "files.not_kept"),
        (package("[Content_Types].xml", "ppt/x.xml"), "files.not_kept"),
        (package("[Content_Types].xml", "word/vbaProject.bin"), "files.has_macros"),
        (b"\x89PNG\r\n\x1a\nbroken", "files.broken_picture"),
        (picture(40, 40)[:-20], "files.broken_picture"),
        (b"GIF89a" + b"\x00" * 20, "files.not_kept"),
    ],
)
def test_admit_refuses_what_may_be_active_or_broken(data: bytes, code: str) -> None:
    assert code_of(data) == code


def test_admit_refuses_a_picture_of_200_megapixels_by_its_header() -> None:
    assert code_of(png_of_claimed_size(20_000, 10_000)) == "files.too_many_pixels"


def test_admit_refuses_more_than_the_limit() -> None:
    with pytest.raises(TooLarge):
        admit(b"a" * (MOST_BYTES + 1))


@given(st.binary(max_size=400))
def test_admit_answers_any_bytes(data: bytes) -> None:
    try:
        answered = bool(admit(data).content_type)
    except Refused as refused:
        answered = bool(refused.messages)
    assert answered


def test_reduced_picture_is_narrower_and_of_the_same_form() -> None:
    with Image.open(BytesIO(reduced(picture(4000, 1000, "JPEG")))) as small:
        assert (small.size, small.format) == ((1600, 400), "JPEG")
    with Image.open(BytesIO(reduced(picture(100, 50)))) as small:
        assert (small.size, small.format) == ((100, 50), "PNG")


def test_reduced_picture_stands_upright() -> None:
    target = BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held sideways
    Image.new("RGB", (40, 10)).save(target, "JPEG", exif=exif)
    with Image.open(BytesIO(reduced(target.getvalue()))) as small:
        assert small.size == (10, 40)


def test_reduced_picture_keeps_no_notes_of_the_camera() -> None:
    target = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "maker"
    Image.new("RGB", (10, 10)).save(target, "JPEG", exif=exif)
    with Image.open(BytesIO(reduced(target.getvalue()))) as small:
        assert dict(small.getexif()) == {}


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("审签单.jpg", "审签单.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\桌面\\稿.docx", "稿.docx"),
        ("a\u202egpj.exe\n", "agpj.exe"),
        ("...", "file"),
        ("", "file"),
    ],
)
def test_safe_name_has_no_path_and_no_tricks(name: str, safe: str) -> None:
    assert safe_name(name) == safe
