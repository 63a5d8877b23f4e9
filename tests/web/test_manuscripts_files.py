"""Files of a piece on its pages: attached, taken away, shown and served to its readers alone."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from hezou.files.rules import admit
from hezou.manuscripts.models import Attachment, Manuscript
from hezou.manuscripts.queries import attachments, working_copy
from hezou.web.uploads import MOST_BYTES
from tests.support.office import TEXT, Office, found_office, read
from tests.support.pictures import bring, claiming, document, line, picture
from tests.web.bringing import refusals, upload
from tests.web.conftest import LogIn
from tests.web.forms import area, body, edit_url, hidden, writing
from tests.web.reading import Answer, panels, tree

TYPED = TEXT + "\n又一句。"
PDF = b"%PDF-1.7\nlist"


@pytest.fixture(autouse=True)
def _blobs(settings: Any, tmp_path: Path) -> None:
    settings.BLOBS = tmp_path


@pytest.fixture
def client(log_in: LogIn) -> Client:
    return log_in("writer")


@pytest.fixture
def piece(office: Office) -> Manuscript:
    return office.draft()


def change(client: Client, piece: Manuscript, text: str = TEXT, **more: Any) -> Answer:
    """The writing form of the piece sent as the page drew it, but for what is given."""
    drawn = hidden(client.get(edit_url(piece)))
    return client.post(edit_url(piece), {**writing(piece.kind, piece.creator, text=text), **drawn, **more})


def attach(
    client: Client, piece: Manuscript, data: bytes = PDF, name: str = "名单.pdf", **more: Any
) -> Answer:
    return change(client, piece, do="attach", attachment=upload(data, name), **more)


def address(piece: Manuscript, data: bytes) -> str:
    return f"/manuscripts/{piece.pk}/files/{admit(data).sha256}"


def test_attach_shows_the_file_and_keeps_what_was_typed(client: Client, piece: Manuscript) -> None:
    answer = attach(client, piece, text=TYPED)
    assert (answer.status_code, area(answer)) == (200, TYPED)
    assert "名单.pdf" in panels(answer)["Attachments"]
    copy = working_copy(piece, piece.creator)
    assert copy is not None
    assert (copy.text, hidden(answer)["copy_revision"]) == (TYPED, "1")
    assert hidden(answer)["revision"] == str(read(piece).revision)


def test_attach_then_hand_in_from_the_same_page(client: Client, piece: Manuscript) -> None:
    answer = attach(client, piece)
    sent = {**writing(piece.kind, piece.creator, text=area(answer)), **hidden(answer), "do": "hand_in"}
    client.post(edit_url(piece), sent)
    assert read(piece).state == "in_review"
    assert "名单.pdf" in panels(client.get(f"/manuscripts/{piece.pk}"))["Attachments"]


def test_attach_pressed_twice_attaches_once(client: Client, piece: Manuscript) -> None:
    drawn = hidden(client.get(edit_url(piece)))
    sent = {**writing(piece.kind, piece.creator), **drawn, "do": "attach"}
    first = client.post(edit_url(piece), {**sent, "attachment": upload(PDF, "名单.pdf")})
    second = client.post(edit_url(piece), {**sent, "attachment": upload(PDF, "名单.pdf")})
    assert (first.status_code, second.status_code, second["Location"]) == (200, 303, edit_url(piece))
    assert Attachment.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "name", "status", "says"),
    [
        (b"MZ\x00\x00", "工具.exe", 422, "Only pictures (PNG, JPEG), PDF, .docx, .xlsx and plain text"),
        (b"<svg onload='x()'>", "图.svg", 422, "Only pictures (PNG, JPEG), PDF, .docx, .xlsx and plain text"),
        (document("标题\n机密★1年"), "附件.docx", 422, "What was to be brought in bears a mark of secrecy"),
        (bytes(MOST_BYTES + 1), "大.pdf", 413, "The file is larger than 20 MB."),
        (b"%PDF-" + bytes(21 * 1024 * 1024), "大.pdf", 413, "The file is larger than 20 MB."),
        (b"", "空.pdf", 422, "The file is empty."),
        (claiming(20_000, 10_000), "全景.png", 413, "The picture has 200 million pixels; at most 60"),
        (b"PK\x03\x04 vbaProject.bin", "单.docm", 422, "The file holds macros and was not kept."),
    ],
    ids=["program", "svg", "marked", "huge", "large", "empty", "megapixels", "macros"],
)
def test_bad_file_is_named_and_what_was_typed_stays(
    client: Client, piece: Manuscript, data: bytes, name: str, status: int, says: str
) -> None:
    answer = attach(client, piece, data, name, text=TYPED)
    assert (answer.status_code, area(answer)) == (status, TYPED)
    assert [one[: len(says)] for one in refusals(answer)] == [says]
    assert not Attachment.objects.exists()


def test_attach_on_a_page_drawn_before_a_change_keeps_its_revision(client: Client, piece: Manuscript) -> None:
    drawn = hidden(client.get(edit_url(piece)))
    attach(client, piece)
    sent = {**writing(piece.kind, piece.creator, text=TYPED), **drawn, "do": "attach"}
    answer = client.post(edit_url(piece), {**sent, "deed": "", "attachment": upload(b"%PDF-2", "又.pdf")})
    assert (answer.status_code, area(answer), hidden(answer)["revision"]) == (409, TYPED, drawn["revision"])


def test_take_away_a_file(client: Client, piece: Manuscript) -> None:
    attach(client, piece)
    answer = change(client, piece, detach=str(attachments(piece)[0].pk))
    assert (answer.status_code, list(attachments(piece))) == (200, [])
    assert "None so far." in panels(answer)["Attachments"]


@pytest.mark.parametrize("forged", ["", "x", "00000000-0000-7000-8000-000000000000"])
def test_take_away_a_forged_file_is_not_found(client: Client, piece: Manuscript, forged: str) -> None:
    assert change(client, piece, detach=forged).status_code == 404


def test_attachment_is_downloaded_under_its_name_and_runs_nowhere(client: Client, piece: Manuscript) -> None:
    attach(client, piece)
    answer = client.get(address(piece, PDF))
    assert (answer.status_code, answer.content) == (200, PDF)
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''%E5%90%8D%E5%8D%95.pdf"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/pdf"


def test_same_file_again_is_not_sent_again(client: Client, piece: Manuscript) -> None:
    attach(client, piece)
    tag = client.get(address(piece, PDF))["ETag"]
    answer = client.get(address(piece, PDF), headers={"If-None-Match": tag})
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_picture_is_shown_with_its_caption_and_reduced_on_the_page(client: Client, office: Office) -> None:
    data = picture(3200, 1000, "JPEG")
    piece = office.draft(text=f"{TEXT}\n{line(bring(office.fresh('writer'), data))}")
    shown = tree(client.get(f"/manuscripts/{piece.pk}")).xpath("//figure/img")[0]
    assert (shown.get("alt"), shown.getnext().text) == ("图1　办事大厅", "图1　办事大厅")
    for _ in range(2):  # made, then read from beside the blob
        answer = client.get(shown.get("src"))
        with Image.open(BytesIO(answer.content)) as reduced:
            assert (reduced.size, answer["Content-Type"]) == ((1600, 500), "image/jpeg")
        assert answer["Content-Disposition"].startswith("inline;")
    assert client.get(address(piece, data)).content == data


def test_picture_and_attachments_stand_before_the_reviewer(
    client: Client, log_in: LogIn, office: Office
) -> None:
    piece = office.draft(text=f"{TEXT}\n{line(bring(office.fresh('writer'), picture()))}")
    answer = attach(client, piece, text=TEXT)
    sent = {**hidden(answer), "do": "hand_in"}
    text = f"{TEXT}\n{line(admit(picture()))}"
    client.post(edit_url(piece), {**writing(piece.kind, piece.creator, text=text), **sent})
    head = log_in("head")
    page = head.get(f"/review/{piece.pk}")
    assert "名单.pdf" in panels(page)["Attachments"]
    assert head.get(tree(page).xpath("//figure/img/@src")[0]).status_code == 200


@pytest.mark.parametrize("key", ["other_writer", "editor", "auditor", "administrator"])
def test_file_of_a_piece_one_may_not_read_is_not_found(
    client: Client, log_in: LogIn, piece: Manuscript, key: str
) -> None:
    attach(client, piece)
    assert log_in(key).get(address(piece, PDF)).status_code == 404


def test_file_of_another_piece_is_not_found_through_ones_own(
    client: Client, log_in: LogIn, office: Office, piece: Manuscript
) -> None:
    attach(client, piece)
    own = office.draft("other_writer")
    assert log_in("other_writer").get(address(own, PDF)).status_code == 404


def test_file_of_another_agency_is_not_found(client: Client, log_in: LogIn, piece: Manuscript) -> None:
    attach(client, piece)
    assert log_in("writer", found_office("hill")).get(address(piece, PDF)).status_code == 404


@pytest.mark.parametrize("forged", ["0" * 64, "x", "0" * 63, "A" * 64, "..%2f..%2fetc", "%00"])
def test_forged_hash_is_not_found(client: Client, piece: Manuscript, forged: str) -> None:
    assert client.get(f"/manuscripts/{piece.pk}/files/{forged}").status_code == 404


def test_file_lost_by_the_disk_is_not_found(client: Client, piece: Manuscript, settings: Any) -> None:
    attach(client, piece)
    for path in Path(settings.BLOBS).rglob(admit(PDF).sha256):
        path.unlink()
    assert client.get(address(piece, PDF)).status_code == 404


def test_file_asks_for_a_log_in(client: Client, piece: Manuscript) -> None:
    attach(client, piece)
    assert Client().get(address(piece, PDF)).status_code == 302


def test_comparison_names_attachments_that_changed(client: Client, piece: Manuscript) -> None:
    answer = attach(client, piece)
    kept = {**writing(piece.kind, piece.creator, text=area(answer)), **hidden(answer), "do": "keep"}
    client.post(edit_url(piece), kept)
    page = body(client.get(f"/manuscripts/{piece.pk}/compare"))
    assert "Attachments" in page
    assert ">名单.pdf</ins>" in page
