"""设置 → 规则: read, changed and adopted, by administrators alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from hezou.packs.models import PackVersion
from hezou.packs.queries import rulebook
from hezou.packs.rules import FAMILIES
from hezou.people.queries import today_of
from tests.support.office import Office, found_office
from tests.support.rules import change, newest
from tests.web.conftest import LogIn
from tests.web.forms import body
from tests.web.settings_pages import (
    RULES,
    address,
    adopt,
    changes_of,
    edited,
    errors_at,
    form_of,
    preview,
    tree,
    words,
)


@pytest.fixture
def admin(log_in: LogIn) -> Client:
    return log_in("administrator")


@pytest.mark.parametrize("who", ["writer", "editor", "signer", "auditor", "secrecy"])
def test_only_administrators_enter(log_in: LogIn, who: str) -> None:
    client = log_in(who)
    paths = ["", "/try", "/routes/main", "/routes/main/versions/1", "/routes/main/edit", "/bodies/upgrade"]
    assert {path: client.get(RULES + path).status_code for path in paths} == dict.fromkeys(paths, 403)
    assert client.post(address("routes", "/preview")).status_code == 403
    assert client.post(address("routes", "/edit")).status_code == 403


def test_rules_are_those_of_the_own_agency(admin: Client, office: Office) -> None:
    other = found_office("hill", rules="county-station")
    version = PackVersion.objects.get(agency_id=other.agency.pk, family="kinds")
    PackVersion.objects.filter(pk=version.pk).update(code="second")
    paths = [f"{RULES}/kinds/second{page}" for page in ("", "/versions/1", "/edit")]
    paths += [f"{RULES}/poems/main", address("kinds", "/versions/9"), f"{RULES}/kinds/upgrade"]
    assert [admin.get(path).status_code for path in paths] == [404] * len(paths)
    assert "田间快报" not in body(admin.get(address("kinds")))


def test_list_tells_each_family_with_its_version(admin: Client, office: Office) -> None:
    change(office, "limits", lambda text: text.replace("200000", "1000"))
    later = today_of(office.agency) + timedelta(days=9)
    change(office, "labels", lambda text: text.replace("信息员", "通讯员"), on=later)
    rows = words(admin.get(RULES), "//tbody/tr/td[3]")
    assert rows == ["1", "1", "1", "1", "2", "1"]
    assert f"version 2 from {later.day}" in body(admin.get(RULES))


def test_page_of_a_family_tells_what_is_in_force_and_why(admin: Client, office: Office) -> None:
    change(office, "limits", lambda text: text.replace("200000", "1000"))
    page = admin.get(address("limits"))
    assert words(page, "//table/tbody/tr")[0] == "A manuscript holds at most so many characters 1,000"
    assert "按局长办公会意见调整" in body(page)
    assert "丑某" in body(page)
    assert words(page, "//ol[@class='timeline']//a") == ["Version 2", "Version 1"]


def test_page_of_the_routes_tells_who_signs(admin: Client) -> None:
    seats = words(admin.get(address("routes")), "//ol[@class='route'][1]/li/p")
    assert seats[:4] == [
        "Unit review: Unit head (own unit)",
        "Editing: Editor (whole agency)",
        "Secrecy review: Secrecy reviewer (whole agency) not counted among the signers, "
        "does not change the text, secrecy review, only for Outward",
        "Signature: Signer (whole agency)",
    ]


def test_page_of_a_version_tells_what_it_changed(admin: Client, office: Office) -> None:
    change(office, "limits", lambda text: text.replace("200000", "1000"))
    page = admin.get(address("limits", "/versions/2"))
    assert words(page, "//h2[starts-with(., 'What it changed')]/following-sibling::table/tbody/tr") == [
        "Figures › A manuscript holds at most so many characters Figure changed 200,000 1,000"
    ]
    assert "Begin a new version from this one" not in body(page)
    first = admin.get(address("limits", "/versions/1"))
    assert "What it changed" not in body(first)
    assert "no longer in force" in body(first)


@pytest.mark.parametrize("rules", ["district-bureau", "county-station"])
@pytest.mark.parametrize("family", FAMILIES)
def test_a_form_sent_as_it_came_changes_nothing(db: None, rules: str, family: str) -> None:
    office = found_office("hill", rules=rules)
    client = Client()
    client.force_login(office.account("administrator"), backend="hezou.access.backend.Backend")
    page = preview(client, family)
    assert (page.status_code, words(page, "//div[@role='alert']//li")) == (
        422,
        ["Nothing differs from the newest version yet."],
    )


def test_a_change_is_previewed_and_adopted(admin: Client, office: Office) -> None:
    page = preview(admin, "kinds", kinds__0__label__zh="要闻", kinds__0__lines=["up", "in"])
    assert changes_of(page) == [
        "Kinds › News Called changed 动态 / News 要闻 / News",
        "Kinds › News May take the lines changed Upward, Outward, Inward Upward, Inward",
    ]
    assert newest(office, "kinds").number == 1
    answer = adopt(admin, page, "kinds")
    assert (answer.status_code, answer.headers["Location"]) == (303, address("kinds"))
    version = newest(office, "kinds")
    assert (version.number, version.reason) == (2, "局长办公会议定")
    held = rulebook(office.agency.pk, today_of(office.agency)).kind("news")
    assert (held.label.zh, held.lines) == ("要闻", ("up", "in"))


def test_a_second_press_adopts_once(admin: Client, office: Office) -> None:
    page = preview(admin, "kinds", kinds__0__label__zh="要闻")
    answers = [adopt(admin, page, "kinds").status_code for _ in range(2)]
    assert (answers, newest(office, "kinds").number) == ([303, 303], 2)


def test_a_later_day_is_told_and_kept_to(admin: Client, office: Office) -> None:
    later = today_of(office.agency) + timedelta(days=9)
    adopt(
        admin, preview(admin, "limits", numbers__0__value="900"), "limits", effective_from=later.isoformat()
    )
    page = preview(admin, "limits", numbers__0__value="800")
    [begin] = tree(page).xpath("//input[@name='effective_from']/@value")
    assert begin == later.isoformat()
    days = [today_of(office.agency), later]
    assert [rulebook(office.agency.pk, day).limit("manuscript_characters") for day in days] == [200000, 900]
    adopt(admin, page, "limits", effective_from=days[0].isoformat())
    page = admin.post(
        address("limits", "/edit"), {**edited(admin, "limits", numbers__0__value="700"), "do": "preview"}
    )
    assert any("Version 2 is decided for" in one for one in words(page, "//main//ul/li"))


@pytest.mark.parametrize(
    ("more", "field", "says"),
    [
        ({"reason": " "}, "reason", "Say in a few words why the rules change."),
        ({"reason": "机密★十年"}, "reason", "mark of secrecy"),
        ({"effective_from": "2020-01-01"}, "effective_from", "Rules take effect from today at the earliest"),
        ({"effective_from": "soon"}, "effective_from", "Enter a valid date."),
    ],
)
def test_an_adoption_that_is_refused_keeps_what_was_typed(
    admin: Client, office: Office, more: dict[str, str], field: str, says: str
) -> None:
    page = adopt(admin, preview(admin, "kinds", kinds__0__label__zh="要闻"), "kinds", **more)
    assert page.status_code == 422
    [said] = errors_at(page)[field]
    assert says in said
    assert "要闻" in form_of(page, "adopt")["body"][0]
    assert newest(office, "kinds").number == 1


def test_the_preview_leads_back_to_the_form(admin: Client) -> None:
    page = preview(admin, "kinds", kinds__0__label__zh="要闻")
    back = admin.post(address("kinds", "/preview"), {**form_of(page, "adopt"), "do": "back"})
    assert form_of(back)["kinds-0-label-zh"] == ["要闻"]
    assert form_of(back)["seen"] == ["1"]


def test_rows_are_added_and_taken_out_with_everything_typed_kept(admin: Client) -> None:
    typed = {**edited(admin, "kinds", kinds__0__label__zh="要闻"), "do": "add:kinds"}
    page = admin.post(address("kinds", "/edit"), typed)
    values = form_of(page)
    assert (page.status_code, values["kinds-0-label-zh"], values["kinds-7-label-zh"]) == (200, ["要闻"], [""])
    assert values["kinds-7-classes"] == ["public", "internal"]
    page = admin.post(address("kinds", "/edit"), {**values, "do": "remove:kinds-1"})
    assert [form_of(page)[f"kinds-{n}-code"] for n in (0, 1)] == [["news"], ["experience"]]


def test_a_new_row_gets_a_code_that_no_former_one_had(admin: Client, office: Office) -> None:
    values = {**edited(admin, "kinds"), "do": "remove:kinds-1"}
    gone = admin.post(address("kinds", "/edit"), values)
    page = admin.post(address("kinds", "/edit"), {**form_of(gone), "do": "preview"})
    assert adopt(admin, page, "kinds").status_code == 303
    added = form_of(admin.post(address("kinds", "/edit"), {**edited(admin, "kinds"), "do": "add:kinds"}))
    added |= {"kinds-6-label-zh": "短讯", "kinds-6-label-en": "Brief", "kinds-6-route": "standard"}
    page = admin.post(address("kinds", "/edit"), {**added, "kinds-6-lines": ["in"], "do": "preview"})
    assert adopt(admin, page, "kinds").status_code == 303
    kinds = rulebook(office.agency.pk, today_of(office.agency)).kinds
    assert list(kinds)[-1] == "brief_2"


def test_the_preview_tells_whom_a_change_touches(admin: Client, office: Office) -> None:
    office.handed_in()
    office.draft()
    office.person["leader"].grants.all().delete()
    page = preview(admin, "routes", routes__0__levels__0__steps__0__role="leader_in_charge")
    assert words(page, "//h2[.='Whom it touches']/following-sibling::ul/li") == [
        "Kinds concerned: News, Brief, Experience, Publicity.",
        "In review: 1. They keep the route they were handed in on, to its end.",
        "Drafts and returned: 1. They go the new way when they are handed in.",
        "Nobody is Leader in charge yet: pieces on this route will not be handed in.",
    ]


def test_the_preview_tells_that_a_kind_goes_out_of_use(admin: Client, office: Office) -> None:
    values = form_of(
        admin.post(address("kinds", "/edit"), {**edited(admin, "kinds"), "do": "remove:kinds-2"})
    )
    page = admin.post(address("kinds", "/edit"), {**values, "do": "preview"})
    [*_, last] = words(page, "//h2[.='Whom it touches']/following-sibling::ul/li")
    assert last == "No piece of these kinds can be begun or handed in any more: Experience."
    assert changes_of(page)[0].startswith("Kinds › Experience taken out")


def test_the_preview_remarks_on_rules_that_ask_nobody(admin: Client) -> None:
    page = preview(admin, "kinds", **{f"kinds__{n}__route": "with_leader" for n in (0, 1, 2, 6)})
    said = words(page, "//h2[.='Whom it touches']/following-sibling::ul/li")
    assert "Route Three levels: no kind goes this route." in said


def test_an_older_version_begins_a_new_one(admin: Client, office: Office) -> None:
    change(office, "limits", lambda text: text.replace("200000", "1000"))
    page = admin.get(address("limits", "/edit?from=1"))
    assert (form_of(page)["numbers-0-value"], form_of(page)["seen"]) == (["200000"], ["2"])
    assert form_of(admin.get(address("limits", "/edit?from=9")))["numbers-0-value"] == ["1000"]
