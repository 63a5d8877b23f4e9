"""Nothing typed is lost: two tabs, two persons, ended log-in, killed server, lost network, takeover."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, Page, Route, expect

from hezou.manuscripts.models import EditLease, Manuscript
from hezou.manuscripts.queries import current_version
from hezou.people.models import Account
from tests.support.browser import NO_NETWORK, Visitor, Watch, visits
from tests.support.office import TEXT, Office, found_office, read
from tests.support.serving import Server
from tests.support.writing import (
    editor,
    enter,
    expect_saved,
    expect_text,
    log_in,
    open_to_write,
    saved,
    text_of,
)


@pytest.fixture
def office(transactional_db: None) -> Office:
    return found_office()


@pytest.fixture
def piece(office: Office) -> Manuscript:
    return office.draft("writer", "colleague")


def add(page: Page, words: str) -> None:
    """Type behind the last character."""
    editor(page).focus()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(words)


def keep(page: Page, piece: Manuscript) -> None:
    page.locator("button[name=do][value=keep]").click()
    page.wait_for_url(f"**/manuscripts/{piece.pk}")


def newest(piece: Manuscript) -> str:
    return current_version(read(piece)).text.plain()


def merge_all_of_theirs(page: Page) -> None:
    """Take the other text at every difference, by keyboard, and say that both are one."""
    for _ in range(page.locator(".cm-merge-b .cm-changedText, .cm-merge-a .cm-changedText").count() + 1):
        page.keyboard.press("F7")
        page.keyboard.press("Control+Enter")
    page.locator(".merge-bar [data-act=done]").click()
    expect(page.locator(".cm-mergeView")).to_have_count(0)


def test_two_tabs_of_one_person(visitor: Visitor, office: Office, piece: Manuscript) -> None:
    first = open_to_write(enter(visitor(), office, "writer"), piece)
    second = open_to_write(first.context.new_page(), piece)
    add(first, "\n第一个窗口写的。")
    expect_saved(piece, office.person["writer"], f"{TEXT}\n第一个窗口写的。")
    second.keyboard.press("Control+Home")
    second.keyboard.insert_text("第二个窗口：")
    merge = second.locator("[data-merges]")
    expect(merge).to_be_visible()
    merge.click()
    expect(second.locator(".cm-merge-a")).to_contain_text("第一个窗口写的。")
    second.keyboard.press("F7")
    second.keyboard.press("Control+Enter")
    second.locator(".merge-bar [data-act=done]").click()
    both = f"第二个窗口：{TEXT}\n第一个窗口写的。"
    expect_text(second, both)
    expect_saved(piece, office.person["writer"], both)
    keep(second, piece)
    assert newest(piece) == both
    expect_text(first, f"{TEXT}\n第一个窗口写的。")


def test_two_tabs_of_a_reviewer(visitor: Visitor, office: Office) -> None:
    piece = office.handed_in()
    first = enter(visitor(), office, "head")
    second = first.context.new_page()
    for tab in (first, second):
        tab.goto(f"/review/{piece.pk}")
        tab.locator("details:has(textarea[name=text]) summary").click()
    add(first, "第一个窗口改的。")
    expect_saved(piece, office.person["head"], f"{TEXT}第一个窗口改的。")
    editor(second).focus()
    second.keyboard.insert_text("改：")
    second.locator("button[name=verdict][value=approve]").click()
    expect(second.locator(".cm-merge-a")).to_contain_text("第一个窗口改的。")
    expect_text(second, f"改：{TEXT}")
    second.keyboard.press("F7")
    second.keyboard.press("Control+Enter")
    second.locator(".merge-bar [data-act=done]").click()
    second.locator("button[name=verdict][value=approve]").click()
    expect(second.locator("form#decide")).to_have_count(0)
    assert newest(piece) == f"改：{TEXT}第一个窗口改的。"


def test_two_persons(visitor: Visitor, office: Office, piece: Manuscript) -> None:
    one, other = (open_to_write(enter(visitor(), office, key), piece) for key in ("writer", "colleague"))
    add(one, "\n甲写的。")
    add(other, "\n乙写的。")
    expect_saved(piece, office.person["writer"], f"{TEXT}\n甲写的。")
    expect_saved(piece, office.person["colleague"], f"{TEXT}\n乙写的。")
    keep(one, piece)
    other.locator("button[name=do][value=keep]").click()
    expect(other.locator(".cm-merge-a")).to_contain_text("甲写的。")
    expect_text(other, f"{TEXT}\n乙写的。")
    other.keyboard.press("Control+End")
    other.keyboard.insert_text("\n甲写的。")
    other.locator(".merge-bar [data-act=done]").click()
    keep(other, piece)
    assert newest(piece) == f"{TEXT}\n乙写的。\n甲写的。"
    assert [version.text.plain() for version in piece.versions.order_by("number")[:2]] == [
        TEXT,
        f"{TEXT}\n甲写的。",
    ]


def test_ended_log_in(visitor: Visitor, office: Office, piece: Manuscript) -> None:
    page = open_to_write(enter(visitor(), office, "writer"), piece)
    Session.objects.all().delete()
    add(page, "\n登录失效后写的。")
    expect(page.locator("[data-save-state][data-says=expired]")).to_be_visible()
    assert saved(piece, office.person["writer"]) is None
    page.locator("button[name=do][value=keep]").click()
    expect_text(page, f"{TEXT}\n登录失效后写的。")
    log_in(page.context.new_page(), office.person["writer"].account.username)
    page.bring_to_front()
    page.keyboard.press("Control+s")
    expect_saved(piece, office.person["writer"], f"{TEXT}\n登录失效后写的。")
    keep(page, piece)
    assert newest(piece) == f"{TEXT}\n登录失效后写的。"


def ended(page: Page) -> Callable[[], None]:
    """The log-in ends; gives what brings it back: a log-in in another tab."""
    username = Session.objects.get().get_decoded()["_auth_user_id"]
    Session.objects.all().delete()

    def again() -> None:
        log_in(page.context.new_page(), Account.objects.get(pk=username).username)
        page.bring_to_front()

    return again


def cut(page: Page) -> Callable[[], None]:
    """The network goes; gives what brings it back."""
    page.context.set_offline(True)
    return lambda: page.context.set_offline(False)


@pytest.mark.parametrize(("breaks", "says"), [(ended, "expired"), (cut, "failed")])
def test_piece_that_is_not_kept_yet(
    cut_visitor: Visitor, office: Office, breaks: Callable[[Page], Callable[[], None]], says: str
) -> None:
    page = enter(cut_visitor(), office, "writer")
    page.goto("/manuscripts/new")
    add(page, TEXT)
    page.locator("select[name=kind]").select_option(office.kind)
    page.get_by_label("可公开", exact=True).check()
    page.get_by_label("不予公开", exact=True).check()
    mend = breaks(page)
    page.locator("button[name=do][value=keep]").click()
    expect(page.locator(f"[data-save-state][data-says={says}]")).to_be_visible()
    expect_text(page, TEXT)
    assert not Manuscript.objects.exists()
    mend()
    page.locator("button[name=do][value=keep]").click()
    page.wait_for_url("**/manuscripts/*-*")
    assert newest(Manuscript.objects.get()) == TEXT


@pytest.mark.parametrize(("breaks", "says"), [(ended, "expired"), (cut, "failed")])
def test_ink_that_is_being_entered(
    cut_visitor: Visitor, office: Office, breaks: Callable[[Page], Callable[[], None]], says: str
) -> None:
    piece, changed = office.handed_in(), f"{TEXT}领导添了一句。"
    page = enter(cut_visitor(), office, "editor")
    page.goto(f"/recording/{piece.pk}")
    page.locator("details:has(textarea[name=text]) summary").click()
    page.locator("textarea[name=text]").fill(changed)
    page.get_by_label("授权办公室按此修改").check()
    mend = breaks(page)
    page.locator("button[value=approve]").click()
    expect(page.locator(f"[data-save-state][data-says={says}]")).to_be_visible()
    expect(page.locator("textarea[name=text]")).to_have_value(changed)
    mend()
    page.locator("button[value=approve]").click()
    page.wait_for_url("**/recording/")
    assert newest(piece) == changed


def test_lost_network(cut_visitor: Visitor, office: Office, piece: Manuscript) -> None:
    page = open_to_write(enter(cut_visitor(), office, "writer"), piece)
    page.context.set_offline(True)
    add(page, "\n断网时写的。")
    expect(page.locator("[data-save-state][data-says=failed]")).to_be_visible()
    page.locator("button[name=do][value=keep]").click()
    expect_text(page, f"{TEXT}\n断网时写的。")
    add(page, "又写一句。")
    page.context.set_offline(False)
    expect_saved(piece, office.person["writer"], f"{TEXT}\n断网时写的。又写一句。", seconds=20)
    keep(page, piece)
    assert newest(piece) == f"{TEXT}\n断网时写的。又写一句。"


def test_lost_answer(cut_visitor: Visitor, office: Office, piece: Manuscript) -> None:
    """The server saved, and its answer never came: nobody is asked to merge a text with itself."""
    page = open_to_write(enter(cut_visitor(), office, "writer"), piece)
    answers: list[int] = []

    def lose_the_first(route: Route) -> None:
        answers.append(route.fetch().status)
        if len(answers) == 1:
            route.abort()
        else:
            route.continue_()

    page.route("**/working-copy", lose_the_first)
    add(page, "\n回音没有收到。")
    expect(page.locator("[data-save-state][data-says=failed]")).to_be_visible()
    page.unroute("**/working-copy")
    add(page, "接着写。")
    expect_saved(piece, office.person["writer"], f"{TEXT}\n回音没有收到。接着写。")
    expect(page.locator("[data-save-state][data-says=saved]")).to_be_visible()
    assert answers == [200]


def test_line_gone_dead(cut_visitor: Visitor, office: Office, piece: Manuscript) -> None:
    """Nobody answers, and nobody refuses either: after half a minute it counts as gone."""
    page = enter(cut_visitor(), office, "writer")
    page.clock.install()
    open_to_write(page, piece)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/working-copy", hold)
    add(page, "\n线路不通时写的。")
    page.clock.run_for(1_000)
    page.wait_for_timeout(200)
    assert len(held) == 1
    page.unroute("**/working-copy")
    page.clock.run_for(31_000)
    expect(page.locator("[data-save-state][data-says=failed]")).to_be_visible()
    page.clock.run_for(6_000)
    expect_saved(piece, office.person["writer"], f"{TEXT}\n线路不通时写的。")


@pytest.fixture
def server(transactional_db: None) -> Iterator[Server]:
    served = Server()
    served.start()
    yield served
    served.kill()


def test_killed_server(browser: Browser, server: Server, office: Office, piece: Manuscript) -> None:
    comes = visits(browser, Watch(server.url, *NO_NETWORK))
    page = open_to_write(enter(next(comes)(), office, "writer"), piece)
    add(page, "\n重启前写的。")
    expect_saved(piece, office.person["writer"], f"{TEXT}\n重启前写的。")
    server.kill()
    add(page, "停机时写的。")
    expect(page.locator("[data-save-state][data-says=failed]")).to_be_visible()
    add(page, "还没恢复。")
    server.start()
    expect_saved(piece, office.person["writer"], f"{TEXT}\n重启前写的。停机时写的。还没恢复。", seconds=90)
    assert text_of(page) == f"{TEXT}\n重启前写的。停机时写的。还没恢复。"
    next(comes, None)


def test_takeover(visitor: Visitor, office: Office, piece: Manuscript) -> None:
    one = open_to_write(enter(visitor(), office, "writer"), piece)
    with one.expect_response("**/lease"):
        add(one, "\n甲写到一半")
    other = enter(visitor(), office, "colleague")
    other.goto(f"/manuscripts/{piece.pk}/edit")
    expect(other.locator("[data-lease-says]")).to_contain_text(office.person["writer"].name)
    editor(other).focus()
    other.keyboard.insert_text("不该写进去")
    expect_text(other, TEXT)
    with other.expect_response("**/lease"):
        other.locator("[data-lease] button").click()
    expect(other.locator("[data-lease]")).to_be_hidden()
    add(other, "\n乙接手写的。")
    with one.expect_response("**/lease"):
        one.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(one.locator("[data-lease-says]")).to_contain_text(office.person["colleague"].name)
    add(one, "，被接手后写完。")
    expect_saved(piece, office.person["writer"], f"{TEXT}\n甲写到一半，被接手后写完。")
    expect_saved(piece, office.person["colleague"], f"{TEXT}\n乙接手写的。")
    keep(other, piece)
    one.locator("button[name=do][value=keep]").click()
    expect(one.locator(".cm-merge-a")).to_contain_text("乙接手写的。")
    expect_text(one, f"{TEXT}\n甲写到一半，被接手后写完。")


def test_whoever_leaves_the_page_writes_no_longer(
    visitor: Visitor, office: Office, piece: Manuscript
) -> None:
    one = open_to_write(enter(visitor(), office, "writer"), piece)
    with one.expect_response("**/lease"):
        add(one, "写一句就走。")
    expect_saved(piece, office.person["writer"], f"{TEXT}写一句就走。")
    assert EditLease.objects.get().person == office.person["writer"]
    one.goto("/")
    other = open_to_write(enter(visitor(), office, "colleague"), piece)
    expect(other.locator("[data-lease]")).to_be_hidden()
    add(other, "我接着写。")
    expect_saved(piece, office.person["colleague"], f"{TEXT}我接着写。")


def test_lease_is_told_to_a_page_already_open(visitor: Visitor, office: Office, piece: Manuscript) -> None:
    other = open_to_write(enter(visitor(), office, "colleague"), piece)
    expect(other.locator("[data-lease]")).to_be_hidden()
    one = open_to_write(enter(visitor(), office, "writer"), piece)
    with one.expect_response("**/lease"):
        add(one, "甲开始写。")
    with other.expect_response("**/lease"):
        other.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(other.locator("[data-lease-says]")).to_have_text(
        re.compile(f"{office.person['writer'].name}正在修改")
    )
    expect(editor(other)).to_have_attribute("aria-readonly", "true")


def test_who_has_typed_before_goes_on_while_another_writes(
    visitor: Visitor, office: Office, piece: Manuscript
) -> None:
    one, other = (open_to_write(enter(visitor(), office, key), piece) for key in ("writer", "colleague"))
    add(other, "\n乙先写的。")
    expect_saved(piece, office.person["colleague"], f"{TEXT}\n乙先写的。")
    with one.expect_response("**/lease"):
        one.keyboard.insert_text("\n甲写的。")
    open_to_write(other, piece)
    expect(editor(other)).not_to_have_attribute("aria-readonly", "true")
    add(other, "接着写。")
    expect_saved(piece, office.person["colleague"], f"{TEXT}\n乙先写的。接着写。")


def test_whole_text_of_the_other_is_taken_by_keys(
    visitor: Visitor, office: Office, piece: Manuscript
) -> None:
    one, other = (open_to_write(enter(visitor(), office, key), piece) for key in ("writer", "colleague"))
    changed = TEXT.replace("今年以来", "今年上半年").replace("高频", "常见").replace("当天", "三日内")
    one.keyboard.press("Control+a")
    one.keyboard.insert_text(changed)
    expect_saved(piece, office.person["writer"], changed)
    keep(one, piece)
    add(other, "乙改的。")
    expect_saved(piece, office.person["colleague"], f"{TEXT}乙改的。")
    other.locator("button[name=do][value=keep]").click()
    expect(other.locator(".cm-mergeView")).to_be_visible()
    merge_all_of_theirs(other)
    expect_text(other, changed)
