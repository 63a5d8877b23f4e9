"""Two texts beside each other: two versions to read, and one's own with another's to be made one."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from hezou.manuscripts.actions import revise
from hezou.manuscripts.models import Manuscript
from tests.support.browser import Visitor
from tests.support.office import TEXT, Office, found_office, read
from tests.support.writing import editor, enter, expect_text, open_to_write

LATER = TEXT.replace("今年以来", "今年上半年").replace("12项", "15项") + "\n四、持续改进"


@pytest.fixture
def office(transactional_db: None) -> Office:
    return found_office()


@pytest.fixture
def piece(office: Office) -> Manuscript:
    return office.draft("writer", "colleague")


def keep_later(office: Office, piece: Manuscript, key: str) -> None:
    """Somebody keeps another text as the next version."""
    fresh = read(piece)
    labels = {name: getattr(fresh, name) for name in ("kind", "content_class", "openness")}
    by, named = office.fresh(key), [office.fresh("writer"), office.fresh("colleague")]
    revise(by=by, manuscript=fresh, revision=fresh.revision, text=LATER, named=named, **labels)


def in_conflict(page: Page, office: Office, piece: Manuscript) -> Page:
    """The writer's page after a colleague was faster."""
    open_to_write(enter(page, office, "writer"), piece)
    page.keyboard.insert_text("我补的一句。")
    keep_later(office, piece, "colleague")
    page.locator("button[name=do][value=keep]").click()
    expect(page.locator(".merge-bar")).to_be_visible()
    return page


def differences(page: Page, side: str) -> list[str]:
    return page.locator(f".cm-merge-{side} .cm-changedText").all_inner_texts()


def test_versions_stand_side_by_side_when_asked_for(
    visitor: Visitor, office: Office, piece: Manuscript
) -> None:
    keep_later(office, piece, "writer")
    page = enter(visitor(), office, "writer")
    page.goto(f"/manuscripts/{piece.pk}/compare?from=1&to=2")
    beside = page.locator("[data-beside]")
    beside.click()
    expect(page.locator(".halves strong")).to_have_text(["第 1 版", "第 2 版"])
    assert differences(page, "a") == ["以来", "2"]
    assert differences(page, "b") == ["上半年", "5", "四、持续改进"]
    expect(page.locator("[data-plain]")).to_be_hidden()
    assert Axe().run(page).response["violations"] == []
    beside.click()
    expect(page.locator(".cm-mergeView")).to_have_count(0)
    expect(page.locator("[data-plain]")).to_be_visible()


def test_texts_merge_beside_each_other_by_mouse(visitor: Visitor, office: Office, piece: Manuscript) -> None:
    page = in_conflict(visitor(), office, piece)
    expect(page.locator(".cm-merge-a .cm-content")).to_have_attribute("aria-readonly", "true")
    page.locator(".cm-merge-revert button").first.click()
    assert differences(page, "b") == ["2", "我补的一句。"]
    assert Axe().run(page).response["violations"] == []
    page.keyboard.press("Control+z")
    expect_text(page, f"{TEXT}我补的一句。")
    page.locator(".cm-merge-revert button").nth(1).press("Enter")
    expect_text(page, f"{TEXT}我补的一句。".replace("12项", "15项"))
    page.locator(".merge-bar [data-act=done]").click()
    expect(editor(page)).to_be_focused()
    page.keyboard.press("Control+z")
    expect_text(page, f"{TEXT}我补的一句。")


def test_texts_merge_one_under_another_on_a_phone(
    visitor: Visitor, office: Office, piece: Manuscript
) -> None:
    page = in_conflict(visitor(viewport={"width": 375, "height": 800}), office, piece)
    expect(page.locator(".cm-deletedChunk")).to_have_count(3)
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") == 375
    page.locator(".cm-chunkButtons button").nth(1).click()
    expect_text(page, f"{TEXT}我补的一句。".replace("今年以来", "今年上半年"))
    page.locator(".cm-chunkButtons button").first.click()
    expect(page.locator(".cm-deletedChunk")).to_have_count(1)
    page.locator(".merge-bar [data-act=done]").click()
    expect(page.locator(".cm-deletedChunk")).to_have_count(0)
    expect_text(page, f"{TEXT}我补的一句。".replace("今年以来", "今年上半年"))
