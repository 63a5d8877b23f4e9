"""Somebody telephones for a piece: the office writes it down as a text and pastes that into the group."""

from __future__ import annotations

import pytest

from tests.journeys.agency import BUREAU, Visitor, found
from tests.support.moment import it_is


def test_demand_by_telephone_becomes_a_text_for_the_group(
    visitor: Visitor, transactional_db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    with it_is("2026-11-23 17:40"):
        journey = found(visitor, BUREAU, capsys)
        writer, editor = (journey.walkers[key] for key in (BUREAU.writer, BUREAU.editor))
        assert writer.status_of("/calls/") == 403
        page = editor.page
        page.goto("/")
        editor.rests()
        editor.press("约稿通知")
        page.get_by_label("可公开", exact=True).check()
        page.get_by_label("约稿单位").fill("区委办公室")
        page.get_by_label("约稿内容").fill("窗口帮办服务的做法，500字")
        page.get_by_label("报送时限").fill("2026-11-24T09:00")
        page.get_by_label("请谁报送").fill("窗口管理科")
        editor.press("生成文字")
        told = editor.copies()
        took = editor.tally()
    assert told == (
        "【约稿】区委办公室约稿：窗口帮办服务的做法，500字。请窗口管理科于11月24日 09:00前报送，"
        "有疑问请联系林知远 0571-00000003。谢谢。"
    )
    print(f"from the call to the group: {took}")
