"""复制到群: what the group is told, on which pages, and what it is never told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.utils import timezone, translation

from hezou.kernel import clock
from hezou.people.queries import today_of
from hezou.submissions.actions import Result, adopt, submit
from hezou.submissions.models import Adoption
from hezou.web.copies import Call, Copies, of_call, reminder, results
from hezou.web.review.round import round_of
from hezou.web.templatetags.words import day, moment
from tests.support.moment import it_is
from tests.support.office import Office, read
from tests.web.conftest import LogIn
from tests.web.reading import Answer, panels, tree

INTERNAL = Copies((), is_internal=True)
NOTHING = Copies(())
TITLE = "关于推行窗口帮办服务的做法"
BARRED = "This piece is internal: nothing of it goes into a group chat. Please telephone."


def adopted(office: Office, evidence: str = "verified", **more: str) -> Adoption:
    """A piece that a body used."""
    manuscript, by = office.signed(**more), office.fresh("editor")
    [sent] = submit(by=by, manuscript=manuscript, revision=manuscript.revision, to=[office.body["区委办"]])
    result = Result("whole", evidence, today_of(office.agency), office.journal["区委办"], "第12期")
    return adopt(by=by, submission=sent, revision=1, result=result).adoption


def offered(answer: Answer) -> list[str]:
    """The texts in the boxes that the buttons copy."""
    page = tree(answer)
    boxes = [page.get_element_by_id(button) for button in page.xpath("//button/@data-copies")]
    return [str(box.value).strip() for box in boxes]


def test_reminder_says_what_waits_where_for_whom_since_when(office: Office) -> None:
    manuscript = office.handed_in()
    [text] = reminder(round_of(read(manuscript))).texts
    with translation.override("zh-hans"):
        since = moment(office.open_seat(manuscript).opened_at or clock.now())
    assert text == (
        f"【审签提醒】《{TITLE}》（编号{manuscript.number}，第一科报送）等待审签：丙某（部门审核，{since}送到）。"
        "请抽空办理，谢谢。"
    )


CALL = Call(
    asks="区委办",
    wanted="窗口帮办服务的做法，500字。",
    due_at=datetime(2026, 11, 24, 1, 0, tzinfo=UTC),
    writers="窗口管理科、信息技术科",
    back="庚某 8001",
)


def test_call_says_who_asks_for_what_until_when_of_whom_and_who_answers(office: Office) -> None:
    with timezone.override(office.agency.zone), it_is("2026-11-23 17:40"):
        assert of_call(CALL).texts == (
            "【约稿】区委办约稿：窗口帮办服务的做法，500字。请窗口管理科、信息技术科于11月24日 09:00前报送，"
            "有疑问请联系庚某 8001。谢谢。",
        )


def test_call_for_an_internal_piece_is_no_text() -> None:
    assert of_call(replace(CALL, is_internal=True)) == INTERNAL


def test_reminder_is_not_offered_where_nobody_is_waited_for(office: Office) -> None:
    assert reminder(round_of(office.draft())) == NOTHING
    assert reminder(round_of(office.signed())) == NOTHING


def test_result_says_who_used_what_how_and_who_wrote_it(office: Office) -> None:
    made = adopted(office)
    found = results(made.submission.manuscript, [made])
    with translation.override("zh-hans"):
        on = day(made.adopted_on)
    assert found.texts == (
        f"【采用消息】《{TITLE}》被区委办采用：单篇采用 · 区委办信息 第12期，{on}。作者：甲某（第一科）。",
    )


def test_result_that_is_not_certain_says_so(office: Office) -> None:
    made = adopted(office, "pending")
    assert results(made.submission.manuscript, [made]).texts[0].endswith("（待核实）")


@pytest.mark.parametrize("key", ["writer", "head"])
def test_nothing_of_an_internal_piece_is_copied(office: Office, log_in: LogIn, key: str) -> None:
    waiting, made = office.handed_in(content_class="internal"), adopted(office, content_class="internal")
    piece = made.submission.manuscript
    assert reminder(round_of(read(waiting))) == results(piece, [made]) == INTERNAL
    pages = [f"/manuscripts/{waiting.pk}?part=review", f"/manuscripts/{piece.pk}?part=submissions"]
    client = log_in(key)
    answers = [client.get(page) for page in pages]
    assert [offered(answer) for answer in answers] == [[], []]
    assert [BARRED in text.text_content() for text in map(tree, answers)] == [True, True]


def test_pages_offer_the_text_where_it_is_needed(office: Office, log_in: LogIn) -> None:
    waiting, made = office.handed_in(), adopted(office)
    client = log_in("editor")
    shown = {
        page: offered(client.get(page))
        for page in (
            f"/manuscripts/{waiting.pk}?part=review",
            f"/recording/{waiting.pk}",
            f"/manuscripts/{made.submission.manuscript_id}?part=submissions",
            f"/submissions/{made.submission_id}/adopt",
        )
    }
    assert [[TITLE in text for text in texts] for texts in shown.values()] == [[True]] * 4
    assert "Copy to the group" in panels(client.get(f"/recording/{waiting.pk}"))
