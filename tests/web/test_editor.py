"""The editor: findings in the text, fixes by a key, find and replace, input methods; it holds nobody."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, Request, Route, expect

from hezou.manuscripts.models import Manuscript
from tests.support.browser import Visitor
from tests.support.office import TEXT, Office, found_office
from tests.support.writing import (
    editor,
    enter,
    expect_saved,
    expect_selected,
    expect_text,
    find,
    open_to_write,
    text_of,
    until,
)

SLIPS = TEXT.replace("12项", "XX项").replace("公开。", "公开。。")
WIDE = SLIPS.replace("某科", "𠮷科🀄")
"""With characters that count as one on the server and as two in the browser, before every slip."""


@pytest.fixture
def office(transactional_db: None) -> Office:
    return found_office()


@pytest.fixture
def writer(visitor: Visitor, office: Office) -> Page:
    return enter(visitor(), office, "writer")


def marks(page: Page, severity: str = "") -> list[str]:
    """The passages underlined in the text."""
    return page.locator(f".cm-lintRange{f'-{severity}' if severity else ''}").all_inner_texts()


def announced(page: Page) -> str:
    return page.locator(".cm-announced").inner_text()


def test_findings_are_marked_at_their_place_and_by_their_weight(writer: Page, office: Office) -> None:
    open_to_write(writer, office.draft(text=SLIPS))
    expect(writer.locator(".cm-lintRange")).to_have_count(2)
    assert (marks(writer, "error"), marks(writer, "warning")) == (["XX"], ["。。"])
    styles = [
        writer.locator(f".cm-lintRange-{one}").evaluate("one => getComputedStyle(one).textDecorationStyle")
        for one in ("error", "warning")
    ]
    assert styles == ["double", "wavy"]


def test_keys_walk_the_findings_and_correct_them(writer: Page, office: Office) -> None:
    piece = office.draft(text=SLIPS)
    open_to_write(writer, piece)
    writer.keyboard.press("F8")
    expect_selected(writer, "XX")
    expect(writer.locator("#findings li.here mark")).to_have_text("XX")
    assert "XX" in announced(writer)
    writer.keyboard.type("12")
    writer.keyboard.press("F8")
    expect_selected(writer, "。。")
    writer.keyboard.press("Shift+F8")
    writer.keyboard.press("F8")
    writer.keyboard.press("Alt+Enter")
    expect_text(writer, TEXT)
    expect(writer.locator("#findings li")).to_have_count(0)
    expect(writer.locator(".cm-lintRange")).to_have_count(0)
    expect_saved(piece, office.person["writer"], TEXT)


def test_the_other_key_corrects_as_well(writer: Page, office: Office) -> None:
    open_to_write(writer, office.draft(text=TEXT.replace("公开。", "公开。。")))
    find(writer, "。。")
    writer.keyboard.press("Control+.")
    expect_text(writer, TEXT)


def test_places_are_right_behind_characters_of_two_units(writer: Page, office: Office) -> None:
    open_to_write(writer, office.draft(text=WIDE))
    expect(writer.locator(".cm-lintRange")).to_have_count(2)
    assert marks(writer) == ["XX", "。。"]
    writer.locator("#findings [data-selects]").first.click()
    expect_selected(writer, "XX")


def test_list_leads_to_the_place_where_it_stands_by_now(writer: Page, office: Office) -> None:
    open_to_write(writer, office.draft(text=SLIPS))
    expect(writer.locator(".cm-lintRange")).to_have_count(2)
    writer.keyboard.press("Control+Home")
    writer.keyboard.insert_text("新")
    writer.locator("#findings [data-selects]").first.click()
    expect_selected(writer, "XX")


def test_fix_in_the_list_changes_the_text(writer: Page, office: Office) -> None:
    open_to_write(writer, office.draft(text=SLIPS))
    writer.locator("#findings button[data-fix]").first.click()
    expect_text(writer, SLIPS.replace("。。", "。"))
    expect(writer.locator("#findings li")).to_have_count(1)


def test_answer_to_an_older_text_is_dropped(writer: Page, office: Office) -> None:
    open_to_write(writer, office.draft())
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        held.append(route)
        if len(held) > 1:
            route.continue_()

    writer.route("**/manuscripts/check", hold_the_first)
    with writer.expect_request("**/manuscripts/check"):
        writer.keyboard.insert_text("XX")
    writer.keyboard.press("Backspace")
    writer.keyboard.press("Backspace")
    held[0].continue_()
    writer.wait_for_timeout(1500)
    assert len(held) == 2
    expect(writer.locator("#findings li")).to_have_count(0)
    assert marks(writer) == []


def test_finds_exactly_what_is_typed_and_replaces_it(writer: Page, office: Office) -> None:
    open_to_write(writer, office.draft(text=f"{TEXT}\n甲,乙，丙,丁$1"))
    writer.keyboard.press("Control+h")
    writer.locator(".finder input").first.fill(",")
    expect(writer.locator("[data-found]")).to_have_text(re.compile("2"))
    writer.locator(".finder input").last.fill("$，")
    writer.locator(".finder [data-act=all]").click()
    expect_text(writer, f"{TEXT}\n甲$，乙，丙$，丁$1")
    writer.keyboard.press("Escape")
    expect(writer.locator(".finder")).to_have_count(0)
    expect(editor(writer)).to_be_focused()
    writer.keyboard.press("Control+z")
    expect_text(writer, f"{TEXT}\n甲,乙，丙,丁$1")


def test_find_walks_chinese_words_round_the_end(writer: Page, office: Office) -> None:
    open_to_write(writer, office.draft())
    writer.keyboard.press("Control+f")
    writer.keyboard.insert_text("事项")
    for standing in ("1/3", "2/3", "3/3", "1/3"):
        writer.keyboard.press("Enter")
        expect(writer.locator("[data-found]")).to_have_text(re.compile(standing))
    writer.keyboard.press("Shift+Enter")
    expect(writer.locator("[data-found]")).to_have_text(re.compile("3/3"))


def test_enter_in_the_finder_sends_no_form(writer: Page, office: Office) -> None:
    piece = office.draft()
    open_to_write(writer, piece)
    writer.keyboard.press("Control+f")
    writer.keyboard.insert_text("没有的话")
    writer.keyboard.press("Enter")
    writer.wait_for_timeout(300)
    assert writer.url.endswith(f"/manuscripts/{piece.pk}/edit")
    assert piece.version_count == Manuscript.objects.get().version_count


def test_tab_and_escape_lead_out_of_the_text(writer: Page, office: Office) -> None:
    open_to_write(writer, office.draft())
    before = text_of(writer)
    writer.keyboard.press("Tab")
    expect(editor(writer)).not_to_be_focused()
    writer.keyboard.press("Shift+Tab")
    expect(editor(writer)).to_be_focused()
    writer.keyboard.press("Escape")
    expect(writer.locator(".writing-foot")).to_be_focused()
    editor(writer).focus()
    writer.keyboard.press("Control+f")
    editor(writer).focus()
    writer.keyboard.press("Escape")
    expect(writer.locator(".finder")).to_have_count(0)
    expect(editor(writer)).to_be_focused()
    assert text_of(writer) == before


def test_editor_has_the_name_and_the_help_of_its_area(writer: Page, office: Office) -> None:
    open_to_write(writer, office.draft())
    named = writer.get_by_role("textbox", name="正文", exact=True)
    expect(named).to_be_focused()
    described = (named.get_attribute("aria-describedby") or "").split()
    assert described == ["id_text_helptext", "id_text_keys"]
    writer.locator("label[for=id_text]").click()
    expect(editor(writer)).to_be_focused()


@pytest.mark.parametrize("width", [1280, 375])
def test_axe_finds_nothing_while_one_writes(writer: Page, office: Office, width: int) -> None:
    writer.set_viewport_size({"width": width, "height": 800})
    open_to_write(writer, office.draft(text=SLIPS))
    writer.keyboard.press("F8")
    writer.keyboard.press("Control+f")
    expect(writer.locator(".finder")).to_be_visible()
    assert Axe().run(writer).response["violations"] == []
    assert writer.evaluate("document.documentElement.scrollWidth") == width


def test_plain_area_writes_without_scripts(visitor: Visitor, office: Office) -> None:
    page = enter(visitor(java_script_enabled=False), office, "writer")
    piece = office.draft()
    page.goto(f"/manuscripts/{piece.pk}/edit")
    page.locator("textarea[name=text]").fill(f"{TEXT}\n不用脚本写的。")
    page.locator("button[name=do][value=keep]").click()
    page.wait_for_url(f"**/manuscripts/{piece.pk}")
    assert Manuscript.objects.get().version_count == 2


LAST_TYPED = """() => {
  const { bottom } = getSelection().getRangeAt(0).getBoundingClientRect();
  const foot = document.querySelector(".writing-foot").getBoundingClientRect();
  const bar = document.querySelector(".main-action").getBoundingClientRect();
  const end = bar.top > innerHeight / 2 ? bar.top : innerHeight;
  return [bottom <= foot.top, foot.bottom <= end];
}"""
"""Whether what is selected stands above the line of saving, and that line above what may cover it."""


@pytest.mark.parametrize("size", [(1366, 600), (375, 667)], ids=["desk", "phone"])
def test_what_was_saved_is_in_sight_wherever_one_writes(
    writer: Page, office: Office, size: tuple[int, int]
) -> None:
    writer.set_viewport_size({"width": size[0], "height": size[1]})
    text = TEXT + "\n每件事项办结后由专人回访。" * 40
    piece = office.draft(text=text)
    open_to_write(writer, piece)
    for key, typed in (("Control+Home", "新"), ("Control+End", "又")):
        writer.keyboard.press(key)
        writer.keyboard.insert_text(typed)
        text = f"{typed}{text}" if typed == "新" else f"{text}{typed}"
        expect_saved(piece, office.person["writer"], text)
        state = writer.locator("[data-save-state][data-says=saved]")
        expect(state).to_have_text(re.compile(r"\d\d:\d\d"))
        expect(state).to_be_in_viewport(ratio=1)
        writer.keyboard.press("Shift+ArrowLeft")
        assert writer.evaluate(LAST_TYPED) == [True, True]
        writer.keyboard.press("ArrowRight")


class InputMethod:
    """A Chinese input method: syllables that are not yet text, then the word chosen."""

    def __init__(self, page: Page) -> None:
        self._driver = page.context.new_cdp_session(page)

    def spell(self, syllables: str) -> None:
        where = {"selectionStart": len(syllables), "selectionEnd": len(syllables)}
        self._driver.send("Input.imeSetComposition", {"text": syllables, **where})

    def choose(self, word: str) -> None:
        self._driver.send("Input.insertText", {"text": word})


def sent_by(page: Page) -> list[str]:
    """What leaves the page from now on."""
    found: list[str] = []

    def see(request: Request) -> None:
        found.append(request.post_data or "")

    page.on("request", see)
    return found


def test_saving_does_not_disturb_an_input_method(writer: Page, office: Office) -> None:
    piece = office.draft()
    open_to_write(writer, piece)
    sent = sent_by(writer)
    hands = InputMethod(writer)
    writer.keyboard.insert_text("已定。")
    hands.spell("zhong")
    expect_saved(piece, office.person["writer"], f"{TEXT}已定。")
    hands.spell("zhong'wen")
    writer.wait_for_timeout(1200)
    assert editor(writer).inner_text().endswith("已定。zhong'wen")
    hands.choose("中文")
    expect_text(writer, f"{TEXT}已定。中文")
    expect_saved(piece, office.person["writer"], f"{TEXT}已定。中文")
    assert [one for one in sent if "zhong" in one] == []


def test_findings_wait_for_an_input_method(writer: Page, office: Office) -> None:
    open_to_write(writer, office.draft())
    hands = InputMethod(writer)
    with writer.expect_response("**/manuscripts/check"):
        writer.keyboard.insert_text("第XX号")
        hands.spell("zhong")
    expect(writer.locator("#findings li")).to_have_count(1)
    assert marks(writer) == []
    hands.spell("")
    expect(writer.locator(".cm-lintRange")).to_have_count(1)
    assert marks(writer) == ["XX"]
    expect_text(writer, f"{TEXT}第XX号")


def test_marked_text_is_kept_from_the_server_while_it_is_typed(writer: Page, office: Office) -> None:
    open_to_write(writer, office.draft())
    sent = sent_by(writer)
    writer.keyboard.press("Control+Home")
    writer.keyboard.insert_text("机密★1年")
    writer.keyboard.press("Enter")
    expect(writer.locator("[data-save-state]")).to_have_text(re.compile("机密★1年"))
    writer.wait_for_timeout(1200)
    writer.keyboard.press("Control+s")
    writer.wait_for_timeout(300)
    assert [one for one in sent if "机密" in one] == []


def test_chromium_90_marks_corrects_and_saves(old_visitor: Visitor, live: str, office: Office) -> None:
    """What the pages promise there; driven by plain keys, as this browser is older than its driver."""
    piece = office.draft()
    page, client, name = old_visitor(), Client(), settings.SESSION_COOKIE_NAME
    client.force_login(office.account("writer"), backend="hezou.access.backend.Backend")
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live}])
    page.goto(f"/manuscripts/{piece.pk}/edit")
    page.evaluate("document.querySelector('.cm-content').focus()")
    page.keyboard.press("Control+End")
    page.keyboard.insert_text("又一句。。")
    until(lambda: marks(page) == ["。。"], lambda: f"marked is {marks(page)}")
    page.keyboard.press("Alt+Enter")  # nothing is selected: this build dies of a selection without a screen
    expect_saved(piece, office.person["writer"], f"{TEXT}又一句。")
    assert marks(page) == []
