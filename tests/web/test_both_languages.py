"""Every page in both languages: no Han character in an English page but in what people wrote, no English
word in a Chinese one but file types and names of programs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.db.models import Model
from django.urls import reverse
from playwright.sync_api import Page
from pypinyin import lazy_pinyin

from hezou.manuscripts.models import Attachment, Manuscript
from hezou.people.actions import choose_language
from hezou.people.models import Agency, Body, Journal, Person, Unit
from hezou.review.models import Decision
from tests.support.browser import Visitor
from tests.support.furnished import Furnished, furnish
from tests.web.test_every_page import NOBODY, PAGES, Seen, enter

WRITTEN_BY_PEOPLE: dict[type[Model], tuple[str, ...]] = {
    Agency: ("name", "short_name"),
    Attachment: ("name",),
    Body: ("name",),
    Decision: ("opinion",),
    Journal: ("name",),
    Manuscript: ("title",),
    Person: ("name", "post"),
    Unit: ("name",),
}
"""Columns whose words stand on pages as they are; in Latin letters, the Han left is the product's own."""

HAN = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+")
LATIN = re.compile(r"[A-Za-z][A-Za-z'-]+")
ALLOWED = frozenset(
    [
        "docx",
        "doc",
        "wps",
        "xlsx",
        "txt",
        "md",
        "pdf",
        "png",
        "jpg",
        "jpeg",
        "PNG",
        "JPG",
        "JPEG",
        "PDF",
        "Word",
        "Excel",
        "WPS",
        "MB",
        "KB",
        "GB",
        "TB",
        "Alt",
        "Ctrl",
        "Shift",
        "Enter",
        "Esc",
        "WAL",
        "AB",
    ]
)
"""File types, programs, units and keys, A/B for deputies: the same words in Chinese."""
SIGNS = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}|\b[0-9a-f]{4,}\b|\w+\.lake|lake|XX")
"""Codes of sheets, hashes, account names, the agency's code; and what one of the pieces left open."""
QUOTED = re.compile("“[^”]*”")
"""What a finding quotes from the text, and what it would put there."""

TEXTS = """() => {
  document.querySelectorAll("details").forEach((one) => (one.open = true));
  const home = document.documentElement.lang.slice(0, 2);
  const foreign = (one) => {
    const marked = one.closest("[lang]");
    return marked !== document.documentElement && marked.lang.slice(0, 2) !== home;
  };
  const SPOKEN = ["aria-label", "title", "alt", "placeholder"];
  const found = [document.title];
  const roots = [document.body, ...[...document.querySelectorAll("template")].map((one) => one.content)];
  for (const root of roots) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
      if (!element || (element.closest("[lang]") && foreign(element))) continue;
      if (element.closest("script, style, [data-verbatim]")) continue;
      if (node.nodeType === Node.TEXT_NODE) found.push(node.data);
      else for (const name of SPOKEN) found.push(element.getAttribute(name) ?? "");
    }
  }
  return found.map((one) => one.replace(/\\s+/g, " ").trim()).filter(Boolean);
}"""
"""Every word of the page in its own language: texts and spoken attributes, hidden and folded ones too."""


@pytest.fixture
def world(transactional_db: None) -> Furnished:
    return furnish()


def in_latin_letters() -> None:
    """What people wrote, in Latin letters."""
    for model, columns in WRITTEN_BY_PEOPLE.items():
        for row in model._default_manager.all():
            for column in columns:
                setattr(row, column, HAN.sub("-", " ".join(lazy_pinyin(getattr(row, column)))))
            row.save()


def walked(visitor: Visitor, live: str, world: Furnished, language: str) -> Iterator[tuple[Seen, list[str]]]:
    """Every page with its words, as its person reads it."""
    pages: dict[str, Page] = {}
    for seen in PAGES:
        if seen.who not in pages:
            page = pages[seen.who] = enter(visitor(), live, world, seen.who)
            if seen.who == NOBODY:
                page.goto("/login/")
                page.locator(f"button[name=language][value={language}]").click() if language == "en" else None
            else:
                choose_language(by=world.office.fresh(seen.who), language=language)
        page = pages[seen.who]
        page.goto(reverse(seen.name, args=[seen.thing(world)] if seen.thing else []) + seen.query)
        yield seen, page.evaluate(TEXTS)


def test_english_pages_hold_no_chinese(visitor: Visitor, live: str, world: Furnished) -> None:
    in_latin_letters()
    found = {
        (seen.name, seen.query, text[:80])
        for seen, texts in walked(visitor, live, world, "en")
        for text in texts
        if HAN.search(QUOTED.sub("", text))
    }
    assert found == set()


def test_chinese_pages_hold_no_english(visitor: Visitor, live: str, world: Furnished) -> None:
    found = {
        (seen.name, seen.query, word, text[:80])
        for seen, texts in walked(visitor, live, world, "zh-hans")
        for text in texts
        for word in LATIN.findall(SIGNS.sub("", text))
        if word not in ALLOWED
    }
    assert found == set()
