"""People come and go, the work goes on: absence in three clicks, a roster brought in, a desk handed over."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
import xlsxwriter
from playwright.sync_api import Page, expect

from hezou.kernel import clock
from hezou.people.models import Absence
from hezou.review.models import Decision
from tests.journeys.agency import Walker
from tests.support.browser import Visitor
from tests.support.office import TEXT, Office, found_office
from tests.support.writing import enter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def office(transactional_db: None) -> Office:
    return found_office()


def walker(visitor: Visitor, office: Office, key: str) -> Walker:
    return Walker(enter(visitor(), office, key), key)


def roster(office: Office) -> bytes:
    """A week as the office keeps it, with one name nobody has."""
    today = clock.today(office.agency.zone)
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "default_date_format": "yyyy/m/d"}) as book:
        page = book.add_worksheet("值班表")
        page.write_row(0, 0, ["某局值班表"])
        page.write_row(1, 0, ["日期", "星期", "带班领导", "值班人员", "值班电话"])
        for number in range(7):
            staff = "甲某、乙某" if number < 6 else "不在册的人"
            page.write_row(number + 2, 0, [today + timedelta(days=number), "", "己某", staff, "0571-8001"])
    return file.getvalue()


def test_absence_takes_three_clicks_and_the_deputy_goes_on(visitor: Visitor, office: Office) -> None:
    head = walker(visitor, office, "head")
    # The first time one chooses who stands in; from then on that person is chosen already.
    head.page.goto("/people/away")
    head.page.get_by_label("授权代签（AB角）").select_option(label="己某（某局）")
    head.press("会议")
    head.press("已返岗")
    piece = office.handed_in()

    head.presses = 0
    head.page.get_by_role("link", name="离岗登记").click()
    head.page.get_by_label("到明天").check()
    head.presses += 2
    head.press("出差")
    assert head.presses == 3
    head.sees("您已登记离岗：出差")
    absence = Absence.objects.latest("id")
    assert (absence.kind, (absence.ends - absence.starts).days) == ("travel", 1)

    writer = walker(visitor, office, "writer")
    writer.sees("由己某代签")
    leader = walker(visitor, office, "leader")
    leader.press(piece.title)
    leader.sees("代 丙某 签")
    leader.press("同意")
    decision = Decision.objects.get()
    assert (decision.decided_by, decision.in_name_of) == (office.person["leader"], office.person["head"])

    head.page.goto("/")
    head.press("已返岗")
    office.handed_in()
    leader.page.goto("/")
    leader.sees("没有等您处理的事")


def test_roster_is_brought_in_and_found_by_everybody(visitor: Visitor, office: Office) -> None:
    editor = walker(visitor, office, "editor")
    editor.go("信息员队伍")
    editor.press("值班表")
    editor.page.locator(".main-action").get_by_role("link", name="导入值班表").click()
    editor.page.locator("input[type=file]").set_input_files(
        {"name": "值班表.xlsx", "mimeType": XLSX, "buffer": roster(office)}
    )
    editor.press("预览")
    expect(editor.page.locator("tbody tr")).to_have_count(7)
    expect(editor.page.locator("tbody tr", has_text="没有名叫不在册的人的人员")).to_contain_text("9")
    editor.press("确认导入")
    editor.press("查看值班表")
    expect(editor.page.locator("tbody tr")).to_have_count(6)
    writer = walker(visitor, office, "writer")
    writer.sees("今日值班", "0571-8001")
    writer.press("值班表")
    writer.cannot_press("导入值班表")
    assert writer.status_of("/people/duty/import") == 403
    phone: Page = visitor(viewport={"width": 375, "height": 800})
    enter(phone, office, "colleague").goto("/people/duty")
    assert phone.evaluate("document.documentElement.scrollWidth") == 375


def test_successor_goes_on_where_somebody_left_off(visitor: Visitor, office: Office) -> None:
    draft = office.draft(text=TEXT.replace("某科", "某某科"))
    piece = office.handed_in("colleague")
    office.grant("second_editor", "unit_head", "第一科")
    administrator = walker(visitor, office, "administrator")
    assert administrator.status_of(f"/manuscripts/{draft.pk}") == 404

    def hand_over(who: str, to: str) -> None:
        administrator.page.goto(f"/people/{office.person[who].pk}")
        administrator.press("办理交接")
        administrator.page.get_by_label("接手人").select_option(label=to)
        administrator.page.get_by_label("岗位一并交接").uncheck()
        administrator.press("查看交接内容")
        administrator.sees("尚未交接")
        administrator.press("办理交接")
        administrator.sees("已交接给")

    hand_over("writer", "乙某（第一科）")
    hand_over("head", "辛某（办公室）")

    walker(visitor, office, "head").sees("没有等您处理的事")
    colleague = walker(visitor, office, "colleague")
    colleague.press(draft.title)
    colleague.press("送审")
    colleague.page.wait_for_url(f"**/manuscripts/{draft.pk}")
    successor = walker(visitor, office, "second_editor")
    successor.press(piece.title)
    successor.press("同意")
    successor.page.goto(f"/review/{piece.pk}")
    again = successor.page.get_by_role("button", name="同意", exact=True)
    expect(again).to_have_attribute("aria-disabled", "true")  # an editor too, but this level was theirs
    assert [one.decided_by for one in Decision.objects.all()] == [office.person["second_editor"]]
