"""Pages that answer a form, which no address opens: whole today and in Chromium 90."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta

import pytest
import xlsxwriter
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from hezou.kernel import clock
from tests.support.browser import Visitor
from tests.support.furnished import Furnished, furnish
from tests.web.test_every_page import DESK, FAULTS, PHONE, enter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PEOPLE = [
    ["部门", "姓名", "岗位", "账号"],
    ["第一科", "寅某", "信息员", "yinmou"],
    ["第九科", "卯某", "无此岗位", ""],
]


def sheet(rows: list[list[str]]) -> dict[str, object]:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return {"name": "名单.xlsx", "mimeType": XLSX, "buffer": file.getvalue()}


def press(page: Page, name: str) -> None:
    """A button by its word; the driver's own way of pressing asks for more than Chromium 90 has."""
    named = "name => [...document.querySelectorAll('main button')].find((one) => one.innerText === name)"
    button = page.evaluate_handle(named, name)
    with page.expect_navigation():
        button.evaluate("one => one.click()")


def answers(page: Page, world: Furnished) -> Iterator[str]:
    """Send one form after the other; after each the page shows its answer, which is named."""
    page.goto("/tokens/")
    page.evaluate("document.querySelector('input[name=name]').value = '信息台账'")
    page.evaluate("document.querySelector('input[name=verbs]').checked = true")
    press(page, "生成令牌")
    yield "a token, shown once"

    page.goto("/settings/rules/labels/main/edit")
    page.evaluate("document.querySelector('main form input[type=text]').value = '改过的叫法'")
    press(page, "预览改动")
    yield "the preview of changed rules"

    page.goto("/people/import")
    page.locator("input[type=file]").set_input_files(sheet(PEOPLE))  # type: ignore[arg-type]
    press(page, "预览")
    yield "what a list of people would do"
    press(page, "确认导入")
    yield "one-time passwords, shown once"

    days = [
        [(clock.now() + timedelta(days=n)).date().isoformat(), who] for n, who in ((1, "乙某"), (2, "无名氏"))
    ]
    page.goto("/people/duty/import")
    page.locator("input[type=file]").set_input_files(sheet([["日期", "值班人员"], *days]))  # type: ignore[arg-type]
    press(page, "预览")
    yield "what a roster would do"

    persons = world.office.person
    page.goto(f"/people/{persons['writer'].pk}/handover?to={persons['colleague'].pk}&roles=on")
    yield "what would be handed over"


def walk(page: Page, world: Furnished, width: int, *, axe: bool) -> list[tuple[str, str]]:
    wrong = []
    for name in answers(page, world):
        page.wait_for_load_state()
        wrong += [(name, one) for one in page.evaluate(FAULTS, width)]
        if axe:
            wrong += [(name, one["id"]) for one in Axe().run(page).response["violations"]]
        page.evaluate("document.querySelector('details.menu').open = false")  # opened by the look at it
    return wrong


@pytest.fixture
def world(transactional_db: None) -> Furnished:
    return furnish()


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_every_answer_is_whole_today(visitor: Visitor, live: str, world: Furnished, width: int) -> None:
    page = enter(visitor(viewport={"width": width, "height": 800}), live, world, "administrator")
    assert walk(page, world, width, axe=True) == []


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_every_answer_is_whole_in_chromium_90(
    old_visitor: Visitor, live: str, world: Furnished, width: int
) -> None:
    page = enter(old_visitor(viewport={"width": width, "height": 800}), live, world, "administrator")
    assert walk(page, world, width, axe=False) == []
