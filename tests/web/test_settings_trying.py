"""会由谁签？: a route tried by the rules in force, and by changed ones."""

from __future__ import annotations

import pytest
from django.test import Client

from hezou.kernel.ids import uuid7
from hezou.people.queries import today_of
from tests.support.office import Office
from tests.support.rules import newest
from tests.web.conftest import LogIn
from tests.web.forms import Response, body
from tests.web.settings_pages import (
    RULES,
    address,
    errors_at,
    form_of,
    preview,
    words,
)


@pytest.fixture
def admin(log_in: LogIn) -> Client:
    return log_in("administrator")


def tried(client: Client, office: Office, author: str = "writer", **more: str) -> Response:
    asked = {
        "try-kind": "experience",
        "try-author": str(office.person[author].pk),
        "try-other": "",
        "try-content_class": "public",
        "try-openness": "proactive",
        **{f"try-{name}": value for name, value in more.items()},
    }
    return client.get(f"{RULES}/try", asked)


def test_a_route_is_tried_with_persons_deputies_and_cross_reviewers(admin: Client, office: Office) -> None:
    today = today_of(office.agency)
    office.deputise("signer", "leader", today, today)
    page = tried(admin, office)
    assert words(page, "//div[@role='status']//tbody/tr/td[4]") == [
        "丙某",
        "one of: 庚某, 辛某",
        "癸某",
        "壬某 (deputy: 己某)",
    ]
    assert "Lines open to it: Upward, Outward, Inward." in body(page)
    office.cross_reviewer("unit_head", "第一科", "other_head")
    [first, *_] = words(tried(admin, office, "head"), "//div[@role='status']//tbody/tr/td[4]")
    assert first == "戊某 cross reviewer"


@pytest.mark.parametrize(
    ("author", "more", "says"),
    [
        ("head", {}, "The step “Unit review” would fall to an author"),
        ("writer", {"other": "signer"}, "The step “Signature” would fall to an author"),
        ("writer", {"content_class": "internal"}, "An internal piece cannot be public on our own motion."),
        (
            "writer",
            {"kind": "publicity", "content_class": "internal", "openness": "withheld"},
            "Pieces of this kind and class are not kept here.",
        ),
    ],
)
def test_a_trial_tells_what_hand_in_would_refuse(
    admin: Client, office: Office, author: str, more: dict[str, str], says: str
) -> None:
    if "other" in more:
        more = {"other": str(office.person[more["other"]].pk)}
    [said] = words(tried(admin, office, author, **more), "//div[@role='status']/p")
    assert said.startswith("Such a piece would be refused:")
    assert says in said


def test_a_trial_of_nobody_asks_again(admin: Client, office: Office) -> None:
    page = admin.get(f"{RULES}/try", {"try-kind": "experience", "try-author": str(uuid7())})
    assert "author" in str(errors_at(page))


def test_a_changed_route_is_tried_before_it_is_adopted(admin: Client, office: Office) -> None:
    page = preview(admin, "routes", routes__0__levels__0__steps__0__role="leader_in_charge")
    values = {
        **form_of(page, "adopt"),
        "try-author": str(office.person["writer"].pk),
        "reason": "先试一试",
        "do": "try",
    }
    page = admin.post(address("routes", "/preview"), values)
    [first, *_] = words(page, "//div[@role='status']//tbody/tr")
    assert first == "1 First review Unit review Leader in charge (own unit) 己某"
    assert form_of(page, "adopt")["reason"] == ["先试一试"]
    wrong = admin.post(address("routes", "/preview"), {**values, "try-author": "nobody"})
    assert words(wrong, "//div[@role='status']//tbody/tr") == []
    assert newest(office, "routes").number == 1
