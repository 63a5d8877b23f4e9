"""Every version taken away as a .docx: its text and pictures, its layout, its name, and who gets it."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client

from hezou.documents.rules import read_document, write_docx
from hezou.files.rules import admit
from hezou.manuscripts.actions import revise
from hezou.manuscripts.models import Manuscript
from tests.support.office import TEXT, Office, found_office
from tests.support.pictures import bring, line, picture
from tests.web.conftest import LogIn
from tests.web.reading import Answer, tree


@pytest.fixture(autouse=True)
def _blobs(settings: Any, tmp_path: Path) -> None:
    settings.BLOBS = tmp_path


@pytest.fixture
def client(log_in: LogIn) -> Client:
    return log_in("writer")


def address(piece: Manuscript, number: int = 1, layout: str = "") -> str:
    return f"/manuscripts/{piece.pk}/versions/{number}.docx" + (f"?layout={layout}" if layout else "")


def name_of(answer: Answer) -> str:
    """The file name that the browser would offer."""
    return unquote(answer["Content-Disposition"].partition("utf-8''")[2])


@pytest.mark.parametrize("layout", ["plain", "official"])
def test_download_reads_back_equal_with_its_picture(client: Client, office: Office, layout: str) -> None:
    text = f"{TEXT}\n|项目|数量|\n|帮办|12|\n{line(bring(office.fresh('writer'), picture()))}"
    piece = office.draft(text=text)
    answer = client.get(address(piece, layout=layout))
    reading = read_document(answer.content, "x.docx")
    assert (answer.status_code, reading.text) == (200, text)
    assert [one.data for one in reading.pictures] == [picture()]
    pictures = {admit(picture()).sha256: picture()}
    assert answer.content == write_docx(text, pictures=pictures, layout=layout)


def test_download_of_an_older_version_says_what_it_said(client: Client, office: Office) -> None:
    piece = office.draft()
    labels = {name: getattr(piece, name) for name in ("kind", "content_class", "openness")}
    writer = office.fresh("writer")
    newer = TEXT + "\n又一句。"
    revise(by=writer, manuscript=piece, revision=piece.revision, text=newer, named=[writer], **labels)
    texts = [read_document(client.get(address(piece, n)).content, "x.docx").text for n in (1, 2)]
    assert texts == [TEXT, newer]


def test_download_in_an_unknown_layout_is_the_plain_one(client: Client, office: Office) -> None:
    piece = office.draft()
    assert client.get(address(piece, layout="../x")).content == client.get(address(piece)).content


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ('关于"帮办"<服务>的a/b\\c:做法?*|', "关于 帮办 服务 的a b c 做法 (version 1).docx"),
        ("..\u202e做法", "做法 (version 1).docx"),
        ("字" * 200, "字" * 60 + " (version 1).docx"),
    ],
)
def test_download_has_a_name_that_every_file_system_takes(
    client: Client, office: Office, title: str, name: str
) -> None:
    piece = office.draft(text=f"{title}\n正文。")
    assert name_of(client.get(address(piece))) == name


def test_download_of_a_piece_without_a_usable_title_is_named_by_its_number(
    client: Client, office: Office
) -> None:
    piece = office.draft(text="...\n正文。")
    header = client.get(address(piece))["Content-Disposition"]
    assert header == f'attachment; filename="{piece.number} (version 1).docx"'


@pytest.mark.parametrize("key", ["other_writer", "editor", "signer", "auditor", "administrator"])
def test_download_of_an_internal_piece_is_for_its_readers_alone(
    client: Client, log_in: LogIn, office: Office, key: str
) -> None:
    piece = office.handed_in(content_class="internal")
    assert client.get(address(piece)).status_code == 200
    assert log_in(key).get(address(piece)).status_code == 404


def test_download_of_another_agency_is_not_found(log_in: LogIn, office: Office) -> None:
    assert log_in("writer", found_office("hill")).get(address(office.draft())).status_code == 404


@pytest.mark.parametrize("number", [0, 2, 10**30])
def test_download_of_no_version_is_not_found(client: Client, office: Office, number: int) -> None:
    assert client.get(address(office.draft(), number)).status_code == 404


def test_download_is_offered_on_the_piece_and_beside_each_version(client: Client, office: Office) -> None:
    piece = office.draft()
    for part in ("text", "versions"):
        page = tree(client.get(f"/manuscripts/{piece.pk}?part={part}"))
        links = page.xpath("//a[contains(@href, '.docx')]/@href")
        assert links == [address(piece, layout=layout) for layout in ("plain", "official")]
