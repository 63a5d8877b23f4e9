"""Blobs on a real disk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hezou.files import disk
from hezou.files.actions import page_picture, put, register
from hezou.files.models import Blob
from hezou.files.queries import blob, data_of
from hezou.files.rules import admit
from hezou.kernel.errors import NotFound
from hezou.kernel.ids import uuid7
from tests.support.pictures import picture

pytestmark = pytest.mark.django_db
AGENCY = uuid7()


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.BLOBS = tmp_path
    return tmp_path


def test_put_and_register_give_the_bytes_back() -> None:
    content = admit("正文".encode())
    put(AGENCY, content)
    row = register(AGENCY, content)
    assert (data_of(row), blob(AGENCY, content.sha256)) == (content.data, row)


def test_same_bytes_twice_are_one_blob(folder: Path) -> None:
    for _ in range(2):
        content = admit(b"text")
        put(AGENCY, content)
        register(AGENCY, content)
    assert Blob.objects.count() == 1
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 1


def test_blob_of_another_agency_is_not_found() -> None:
    content = admit(b"text")
    put(AGENCY, content)
    register(AGENCY, content)
    with pytest.raises(NotFound):
        blob(uuid7(), content.sha256)


def test_altered_bytes_are_not_given_out() -> None:
    content = admit(b"text")
    put(AGENCY, content)
    row = register(AGENCY, content)
    disk.path_of(AGENCY, content.sha256).write_bytes(b"other")
    with pytest.raises(NotFound):
        data_of(row)


def test_lost_bytes_are_not_found() -> None:
    row = register(AGENCY, admit(b"never put"))
    with pytest.raises(NotFound):
        data_of(row)


def test_write_that_fails_leaves_nothing_half_done(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("hezou.files.disk.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        put(AGENCY, admit(b"text"))
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_page_picture_is_made_once_and_kept_beside_its_blob(folder: Path) -> None:
    content = admit(picture(3200, 100))
    put(AGENCY, content)
    row = register(AGENCY, content)
    first = page_picture(row)
    disk.path_of(AGENCY, content.sha256).unlink()
    assert page_picture(row) == first
    assert admit(first).width == 1600


def test_page_picture_of_a_lost_blob_is_not_found() -> None:
    row = register(AGENCY, admit(picture()))
    with pytest.raises(NotFound):
        page_picture(row)
