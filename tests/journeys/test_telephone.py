"""The leader consents by telephone in the evening; the consent is signed on paper the next day."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from hezou.ops.cli import main
from tests.journeys.agency import BUREAU, STATION, Journey, Visitor, Walker, found, on_paper
from tests.journeys.recording import choose_photo, printed, to_record
from tests.journeys.steps import TITLE, begin, decide
from tests.support.moment import it_is
from tests.support.paper import signed_photo

LEADERS = {BUREAU.pack: ("程守一", "2026年4月8日"), STATION.pack: ("卫平", "2026年4月10日")}
"""Who signs, and until when by the rules of the house: three working days here, five there."""


@pytest.fixture
def journey(
    visitor: Visitor,
    transactional_db: None,
    settings: Any,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    request: pytest.FixtureRequest,
) -> Journey:
    """The evening before a festival of three days, the agency just founded."""
    settings.BLOBS = tmp_path
    with it_is("2026-04-02 20:00"):
        return found(visitor, on_paper(request.param), capsys)


def telephoned(recorder: Walker, at: str) -> None:
    """What the leader said at that time on the telephone."""
    to_record(recorder)
    page = recorder.page
    page.get_by_label("电话同意", exact=True).check()
    page.get_by_label("签署（表态）时间").fill(at)
    page.locator("textarea[name=words]").fill("同意，按程序报送。")
    recorder.press("代录签发")


def signature_owed(recorder: Walker) -> None:
    """Open what is to be signed."""
    recorder.go("代录")
    recorder.sees("补签清单")
    recorder.page.get_by_role("link", name="交回").click()
    recorder.presses += 1


def hand_in_photo(recorder: Walker, photo: bytes) -> None:
    choose_photo(recorder.page, photo)
    recorder.press("确认已补签")


@pytest.mark.parametrize("journey", [BUREAU, STATION], indirect=True, ids=["bureau", "station"])
def test_leader_consents_by_telephone_and_signs_the_next_day(
    journey: Journey, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = journey.plan
    (leader, due), (_, name, _, key) = LEADERS[plan.pack], plan.recorder
    writer, recorder = journey.walkers[plan.writer], journey.walkers[key]
    with it_is("2026-04-02 21:10"):
        piece = begin(journey)
        to_record(recorder)
        of_an_earlier_step = signed_photo(printed(recorder))
        for hand in plan.hands:
            decide(journey.walkers[hand], "同意")
    with it_is("2026-04-02 21:20"):
        to_record(recorder)
        told = recorder.copies()
        assert told.startswith(f"【审签提醒】《{TITLE}》")
        assert f"{leader}（" in told
    with it_is("2026-04-02 21:31"):
        telephoned(recorder, "2026-04-02T21:00")  # it did not wait yet
        recorder.sees("还没有送到这一环节")
        recorder.rests()
        telephoned(recorder, "2026-04-02T21:30")
        recorder.sees(f"请于{due}前补签")
        by_telephone = recorder.tally()
        writer.page.goto(f"/manuscripts/{piece}?part=review")
        writer.sees("已签发", f"电话同意，{name}代录", "同意，按程序报送。", f"请于{due}前补签")
    with it_is("2026-04-03 09:05"):
        for walker in (recorder, writer, journey.administrator):
            walker.comes_back()
        signature_owed(recorder)
        owed = recorder.page.url
        recorder.sees(leader, "2026年4月2日 21:30", due)
        assert writer.status_of(owed) == 403
        hand_in_photo(recorder, of_an_earlier_step)
        recorder.sees("这张审签单是为")
        recorder.rests()
        sheet = signed_photo(printed(recorder))
        recorder.sees(leader, "请补签")
        signature_owed(recorder)
        hand_in_photo(recorder, sheet)
        recorder.sees(f"{leader}的补签已收到")
        expect(recorder.page.get_by_role("heading", name="补签清单")).to_have_count(0)
        assert recorder.status_of(owed) == 404
        writer.page.goto(f"/manuscripts/{piece}?part=review")
        writer.sees("已补签")
        kept = writer.page.get_by_role("link", name="签批件", exact=True).get_attribute("href") or ""
        assert [walker.status_of(kept) for walker in (writer, journey.administrator)] == [200, 404]
    capsys.readouterr()
    assert main(["verify"]) == 0
    print(f"entering the telephone call: {by_telephone}; the signature next day: {recorder.tally()}")
