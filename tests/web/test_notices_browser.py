"""The count in the head of the page keeps itself true."""

from __future__ import annotations

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from hezou.kernel.ref import Ref
from hezou.notices.actions.telling import tell
from hezou.notices.rules import SIGNED
from tests.support.office import Office, found_office

MINUTE = 61_000
"""Milliseconds until the page has asked again."""


def enter(page: Page, live: str, office: Office, key: str) -> Client:
    """Somebody logged in, on a page whose clock the test turns; gives their other browser."""
    client = Client()
    client.force_login(office.account(key), backend="hezou.access.backend.Backend")
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies["sessionid"].value, "url": live}
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    page.clock.install()
    page.goto("/")
    return client


def asks(page: Page) -> list[int]:
    """The status of each answer to the page's own question; grows."""
    asked: list[int] = []
    page.on("response", lambda one: asked.append(one.status) if one.url.endswith("/notices/count") else None)
    return asked


def test_count_grows_without_a_click_and_leads_to_the_piece(
    transactional_db: None, page: Page, live: str
) -> None:
    office = found_office()
    manuscript = office.draft()
    enter(page, live, office, "writer")
    bell = page.locator("header .notices")
    expect(bell).to_have_text("消息")
    for stage in "12":
        to = [office.person["writer"].pk]
        tell(SIGNED, Ref.to(manuscript), by=office.fresh("signer"), to=to, stage=stage)
    asked = asks(page)
    page.clock.fast_forward(MINUTE)
    expect(bell).to_have_text("消息2，2 条未读")
    while len(asked) < 2:  # asks on, also where nothing is new
        page.clock.fast_forward(MINUTE)
        page.wait_for_timeout(100)
    assert asked[:2] == [200, 200]  # the browser answers 304 from its own cache
    bell.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("消息")
    page.get_by_role("link", name=manuscript.title).first.click()
    page.wait_for_url(f"**/manuscripts/{manuscript.pk}")
    expect(bell).to_have_text("消息1，1 条未读")


def test_count_leaves_the_page_alone_when_the_log_in_has_ended(
    transactional_db: None, page: Page, live: str
) -> None:
    client = enter(page, live, found_office(), "writer")
    client.logout()
    with page.expect_response("**/notices/count") as answered:
        page.clock.fast_forward(MINUTE)
    assert answered.value.status == 204
    expect(page.locator("header .notices")).to_have_text("消息")
    expect(page.get_by_role("heading", level=1)).to_have_text("工作台")
