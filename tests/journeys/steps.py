"""What every journey of a piece begins with: labels, handing in, the hands before the last."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.agency import Journey, Plan, Walker, piece_of

TITLE = "关于推行窗口帮办服务的做法"
CLEAN = """关于推行窗口帮办服务的做法
今年以来，窗口管理科聚焦群众办事中的难点，推行窗口帮办服务，取得初步成效。
一是明确帮办事项。梳理高频事项12项，编成一张清单，在大厅公开。
二是优化办理流程。材料由窗口代为整理，群众平均少跑两次。
三是建立回访机制。问题当天转办，进一步提升工作人员的积极性、主动性。"""


def labelled(writer: Walker, plan: Plan) -> None:
    """Class, openness and kind of a piece that goes up."""
    page = writer.page
    page.get_by_label("可公开", exact=True).check()
    page.get_by_label("不予公开", exact=True).check()
    page.locator("select[name=kind]").select_option(label=plan.kind)


def begin(journey: Journey) -> str:
    """A clean piece, pasted, labelled and handed in; gives its id."""
    writer = journey.walkers[journey.plan.writer]
    writer.page.goto("/")
    writer.press("写稿")
    writer.types(CLEAN)
    labelled(writer, journey.plan)
    return hand_in(journey)


def name_stand_in(journey: Journey) -> None:
    """A unit of one person: its head is the author, so somebody else was to be named first (R2)."""
    unit, role, person = journey.plan.stand_in
    administrator = journey.administrator
    administrator.go("信息员队伍")
    administrator.press(f"修改“{unit}”")
    form = administrator.page.locator("form[action$='/cross-reviewers']")
    form.locator("select[name$=role]").select_option(label=role)
    choice = form.locator("select[name$=person] option", has_text=person)
    form.locator("select[name$=person]").select_option(value=choice.get_attribute("value"))
    form.get_by_role("button").click()
    administrator.sees(person)


def hand_in(journey: Journey) -> str:
    """送审; where the unit's head is the author, refused until a cross reviewer is named."""
    writer = journey.walkers[journey.plan.writer]
    writer.press("送审")
    if journey.plan.stand_in[0]:
        expect(writer.page.get_by_role("alert")).to_be_visible()
        name_stand_in(journey)
        writer.press("送审")
    writer.sees("审签中")
    return piece_of(writer.page)


def decide(walker: Walker, verb: str) -> None:
    """Open the piece from the desk and decide."""
    walker.page.goto("/")
    walker.press(TITLE)
    walker.press(verb)
    walker.sees(f"已{verb}")
