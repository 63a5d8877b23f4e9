"""The account's menu: the way to the password, the other language, folded away when left."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.support.browser import Visitor
from tests.support.office import Office, found_office
from tests.support.writing import enter


@pytest.fixture
def office(transactional_db: None) -> Office:
    return found_office()


def test_account_menu_leads_to_the_password_and_folds_away(visitor: Visitor, office: Office) -> None:
    page = enter(visitor(), office, "writer")
    page.goto("/")
    menu, way = page.locator("details.menu"), page.get_by_role("link", name="修改密码")
    menu.locator("summary").click()
    expect(way).to_be_visible()
    page.keyboard.press("Escape")
    expect(way).to_be_hidden()
    menu.locator("summary").click()
    page.get_by_role("heading", level=1).click()
    expect(way).to_be_hidden()
    menu.locator("summary").click()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Desk")
    menu.locator("summary").click()
    page.get_by_role("link", name="Change the password").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Change the password")
