"""The office selects among what came in: by keys alone, by finger on a phone, undone before confirming."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Locator, Page, expect

from hezou.manuscripts.models import Manuscript
from hezou.review.models import Selection
from tests.support.browser import Visitor
from tests.support.office import TEXT, Office, found_office, read
from tests.support.writing import enter

KINDS = ("experience", "experience", "problem", "news", "news", "experience")


@pytest.fixture
def office(transactional_db: None) -> Office:
    return found_office()


@pytest.fixture
def pieces(office: Office) -> list[Manuscript]:
    """Six pieces that their unit has passed, in the order in which they came in."""
    found = []
    for number, kind in enumerate(KINDS):
        piece = office.handed_in(text=TEXT.replace("关于", f"第{number + 1}篇：关于"), kind=kind)
        office.decide(piece, "head")
        if kind == "problem":
            office.decide(piece, "leader")
        found.append(piece)
    return found


def row(page: Page, piece: Manuscript) -> Locator:
    return page.locator("[data-row]", has_text=read(piece).title)


def chosen(page: Page, piece: Manuscript) -> str:
    return str(row(page, piece).locator("input:checked").get_attribute("value"))


def verdicts() -> dict[object, str]:
    return {one.manuscript_id: one.verdict for one in Selection.objects.order_by("number")}


def test_six_pieces_are_selected_by_keys_and_one_is_undone(
    visitor: Visitor, office: Office, pieces: list[Manuscript]
) -> None:
    page = enter(visitor(), office, "editor")
    page.get_by_role("link", name="来稿筛选").first.click()
    expect(page.locator("[data-row]")).to_have_count(6)
    page.wait_for_load_state()  # keys are heard once the script of the page is there
    began = time.monotonic()
    keyboard = page.keyboard
    keyboard.press("1")
    keyboard.press("2")
    keyboard.press("4")  # a kind that is never published: nothing happens, the row waits for another key
    assert chosen(page, pieces[2]) == ""
    for key in "345":
        keyboard.press(key)
    keyboard.type("请补充数据来源，5月底前报来")  # digits in a reason are digits
    expect(page.locator("[data-picked]")).to_have_text("已选5篇")
    assert [chosen(page, one) for one in pieces] == [
        "take_up",
        "keep",
        "merge",
        "publicise",
        "supplement",
        "",
    ]

    row(page, pieces[1]).locator("input:checked").focus()
    keyboard.press("0")
    row(page, pieces[5]).locator("input:checked").focus()
    keyboard.press("2")
    keyboard.press("Backspace")
    assert (chosen(page, pieces[1]), chosen(page, pieces[5])) == ("", "")
    assert verdicts() == {}
    page.get_by_role("button", name="确认筛选").press("Enter")
    expect(page.get_by_text("已筛选：采用 1")).to_be_visible()
    assert time.monotonic() - began < 60
    assert verdicts() == {
        pieces[0].pk: "take_up",
        pieces[2].pk: "merge",
        pieces[3].pk: "publicise",
        pieces[4].pk: "supplement",
    }
    assert read(pieces[4]).state == "returned"
    expect(page.locator("[data-row]")).to_have_count(2)

    writer = enter(visitor(), office, "writer")
    writer.goto("/notices/")
    for words in ("已被办公室采用", "办公室拟并入综合稿", "办公室建议转宣传"):
        expect(writer.get_by_text(words).first).to_be_visible()
    assert writer.request.get("/review/selecting").status == 403


def test_pieces_are_selected_on_a_phone(visitor: Visitor, office: Office, pieces: list[Manuscript]) -> None:
    page = enter(visitor(viewport={"width": 375, "height": 800}, has_touch=True), office, "editor")
    page.goto("/review/selecting")
    assert page.evaluate("document.documentElement.scrollWidth") == 375
    row(page, pieces[0]).get_by_text("留用").tap()
    reason = row(page, pieces[1]).get_by_label("需要补充什么")
    expect(reason).to_be_hidden()
    row(page, pieces[1]).get_by_text("退回补充").tap()
    page.get_by_role("button", name="确认筛选").tap()
    expect(page.get_by_text("尚未筛选，您的选择仍保留在下面")).to_be_visible()
    reason.fill("请补充数据")
    page.get_by_role("button", name="确认筛选").tap()
    expect(page.locator("[data-row]")).to_have_count(4)
    assert verdicts() == {pieces[0].pk: "keep", pieces[1].pk: "supplement"}
