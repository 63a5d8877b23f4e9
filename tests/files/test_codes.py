"""Square codes on photos and scans."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from hezou.files.codes import codes_on
from hezou.files.rules import Content, admit
from tests.support.paper import photo, scan, square_code

CODE = "HZ1:7K2M9QXA"


def read(data: bytes) -> list[str]:
    return codes_on(admit(data))


@pytest.mark.parametrize("turned", [0, 7, 90, 181])
def test_read_code_of_a_photo_however_it_was_held(turned: float) -> None:
    assert read(photo(CODE, turned=turned)) == [CODE]


def test_read_code_of_a_large_photo() -> None:
    page = Image.new("L", (4000, 5600), 220)
    page.paste(square_code(CODE, scale=20), (2600, 4500))
    target = BytesIO()
    page.save(target, "PNG")
    assert read(target.getvalue()) == [CODE]


def test_read_every_code_once() -> None:
    assert sorted(read(photo(CODE, "HZ1:00000000", turned=0))) == ["HZ1:00000000", CODE]
    assert read(scan(photo(CODE), photo(CODE))) == [CODE]


def test_read_code_of_a_scan_on_any_of_its_first_pages() -> None:
    blank = photo(turned=0)
    assert read(scan(blank, blank, blank, photo(CODE))) == [CODE]
    assert read(scan(blank, blank, blank, blank, photo(CODE))) == []


@pytest.mark.parametrize(
    "data",
    [
        photo(turned=3),
        b"%PDF-1.4 without a picture",
        scan(b"\xff\xd8\xff broken"),
        scan(photo(CODE)[:300]),
        "只有文字".encode(),
    ],
    ids=["no code", "no picture", "broken picture", "half a picture", "text"],
)
def test_read_nothing_where_no_code_stands(data: bytes) -> None:
    assert read(data) == []


def test_read_nothing_of_a_scan_with_too_many_points() -> None:
    """A page of a PDF is not measured on admission, so it is measured here."""
    found = []
    for side in (7_000, 8_000):
        page, target = Image.new("L", (side, side), 220), BytesIO()
        page.paste(square_code(CODE, scale=40), (1_000, 1_000))
        page.save(target, "JPEG")
        found.append(codes_on(Content(scan(target.getvalue()), "", "application/pdf")))
    assert found == [[CODE], []]
