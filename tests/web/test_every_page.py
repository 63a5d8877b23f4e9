"""Every page as somebody sees it: whole at a desk and on a phone, in today's browser and in Chromium 90."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter
from playwright.sync_api import Page

from hezou.kernel.ids import uuid7
from hezou.packs.queries import MAIN
from hezou.packs.rules import FAMILIES
from tests.support.browser import Visitor
from tests.support.entering import just_typed
from tests.support.furnished import Furnished, furnish

DESK, PHONE = 1280, 375
NOBODY = ""


class Seen(NamedTuple):
    """One page: the name of its address, who opens it (nobody: not logged in), what for, which part of it."""

    name: str
    who: str
    thing: Callable[[Furnished], Any] | None = None
    query: str = ""
    status: int = 200

    def args(self, world: Furnished) -> tuple[Any, ...]:
        """What the address names: nothing, one thing or several."""
        found = self.thing(world) if self.thing else ()
        return found if isinstance(found, tuple) else (found,)


def of(name: str) -> Callable[[Furnished], Any]:
    return lambda world: getattr(world, name).pk


def in_office(kind: str, name: str) -> Callable[[Furnished], Any]:
    return lambda world: getattr(world.office, kind)[name].pk


def document(family: str) -> Callable[[Furnished], Any]:
    return lambda _: (family, MAIN)


PAGES = (
    Seen("account_login", NOBODY),
    Seen("account_logout", "writer"),
    Seen("desk", "writer"),
    Seen("desk", "editor"),
    Seen("desk", "administrator"),
    Seen("recording", "editor"),
    Seen("record", "editor", of("waiting")),
    Seen("sheet", "editor", of("sheet")),
    Seen("countersigning", "editor", of("owed")),
    Seen("manuscripts", "writer", query="?mine=1"),
    Seen("manuscripts", "other_head"),
    Seen("mine", "writer"),
    Seen("mine", "leader"),
    Seen("manuscript_new", "writer"),
    *(Seen("manuscript", "writer", of("edited"), f"?part={part}") for part in ("text", "versions", "review")),
    *(Seen("manuscript", "writer", of("edited"), f"?part={part}") for part in ("readers", "history")),
    Seen("manuscript", "editor", of("signed"), "?part=readers"),
    Seen("manuscript", "writer", of("returned")),
    Seen("manuscript", "editor", lambda world: world.sent.manuscript_id, "?part=submissions"),
    Seen("manuscript_edit", "writer", of("draft")),
    Seen("manuscript_edit", "writer", of("returned")),
    Seen("manuscript_compare", "writer", of("draft")),
    Seen("review", "head"),
    Seen("review", "auditor", status=403),
    Seen("calling", "editor"),
    Seen("selecting", "editor"),
    Seen("selecting", "editor", query="?view=aside"),
    Seen("review_piece", "head", of("waiting")),
    Seen("review_piece", "editor", of("edited")),
    Seen("review_piece", "signer", of("signed")),
    Seen("submissions", "editor"),
    Seen("submission_new", "editor", of("signed")),
    Seen("submission_adopt", "editor", of("sent")),
    Seen("people", "writer"),
    Seen("people", "administrator"),
    Seen("person", "administrator", in_office("person", "writer")),
    Seen("person", "writer", in_office("person", "head")),
    Seen("handover", "administrator", in_office("person", "writer")),
    Seen("handover", "writer", in_office("person", "writer")),
    Seen("person_new", "administrator"),
    Seen("person_edit", "administrator", in_office("person", "writer")),
    Seen("people_import", "administrator"),
    Seen("away", "head"),
    Seen("person_away", "administrator", in_office("person", "writer")),
    Seen("duty", "writer"),
    Seen("duty", "administrator"),
    Seen("duty_day", "editor"),
    Seen("duty_import", "editor"),
    Seen("unattended_units", "administrator"),
    Seen("unit_new", "administrator"),
    Seen("unit", "administrator", in_office("unit", "第一科")),
    Seen("settings", "administrator"),
    Seen("rights", "writer"),
    Seen("rights", "administrator"),
    Seen("trail", "auditor"),
    Seen("trail", "auditor", query="?since=2026-01-01&thing=2026-0038"),
    Seen("trail", "administrator", status=403),
    Seen("rules", "administrator"),
    Seen("rules", "auditor", status=403),
    Seen("route_try", "administrator"),
    Seen("route_try", "administrator", query="?try-kind=news&try-author=x"),
    *(Seen("rule_document", "administrator", document(family)) for family in FAMILIES),
    *(Seen("rule_edit", "administrator", document(family)) for family in FAMILIES),
    Seen("rule_version", "administrator", lambda _: ("labels", "main", 2)),
    Seen("rule_upgrade", "administrator", lambda _: ("bodies",)),
    Seen("change_password", "writer"),
    Seen("purges", "secrecy"),
    Seen("purge", "secrecy", of("purge")),
    Seen("purge", "administrator", of("purge")),
    Seen("tokens", "writer"),
    Seen("tokens", "auditor"),
    Seen("tokens_of_person", "administrator", in_office("person", "writer")),
    Seen("security", "writer"),
    Seen("security", "secrecy"),
    Seen("confirm", "writer"),
    Seen("factor_app", "writer"),
    Seen("factor_key", "writer"),
    Seen("second_factor_demands", "administrator"),
    Seen("person", "administrator", in_office("person", "secrecy")),
    Seen("notices", "writer"),
    Seen("notices", "administrator"),
    Seen("operations", "administrator"),
    Seen("manuscript", "writer", lambda world: uuid7(), status=404),
)
NO_PAGES = {
    "sheet_docx": "a file",
    "sheet_code": "a picture",
    "evidence": "a file",
    "countersigned_evidence": "a file",
    "people_template": "a file",
    "duty_template": "a file",
    "manuscript_file": "a file",
    "manuscript_docx": "a file",
    "report_piece": "a file",
    "healthz": "for machines",
    "readyz": "for machines",
    "notices_count": "a part of every page",
    "notice": "leads on to its piece",
    "mfa_authenticate": "behind a password; tests/web/test_second_factor_browser.py looks at it",
}


def patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver) and one.namespace is None:  # the machine door is no page
            yield from patterns(one)
        elif isinstance(one, URLPattern):
            yield one


def test_every_named_address_is_walked_or_no_page(client: Client, transactional_db: None) -> None:
    client.force_login(furnish().office.account("administrator"), backend="hezou.access.backend.Backend")
    unseen = []
    for pattern in patterns(get_resolver()):
        if pattern.name is None or pattern.name in {*NO_PAGES, *(one.name for one in PAGES)}:
            continue
        converters = pattern.pattern.converters.items()
        given = {name: 1 if isinstance(kind, IntConverter) else uuid7() for name, kind in converters}
        if client.get(reverse(pattern.name, kwargs=given)).status_code != 405:
            unseen.append(pattern.name)
    assert unseen == []


@pytest.fixture
def world(transactional_db: None) -> Furnished:
    return furnish()


FAULTS = """width => {
  document.querySelectorAll("details").forEach((one) => (one.open = true));
  const empty = [...document.styleSheets].filter((one) => one.href && one.cssRules.length === 0);
  const scroll = document.documentElement.scrollWidth;
  const body = getComputedStyle(document.body);
  return [
    ...empty.map((one) => `no rules in ${one.href}`),
    ...(scroll > width ? [`${scroll} wide`] : []),
    ...(body.backgroundColor === "rgb(244, 245, 247)" ? [] : [`ground is ${body.backgroundColor}`]),
    ...(body.fontFamily.includes("Noto Sans CJK SC") ? [] : [`letters are ${body.fontFamily}`]),
    ...(document.querySelector("main h1, main .h1") ? [] : ["no heading"]),
    ...[...document.images].filter((one) => !one.naturalWidth).map((one) => `no picture ${one.src}`),
    ...[...document.querySelectorAll("textarea[data-text]")]
      .filter((one) => !one.parentElement.querySelector(".cm-content"))
      .map((one) => `no editor for ${one.id}`),
  ];
}"""
"""What is wrong with a page's looks; opens whatever is folded first."""


def walk(
    visitor: Visitor, live: str, world: Furnished, width: int, *, axe: bool
) -> list[tuple[str, str, Any]]:
    """Open every page as its person; gives back what was wrong, and where."""
    pages: dict[str, Page] = {}
    wrong: list[tuple[str, str, Any]] = []
    for seen in PAGES:
        if seen.who not in pages:
            pages[seen.who] = enter(visitor(viewport={"width": width, "height": 800}), live, world, seen.who)
        page = pages[seen.who]
        path = reverse(seen.name, args=seen.args(world)) + seen.query
        answer = page.goto(path)
        assert answer is not None
        found = [f"status {answer.status}"] if answer.status != seen.status else []
        found += page.evaluate(FAULTS, width)
        if axe:
            found += [one["id"] for one in Axe().run(page).response["violations"]]
        wrong += [(seen.who, path, one) for one in found]
    return wrong


def enter(page: Page, live: str, world: Furnished, who: str) -> Page:
    """Somebody who is logged in already; nobody for no name."""
    if who:
        client, person = Client(), world.office.person[who]
        account = person.account if hasattr(person, "account") else world.office.account(who)
        client.force_login(account, backend="hezou.access.backend.Backend")
        just_typed(client, account)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live}])
    return page


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_every_page_is_whole_today(visitor: Visitor, live: str, world: Furnished, width: int) -> None:
    assert walk(visitor, live, world, width, axe=True) == []


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_every_page_is_whole_in_chromium_90(
    old_visitor: Visitor, live: str, world: Furnished, width: int
) -> None:
    assert walk(old_visitor, live, world, width, axe=False) == []
