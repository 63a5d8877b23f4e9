"""From nothing to the first signed piece by nobody who read anything: the filled button says what is next."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from hezou.ops.cli import main
from tests.journeys.agency import BUREAU, PASSWORD, Visitor, Walker, founded, sheet

TEXT = """关于推行窗口帮办服务的做法
今年以来，窗口管理科聚焦群众办事中的难点，推行窗口帮办服务，取得初步成效。
一是明确帮办事项。梳理高频事项12项，编成一张清单，在大厅公开。
二是优化办理流程。材料由窗口代为整理，群众平均少跑两次。
三是建立回访机制。问题当天转办，进一步提升工作人员的积极性、主动性。"""
TITLE = TEXT.splitlines()[0]
HEAD = next(row for row in BUREAU.people if row[1] == "顾长青")
WITHOUT_HEAD = replace(BUREAU, people=tuple(row for row in BUREAU.people if row != HEAD))


class Newcomer(Walker):
    """Presses the filled button of the page, and only where that is not enough something else."""

    def next(self, says: str) -> None:
        """The one filled button of the page; it says what it does."""
        button = self.page.locator("main .btn-primary").filter(visible=True)
        expect(button).to_have_count(1)
        expect(button).to_have_text(says)
        button.click()
        self.presses += 1
        self.page.wait_for_load_state()

    def desk(self) -> None:
        """The name of the product leads to the desk."""
        self.page.locator("a.brand").click()
        self.presses += 1
        self.page.wait_for_load_state()

    def step(self, number: int) -> None:
        """The step that the desk calls the next."""
        now = self.page.locator("main li[aria-current=step] .label")
        expect(now).to_have_text(self.page.locator("main .stepper .label").nth(number - 1).inner_text())
        expect(self.page.get_by_text(re.compile(f"第 {number} 步，共 5 步"))).to_be_visible()


def enter(visitor: Visitor, username: str, once: str) -> Newcomer:
    """The first log-in: a one-time password, then one's own, then the desk."""
    walker = Newcomer(visitor(), username)
    page = walker.page
    page.goto("/")
    page.get_by_label("账号").fill(username)
    page.get_by_label("密码").fill(once)
    page.get_by_role("button", name="登录").click()
    page.locator("input[name=old]").fill(once)
    page.locator("input[name=new]").fill(PASSWORD)
    page.locator("input[name=again]").fill(PASSWORD)
    walker.next("修改密码")
    return walker


def bring_in(administrator: Newcomer) -> dict[str, str]:
    """Steps 1 and 2: the list, then the person whom the list forgot. Gives the one-time passwords."""
    page = administrator.page
    administrator.step(1)
    administrator.next("导入名单")
    page.locator("input[type=file]").set_input_files(
        {"name": "名单.xlsx", "mimeType": "application/vnd.ms-excel", "buffer": sheet(WITHOUT_HEAD)}
    )
    administrator.next("预览")
    administrator.next("确认导入")
    passwords = page.locator("samp").all_inner_texts()
    administrator.next("去做下一步")
    administrator.step(2)
    administrator.sees("部门主要负责人（窗口管理科）")
    administrator.next("去定人")
    administrator.next("新增人员")
    unit, name, _, username = HEAD
    page.get_by_label("姓名").fill(name)
    expect(page.get_by_label("部门").locator("option:checked")).to_have_text(re.compile(unit))
    administrator.next("保存")
    form = page.locator("form[action$='/roles']")
    form.locator("select[name$=role]").select_option(label="部门主要负责人")
    form.get_by_role("button").click()
    account = page.locator("form[action$='/account']")
    account.locator("input[name$=username]").fill(username)
    account.get_by_role("button").click()
    once = page.locator("samp").last.inner_text()
    usernames = [row[3] for row in WITHOUT_HEAD.people]
    return {**dict(zip(usernames, passwords, strict=True)), username: once}


def name_body(administrator: Newcomer) -> None:
    """Step 3: whom the agency reports to, and what they publish."""
    administrator.desk()
    administrator.step(3)
    administrator.next("去登记")
    page = administrator.page
    page.locator("form#add input[name=name]").fill("区委办公室")
    page.locator("form#add select[name=nature]").select_option(label=BUREAU.nature)
    administrator.next("新增报送对象")
    row = page.locator("section", has=page.get_by_role("heading", name="区委办公室"))
    row.get_by_role("textbox").fill("每日要情")
    row.get_by_role("button", name="新增刊物（栏目）").click()
    page.get_by_role("link", name="回到各步骤").click()
    administrator.step(4)


def write(writer: Newcomer) -> None:
    """The writer's desk is empty and begins the work."""
    writer.next("写稿")
    writer.types(TEXT)
    writer.page.get_by_label("可公开", exact=True).check()
    writer.page.get_by_label("不予公开", exact=True).check()
    writer.page.locator("select[name=kind]").select_option(label=BUREAU.kind)
    writer.next("送审")
    writer.sees("审签中")


def test_new_agency_reaches_its_first_signed_piece_by_what_its_pages_say(
    visitor: Visitor, transactional_db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    name = ["--code", "lake", "--name", "某区公共服务局", "--short", "某局", "--pack", BUREAU.pack]
    assert main(["agency", "new", *name]) == 0
    accounts = founded(capsys.readouterr().out)
    admin = next(account for account in accounts if "admin" in account)
    administrator = enter(visitor, admin, accounts[admin])
    passwords = bring_in(administrator)
    name_body(administrator)
    hands = {username: enter(visitor, username, once) for username, once in passwords.items()}
    administrator.desk()
    administrator.step(5)
    write(hands[BUREAU.writer])
    for username in BUREAU.hands:
        walker = hands[username]
        walker.desk()

        walker.next("审签等待最久的一篇")
        walker.sees(TITLE)
        is_last = username == BUREAU.hands[-1]
        walker.next("签发" if is_last else "同意")
        walker.sees("已签发" if is_last else "已同意")
    administrator.desk()
    expect(administrator.page.get_by_role("heading", name="开始使用")).to_have_count(0)
    assert main(["verify"]) == 0
    everybody = [administrator, *hands.values()]
    print(capsys.readouterr().out, *(f"{w.name}: {w.presses} presses" for w in everybody))
