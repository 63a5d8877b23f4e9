"""Files through the door: attached, taken away, read, shown; by their bytes, none of internal versions."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest

from hezou.api.shapes.files import PIXEL
from hezou.files.actions import put
from hezou.files.rules import admit
from hezou.files.serving import SANDBOX
from hezou.manuscripts.actions import bring_pictures, revise
from hezou.manuscripts.models import Attachment, Manuscript
from tests.api.conftest import MachineOf
from tests.api.machine import PIECE, Machine
from tests.support.office import TEXT, Office, edit_of, read
from tests.support.pictures import picture


@pytest.fixture(autouse=True)
def _blobs(settings: Any, tmp_path: Path) -> None:
    settings.BLOBS = tmp_path


def coded(data: bytes) -> str:
    return b64encode(data).decode()


def attach(by: Machine, piece: dict[str, Any], data: bytes, name: str = "附件.png") -> Any:
    sent = {"name": name, "content": coded(data), "revision": piece["revision"]}
    return by.post(f"/manuscripts/{piece['id']}/attachments", sent)


def test_a_file_is_attached_read_and_taken_away(machine: MachineOf) -> None:
    by = machine("writer")
    piece = by.begin()
    path, data = f"/manuscripts/{piece['id']}", picture()
    held = attach(by, piece, data, "../附件\u202e1.png")
    [row] = held.body["items"]
    assert (held.status, row["name"], row["size"], row["content_type"]) == (
        201,
        "附件1.png",
        len(data),
        "image/png",
    )
    assert by.get(f"{path}/attachments").body == held.body
    answer = by.download(f"{path}/files/{row['sha256']}")
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, data, "image/png")
    assert (answer["Content-Security-Policy"], answer["X-Content-Type-Options"]) == (SANDBOX, "nosniff")
    assert answer["Content-Disposition"].startswith("attachment;")
    gone = by.delete(f"{path}/attachments/{row['id']}", **{"If-Match": held.headers["ETag"]})
    assert (gone.status, gone.body["items"]) == (200, [])
    stale = by.delete(f"{path}/attachments/{row['id']}", **{"If-Match": gone.headers["ETag"]})
    assert stale.told == (404, "kernel.not_found")
    assert by.get(f"{path}/files/{row['sha256']}").told == (404, "kernel.not_found")


def test_a_file_is_attached_once_and_at_the_revision_seen(machine: MachineOf) -> None:
    by = machine("writer")
    piece = by.begin()
    path = f"/manuscripts/{piece['id']}/attachments"
    sent = {"name": "附件.png", "content": PIXEL, "revision": piece["revision"]}
    first, second = (by.post(path, sent, key="one") for _ in range(2))
    assert (second.status, second.body, len(Attachment.objects.all())) == (201, first.body, 1)
    assert attach(by, piece, picture()).told == (409, "kernel.stale")
    [row] = first.body["items"]
    assert by.delete(f"{path}/{row['id']}", **{"If-Match": '"1"'}).told == (409, "kernel.stale")
    assert by.delete(f"{path}/{row['id']}").told == (422, "api.no_revision")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "files.empty"),
        (b"MZ\x90\x00", "files.not_kept"),
        (b"<svg onload=alert(1)>", "files.not_kept"),
        ("绝密★1年\n内容".encode(), "manuscript.file_mark"),
    ],
)
def test_what_may_not_be_kept_is_refused(machine: MachineOf, data: bytes, code: str) -> None:
    by = machine("writer")
    assert attach(by, by.begin(), data, "附件.txt").told == (422, code)
    assert not Attachment.objects.exists()


def test_bytes_come_as_base64(machine: MachineOf) -> None:
    by = machine("writer")
    piece = by.begin()
    sent = {"name": "x", "content": "no base64!", "revision": piece["revision"]}
    assert by.post(f"/manuscripts/{piece['id']}/attachments", sent).told == (422, "api.wrong")


def test_a_picture_that_was_brought_in_is_shown_by_its_line(machine: MachineOf) -> None:
    by = machine("writer")
    brought = by.post("/pictures", {"content": coded(picture())})
    assert (brought.status, brought.body["line"]) == (201, f"![](file:{brought.body['sha256']})")
    text = f"{TEXT}\n{brought.body['line']}"
    piece = by.begin(text=text)
    path = f"/manuscripts/{piece['id']}/files/{brought.body['sha256']}"
    assert by.download(path).content == picture()
    other = machine("colleague")
    assert other.post("/manuscripts", {**PIECE, "text": text}).told == (422, "manuscript.picture_unknown")
    assert other.get(path).told == (404, "kernel.not_found")
    assert by.post("/pictures", {"content": coded("文字".encode())}).told == (422, "files.not_kept")


def test_files_of_internal_versions_stay_inside(office: Office, machine: MachineOf) -> None:
    writer, head = machine("writer"), machine("head")
    shown = writer.post("/pictures", {"content": coded(picture(colour="#123456"))}).body
    piece = writer.begin(text=f"{TEXT}\n{shown['line']}")
    path = f"/manuscripts/{piece['id']}/files/{shown['sha256']}"
    writer.post(f"/manuscripts/{piece['id']}/hand-in", {"revision": piece["revision"]})
    row = Manuscript.objects.get(pk=piece["id"])
    assert head.download(path).status_code == 200
    office.decide(row, "head", edit=edit_of(read(row), TEXT, content_class="internal", marked="substance"))
    assert head.get(path).told == (403, "access.internal_stays")


def test_a_file_of_an_internal_version_of_an_open_piece_stays_inside(
    office: Office, machine: MachineOf
) -> None:
    """The piece is public again; what it showed while it was internal is not told."""
    by = machine("writer")
    content = admit(picture(colour="#123456"))
    put(office.agency.pk, content)
    bring_pictures(by=office.fresh("writer"), pictures=[content])
    text = f"{TEXT}\n![](file:{content.sha256})"
    piece = office.draft(text=text, content_class="internal")
    publish(office, piece, TEXT)
    path = f"/manuscripts/{piece.pk}"
    assert [row["number"] for row in by.get(f"{path}/versions").body["items"]] == [2]
    assert by.get(f"{path}/files/{content.sha256}").told == (404, "kernel.not_found")
    publish(office, piece, text)
    assert by.download(f"{path}/files/{content.sha256}").status_code == 200


def publish(office: Office, piece: Manuscript, text: str) -> None:
    """The writer keeps another text of the piece, as a public one."""
    fresh, by = read(piece), office.fresh("writer")
    labels = {"kind": fresh.kind, "content_class": "public", "openness": fresh.openness}
    revise(by=by, manuscript=fresh, revision=fresh.revision, text=text, named=[by], **labels)


def test_only_writers_change_files_and_only_readers_get_them(office: Office, machine: MachineOf) -> None:
    writer, head, stranger = machine("writer"), machine("head"), machine("other_writer")
    piece = writer.begin()
    held = attach(writer, piece, picture())
    [row] = held.body["items"]
    handed_in = writer.post(f"/manuscripts/{piece['id']}/hand-in", {}, **{"If-Match": held.headers["ETag"]})
    path = f"/manuscripts/{piece['id']}"
    assert head.download(f"{path}/files/{row['sha256']}").status_code == 200
    assert attach(head, handed_in.body, picture(colour="#654321")).told == (403, "kernel.forbidden")
    assert attach(writer, handed_in.body, picture(colour="#654321")).told == (422, "kernel.impossible")
    for ask in (f"{path}/attachments", f"{path}/files/{row['sha256']}"):
        assert stranger.get(ask).told == (404, "kernel.not_found")


def test_somebody_is_let_read_a_piece(office: Office, machine: MachineOf) -> None:
    writer, other = machine("writer"), machine("other_writer")
    piece = writer.begin()
    path = f"/manuscripts/{piece['id']}"
    assert other.get(path).status == 404
    sent = {"person": str(office.person["other_writer"].pk), "revision": piece["revision"]}
    assert writer.post(f"{path}/readers", sent).status == 200
    assert other.get(path).status == 200
    again = {**sent, "revision": piece["revision"] + 1}
    assert other.post(f"{path}/readers", again).told == (403, "kernel.forbidden")
