"""What a form of rules holds, and what that means."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from hezou.packs import shipped
from hezou.packs.rules import FAMILIES, parse
from hezou.packs.rules.parsing import admit
from hezou.packs.rules.schema import every_row, shapes
from hezou.web.settings.typed import blank, days, meant, read, reshape, sent, typed_of
from hezou.web.settings.words import FAMILIES as FAMILY_WORDS
from hezou.web.settings.words import FIELDS, TABLES

SETS = [(name, family) for name in shipped.names() for family in FAMILIES]


def over_the_wire(family: str, tree: dict[str, Any]) -> dict[str, Any]:
    """A tree as it comes back from the browser."""
    data = QueryDict(mutable=True)
    for name, values in sent(tree, FAMILIES[family]).lists():
        data.setlist(name, values)
    hidden(FAMILIES[family], tree, "", data)
    return read(FAMILIES[family], data)


def hidden(row: Any, tree: dict[str, Any], prefix: str, data: QueryDict) -> None:
    """The codes of rows, which travel along."""
    for shape in shapes(row):
        if shape.row is not None:
            for number, one in enumerate(tree[shape.name]):
                data[f"{prefix}{shape.name}-{number}-code"] = one.get("code", "")
                hidden(shape.row, one, f"{prefix}{shape.name}-{number}-", data)


@pytest.mark.parametrize(("name", "family"), SETS)
def test_a_document_comes_back_from_its_form_as_it_was(name: str, family: str) -> None:
    document = parse(family, shipped.read(name)[family])
    tree = over_the_wire(family, typed_of(document))
    assert admit(family, meant(FAMILIES[family], tree)) == document


def test_every_field_of_the_schema_has_words() -> None:
    without = []
    for row in every_row():
        for shape in shapes(row):
            sorts = [*(sort.__name__ for sort in row.__mro__), ""]
            known = (
                shape.name in TABLES
                if shape.kind == "rows"
                else any((one, shape.name) in FIELDS for one in sorts)
            )
            if shape.is_shown and not known:
                without.append((row.__name__, shape.name))
    assert without == []
    assert list(FAMILY_WORDS) == list(FAMILIES)


def test_a_new_row_holds_what_the_schema_takes_for_given() -> None:
    [level] = shapes(FAMILIES["routes"])[1:]
    assert level.row is not None
    route = blank(level.row)
    [first] = route["levels"]
    assert first["steps"] == [
        {
            "code": "",
            "label": {"zh": "", "en": ""},
            "role": "",
            "scope": "unit",
            "counts": True,
            "edits": True,
            "secrecy": False,
            "lines": [],
        }
    ]
    assert route["source"] == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("2027-01-01", [date(2027, 1, 1)]),
        ("1月1日至3日、5日", [date(2027, 1, 1), date(2027, 1, 2), date(2027, 1, 3), "5日"]),
        ("1月1日至1月3日", [date(2027, 1, 1), date(2027, 1, 2), date(2027, 1, 3)]),
        ("2027/2/5、2027年2月6日，\n2月6日", [date(2027, 2, 5), date(2027, 2, 6)]),
        ("2027-12-31 to 2028-01-01", [date(2027, 12, 31), date(2028, 1, 1)]),
        ("2027-01-02 ~ 2027-01-01", ["2027-01-02~2027-01-01"]),
        ("1月1日至1月2日至1月3日", ["1月1日~1月2日~1月3日"]),
        ("2月30日至3日", ["2月30日~3日"]),
        ("2月30日; spring", ["2月30日", "spring"]),
        ("2027-01-01 — 2029-01-01", ["2027-01-01~2029-01-01"]),
    ],
)
def test_reads_days_as_a_notice_has_them(text: str, found: list[object]) -> None:
    assert days(text, "2027") == found


def test_reads_no_day_of_an_unknown_year() -> None:
    assert days("1月1日", "") == ["1月1日"]


@given(text=st.text(), year=st.text(max_size=5))
def test_reads_any_text_as_days(text: str, year: str) -> None:
    assert all(isinstance(one, date | str) for one in days(text, year))


@pytest.mark.parametrize(
    ("typed", "value"),
    [("20", 20), ("200,000", 200000), ("２０", "２０"), ("-1", "-1"), ("many", "many"), ("", None)],
)
def test_reads_numbers_and_leaves_what_is_none(typed: str, value: object) -> None:
    tree = typed_of(parse("limits", shipped.read("district-bureau")["limits"]))
    tree["numbers"][0]["value"] = typed
    assert meant(FAMILIES["limits"], tree)["numbers"][0].get("value") == value


def test_one_language_is_enough_for_a_name() -> None:
    tree = typed_of(parse("bodies", shipped.read("district-bureau")["bodies"]))
    for number, label in enumerate(({"zh": "甲", "en": ""}, {"zh": "", "en": "B"}, {"zh": "", "en": ""})):
        tree["natures"][number]["label"] = label
    found = [one.get("label") for one in meant(FAMILIES["bodies"], tree)["natures"]]
    assert found[:3] == [{"zh": "甲", "en": "甲"}, {"zh": "B", "en": "B"}, None]


def names(tree: dict[str, Any]) -> list[str]:
    return [one["code"] for one in tree["routes"][0]["levels"]]


@pytest.mark.parametrize(
    ("wish", "place", "levels"),
    [
        ("add:routes-0-levels", "routes-0-levels-3", ["first", "second", "final", ""]),
        ("remove:routes-0-levels-0", "routes-0-levels", ["second", "final"]),
        ("up:routes-0-levels-1", "routes-0-levels-0", ["second", "first", "final"]),
        ("up:routes-0-levels-0", "routes-0-levels-0", ["first", "second", "final"]),
        ("down:routes-0-levels-1", "routes-0-levels-2", ["first", "final", "second"]),
        ("down:routes-0-levels-2", "routes-0-levels-2", ["first", "second", "final"]),
        ("add:routes-0-levels-1-steps", "routes-0-levels-1-steps-2", ["first", "second", "final"]),
        *((wish, "", ["first", "second", "final"]) for wish in ("", "add:", "add:poems", "sing:routes-0")),
        *(
            (wish, "", ["first", "second", "final"])
            for wish in (
                "remove:routes-9",
                "add:routes-9-levels",
                "remove:routes",
                "up:routes-x",
                "remove:-1",
            )
        ),
        ("add:routes-0-source", "", ["first", "second", "final"]),
    ],
)
def test_rows_are_added_moved_and_taken_out(wish: str, place: str, levels: list[str]) -> None:
    tree = typed_of(parse("routes", shipped.read("district-bureau")["routes"]))
    assert (reshape(FAMILIES["routes"], tree, wish), names(tree)) == (place, levels)


def test_rows_that_the_product_fixes_stay() -> None:
    tree = typed_of(parse("labels", shipped.read("district-bureau")["labels"]))
    assert [reshape(FAMILIES["labels"], tree, wish) for wish in ("remove:roles-0", "add:roles")] == ["", ""]
    assert len(tree["roles"]) == 9


@given(st.text("routesadlvm0129:-_up", max_size=30))
def test_any_wish_leaves_a_document_that_can_be_drawn(wish: str) -> None:
    tree = typed_of(parse("routes", shipped.read("district-bureau")["routes"]))
    reshape(FAMILIES["routes"], tree, wish)
    assert sent(tree, FAMILIES["routes"])["source"] != ""
