"""Two hands on the same rules: another administrator, or a newer version of the program."""

from __future__ import annotations

import pytest
from django.test import Client

from hezou.packs.queries import rulebook, versions_of
from hezou.packs.shipped import read
from hezou.people.queries import today_of
from tests.support.office import Office
from tests.support.rules import change, newest, with_older_rules
from tests.web.conftest import LogIn
from tests.web.forms import body
from tests.web.settings_pages import (
    RULES,
    address,
    adopt,
    changes_of,
    form_of,
    preview,
    words,
)

LIMIT = '[[numbers]]\ncode = "countersign_working_days"\nvalue = 3\nunit = "working_days"\n'
COMPOSITE = '  { code = "composite", label = { zh = "综合采用", en = "Adopted in a composite" } },\n'


@pytest.fixture
def admin(log_in: LogIn) -> Client:
    return log_in("administrator")


def test_a_faster_administrator_is_brought_together_with(admin: Client, office: Office) -> None:
    page = preview(admin, "limits", numbers__0__value="900")
    change(office, "limits", lambda text: text.replace("value = 20\n", "value = 15\n"))
    page = adopt(admin, page, "limits")
    assert page.status_code == 409
    assert "Version 2 by 丑某" in body(page)
    assert changes_of(page) == [
        "Figures › A manuscript holds at most so many characters Figure changed 200,000 900"
    ]
    assert form_of(page, "adopt")["seen"] == ["2"]
    assert adopt(admin, page, "limits").status_code == 303
    held = rulebook(office.agency.pk, today_of(office.agency))
    assert [held.limit(code) for code in ("manuscript_characters", "wording_edit_characters")] == [900, 15]


def test_what_both_changed_is_named(admin: Client, office: Office) -> None:
    page = preview(admin, "limits", numbers__0__value="900")
    change(office, "limits", lambda text: text.replace("200000", "800"))
    page = adopt(admin, page, "limits")
    assert words(page, "//h3[starts-with(., 'Changed on both')]/following-sibling::table/tbody/tr") == [
        "Figures › A manuscript holds at most so many characters › Figure 900 800"
    ]
    assert adopt(admin, page, "limits").status_code == 303


def test_what_makes_no_document_together_is_named_whole(admin: Client, office: Office) -> None:
    page = preview(admin, "kinds", kinds__0__max_characters="250")
    change(office, "kinds", lambda text: text.replace("min_characters = 200", "min_characters = 300"))
    page = adopt(admin, page, "kinds")
    assert (page.status_code, "The whole" in body(page)) == (409, True)
    assert "max_characters = 250" in form_of(page, "adopt")["body"][0]


def test_a_row_that_one_took_out_and_the_other_changed_is_named(admin: Client, office: Office) -> None:
    page = preview(admin, "kinds", kinds__6__label__zh="宣传")
    text = newest(office, "kinds").body
    change(office, "kinds", lambda _: text[: text.rindex("[[kinds]]")])
    page = adopt(admin, page, "kinds")
    [row] = words(page, "//h3[starts-with(., 'Changed on both')]/following-sibling::table/tbody/tr")
    assert row.endswith("taken out")
    assert row.startswith("Kinds › Publicity")


def test_a_limit_that_was_shipped_later_is_told_and_taken_over(admin: Client, office: Office) -> None:
    with_older_rules(office, "limits", LIMIT)
    desk = body(admin.get("/"))
    assert "The rules ask for a look" in desk
    page = admin.get(RULES)
    assert words(page, "//p[contains(@class, 'flash')]//a") == ["Look at the new rules: Limits and switches"]
    assert "is missing" in " ".join(words(page, "//div[contains(@class, 'flash')]//li"))
    page = admin.get(f"{RULES}/limits/upgrade")
    assert changes_of(page) == [
        "Figures › A consent by word of mouth is signed within so many working days added — Figure: 3"
    ]
    assert adopt(admin, page, "limits").status_code == 303
    assert "The rules ask for a look" not in body(admin.get("/"))
    assert admin.get(f"{RULES}/limits/upgrade").status_code == 404


def test_newer_shipped_rules_stand_beside_what_the_agency_made(admin: Client, office: Office) -> None:
    with_older_rules(office, "bodies", COMPOSITE)
    change(office, "bodies", lambda text: text.replace("单篇采用", "整篇采用"))
    page = admin.get(f"{RULES}/bodies/upgrade")
    assert words(
        page, "//h2[starts-with(., 'What the program')]/following-sibling::table/tbody/tr/td[1]"
    ) == ["Forms of adoption › Adopted in a composite"]
    assert len(words(page, "//h2[starts-with(., 'What this agency')]/following-sibling::table/tbody/tr")) == 1
    back = admin.post(address("bodies", "/preview"), {**form_of(page, "adopt"), "do": "back"})
    page = admin.post(address("bodies", "/edit"), {**form_of(back), "do": "preview"})
    assert adopt(admin, page, "bodies").status_code == 303
    assert [one.number for one in versions_of(office.agency.pk, "bodies")] == [4, 3, 2, 1]
    assert admin.get(f"{RULES}/bodies/main/edit?from=1").status_code == 200


def test_an_upgrade_that_changes_nothing_here_can_be_kept(admin: Client, office: Office) -> None:
    with_older_rules(office, "bodies", COMPOSITE)
    older = newest(office, "bodies").body
    brought = COMPOSITE.replace("综合采用", "合并采用")
    change(office, "bodies", lambda _: read("district-bureau")["bodies"].replace(COMPOSITE, brought))
    assert older != newest(office, "bodies").body
    page = admin.get(f"{RULES}/bodies/upgrade")
    assert changes_of(page) == []
    assert adopt(admin, page, "bodies").status_code == 303
    assert admin.get(f"{RULES}/bodies/upgrade").status_code == 404


def test_an_upgrade_to_a_text_that_is_shipped_no_more_is_not_found(admin: Client, office: Office) -> None:
    with_older_rules(office, "bodies", COMPOSITE)
    page = admin.get(f"{RULES}/bodies/upgrade")
    assert adopt(admin, page, "bodies", upgrade="0" * 64).status_code == 404
