"""Fixtures that drive Chromium: `page`, and `visitor()` for further persons with their own log-in."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    Response,
    sync_playwright,
)

from tests.support.old_browser import program as old_browser_program

Visitor = Callable[..., Page]

QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
]
STATUS_LINE = "Failed to load resource: the server responded with a status of "
NO_NETWORK = ("Failed to load resource: net::ERR_", "htmx:afterRequest,", "htmx:sendError,")
"""What a page complains of while nobody answers."""
VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy violated: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile ?? ""}`));
"""


class Watch:
    """Collects what no page may do: complain on the console, violate the policy, ask a foreign host.

    `home` is the address of the product; `expected` the beginnings of complaints that a test provokes.
    """

    def __init__(self, home: str, *expected: str) -> None:
        self.home = home
        # A refusal's own status is an answer to be looked at by the test; `_response` judges the others.
        self.expected = (STATUS_LINE, *expected)
        self.seen: list[str] = []

    def over(self, page: Page) -> None:
        """Watch one page."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.seen.append(f"script error: {error}"))
        page.on("request", self._request)
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(self.expected):
            self.seen.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.home, "data:", "blob:", "about:")):
            self.seen.append(f"foreign host: {request.url}")

    def _response(self, response: Response) -> None:
        is_part = response.request.resource_type not in {"document", "xhr", "fetch"}
        if response.status >= 500 or (response.status >= 400 and is_part):
            self.seen.append(f"{response.status}: {response.url}")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives every browser of the session."""
    # Playwright keeps an event loop in this thread; Django would take every query for one inside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium without its windows, which draw nothing here but cost a third; one for all tests."""
    program = shutil.which("chromium-headless-shell")
    if program is None:
        raise RuntimeError("Chromium is not installed (Debian: chromium-headless-shell)")
    yield from _started(playwright, program)


@pytest.fixture(scope="session")
def old_browser(playwright: Playwright) -> Iterator[Browser]:
    """Chromium 90, one for the whole session."""
    yield from _started(playwright, old_browser_program())


def _started(playwright: Playwright, program: str) -> Iterator[Browser]:
    flags = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else QUIET
    started = playwright.chromium.launch(executable_path=program, headless=True, args=flags)
    yield started
    started.close()


@pytest.fixture
def live(live_server: Any) -> str:
    """The address of the product served from this process, with empty rate limits."""
    cache.clear()
    return str(live_server.url)


@pytest.fixture
def visitor(browser: Browser, live: str) -> Iterator[Visitor]:
    """`visitor()` opens a page of a fresh person at an office PC; keywords go to Playwright's context.

    The test fails at its end when any page complained, violated the policy or asked a foreign host.
    """
    yield from visits(browser, Watch(live))


@pytest.fixture
def cut_visitor(browser: Browser, live: str) -> Iterator[Visitor]:
    """As `visitor`, where the test itself cuts the network."""
    yield from visits(browser, Watch(live, *NO_NETWORK))


@pytest.fixture
def old_visitor(old_browser: Browser, live: str) -> Iterator[Visitor]:
    """As `visitor`, in Chromium 90."""
    yield from visits(old_browser, Watch(live))


def visits(browser: Browser, watch: Watch) -> Iterator[Visitor]:
    """What the visitor fixtures yield: pages of one browser, and a look at what they complained of."""
    contexts: list[BrowserContext] = []

    def enter(**options: Any) -> Page:
        chosen = {"viewport": {"width": 1366, "height": 768}, **options}
        context = browser.new_context(
            base_url=watch.home,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
            **chosen,
        )
        context.set_default_timeout(10_000)
        context.add_init_script(VIOLATIONS)
        contexts.append(context)
        page = context.new_page()
        watch.over(page)
        return page

    yield enter
    for context in contexts:
        context.close()
    assert watch.seen == []


@pytest.fixture
def page(visitor: Visitor) -> Page:
    """One person's page."""
    return visitor()
