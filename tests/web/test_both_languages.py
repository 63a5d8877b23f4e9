"""Every page in both languages: in English no Han character but in what people wrote, in Chinese no English
word but types of files and names of programs and keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.db.models import Model
from django.urls import reverse
from playwright.sync_api import Page
from pypinyin import lazy_pinyin

from hezou.access.models import Token
from hezou.manuscripts.models import Attachment, Manuscript
from hezou.packs.models import PackVersion
from hezou.packs.shipped import read
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
    Token: ("name",),
    Unit: ("name",),
}
"""Columns whose words stand on pages as they are: once in Latin letters, what is Han is the product's own."""

HAN = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+")
LATIN = re.compile(r"[A-Za-z][A-Za-z'-]+")
FILES = {"docx", "doc", "wps", "xlsx", "txt", "md", "pdf", "png", "jpg", "jpeg", "PNG", "JPG", "JPEG", "PDF"}
KEYS = {"Alt", "Ctrl", "Shift", "Enter", "Esc"}
PROGRAMS = {"Word", "Excel", "WPS", "Chrome", "Linux", "https", "WAL"}
ALLOWED = FILES | KEYS | PROGRAMS | {"MB", "KB", "GB", "TB", "AB"}
"""File types, programs, units and keys, A/B for deputies: the same words in Chinese."""
SIGNS = re.compile(
    r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}|\b[0-9a-f]{4,}\b|(?:\b[2-7A-Z]{4}\b ?){4,}"
    r"|\w+\.lake|lake|district-bureau|XX"
)
"""Codes of sheets, hashes, secrets, account names, codes of agency and rules; what a piece left open."""
QUOTED = re.compile("“[^”]*”")
"""What a finding quotes from the text, and what it would put there."""

TEXTS = """() => {
  const SPOKEN = ["aria-label", "title", "alt", "placeholder"];
  document.querySelectorAll("details").forEach((one) => (one.open = true));
  const home = document.documentElement.lang.slice(0, 2);
  const foreign = (one) => {
    const marked = one.closest("[lang]");
    return marked && marked.lang.slice(0, 2) !== home;
  };
  const found = [document.title];
  const roots = [document.body, ...[...document.querySelectorAll("template")].map((one) => one.content)];
  for (const root of roots) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
      if (!element || element.closest("script, style") || foreign(element)) continue;
      if (node.nodeType === Node.TEXT_NODE) found.push(node.data);
      else found.push(...SPOKEN.map((name) => element.getAttribute(name) ?? ""));
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


def walked(
    visitor: Visitor, live: str, world: Furnished, language: str
) -> Iterator[tuple[Seen, list[str], str]]:
    """Every page with its words, as its person reads it, and what the rules say in words of their own."""
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
        page.goto(reverse(seen.name, args=seen.args(world)) + seen.query)
        yield seen, page.evaluate(TEXTS), of_rules(seen)


def of_rules(seen: Seen) -> str:
    """What the agency's rules say, in both languages, where their pages show them as they were adopted."""
    if not seen.name.startswith("rule"):
        return ""
    adopted = (f"{one.body}\n{one.source}\n{one.reason}" for one in PackVersion.objects.all())
    return "\n".join([*adopted, *read("district-bureau").values()])


def test_english_pages_hold_no_chinese(visitor: Visitor, live: str, world: Furnished) -> None:
    in_latin_letters()
    found = {
        (seen.name, seen.query, text[:80])
        for seen, texts, known in walked(visitor, live, world, "en")
        for text in texts
        if not all(one in known for one in HAN.findall(QUOTED.sub("", text)))
    }
    assert found == set()


def test_chinese_pages_hold_no_english(visitor: Visitor, live: str, world: Furnished) -> None:
    found = {
        (seen.name, seen.query, word, text[:80])
        for seen, texts, known in walked(visitor, live, world, "zh-hans")
        for text in texts
        for word in LATIN.findall(SIGNS.sub("", text))
        if word not in ALLOWED and word not in known
    }
    assert found == set()
