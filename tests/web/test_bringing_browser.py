"""Rich text and files on their way into the editor of a real browser; axe finds nothing on their pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FilePayload, Page, Route, expect

from hezou.manuscripts.models import Manuscript, WorkingCopy
from tests.support.browser import Visitor
from tests.support.office import TEXT, Office, found_office
from tests.support.pictures import bring, document, line, picture
from tests.web.test_manuscripts_browser import edit_url, enter

TABLE = "<h1>标题</h1><table><tr><td>甲</td><td>乙<table><tr><td>丙</td></tr></table></td></tr></table>"
PLAIN = "标题\n甲\t乙\n丙"
RICH = "标题\n|甲|乙 丙|"
PASTE = """(area, [html, plain]) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", plain);
  area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def office(transactional_db: None, settings: Any, tmp_path: Path) -> Office:
    settings.BLOBS = tmp_path
    return found_office()


@pytest.fixture
def writer(visitor: Visitor, office: Office) -> Page:
    page = enter(visitor(), office, "writer")
    page.goto("/manuscripts/new")
    return page


def paste(page: Page, html: str, plain: str) -> None:
    page.locator(".cm-content").focus()
    page.locator(".cm-content").evaluate(PASTE, [html, plain])


def holds(page: Page, text: str) -> None:
    expect(page.locator("textarea[name=text]")).to_have_value(text)


def test_pasted_table_becomes_lines_and_its_losses_are_listed(writer: Page) -> None:
    paste(writer, TABLE, PLAIN)
    holds(writer, RICH)
    expect(writer.locator("[data-pasted] li")).not_to_have_count(0)
    writer.keyboard.press("Control+z")
    holds(writer, PLAIN)


def test_paste_into_the_middle_takes_the_place_of_what_was_selected(writer: Page) -> None:
    writer.keyboard.insert_text("前文旧后文")
    writer.evaluate(
        "() => { const area = document.querySelector('textarea[name=text]');"
        "area.dispatchEvent(new CustomEvent('hezou:show', {cancelable: true, detail: {from: 2, to: 3}})); }"
    )
    paste(writer, "<p>甲<sup>2</sup></p>", "甲2")
    holds(writer, "前文甲²后文")


def test_paste_that_cannot_be_read_leaves_its_plain_text(writer: Page) -> None:
    def fail(route: Route) -> None:
        route.fulfill(status=404, body="gone")

    writer.route("**/manuscripts/paste", fail)
    paste(writer, TABLE, PLAIN)
    expect(writer.locator("[data-pasted] p")).to_have_text("格式未能读取，现为纯文本。")
    holds(writer, PLAIN)


def test_words_changed_before_the_answer_stay(writer: Page) -> None:
    def late(route: Route) -> None:
        writer.keyboard.press("Backspace")
        route.continue_()

    writer.route("**/manuscripts/paste", late)
    paste(writer, TABLE, PLAIN)
    expect(writer.locator("[data-pasted] p")).to_have_text("正文已被改动，保留粘贴时的内容。")
    holds(writer, PLAIN[:-1])


@pytest.mark.parametrize("plain", ["标题\n正文", "标题\n机密★1年\n正文"], ids=["hidden", "seen"])
def test_paste_with_a_mark_of_secrecy_is_sent_nowhere(writer: Page, plain: str) -> None:
    sent: list[str] = []
    writer.on("request", lambda request: sent.append(request.post_data or ""))
    look = "<style>p { margin: 0 }</style>"
    paste(writer, look + '<p>标题</p><p style="display:none">机<b>密★1年</b></p><p>正文</p>', plain)
    expect(writer.locator("[data-save-state]")).to_contain_text("机密★1年")
    writer.wait_for_timeout(1500)
    assert [one for one in sent if "密" in one] == []
    holds(writer, "" if "密" not in plain else plain)


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "utf-16"])
def test_text_file_with_a_mark_of_secrecy_is_not_chosen(writer: Page, encoding: str) -> None:
    data = "关于有关情况的报告\n机密★1年".encode(encoding)
    chooser = writer.locator("input[name=document]")
    chooser.set_input_files(files=[FilePayload(name="报告.txt", mimeType="text/plain", buffer=data)])
    expect(writer.locator("[data-save-state]")).to_contain_text("机密★1年")
    assert chooser.evaluate("input => input.files.length") == 0


def test_document_beside_typed_words_is_brought_together_by_hand(writer: Page) -> None:
    writer.keyboard.insert_text("打了一半。")
    file: FilePayload = {
        "name": "稿件.docx",
        "mimeType": "application/octet-stream",
        "buffer": document(TEXT),
    }
    writer.locator("input[name=document]").set_input_files(files=[file])
    writer.locator("button[value=import]").click()
    bar = writer.locator(".merge-bar")
    expect(bar).to_be_visible()
    bar.locator("[data-act=take]").click()
    bar.locator("[data-act=done]").click()
    holds(writer, TEXT)


def test_leaving_after_an_import_asks(writer: Page) -> None:
    file: FilePayload = {
        "name": "稿件.docx",
        "mimeType": "application/octet-stream",
        "buffer": document(TEXT),
    }
    writer.locator("input[name=document]").set_input_files(files=[file])
    writer.locator("button[value=import]").click()
    holds(writer, TEXT)
    asked: list[str] = []

    def stay(dialog: Any) -> None:
        asked.append(dialog.type)
        dialog.accept()

    writer.on("dialog", stay)
    writer.locator("main").click()
    writer.goto("/")
    assert asked == ["beforeunload"]


def test_attach_keeps_what_was_just_typed(writer: Page, office: Office) -> None:
    piece = office.draft()
    writer.goto(edit_url(piece))
    writer.locator(".cm-content").click()
    writer.keyboard.press("Control+End")
    writer.keyboard.insert_text("又一句。")
    file: FilePayload = {"name": "清单.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    writer.locator("input[name=attachment]").set_input_files(files=[file])
    writer.locator("button[value=attach]").click()
    expect(writer.get_by_role("link", name="清单.pdf")).to_be_visible()
    holds(writer, TEXT + "又一句。")
    assert WorkingCopy.objects.get().text == TEXT + "又一句。"
    writer.get_by_role("button", name="移除清单.pdf").click()
    expect(writer.get_by_role("link", name="清单.pdf")).to_have_count(0)
    holds(writer, TEXT + "又一句。")


@pytest.mark.parametrize("width", [1280, 375])
def test_axe_finds_nothing_where_files_stand(visitor: Visitor, office: Office, width: int) -> None:
    page = enter(visitor(viewport={"width": width, "height": 800}), office, "writer")
    piece = _with_everything(page, office)
    for address in (edit_url(piece), f"/manuscripts/{piece.pk}", f"/manuscripts/{piece.pk}?part=versions"):
        page.goto(address)
        expect(page.get_by_role("main")).to_be_visible()
        assert [one["id"] for one in Axe().run(page).response["violations"]] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def _with_everything(page: Page, office: Office) -> Manuscript:
    """A piece with a picture and an attachment; a document was read beside what is typed into it."""
    photo = bring(office.fresh("writer"), picture(1200, 600, "JPEG", "steelblue"))
    piece = office.draft(text=f"{TEXT}\n{line(photo)}")
    page.goto(edit_url(piece))
    file: FilePayload = {
        "name": "参加人员名单（第三批）.pdf",
        "mimeType": "application/pdf",
        "buffer": b"%PDF-1.7",
    }
    page.locator("input[name=attachment]").set_input_files(files=[file])
    page.locator("button[value=attach]").click()
    expect(page.get_by_role("link", name="参加人员名单（第三批）.pdf")).to_be_visible()
    return piece
