"""From an empty agency to the first log-in of somebody who came in by a list; axe finds nothing."""

from __future__ import annotations

import io

import pytest
import xlsxwriter
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from hezou.people.actions import Founding, add_body, add_journal, add_person, found_agency, grant_role
from hezou.people.models import Account, Unit
from tests.support.browser import Visitor

NEW = "江湖-pass-2026"
LIST = (
    ["部门", "上级部门", "姓名", "账号", "角色"],
    ["第一科", "湖泊局", "张三", "zs", "信息员"],
    ["无科", "", "李四", "ls", "信息员"],
)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def founding(transactional_db: None) -> Founding:
    return found_agency(
        code="lake",
        name="某某区湖泊局",
        short_name="湖泊局",
        zone="Asia/Shanghai",
        pack_set="district-bureau",
    )


def sheet() -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as workbook:
        page = workbook.add_worksheet()
        for number, line in enumerate(LIST):
            page.write_row(number, 0, line)
    return file.getvalue()


def first_log_in(page: Page, username: str, password: str) -> None:
    """Log in with a one-time password and choose one's own, as the page asks."""
    page.goto("/login/")
    page.locator("input[name=login]").fill(username)
    page.locator("input[name=password]").fill(password)
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/people/password")
    page.locator("input[name=old]").fill(password)
    page.locator("input[name=new]").fill(NEW)
    page.locator("input[name=again]").fill(NEW)
    page.locator(".main-action .btn-primary").click()
    page.wait_for_url(lambda address: not address.endswith("/people/password"))


@pytest.fixture
def admin(visitor: Visitor, founding: Founding) -> Page:
    page = visitor()
    first_log_in(page, founding.accounts[0].account.username, founding.accounts[0].password)
    return page


def test_list_brings_in_persons_who_can_log_in(visitor: Visitor, admin: Page) -> None:
    admin.goto("/people/import")
    admin.locator("input[type=file]").set_input_files(
        {"name": "名单.xlsx", "mimeType": XLSX, "buffer": sheet()}
    )
    admin.locator(".main-action .btn-primary").click()
    expect(admin.locator("tbody tr")).to_have_count(2)
    expect(admin.locator("tbody tr:has-text('李四') .tone-late")).to_have_count(1)
    assert not Unit.objects.filter(name="第一科").exists()
    admin.locator(".main-action .btn-primary").click()
    expect(admin.locator("tbody tr:has-text('张三') .tone-done")).to_have_count(1)
    password = admin.locator("samp").inner_text()
    first_log_in(visitor(), "zs", password)
    assert not Account.objects.get(username="zs").must_change_password


def test_leaving_is_asked_about_first(admin: Page, founding: Founding) -> None:
    auditor = founding.accounts[2].account.person
    admin.goto(f"/people/{auditor.pk}")
    admin.locator("[data-opens=leaves]").click()
    dialog = admin.locator("dialog#leaves")
    expect(dialog).to_be_visible()
    admin.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    admin.locator("[data-opens=leaves]").click()
    dialog.locator(".btn-primary").click()
    admin.wait_for_url("**/people/")
    expect(admin.locator("tbody tr", has_text=auditor.name)).to_have_count(0)
    assert not Account.objects.get(person=auditor).is_active


@pytest.mark.parametrize("width", [1280, 375])
def test_axe_finds_nothing_in_the_directory(admin: Page, founding: Founding, width: int) -> None:
    by, auditor = founding.accounts[0].account.person, founding.accounts[2].account.person
    writer = add_person(by=by, unit=auditor.unit, name="张三")
    grant_role(by=by, person=writer, role="writer", unit=writer.unit)
    add_journal(by=by, body=add_body(by=by, name="某市局", nature="line"), name="工作动态")
    admin.set_viewport_size({"width": width, "height": 800})
    for address in (
        "/people/",
        "/people/?q=nobody",
        f"/people/{writer.pk}",
        f"/people/{writer.pk}/edit",
        f"/people/units/{writer.unit_id}",
        "/people/units/new",
        "/people/import",
        "/people/settings",
        "/people/password",
    ):
        admin.goto(address)
        assert (address, Axe().run(admin).response["violations"]) == (address, [])
        assert (address, admin.evaluate("document.documentElement.scrollWidth")) == (address, width)
