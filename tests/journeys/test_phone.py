"""Everybody at a telephone of 375 pixels: a piece is written, edited in review, and signed on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from hezou.ops.cli import main
from tests.journeys.agency import BUREAU, Journey, Visitor, Walker, found, on_paper
from tests.journeys.recording import choose_photo, printed, to_record
from tests.journeys.steps import CLEAN, TITLE, begin, decide
from tests.support.paper import signed_photo

WIDTH = 375
WORDED = CLEAN.replace("取得初步成效", "群众反映良好")
COVERED = """() => [...document.querySelectorAll("main .btn, main input, main select, main summary")]
  .filter((one) => one.checkVisibility() && !one.closest(".main-action") && one.type !== "hidden")
  .filter((one) => {
    one.scrollIntoView({ block: "nearest" });
    const { left, right, top, bottom } = one.getBoundingClientRect();
    const there = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    return left < 0 || right > innerWidth || !(there && (one.contains(there) || there.contains(one)));
  })
  .map((one) => one.outerHTML.slice(0, 80))"""
"""Controls that a finger cannot reach: outside the window, or behind something else once scrolled to."""


@pytest.fixture
def journey(
    visitor: Visitor,
    transactional_db: None,
    settings: Any,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> Journey:
    """An agency founded at telephones as well."""
    settings.BLOBS = tmp_path

    def phone(**options: Any) -> Page:
        return visitor(viewport={"width": WIDTH, "height": 667}, has_touch=True, **options)

    return found(phone, on_paper(BUREAU), capsys)


def fits(walker: Walker) -> None:
    """The page is as wide as the telephone, and every control can be reached."""
    assert (walker.page.url, walker.page.evaluate("document.documentElement.scrollWidth")) == (
        walker.page.url,
        WIDTH,
    )
    assert (walker.page.url, walker.page.evaluate(COVERED)) == (walker.page.url, [])


def edits_and_agrees(head: Walker) -> None:
    """From the desk: reads, changes some words, says so, agrees."""
    head.page.goto("/")
    head.sees("等我处理")
    fits(head)
    head.press(TITLE)
    fits(head)
    head.page.get_by_text("直接修改正文").click()
    head.types(WORDED)
    fits(head)
    head.press("已作文字修改，同意。")
    head.press("同意")
    head.sees("已同意")


def test_piece_is_written_reviewed_and_recorded_on_telephones(
    journey: Journey, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = journey.plan
    writer, head, editor = (journey.walkers[key] for key in (plan.writer, *plan.hands))
    recorder = journey.walkers[plan.recorder[3]]
    piece = begin(journey)
    fits(writer)
    edits_and_agrees(head)
    editor.page.goto("/")
    editor.press(TITLE)
    expect(editor.page.locator("ins").filter(has_text="群众反映良好")).to_be_visible()
    fits(editor)
    decide(editor, "同意")
    to_record(recorder)
    fits(recorder)
    sheet = printed(recorder)
    fits(recorder)
    to_record(recorder)
    recorder.page.get_by_label("纸质签批", exact=True).check()
    choose_photo(recorder.page, signed_photo(sheet))
    recorder.press("代录签发")
    recorder.sees("已代录")
    fits(recorder)
    writer.page.goto(f"/manuscripts/{piece}?part=review")
    writer.sees("已签发", "已作文字修改，同意。", f"纸质签批，{plan.recorder[1]}代录")
    fits(writer)
    capsys.readouterr()
    assert main(["verify"]) == 0
