"""Writing in a real browser: findings while typing, two windows, marks of secrecy; axe finds nothing."""

from __future__ import annotations

import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Request, expect

from hezou.manuscripts.models import Manuscript
from hezou.manuscripts.queries import current_version, working_copy
from tests.support.browser import Visitor
from tests.support.office import PASSWORD, TEXT, Office, found_office, read

SLIPS = TEXT.replace("12项", "XX项").replace("公开。", "公开。。")

SELECTED = """() => {
  const area = document.querySelector("textarea[name=text]");
  return area.value.slice(area.selectionStart, area.selectionEnd) || String(getSelection());
}"""
"""What is selected in the area, or in the editor that stands for it."""


@pytest.fixture
def office(transactional_db: None) -> Office:
    return found_office()


@pytest.fixture
def writer(visitor: Visitor, office: Office) -> Page:
    return enter(visitor(), office, "writer")


def enter(page: Page, office: Office, key: str) -> Page:
    """Log in through the page."""
    account = office.account(key)
    page.goto("/login/")
    page.locator("input[name=login]").fill(account.username)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/")
    return page


def paste(page: Page, text: str) -> None:
    """As one paste: the whole text with a single event."""
    page.locator("textarea[name=text]").focus()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)


def edit_url(piece: Manuscript) -> str:
    return f"/manuscripts/{piece.pk}/edit"


def test_findings_stand_beside_a_pasted_text_within_two_seconds(writer: Page) -> None:
    writer.goto("/manuscripts/new")
    expect(writer.locator("textarea[name=text]")).to_be_focused()
    began = time.monotonic()
    paste(writer, SLIPS)
    expect(writer.locator("#findings li")).to_have_count(2)
    assert time.monotonic() - began < 2
    writer.locator("#findings li button").first.click()
    assert writer.evaluate(SELECTED) == "XX"


def test_marked_text_never_leaves_the_browser(writer: Page) -> None:
    writer.goto("/manuscripts/new")
    sent: list[str] = []

    def see(request: Request) -> None:
        sent.append(request.post_data or "")

    writer.on("request", see)
    paste(writer, f"机密★1年\n{TEXT}")
    writer.wait_for_timeout(1500)
    writer.locator("button[name=do][value=keep]").click()
    writer.wait_for_timeout(500)
    assert [one for one in sent if "机密" in one] == []
    assert not Manuscript.objects.exists()


def test_two_windows_of_one_writer_lose_nothing(writer: Page, office: Office) -> None:
    piece = office.draft()
    other = writer.context.new_page()
    for window in (writer, other):
        window.goto(edit_url(piece))
    paste(other, TEXT + "\n那边写的。")
    expect(other.locator("[data-save-state]")).not_to_be_empty()
    paste(writer, TEXT + "\n这边写的。")
    writer.locator("button[name=do][value=keep]").click()
    expect(writer.locator("#conflict ins").last).to_contain_text("这")
    expect(writer.locator("textarea[name=text]")).to_have_value(TEXT + "\n这边写的。")
    kept = working_copy(read(piece), office.person["writer"])
    assert kept is not None
    assert kept.text == TEXT + "\n那边写的。"
    paste(writer, TEXT + "\n两边都留下。")
    writer.locator("button[name=do][value=keep]").click()
    writer.wait_for_url(f"**/manuscripts/{piece.pk}")
    assert current_version(read(piece)).text.plain() == TEXT + "\n两边都留下。"


@pytest.mark.parametrize("width", [1280, 375])
def test_axe_finds_nothing(writer: Page, office: Office, width: int) -> None:
    draft, piece = office.draft(text=SLIPS), office.handed_in(content_class="internal")
    parts = ["text", "versions", "review", "submissions", "readers", "history"]
    paths = [
        "/",
        "/manuscripts/?mine=1",
        "/manuscripts/new",
        edit_url(draft),
        f"/manuscripts/{draft.pk}/compare",
    ]
    writer.set_viewport_size({"width": width, "height": 800})
    for path in [*paths, *(f"/manuscripts/{piece.pk}?part={part}" for part in parts)]:
        writer.goto(path)
        assert (path, Axe().run(writer).response["violations"]) == (path, [])
        assert (path, writer.evaluate("document.documentElement.scrollWidth")) == (path, width)
