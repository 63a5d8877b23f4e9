"""What may not be in force is said at its place, and nothing typed is lost."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from hezou.packs.models import PackVersion
from hezou.packs.rules import text_hash
from hezou.packs.shipped import read
from tests.support.office import Office
from tests.support.rules import newest
from tests.web.conftest import LogIn
from tests.web.forms import body
from tests.web.settings_pages import (
    RULES,
    address,
    edited,
    errors_at,
    form_of,
    preview,
    words,
)

STEP = "routes-0-levels-1-steps-1"


@pytest.fixture
def admin(log_in: LogIn) -> Client:
    return log_in("administrator")


@pytest.mark.parametrize(
    ("family", "changes", "places"),
    [
        (
            "routes",
            {STEP.replace("-", "__") + "__secrecy": None},
            {
                "routes-0-levels": [
                    f"Kind {kind}: the line Outward asks for a secrecy review; "
                    "the route Three levels has none."
                    for kind in ("News", "Brief", "Experience", "Publicity")
                ]
            },
        ),
        (
            "routes",
            {"routes__0__levels__2__steps__0__counts": None},
            {
                "routes-0-levels": [
                    "Route Three levels: the last level must be one step alone that counts "
                    "and is asked of every line; it is the signature."
                ]
            },
        ),
        (
            "routes",
            {"routes__0__levels__0__label__zh": "", "routes__0__levels__0__label__en": " "},
            {"routes-0-levels-0-label-zh": ["Fill this in."]},
        ),
        (
            "routes",
            {"routes__0__levels__1__label__zh": "初审"},
            {
                "routes-0-levels-1-label-zh": [
                    "Levels: two rows are called Second review. Give one another name."
                ]
            },
        ),
        (
            "routes",
            {"routes__0__levels__0__steps__0__role": "auditor"},
            {
                "routes-0-levels-0-steps-0-role": [
                    "Select a valid choice. auditor is not one of the available choices.",
                    "Route Three levels, step Unit review: the role Auditor does not review pieces.",
                ]
            },
        ),
        (
            "routes",
            {"routes__0__levels__0__steps__0__role": ""},
            {"routes-0-levels-0-steps-0-role": ["Fill this in."]},
        ),
        ("kinds", {"kinds__0__lines": None}, {"kinds-0-lines": ["Choose at least one."]}),
        ("kinds", {"kinds__0__route": ""}, {"kinds-0-route": ["Fill this in."]}),
        (
            "kinds",
            {"kinds__0__classes": "internal"},
            {"kinds-0-classes": ["Kind News: what goes out must allow the class public."]},
        ),
        (
            "kinds",
            {"kinds__0__min_characters": "900"},
            {"kinds-0-min_characters": ["The length from is above the length to."]},
        ),
        (
            "kinds",
            {"kinds__0__min_characters": "some"},
            {"kinds-0-min_characters": ["A whole number from 0 to 10,000,000."]},
        ),
        (
            "kinds",
            {"kinds__0__label__zh": "要" * 401},
            {"kinds-0-label-zh": ["One line of at most 400 characters."]},
        ),
        (
            "limits",
            {"numbers__2__value": "61"},
            {
                "numbers-2-value": [
                    "A consent by word of mouth is signed within so many working days: from 1 to 60, "
                    "no other figure."
                ]
            },
        ),
        (
            "calendars",
            {"years__0__off": "2023-01-01, soon"},
            {"years-0-off": ["Days such as 2027-01-01, each once; a span with “to”."]},
        ),
        (
            "calendars",
            {"years__0__off": "2024-01-01"},
            {"years-0-off": ["One of these days lies in another year."]},
        ),
        (
            "calendars",
            {"years__0__work": "2023-01-30"},
            {"years-0-work": ["Only a Saturday or Sunday that is not off can be worked in exchange."]},
        ),
        (
            "bodies",
            {"evidence_grades__2__books": None},
            {"evidence_grades-2-books": ["The last grade of evidence must be one that books."]},
        ),
        ("kinds", {"source": ""}, {"source": ["Fill this in."]}),
        ("kinds", {"kinds__0__note__zh": "绝密★启用前"}, {}),
    ],
)
def test_what_may_not_be_is_said_at_its_place_and_nothing_is_lost(
    admin: Client, office: Office, family: str, changes: dict[str, Any], places: dict[str, list[str]]
) -> None:
    page = preview(admin, family, **changes)
    assert page.status_code == 422
    assert errors_at(page) == places
    values = form_of(page)
    for name, value in changes.items():
        kept = [one.strip() for one in values.get(name.replace("__", "-"), [""])]
        assert kept == ([value.strip()] if value and value != "auditor" else [""])
    assert newest(office, family).number == 1


def test_a_table_must_not_be_emptied(admin: Client) -> None:
    values = edited(admin, "bodies")
    for _ in range(4):
        values = form_of(admin.post(address("bodies", "/edit"), {**values, "do": "remove:natures-0"}))
    page = admin.post(address("bodies", "/edit"), {**values, "do": "preview"})
    assert errors_at(page) == {"natures": ["Natures of bodies: at least one row is needed."]}


def test_a_route_without_steps_is_said_at_its_levels(admin: Client) -> None:
    values = form_of(
        admin.post(
            address("routes", "/edit"), {**edited(admin, "routes"), "do": "remove:routes-0-levels-0-steps-0"}
        )
    )
    page = admin.post(address("routes", "/edit"), {**values, "do": "preview"})
    assert errors_at(page) == {"routes-0-levels-0-steps": ["At least one is needed, and at most nine."]}


def test_a_code_of_another_document_is_refused(admin: Client, office: Office) -> None:
    extra = 'schema = 1\nsource = "a test"\nadoption_forms = []\nevidence_grades = []\n'
    rows = '[[natures]]\ncode = "club"\nlabel.zh = "团体"\nlabel.en = "Club"\n'
    PackVersion.objects.create(
        agency_id=office.agency.pk,
        family="bodies",
        code="second",
        number=1,
        effective_from=date(2020, 1, 1),
        body=extra + rows,
        sha256=text_hash(extra + rows),
        source="a test",
        adopted_at=newest(office, "bodies").adopted_at,
    )
    page = preview(admin, "bodies", natures__0__code="club")
    assert words(page, "//div[@role='alert']//li") == ["natures.club: this code stands twice."]
    assert "bodies (second)" not in body(admin.get(RULES))
    assert "(second)" in body(admin.get(RULES))


@pytest.mark.parametrize(
    ("posted", "status"),
    [
        ({"seen": "1", "body": "no = toml = at all"}, 422),
        ({"seen": "1"}, 422),
        ({"body": ""}, 422),
        ({"seen": "9", "body": "x"}, 422),
        ({"seen": "9", "do": "adopt", "reason": "r", "effective_from": "2100-01-01"}, 404),
    ],
)
def test_a_mangled_preview_is_refused(admin: Client, posted: dict[str, str], status: int) -> None:
    if status == 404:
        posted = {**posted, "body": read("district-bureau")["kinds"]}
    assert admin.post(address("kinds", "/preview"), posted).status_code == status


def test_a_mangled_form_is_drawn_again(admin: Client) -> None:
    page = admin.post(address("kinds", "/edit"), {"seen": "1", "do": "preview", "kinds-0-code": "\0"})
    assert page.status_code == 422
    assert admin.post(address("kinds", "/edit"), {"do": "preview"}).status_code == 422
