"""What the door says of itself is true: examples fit their forms, the page names everything."""

from __future__ import annotations

import re
from typing import Any

import jsonschema_rs
import pytest

from hezou.api.problems import TITLES
from hezou.api.rules.events import EVENTS
from hezou.api.rules.frame import KEY, LONGEST_PAGE, PAGE, RATE
from hezou.api.urls import door
from tests.support.sources import ROOT

PAGE_TEXT = (ROOT / "docs/reference/api.md").read_text()
WHOLE: dict[str, Any] = door.get_openapi_schema()
FORMS = {name: form for name, form in WHOLE["components"]["schemas"].items() if "examples" in form}


@pytest.mark.parametrize("name", sorted(FORMS))
def test_examples_fit_their_forms(name: str) -> None:
    form = {**FORMS[name], "components": WHOLE["components"]}
    for example in FORMS[name]["examples"]:
        jsonschema_rs.validate(form, example)


def test_every_body_has_an_example() -> None:
    bodies = {
        way["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        for ways in WHOLE["paths"].values()
        for way in ways.values()
        if "requestBody" in way
    }
    assert bodies - set(FORMS) == set()


def test_every_post_that_does_something_takes_a_key() -> None:
    without = [
        path
        for path, ways in WHOLE["paths"].items()
        if "post" in ways
        and "Idempotency-Key" not in [parameter["name"] for parameter in ways["post"]["parameters"]]
    ]
    assert without == ["/api/v1/checks"]


def test_the_page_names_every_status_and_event() -> None:
    assert [int(status) for status in re.findall(r"^\| (\d{3}) \|", PAGE_TEXT, re.MULTILINE)] == sorted(
        TITLES
    )
    told = PAGE_TEXT.split("## Webhooks")[1]
    rows = re.findall(r"^\| (`\w+\.\w+`.*?) \|", told, re.MULTILINE)
    assert sorted(", ".join(rows).replace("`", "").split(", ")) == sorted(EVENTS)


def test_the_page_gives_the_numbers_in_force() -> None:
    numbers = (
        f"{RATE} requests a minute",
        f"1 to {KEY} visible",
        f"{PAGE} by default, {LONGEST_PAGE} at most",
    )
    assert [words for words in numbers if words not in " ".join(PAGE_TEXT.split())] == []
