"""The leader has no account: signs the printed sheet, and its photo closes the step."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from hezou.ops.cli import main
from tests.journeys.agency import BUREAU, STATION, Journey, Visitor, Walker, found, on_paper
from tests.journeys.recording import choose_photo, printed, to_record
from tests.journeys.steps import begin, decide
from tests.support.paper import signed_photo
from tests.support.pictures import picture


@pytest.fixture
def journey(
    visitor: Visitor,
    transactional_db: None,
    settings: Any,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    request: pytest.FixtureRequest,
) -> Journey:
    settings.BLOBS = tmp_path
    return found(visitor, on_paper(request.param), capsys)


def hand_in_photo(recorder: Walker, photo: bytes) -> None:
    """At the step that waits: signed on paper, with this photo."""
    to_record(recorder)
    recorder.page.get_by_label("纸质签批", exact=True).check()
    choose_photo(recorder.page, photo)
    recorder.press("代录签发")


def others_keep_out(journey: Journey, piece: str) -> None:
    """Neither the author nor those who decided before can enter it; nobody sends the piece up yet."""
    plan = journey.plan
    for key in (plan.writer, plan.hands[0]):
        assert journey.walkers[key].status_of("/recording/") == 403
        assert journey.walkers[key].status_of(f"/recording/{piece}") == 403
    editor = journey.walkers[plan.editor]
    editor.page.goto(f"/submissions/new/{piece}")
    expect(editor.page.get_by_role("button", name="下一步", exact=True)).to_be_disabled()


def is_still_waiting(writer: Walker, piece: str) -> None:
    writer.page.goto(f"/manuscripts/{piece}")
    writer.sees("审签中")


@pytest.mark.parametrize("journey", [BUREAU, STATION], indirect=True, ids=["bureau", "station"])
def test_leader_signs_on_paper_and_the_photo_closes_the_step(
    journey: Journey, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = journey.plan
    piece = begin(journey)
    writer, recorder = journey.walkers[plan.writer], journey.walkers[plan.recorder[3]]
    to_record(recorder)
    of_an_earlier_step = signed_photo(printed(recorder))
    for key in plan.hands:
        decide(journey.walkers[key], "同意")
    others_keep_out(journey, piece)
    recorder.rests()
    to_record(recorder)
    sheet = printed(recorder)
    at_the_printer = recorder.tally()
    for wrong, why in ((of_an_earlier_step, "这张审签单是为"), (picture(), "图上没有找到审签单识别码")):
        hand_in_photo(recorder, wrong)
        recorder.sees(why)
        is_still_waiting(writer, piece)
    recorder.rests()
    hand_in_photo(recorder, signed_photo(sheet))
    recorder.sees("已代录")
    after_the_signature = recorder.tally()
    writer.page.goto(f"/manuscripts/{piece}?part=review")
    writer.sees("已签发", f"纸质签批，{plan.recorder[1]}代录")
    kept = writer.page.get_by_role("link", name="签批件", exact=True).get_attribute("href") or ""
    assert [walker.status_of(kept) for walker in (writer, journey.administrator)] == [200, 404]
    capsys.readouterr()
    assert main(["verify"]) == 0
    print(f"printing the sheet: {at_the_printer}; closing the step: {after_the_signature}")
