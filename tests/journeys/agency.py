"""An agency for a journey: what its clerk would type, and the hands that walk through the pages."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from playwright.sync_api import Page, expect

from hezou.ops.cli import main

PASSWORD = "journey-2026-long"
TELEPHONE = "0571-0000000{}"
"""The number of the person in each line of the sheet, counted from 1."""
Visitor = Callable[..., Page]


@dataclass(frozen=True)
class Plan:
    """One agency's words: its rules, its people (unit, name, roles, account), and what its pages call things.

    Without an account a person decides on paper and aloud. `hands`: the accounts of its reviewers in the
    order of the route, the last one signs. `recorder`: who enters what was decided on paper and aloud, see
    `on_paper`. `stand_in`: the unit, role and person reviewing for a head who is the author, or empty words.
    """

    pack: str
    kind: str
    people: tuple[tuple[str, str, str, str], ...]
    writer: str
    hands: tuple[str, ...]
    editor: str
    nature: str
    form: str
    evidence: str
    recorder: tuple[str, str, str, str]
    stand_in: tuple[str, str, str] = ("", "", "")


BUREAU = Plan(
    pack="district-bureau",
    kind="经验做法",
    people=(
        ("窗口管理科", "苏禾", "信息员", "suhe"),
        ("窗口管理科", "顾长青", "信息员、部门主要负责人", "guchangqing"),
        ("办公室", "林知远", "责任编辑（某局）", "linzhiyuan"),
        ("局领导", "程守一", "签发人（某局）", "chengshouyi"),
    ),
    writer="suhe",
    hands=("guchangqing", "linzhiyuan", "chengshouyi"),
    editor="linzhiyuan",
    nature="属地",
    form="单篇采用",
    evidence="已核实",
    recorder=("办公室", "安宁", "代录人（某局）", "anning"),
)
STATION = Plan(
    pack="county-station",
    kind="田间快报",
    people=(
        ("种植股", "田禾", "通讯员、股长", "tianhe"),
        ("农机股", "禾生", "通讯员、股长", "hesheng"),
        ("站办", "文澜", "文书（某局）", "wenlan"),
        ("站办", "秦晓", "保密员（某局）", "qinxiao"),
        ("站领导", "方远", "分管副站长（某局）", "fangyuan"),
        ("站领导", "卫平", "站长（某局）", "weiping"),
    ),
    writer="tianhe",
    hands=("hesheng", "fangyuan", "wenlan", "qinxiao", "weiping"),
    editor="wenlan",
    nature="县里",
    form="全文刊用",
    evidence="见刊",
    recorder=("站办", "石岚", "登记人（某局）", "shilan"),
    stand_in=("种植股", "股长", "禾生"),
)


def on_paper(plan: Plan) -> Plan:
    """The same agency with a leader who has no account, and with somebody who enters what is decided."""
    people = tuple((*row[:3], "") if row[3] == plan.hands[-1] else row for row in plan.people)
    return replace(plan, people=(*people, plan.recorder), hands=plan.hands[:-1])


class Walker:
    """One person at their own browser; counts the presses it takes."""

    def __init__(self, page: Page, name: str) -> None:
        self.page = page
        self.name = name
        self.presses = 0
        self.rests()

    def rests(self) -> None:
        """Begin to count a piece of work."""
        self._before, self._began = self.presses, time.monotonic()

    def tally(self) -> str:
        """What the work took since: presses and seconds of the pages alone."""
        return f"{self.presses - self._before} presses, {time.monotonic() - self._began:.0f} s"

    def press(self, words: str) -> None:
        """Press the button or follow the link that says exactly these words in the page's main part."""
        main = self.page.get_by_role("main")
        target = main.get_by_role("button", name=words, exact=True).or_(
            main.get_by_role("link", name=words, exact=True)
        )
        target.filter(visible=True).first.click()
        self.presses += 1
        self.page.wait_for_load_state()

    def comes_back(self) -> None:
        """Log in again: overnight the log-in has ended."""
        self.page.goto("/")
        self.page.get_by_label("账号").fill(self.name)
        self.page.get_by_label("密码").fill(PASSWORD)
        self.page.get_by_role("button", name="登录").click()
        self.page.wait_for_load_state()

    def types(self, text: str) -> None:
        """Put a text in place of the one in the editor, as a paste does."""
        self.page.locator(".cm-content").click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)

    def go(self, entry: str) -> None:
        """Follow an entry of the navigation."""
        self.page.get_by_role("navigation").get_by_role("link", name=entry, exact=True).click()
        self.presses += 1
        self.page.wait_for_load_state()

    def sees(self, *words: str) -> None:
        """These words stand on the page where a person sees them."""
        for one in words:
            expect(self.page.get_by_text(one).filter(visible=True).first).to_be_visible()

    def copies(self) -> str:
        """Press 复制 beside a text for the group; what a paste then brings."""
        self.press("复制")
        self.sees("已复制")
        self.page.evaluate("""() => {
          document.body.append(Object.assign(document.createElement("textarea"), { id: "group" }));
          document.getElementById("group").focus();
        }""")
        self.page.keyboard.press("Control+v")
        return self.page.locator("#group").input_value()

    def cannot_press(self, *words: str) -> None:
        """No button says any of these words."""
        for one in words:
            expect(self.page.get_by_role("button", name=one, exact=True)).to_have_count(0)

    def text_of(self, path: str) -> str:
        """What a page opened by its address says."""
        return self.page.request.get(path).text()

    def status_of(self, path: str) -> int:
        """The status of a page opened by its address alone."""
        return self.page.request.get(path).status


@dataclass
class Journey:
    """Everybody at work, and the one-time passwords they were handed."""

    visitor: Visitor
    plan: Plan
    walkers: dict[str, Walker] = field(default_factory=dict)
    administrator: Walker = field(init=False)

    def enter(self, username: str, once: str) -> Walker:
        """First log-in with a one-time password, then a password of one's own."""
        page = self.visitor()
        walker = self.walkers[username] = Walker(page, username)
        page.goto("/")
        page.get_by_label("账号").fill(username)
        page.get_by_label("密码").fill(once)
        page.get_by_role("button", name="登录").click()
        page.get_by_label("原密码", exact=False).or_(page.get_by_label("当前密码", exact=False)).first.fill(
            once
        )
        page.get_by_label("新密码", exact=True).fill(PASSWORD)
        page.locator("input[name=again]").fill(PASSWORD)
        walker.press("修改密码")
        page.goto("/")
        return walker

    def build(self, administrator: Walker) -> None:
        """Import the people from a sheet, name two bodies; everybody logs in once."""
        administrator.go("信息员队伍")
        administrator.press("导入名单")
        administrator.page.locator("input[type=file]").set_input_files(
            {"name": "名单.xlsx", "mimeType": "application/vnd.ms-excel", "buffer": sheet(self.plan)}
        )
        administrator.press("预览")
        administrator.press("确认导入")
        passwords = administrator.page.locator("samp").all_inner_texts()
        usernames = [row[3] for row in self.plan.people if row[3]]
        assert len(passwords) == len(usernames)
        self._name_bodies(administrator)
        self.administrator = administrator
        for username, once in zip(usernames, passwords, strict=True):
            self.enter(username, once)

    def _name_bodies(self, administrator: Walker) -> None:
        administrator.go("设置")
        for body, journal in (("区委办公室", "每日要情"), ("市主管局", "系统简报")):
            panel = administrator.page.locator("form[action$='/people/bodies']")
            panel.locator("input[name=name]").fill(body)
            panel.locator("select[name=nature]").select_option(label=self.plan.nature)
            administrator.press("新增报送对象")
            row = administrator.page.locator(
                "section", has=administrator.page.get_by_role("heading", name=body)
            )
            row.get_by_role("textbox").fill(journal)
            row.get_by_role("button", name="新增刊物（栏目）").click()
            administrator.sees(journal)


def sheet(plan: Plan) -> bytes:
    """The office's own list of people, as a spreadsheet."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        page = book.add_worksheet("名单")
        page.write_row(0, 0, ["上级部门", "部门", "姓名", "岗位", "账号", "电话"])
        for number, (unit, name, roles, username) in enumerate(plan.people, start=1):
            page.write_row(number, 0, ["某局", unit, name, roles, username, TELEPHONE.format(number)])
    return target.getvalue()


def found(visitor: Visitor, plan: Plan, capsys: pytest.CaptureFixture[str]) -> Journey:
    """An agency made by the command and filled through the administrator's pages."""
    name = ["--code", "lake", "--name", "某区公共服务局", "--short", "某局", "--pack", plan.pack]
    assert main(["agency", "new", *name]) == 0
    accounts = founded(capsys.readouterr().out)
    walk = Journey(visitor, plan)
    administrator = next(account for account in accounts if "admin" in account)
    walk.build(walk.enter(administrator, accounts[administrator]))
    return walk


def founded(printed: str) -> dict[str, str]:
    """Account name → one-time password, as `hezou agency new` printed them."""
    rows = [line.split("\t") for line in printed.splitlines() if line.count("\t") == 2]
    return {username: password for _, username, password in rows}


def piece_of(page: Page) -> str:
    """The id of the piece the page is about."""
    found = re.search(r"/manuscripts/([0-9a-f-]{36})", page.url)
    assert found is not None, page.url
    return found[1]


def picture(walker: Walker, name: str) -> None:
    """Keep the page as a picture of the README, when `make pictures` asks for it."""
    if os.environ.get("HEZOU_TEST_PICTURES"):
        walker.page.screenshot(path=PICTURES / f"{name}.png")


PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
