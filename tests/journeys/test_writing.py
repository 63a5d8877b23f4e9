"""Writing by keyboard alone: a long draft with its slips mended, and a conflict of two people merged."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Page, expect

from hezou.kernel.text import count_characters
from hezou.manuscripts.models import Manuscript
from hezou.manuscripts.queries import current_version
from tests.support.browser import Visitor
from tests.support.office import Office, found_office, read
from tests.support.writing import (
    editor,
    enter,
    expect_saved,
    expect_selected,
    expect_text,
    find,
    open_to_write,
    selected,
    text_of,
)

TITLE = "关于某科推行窗口帮办服务情况的报告"
SECTIONS = (
    ("梳理帮办事项", "逐项核对高频事项，编成清单，在大厅和网站公开。"),
    ("优化办理流程", "材料由窗口代为整理，群众只需到场一次，当场领取回执。"),
    ("建立回访机制", "每件事项办结后由专人回访，发现问题当天转办，限期答复。"),
    ("加强人员培训", "每周安排一次集中学习，由业务骨干讲解常见问题和办理要点。"),
)
NUMERALS = "一二三四"
LONG_ENOUGH = 2000
DOUBLED, LEFT_OPEN, FILLED = "。。", "XX", "12"


def clean_text() -> str:
    """A draft of at least 2,000 characters in which the checks find nothing."""
    paragraphs = [TITLE]
    for numeral, (heading, sentence) in zip(NUMERALS, SECTIONS, strict=True):
        paragraphs.append(f"{numeral}、{heading}")
        paragraphs.append(sentence * 20)
    paragraphs.append(f"目前已公开清单{FILLED}张。")
    return "\n".join(paragraphs)


def with_slips(text: str) -> str:
    return text.replace("公开。", f"公开{DOUBLED}", 1).replace(FILLED, LEFT_OPEN)


@pytest.fixture
def office(transactional_db: None) -> Office:
    return found_office()


def type_out(page: Page, text: str) -> None:
    """As an input method hands words over, a few characters at a time; Enter after each paragraph."""
    for number, paragraph in enumerate(text.split("\n")):
        if number:
            page.keyboard.press("Enter")
        for at in range(0, len(paragraph), 12):
            page.keyboard.insert_text(paragraph[at : at + 12])


def mend(page: Page, findings: int) -> None:
    """Walk the findings and mend each by keys."""
    found = page.locator("#findings li")
    expect(found).to_have_count(findings)
    for left in reversed(range(findings)):
        page.keyboard.press("F8")
        if selected(page) == LEFT_OPEN:
            page.keyboard.type(FILLED)
        else:
            page.keyboard.press("Alt+Enter")
        expect(found).to_have_count(left)


def test_draft_of_2000_characters_is_typed_and_mended_by_keyboard(visitor: Visitor, office: Office) -> None:
    page = enter(visitor(), office, "writer")
    piece = office.draft(text="关于某科工作的报告\n待写。")
    text = clean_text()
    assert count_characters(text) >= LONG_ENOUGH
    open_to_write(page, piece)
    began = time.monotonic()
    page.keyboard.press("Control+a")
    type_out(page, with_slips(text))
    expect_text(page, with_slips(text))
    mend(page, findings=2)
    expect_text(page, text)
    expect_saved(piece, office.person["writer"], text)
    find(page, TITLE)
    page.keyboard.press("Control+s")
    page.locator("button[name=do][value=hand_in]").press("Enter")
    page.wait_for_url(f"**/manuscripts/{piece.pk}")
    assert time.monotonic() - began < 120
    assert (read(piece).state, current_version(read(piece)).text.plain()) == ("in_review", text)


def test_conflict_of_two_people_is_merged_by_keyboard(visitor: Visitor, office: Office) -> None:
    text = clean_text()
    piece = office.draft("writer", "colleague", text=text)
    one, other = (open_to_write(enter(visitor(), office, key), piece) for key in ("writer", "colleague"))
    find(one, "高频")
    one.keyboard.insert_text("常见")
    find(one, "限期答复")
    one.keyboard.insert_text("三日内答复")
    find(other, "当场领取回执")
    other.keyboard.insert_text("当场取件")
    other.keyboard.press("Control+End")
    other.keyboard.insert_text("\n五、下一步打算\n继续完善帮办服务。")
    theirs, mine = text_of(one), text_of(other)
    expect_saved(piece, office.person["writer"], theirs)
    expect_saved(piece, office.person["colleague"], mine)
    one.locator("button[name=do][value=keep]").press("Enter")
    one.wait_for_url(f"**/manuscripts/{piece.pk}")
    other.locator("button[name=do][value=keep]").press("Enter")
    expect(other.locator(".cm-mergeView")).to_be_visible()
    take(other, "高频")
    take(other, "限期")
    merged = text_of(other)
    assert merged == mine.replace("高频", "常见", 1).replace("限期答复", "三日内答复", 1)
    other.locator(".merge-bar [data-act=done]").press("Enter")
    expect(editor(other)).to_be_focused()
    other.locator("button[name=do][value=keep]").press("Enter")
    other.wait_for_url(f"**/manuscripts/{piece.pk}")
    assert versions(piece) == [text, theirs, merged]


def take(page: Page, words: str) -> None:
    """Go from difference to difference to the one at these words, and take the other text there."""
    for _ in range(6):
        if selected(page) == words:
            break
        page.keyboard.press("F7")
    expect_selected(page, words)
    page.keyboard.press("Control+Enter")


def versions(piece: Manuscript) -> list[str]:
    """The text of every version, the oldest first."""
    return [one.text.plain() for one in piece.versions.order_by("number").select_related("text")]
