"""A second factor from setting it up to losing it, as people meet it in the browser."""

from __future__ import annotations

import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Page, expect

from hezou.people.rules.totp import code_at, step_of
from tests.support.browser import Visitor
from tests.support.entering import browser, type_in
from tests.support.office import PASSWORD, Office, found_office
from tests.support.writing import enter


@pytest.fixture
def office(transactional_db: None) -> Office:
    return found_office()


def fill_password(page: Page, username: str) -> None:
    """The first step of logging in."""
    page.goto("/login/")
    page.locator("input[name=login]").fill(username)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()


def code_of(page: Page, ahead: int = 0) -> str:
    """What an app shows that was given the key on the page; `ahead`: how many codes later."""
    secret = page.locator("main samp").inner_text().replace(" ", "")
    return code_at(secret, step_of(time.time()) + ahead)


def type_code(page: Page, code: str) -> None:
    page.locator("input[name=code]").fill(code)
    page.keyboard.press("Enter")


def set_up_app(page: Page) -> tuple[list[str], str]:
    """Set up an app on one's own pages; the recovery codes shown, and the app's next code."""
    page.goto("/security/")
    page.get_by_role("link", name="设置验证器应用").click()
    following = code_of(page, ahead=1)
    type_code(page, code_of(page))
    expect(page.locator("main .codes samp")).to_have_count(10)
    codes = page.locator("main .codes samp").all_inner_texts()
    page.get_by_role("link", name="我已保存").click()
    return codes, following


def test_app_and_recovery_code(visitor: Visitor, office: Office) -> None:
    page = enter(visitor(), office, "writer")
    codes, following = set_up_app(page)
    assert len(set(codes)) == 10
    expect(page.get_by_text("验证器应用", exact=True)).to_be_visible()
    username = office.person["writer"].account.username
    for code in (following, codes[3]):
        other = visitor()
        fill_password(other, username)
        other.wait_for_url("**/login/second")
        assert other.request.get("/manuscripts/").url.endswith("/login/second")
        type_code(other, "nothing")
        expect(other.locator(".field-error").first).to_be_visible()
        type_code(other, code)
        other.wait_for_url("**/")
        expect(other.locator(".user-name")).to_be_visible()
    again = visitor()
    fill_password(again, username)
    type_code(again, codes[3])
    expect(again.locator(".field-error").first).to_be_visible()
    page.goto("/security/")
    expect(page.get_by_text("10 个中还剩 9 个")).to_be_visible()


def plug_key_in(page: Page) -> None:
    """A key that answers by itself, through Chromium's own protocol."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    key = {
        "protocol": "ctap2",
        "transport": "usb",
        "hasResidentKey": False,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": key})


def test_security_key(visitor: Visitor, office: Office) -> None:
    page = enter(visitor(), office, "writer")
    plug_key_in(page)
    page.goto("/security/keys/new")
    page.locator("input[name=name]").fill("蓝色的")
    page.get_by_role("button", name="设置这把密钥").click()
    expect(page.locator("main .codes samp")).to_have_count(10)
    page.get_by_role("link", name="我已保存").click()
    expect(page.get_by_text("安全密钥“蓝色的”")).to_be_visible()
    page.goto("/security/keys/new")
    page.locator("input[name=name]").fill("同一把")
    page.get_by_role("button", name="设置这把密钥").click()
    expect(page.locator("[data-says=known]")).to_be_visible()
    page.locator(".masthead details.menu summary").click()
    page.locator(".masthead").get_by_role("button", name="退出").click()
    fill_password(page, office.person["writer"].account.username)
    page.wait_for_url("**/login/second")
    page.get_by_role("button", name="使用安全密钥").click()
    page.wait_for_url("**/")
    expect(page.locator(".user-name")).to_be_visible()


def test_role_leads_to_setting_up(visitor: Visitor, office: Office) -> None:
    administrator = enter(visitor(), office, "administrator")
    administrator.goto("/security/demands")
    administrator.get_by_label("责任编辑").check()
    administrator.get_by_role("button", name="保存").click()
    page = visitor()
    log_in_to(page, office, "editor")
    page.goto("/manuscripts/")
    assert page.url.endswith("/security/")
    expect(page.get_by_text("请现在设置")).to_be_visible()
    set_up_app(page)
    page.goto("/manuscripts/")
    assert page.url.endswith("/manuscripts/")


def wide(page: Page) -> int:
    found: int = page.evaluate("document.documentElement.scrollWidth")
    return found


def look_at_second_step(page: Page, office: Office) -> None:
    """The page between password and desk, with an app and a key, right and wrong."""
    fill_password(page, office.person["writer"].account.username)
    page.wait_for_url("**/login/second")
    type_code(page, "nothing")
    expect(page.locator(".field-error:visible")).to_have_count(1)
    expect(page.get_by_role("button", name="使用安全密钥")).to_be_visible()


@pytest.fixture
def guarded(visitor: Visitor, office: Office) -> Office:
    """A writer with an app and a key."""
    page = enter(visitor(), office, "writer")
    set_up_app(page)
    plug_key_in(page)
    page.goto("/security/keys/new")
    page.locator("input[name=name]").fill("蓝色的")
    page.get_by_role("button", name="设置这把密钥").click()
    page.wait_for_url("**/security/")
    return office


def test_second_step_is_whole_at_a_desk_and_on_a_phone(visitor: Visitor, guarded: Office) -> None:
    for width in (1280, 375):
        page = visitor(viewport={"width": width, "height": 800})
        look_at_second_step(page, guarded)
        assert [one["id"] for one in Axe().run(page).response["violations"]] == []
        assert wide(page) == width


def test_second_step_works_in_chromium_90(old_visitor: Visitor, live: str, guarded: Office) -> None:
    """The island finds its way in the old browser up to the key, which is not plugged in."""
    page, client = old_visitor(viewport={"width": 375, "height": 800}), browser()
    type_in(client, guarded.person["writer"].account.username)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live}])
    page.goto("/login/second")
    assert wide(page) == 375
    page.evaluate("""() => {
      navigator.credentials.get = ({publicKey}) => {
        window.asked = publicKey;
        return Promise.reject(new DOMException("no key", "NotAllowedError"));
      };
      document.querySelector("form[data-key] button").click();
    }""")
    page.wait_for_function("!document.querySelector('[data-says=failed]').hidden")
    asked = page.evaluate(
        "[asked.challenge.length, asked.allowCredentials.map((one) => one.id.constructor.name), asked.rpId]"
    )
    assert asked == [32, ["Uint8Array"], "localhost"]


def log_in_to(page: Page, office: Office, key: str) -> None:
    office.account(key)
    fill_password(page, office.person[key].account.username)
