"""A page on which a text is written, as a person at the keyboard sees it."""

from __future__ import annotations

import time
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from hezou.manuscripts.models import Manuscript, WorkingCopy
from hezou.people.models import Person
from tests.support.office import PASSWORD, Office

SECONDS = 10


def enter(page: Page, office: Office, key: str) -> Page:
    """Log in through the page; the account is made where there is none."""
    person = office.person[key]
    account = person.account if hasattr(person, "account") else office.account(key)
    log_in(page, account.username)
    return page


def log_in(page: Page, username: str) -> None:
    page.goto("/login/")
    page.locator("input[name=login]").fill(username)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/")


def open_to_write(page: Page, piece: Manuscript) -> Page:
    """Open the writers' page of a piece, with the caret behind the last character."""
    page.goto(f"/manuscripts/{piece.pk}/edit")
    editor(page).focus()
    page.keyboard.press("Control+End")
    return page


def editor(page: Page) -> Locator:
    """The text that is being written; beside another one it is the right half."""
    return page.locator(".editor .cm-content[aria-describedby]")


def text_of(page: Page) -> str:
    """The whole text as the form would send it."""
    return str(page.locator("textarea[name=text]").input_value())


def selected(page: Page) -> str:
    return str(page.evaluate("String(getSelection())"))


def find(page: Page, words: str) -> None:
    """Select the first place of some words in the text, by keyboard."""
    page.keyboard.press("Control+f")
    page.locator(".finder input").first.fill(words)
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect_selected(page, words)


def expect_selected(page: Page, words: str) -> None:
    until(lambda: selected(page) == words, lambda: f"selected is {selected(page)!r}, not {words!r}")


def expect_text(page: Page, text: str) -> None:
    expect(page.locator("textarea[name=text]")).to_have_value(text)


def saved(piece: Manuscript, person: Person) -> str | None:
    """What the server holds of a person's typing."""
    copy = WorkingCopy.objects.filter(manuscript=piece, person=person).first()
    return copy.text if copy else None


def expect_saved(piece: Manuscript, person: Person, text: str, seconds: float = SECONDS) -> None:
    """The server comes to hold exactly this text."""
    until(lambda: saved(piece, person) == text, lambda: f"saved is {saved(piece, person)!r}", seconds)


def until(holds: Callable[[], bool], says: Callable[[], str], seconds: float = SECONDS) -> None:
    """Wait for something outside the page."""
    give_up = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < give_up, says()
        time.sleep(0.05)
