"""An administrator changes the rules in the browser: a name, then a route; begun rounds keep theirs."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from hezou.ops.cli import main
from tests.journeys.agency import BUREAU, STATION, Journey, Walker, piece_of
from tests.journeys.test_main_job import CLEAN, hand_in, journey

__all__ = ["journey"]

LEADER = {"district-bureau": "业务分管领导", "county-station": "分管副站长"}
"""What each agency calls the leader in charge, who is asked at the level that is added."""
ROUTE = {"district-bureau": "三级审签", "county-station": "五道手续"}
RENAMED = "业务口领导"


def write(journey: Journey, *, again: bool = False) -> str:
    """A piece handed in by the writer; its id."""
    writer = journey.walkers[journey.plan.writer]
    writer.page.goto("/")
    writer.press("写稿")
    writer.types(CLEAN.replace("窗口帮办服务", "上门帮办服务") if again else CLEAN)
    writer.page.get_by_label("可公开", exact=True).check()
    writer.page.get_by_label("不予公开", exact=True).check()
    writer.page.locator("select[name=kind]").select_option(label=journey.plan.kind)
    if not again:
        return hand_in(journey)
    writer.press("送审")
    writer.sees("审签中")
    return piece_of(writer.page)


def way(walker: Walker, piece: str) -> list[str]:
    """The steps of a piece's present round, as its page shows them."""
    walker.page.goto(f"/manuscripts/{piece}?part=review")
    return walker.page.locator(".stepper .label").all_inner_texts()


def open_rules(administrator: Walker, name: str) -> None:
    """设置 → 规则 → one document → its form."""
    administrator.go("设置")
    administrator.press("规则")
    administrator.press(name)
    administrator.press("修改")


def row_of(administrator: Walker, title: str) -> Locator:
    """A folded row of the form, opened."""
    row = administrator.page.locator(
        "details.rule", has=administrator.page.locator(f"summary:text-is('{title}')")
    )
    row.locator("summary").first.click()
    return row


def adopt(administrator: Walker, reason: str) -> None:
    """Say why and adopt."""
    administrator.page.get_by_label("修改原因").fill(reason)
    administrator.press("采用")
    expect(administrator.page.get_by_role("status").filter(has_text="已采用")).to_be_visible()


def rename_role(journey: Journey) -> None:
    """The role gets another name; at once the directory calls it so."""
    administrator, old = journey.administrator, LEADER[journey.plan.pack]
    open_rules(administrator, "名称用语")
    administrator.press("预览改动")
    administrator.sees("与最新一版相同，还没有改动。")
    administrator.page.get_by_label("名称", exact=True).and_(
        administrator.page.locator(f"[value='{old}']")
    ).fill(RENAMED)
    administrator.press("预览改动")
    administrator.sees(f"岗位 › {RENAMED}", RENAMED)
    administrator.press("采用")
    expect(administrator.page.get_by_role("alert")).to_contain_text("请用几句话说明为什么修改")
    adopt(administrator, "分工调整后的叫法")
    administrator.sees("分工调整后的叫法", "第 2 版")
    administrator.go("信息员队伍")
    expect(administrator.page.get_by_role("main")).to_contain_text(
        RENAMED if journey.plan is STATION else "签发人"
    )


def add_level(journey: Journey) -> None:
    """A level behind the signature is refused at its route, nothing lost; before it, it is not."""
    administrator, page = journey.administrator, journey.administrator.page
    open_rules(administrator, "审签流程")
    row_of(administrator, ROUTE[journey.plan.pack])
    page.locator("#routes-0-levels > button").click()
    added = page.locator("#routes-0-levels > .rule").last
    name = str(added.get_attribute("id"))
    page.locator(f"[name={name}-label-zh]").fill("把关")
    page.locator(f"[name={name}-steps-0-label-zh]").fill("分管把关")
    page.locator(f"[name={name}-steps-0-role]").select_option(label=RENAMED)
    page.locator(f"[name={name}-steps-0-counts]").uncheck()
    administrator.press("预览改动")
    expect(page.get_by_role("alert")).to_contain_text("最后一级只能有一个环节")
    expect(page.locator("#routes-0-levels > .field-error")).to_contain_text("最后一级")
    page.locator(f"button[value='up:{name}']").click()
    page.wait_for_load_state()
    moved = f"{name.rsplit('-', 1)[0]}-{int(name.rsplit('-', 1)[1]) - 1}"
    expect(page.locator(f"[name={moved}-steps-0-label-zh]")).to_have_value("分管把关")
    administrator.press("预览改动")
    administrator.sees(f"审签流程 › {ROUTE[journey.plan.pack]} › 把关", "审签中的稿件 1 篇")


def try_it(journey: Journey) -> None:
    """这篇稿子会由谁签, asked of the changed route before it is adopted."""
    administrator, page = journey.administrator, journey.administrator.page
    writer = next(row for row in journey.plan.people if row[3] == journey.plan.writer)
    page.get_by_label("体裁").select_option(label=journey.plan.kind)
    page.get_by_label("作者", exact=True).select_option(label=f"{writer[1]}（{writer[0]}）")
    administrator.press("看会由谁签")
    if journey.plan is STATION:
        administrator.sees("这样的稿件可以送审")
        expect(page.locator("[role=status] tr", has_text="分管把关")).to_contain_text("方远")
    else:
        administrator.sees("还没有人担任", "这样的稿件会被拒绝")
        expect(page.locator("[role=status] tr", has_text="分管把关")).to_contain_text("无人")


def name_leader(journey: Journey) -> None:
    """Whom the changed route asks for is named on their own page, under the new name of the role."""
    administrator = journey.administrator
    administrator.go("信息员队伍")
    administrator.press("程守一")
    form = administrator.page.locator("form[action$='/roles']")
    form.locator("select[name=role]").select_option(label=RENAMED)
    form.locator("select[name=unit]").select_option(index=0)
    form.get_by_role("button").click()
    expect(administrator.page.locator("td.title", has_text=RENAMED)).to_be_visible()


@pytest.mark.parametrize("journey", [BUREAU, STATION], indirect=True, ids=["bureau", "station"])
def test_an_administrator_changes_the_rules_and_begun_rounds_keep_theirs(
    journey: Journey, transactional_db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    writer = journey.walkers[journey.plan.writer]
    first = write(journey)
    before = way(writer, first)
    assert [writer.status_of(f"/settings/rules{path}") for path in ("", "/routes/main/edit")] == [403, 403]
    rename_role(journey)
    add_level(journey)
    try_it(journey)
    adopt(journey.administrator, "局长办公会议定：签发前须分管领导把关")
    if journey.plan is BUREAU:
        name_leader(journey)
    second = write(journey, again=True)
    assert way(writer, first) == before
    assert way(writer, second) == [*before[:-1], "分管把关", before[-1]]
    capsys.readouterr()
    assert main(["verify"]) == 0
    print(f"{journey.administrator.presses} presses of the administrator")
