"""The main job, end to end, in a browser, from an empty agency: the product's first promise."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from playwright.sync_api import expect

from hezou.documents.rules import read_document
from hezou.ops.cli import main
from tests.journeys.agency import (
    BUREAU,
    STATION,
    TELEPHONE,
    Journey,
    Plan,
    Visitor,
    Walker,
    found,
    picture,
)
from tests.journeys.steps import CLEAN, TITLE, decide, hand_in, labelled

DRAFT = """关于推行窗口帮办服务的做法
今年以来，窗口管理科聚焦群众办事中的难点，推行窗口帮办服务，取得初步成效。
一是明确帮办事项。梳理高频事项12项，编成一张清单，在大厅公开。
二是优化办理流程。材料由窗口代为整理，群众平均少跑*次。三是建立回访机制。问题当天转办。
进一步提升工作人员的积极性。主动性。"""
EDITS = {
    "文字性修改": CLEAN.replace("群众办事中的难点", "群众办事中的堵点"),
    "实质性修改": CLEAN.replace("梳理高频事项12项", "梳理高频事项15项"),
}


@pytest.fixture
def journey(visitor: Visitor, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest) -> Journey:
    return found(visitor, request.param, capsys)


def paste(writer: Walker, plan: Plan) -> None:
    """Paste, see what is wrong, be refused with the text kept, mend it."""
    page = writer.page
    writer.press("写稿")
    began = time.monotonic()
    writer.types(DRAFT)
    expect(page.locator("#findings li")).not_to_have_count(0)
    print(f"findings after {time.monotonic() - began:.1f} s")  # told, not tested: machines differ
    writer.sees("必改")
    picture(writer, "writing")
    labelled(writer, plan)
    writer.press("送审")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("textarea[name=text]")).to_have_value(DRAFT)
    writer.types(CLEAN)


def review(journey: Journey, piece: str, marked: str) -> None:
    """Every hand in turn; the editor edits. An edit of substance goes back to those who decided before."""
    plan, decided = journey.plan, []
    for key in plan.hands:
        walker, is_last = journey.walkers[key], key == plan.hands[-1]
        for later in plan.hands[plan.hands.index(key) + 1 :]:
            assert TITLE not in journey.walkers[later].text_of("/")
        if key != plan.editor:
            if is_last:
                walker.page.goto(f"/review/{piece}")
                walker.sees("堵点" if marked == "文字性修改" else "15项")
                picture(walker, "review")
            decide(walker, "签发" if is_last else "同意")
            decided.append(key)
            continue
        walker.page.goto("/")
        picture(walker, "desk")
        walker.press(TITLE)
        walker.page.get_by_text("直接修改正文").click()
        walker.types(EDITS[marked])
        walker.page.get_by_label("文字性修改").check()  # whatever is marked, the machine looks itself
        walker.press("同意")
        walker.sees(f"您的修改认定为{marked}")
        if marked == "实质性修改":
            for earlier in decided:
                decide(journey.walkers[earlier], "同意")


def takes_the_report_piece(editor: Walker, plan: Plan) -> None:
    """The .docx for a body names unit, signer, writer and telephone (R15)."""
    with editor.page.expect_download() as saving:
        editor.press("报区委办公室")
    assert saving.value.suggested_filename == f"{TITLE}（区委办公室）.docx"
    paper = read_document(Path(saving.value.path()).read_bytes(), "报送稿.docx").text
    lines = {key: (name, TELEPHONE.format(at)) for at, (_, name, _, key) in enumerate(plan.people, start=1)}
    for named in ("某区公共服务局", lines[plan.hands[-1]][0], *lines[plan.writer], TITLE):
        assert named in paper


def submit_and_adopt(journey: Journey, piece: str) -> None:
    """上报 to two bodies, 登记采用 for one."""
    editor, writer = (journey.walkers[key] for key in (journey.plan.editor, journey.plan.writer))
    editor.go("报送采用")
    editor.press("上报等待最久的一篇")
    for body in ("区委办公室", "市主管局"):
        editor.page.get_by_label(body).check()
    editor.press("下一步")
    editor.sees("不能撤回")
    takes_the_report_piece(editor, journey.plan)
    editor.press("上报")
    editor.go("报送采用")
    assert writer.status_of(f"/submissions/new/{piece}") == 403
    editor.page.get_by_role("link", name="登记区委办公室").click()
    editor.page.locator("select[name=journal]").select_option(label="每日要情")
    editor.page.get_by_label(journey.plan.form, exact=True).check()
    editor.page.get_by_label(journey.plan.evidence, exact=True).check()
    editor.press("登记")
    editor.sees("已采用")
    editor.page.get_by_role("link", name="登记区委办公室").click()
    told = editor.copies()
    assert told.startswith(f"【采用消息】《{TITLE}》被区委办公室采用：{journey.plan.form} · 每日要情，")
    assert "http" not in told


@pytest.mark.parametrize("marked", list(EDITS), ids=["wording", "substance"])
@pytest.mark.parametrize("journey", [BUREAU, STATION], indirect=True, ids=["bureau", "station"])
def test_piece_walks_from_paste_to_adoption(
    journey: Journey, marked: str, transactional_db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    writer = journey.walkers[journey.plan.writer]
    paste(writer, journey.plan)
    piece = hand_in(journey)
    assert writer.status_of(f"/review/{piece}") == 403
    review(journey, piece, marked)
    submit_and_adopt(journey, piece)
    writer.page.goto("/")
    writer.sees(TITLE, journey.plan.form)
    capsys.readouterr()
    assert main(["verify"]) == 0
    print(capsys.readouterr().out, *(f"{w.name}: {w.presses} presses" for w in journey.walkers.values()))
