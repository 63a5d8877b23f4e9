"""Documents and rich text into the text area: what comes in, what is named, what is refused, what stays."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.test import Client

from hezou.documents.limits import LIMITS
from hezou.files.models import Blob
from hezou.files.rules import admit
from hezou.kernel.messages import Message, english
from hezou.manuscripts.models import BroughtPicture, Manuscript
from hezou.manuscripts.queries import current_version, working_copy
from hezou.web import uploads
from tests.documents.test_guards import nested_tables
from tests.papers.build import PAPERS
from tests.papers.dialects import Docx
from tests.support.office import TEXT, Office
from tests.support.pictures import claiming, document, line, picture
from tests.web.bringing import importing, notes, refusals
from tests.web.conftest import LogIn
from tests.web.forms import area, body, edit_url, hidden, writing

NEW, PASTE = "/manuscripts/new", "/manuscripts/paste"
TYPED = "打了一半的标题\n正文。"


@pytest.fixture(autouse=True)
def _blobs(settings: Any, tmp_path: Path) -> None:
    settings.BLOBS = tmp_path


@pytest.fixture
def client(log_in: LogIn) -> Client:
    return log_in("writer")


def repacked(whole: bytes, parts: dict[str, bytes]) -> bytes:
    """A .docx with parts replaced or added."""
    target = BytesIO()
    with ZipFile(BytesIO(whole)) as source, ZipFile(target, "w", ZIP_DEFLATED) as zipped:
        for name in source.namelist():
            if name not in parts:
                zipped.writestr(name, source.read(name))
        for name, data in parts.items():
            zipped.writestr(name, data)
    return target.getvalue()


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")
"""How a document in the old format of Word or WPS begins."""
BOMB = repacked(document(TEXT), {"word/media/a": bytes(20_000_000)})
ENTITIES = repacked(document(TEXT), {"word/styles.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'})
MACROS = repacked(document(TEXT), {"word/vbaProject.bin": b"macro"})


NESTED = Docx(nested_tables(LIMITS.nesting + 1)).pack()


def nothing_kept() -> bool:
    return not (Blob.objects.exists() or BroughtPicture.objects.exists() or Manuscript.objects.exists())


def test_import_puts_the_text_into_the_area_and_stores_no_piece(client: Client) -> None:
    answer = client.post(NEW, importing(document(TEXT)))
    assert (answer.status_code, area(answer)) == (200, TEXT)
    assert "Read from “稿件.docx”" in body(answer)
    assert nothing_kept()


def test_import_keeps_what_else_was_chosen(client: Client, office: Office) -> None:
    colleague = office.person["colleague"]
    sent = {**writing(office.kind, colleague, text=""), **importing(document(TEXT)), "author_names": "甲"}
    page = body(client.post(NEW, sent))
    assert page.count(f'value="{colleague.pk}" checked') == 1
    assert f'<option value="{office.kind}" selected>' in page
    assert 'value="甲"' in page


@pytest.mark.parametrize("slug", ["word-notes", "word-fields", "word-table-nested", "txt-gbk", "md-plan"])
def test_import_names_everything_changed_or_dropped(client: Client, slug: str) -> None:
    paper = next(one for one in PAPERS if one.slug == slug)
    made = paper.make()
    assert isinstance(made, bytes)
    answer = client.post(NEW, importing(made, paper.name))
    assert area(answer) == paper.text
    assert notes(answer) == [english(Message(code, params)) for code, params in paper.notes]


def test_import_keeps_pictures_for_whoever_brought_them(client: Client, office: Office) -> None:
    data = picture()
    text = f"{TEXT}\n{line(admit(data))}"
    answer = client.post(NEW, importing(document(text, data)))
    assert area(answer) == text
    brought = BroughtPicture.objects.get()
    assert (brought.person_id, brought.blob.sha256) == (office.person["writer"].pk, admit(data).sha256)
    client.post(NEW, writing(office.kind, office.person["writer"], text=area(answer), do="keep"))
    assert current_version(Manuscript.objects.get()).text.plain() == text


def test_import_beside_something_typed_replaces_nothing(client: Client) -> None:
    answer = client.post(NEW, importing(document(TEXT), text=TYPED))
    assert area(answer) == TYPED
    assert f"<template data-theirs>{TEXT}</template>" in body(answer)


def test_import_on_an_untouched_piece_is_saved_at_once(client: Client, office: Office) -> None:
    piece = office.draft()
    page = client.get(edit_url(piece))
    sent = {**writing(office.kind, office.person["writer"]), **hidden(page)}
    changed = TEXT.replace("12项", "13项")
    answer = client.post(edit_url(piece), {**sent, **importing(document(changed), text=TEXT)})
    copy = working_copy(piece, office.fresh("writer"))
    assert (area(answer), copy and copy.text) == (changed, changed)
    assert hidden(answer)["copy_revision"] == "1"


def test_import_beside_something_typed_on_a_piece_saves_what_was_typed(
    client: Client, office: Office
) -> None:
    piece = office.draft()
    sent = {**writing(office.kind, office.person["writer"]), **hidden(client.get(edit_url(piece)))}
    answer = client.post(edit_url(piece), {**sent, **importing(document("另一篇\n正文。"), text=TYPED)})
    copy = working_copy(piece, office.fresh("writer"))
    assert (area(answer), copy and copy.text) == (TYPED, TYPED)
    assert "<template data-theirs>另一篇\n正文。</template>" in body(answer)


def test_import_while_another_window_saved_keeps_the_revision_of_this_one(
    client: Client, office: Office
) -> None:
    piece = office.draft()
    sent = {**writing(office.kind, office.person["writer"]), **hidden(client.get(edit_url(piece)))}
    client.post(f"/manuscripts/{piece.pk}/working-copy", {"text": "另一窗口", "copy_revision": "0"})
    answer = client.post(edit_url(piece), {**sent, **importing(document(TEXT), text=TYPED)})
    copy = working_copy(piece, office.fresh("writer"))
    assert (area(answer), copy and copy.text) == (TYPED, "另一窗口")
    assert hidden(answer)["copy_revision"] == "0"


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"PK\x03\x04 no package", "a.docx", "The document is damaged"),
        ("只是文字".encode(), "a.docx", "This is no Word document (.docx)"),
        (b"", "a.docx", "The file is empty."),
        (BOMB, "a.docx", "A part of the document (word/media/a) is packed tighter"),
        (ENTITIES, "a.docx", "A part of the document (word/styles.xml) declares entities"),
        (MACROS, "a.docx", "The document holds macros and was not opened."),
        (NESTED, "a.docx", "Tables or text boxes stand inside one another more than 16 deep"),
        (OLD, "a.doc", "This is a document in the old format of Word or WPS"),
        (OLD, "a.wps", "This is a document in the old format of Word or WPS"),
        (picture(), "a.docx", "This is a picture, not a text."),
        (document("标题\n机密★1年"), "a.docx", "What was to be brought in bears a mark of secrecy"),
        (document("标题"), "秘密★1年.docx", "What was to be brought in bears a mark of secrecy"),
    ],
)
def test_bad_document_is_named_and_what_was_typed_stays(
    client: Client, data: bytes, name: str, says: str
) -> None:
    answer = client.post(NEW, importing(data, name, text=TYPED))
    assert (answer.status_code, area(answer)) == (422, TYPED)
    assert [one[: len(says)] for one in refusals(answer)] == [says]
    assert nothing_kept()


def test_import_without_a_file_is_refused(client: Client) -> None:
    answer = client.post(NEW, {"text": TYPED, "do": "import"})
    assert (answer.status_code, area(answer), refusals(answer)) == (422, TYPED, ["Choose a file first."])


def test_upload_over_the_limit_answers_413_and_keeps_the_rest_of_the_form(client: Client) -> None:
    for text in (TYPED, ""):
        answer = client.post(NEW, importing(bytes(uploads.MOST_BYTES + 1), text=text))
        assert (answer.status_code, area(answer)) == (413, text)
        assert refusals(answer) == ["The file is larger than 50 MB. Split it, or make its pictures smaller."]


def test_import_of_a_gbk_file_says_its_encoding(client: Client) -> None:
    answer = client.post(NEW, importing(TEXT.encode("gbk"), "稿件.txt"))
    assert (area(answer), notes(answer)) == (TEXT, ["The file was saved in GB18030 and was read as such."])


def test_import_of_300_pages_shows_the_text_and_says_that_it_is_too_long(client: Client) -> None:
    text = "长稿\n" + "\n".join("这是一页中的一段文字，凑足长度。" * 40 for _ in range(320))
    answer = client.post(NEW, importing(document(text)))
    assert (answer.status_code, area(answer)) == (413, text)
    assert refusals(answer)[0].startswith("The text has 205,122 characters; a piece holds at most 200,000.")
    assert nothing_kept()


def test_import_with_a_picture_of_200_megapixels_names_it(client: Client) -> None:
    data = claiming(20_000, 10_000)
    small = picture()
    whole = document(f"标题\n{line(admit(small))}", small)
    answer = client.post(NEW, importing(repacked(whole, {_part_of(whole, small): data})))
    assert [one for one in notes(answer) if "20000" in one] == [
        "Pictures of more than 100 million points were left out: 1 (the largest 20000 × 10000)."
    ]
    assert nothing_kept()


def _part_of(whole: bytes, data: bytes) -> str:
    """The name of the part that holds these bytes."""
    with ZipFile(BytesIO(whole)) as source:
        return next(name for name in source.namelist() if source.read(name) == data)


def test_import_on_a_piece_of_somebody_else_is_not_found(log_in: LogIn, office: Office) -> None:
    piece = office.draft()
    answer = log_in("other_writer").post(edit_url(piece), importing(document(TEXT)))
    assert answer.status_code == 404


def test_paste_answers_with_the_text_and_its_notes(client: Client) -> None:
    html = "<p>标题</p><table><tr><td>甲<table><tr><td>乙</td></tr></table></td><td>丙</td></tr></table>"
    answer = client.post(PASTE, {"html": html})
    assert answer.json()["text"].startswith("标题\n|甲")
    assert "Tables inside tables became text of the outer cell: 1." in answer.json()["notes"]


def test_paste_with_a_hidden_mark_is_refused(client: Client) -> None:
    html = '<p>标题</p><p style="display:none">机密★1年</p>'
    answer = client.post(PASTE, {"html": html})
    assert (answer.status_code, answer.json()["marked"]) == (422, True)
    assert "bears a mark of secrecy (“机密★1年”)" in answer.json()["message"]


def test_paste_that_cannot_be_read_is_no_mark(client: Client) -> None:
    answer = client.post(PASTE, {"html": "<div>" * 200_000})
    assert (answer.status_code, answer.json()["marked"]) == (422, False)


def test_paste_by_an_auditor_is_forbidden(log_in: LogIn) -> None:
    assert log_in("auditor").post(PASTE, {"html": "<p>甲</p>"}).status_code == 403


def test_typed_line_of_an_unknown_picture_is_refused_at_the_text(client: Client, office: Office) -> None:
    text = f"{TEXT}\n![图1](file:{'a' * 64})"
    answer = client.post(NEW, writing(office.kind, office.person["writer"], text=text, do="keep"))
    assert (answer.status_code, area(answer)) == (422, text)
    assert "The picture “图1” does not belong to this piece" in body(answer)
