"""A token from the menu to the page that shows it once, as its owner meets it."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from hezou.access.models import Token
from hezou.access.queries import token_of
from tests.support.browser import Visitor
from tests.support.office import Office, found_office
from tests.support.writing import enter


@pytest.fixture
def office(transactional_db: None) -> Office:
    return found_office()


@pytest.mark.parametrize("width", [1280, 375])
def test_token_is_made_shown_once_and_revoked(visitor: Visitor, office: Office, width: int) -> None:
    page = enter(visitor(viewport={"width": width, "height": 800}), office, "writer")
    page.locator("details.menu summary").click()
    page.get_by_role("link", name="程序令牌").click()
    expect(page.get_by_text("没有有效的令牌")).to_be_visible()
    page.get_by_label("给哪个程序用").fill("信息台账")
    page.get_by_label("校对文字").check()
    assert Axe().run(page).response["violations"] == []
    page.get_by_role("button", name="生成令牌").click()
    shown = page.locator("main samp").first.inner_text()
    assert re.fullmatch(r"hz_\w{32}_[\w-]{43}", shown)
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    made = token_of(shown)
    assert made is not None
    page.get_by_role("link", name="已保存好").click()
    assert shown not in page.content()
    page.get_by_role("button", name="作废 信息台账").click()
    expect(page.get_by_text("没有有效的令牌")).to_be_visible()
    assert (token_of(shown), Token.objects.get().revoked_at is None) == (None, False)
