"""The rules of a day looked up by code, and the route a piece goes."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from hezou.kernel.errors import Refused
from hezou.packs.rules import (
    INTERNAL_KEPT,
    LINES,
    MANUSCRIPT_CHARACTERS,
    Label,
    Line,
    Rulebook,
    compose,
    parse,
    route_for,
)
from tests.packs.texts import KINDS, LIMITS, book, said, swap

AIMS = [aim for size in (1, 2, 3) for aim in combinations(LINES, size)]


def steps(rulebook: Rulebook, kind: str, lines: tuple[Line, ...] | None = None) -> list[tuple[int, str, str]]:
    return [
        (number, level.code, step.code) for number, level, step in route_for(rulebook, kind, lines).walk()
    ]


def test_finds_rows_by_code() -> None:
    rules = book()
    found = [
        rules.kind("letter"),
        rules.route("short"),
        rules.role("signer"),
        rules.unit_type("house"),
        rules.line("up"),
        rules.term("bulletin"),
        rules.nature("any"),
        rules.adoption_form("all"),
        rules.evidence_grade("paper"),
    ]
    assert [row.label.of("zh-hans") for row in found] == [
        "信",
        "短",
        "签",
        "家",
        "上",
        "报",
        "任",
        "全",
        "见",
    ]


def test_answers_limits() -> None:
    rules = book()
    assert (rules.limit(MANUSCRIPT_CHARACTERS), rules.allows(INTERNAL_KEPT)) == (1000, True)


@pytest.mark.parametrize(
    ("look_up", "path"),
    [
        ("kind", "kinds"),
        ("route", "routes"),
        ("role", "roles"),
        ("unit_type", "unit_types"),
        ("line", "lines"),
        ("term", "terms"),
        ("nature", "natures"),
        ("adoption_form", "adoption_forms"),
        ("evidence_grade", "evidence_grades"),
        ("limit", "numbers"),
        ("allows", "switches"),
    ],
)
def test_refuses_a_code_that_is_not_there(look_up: str, path: str) -> None:
    with pytest.raises(Refused) as caught:
        getattr(book(), look_up)("x" * 99)
    assert said(caught.value.messages) == [f"The rules in force know no {path}.{'x' * 40}."]


def test_keeps_rows_in_the_order_written() -> None:
    assert list(book().kinds) == ["letter", "diary"]


def test_joins_several_documents_of_a_family() -> None:
    more = swap(swap(KINDS, 'code = "letter"', 'code = "card"'), 'code = "diary"', 'code = "log"')
    rules = compose([parse("kinds", KINDS), parse("kinds", more)])
    assert list(rules.kinds) == ["letter", "diary", "card", "log"]


def test_refuses_a_code_that_stands_twice() -> None:
    with pytest.raises(Refused) as caught:
        compose([parse("kinds", KINDS), parse("kinds", KINDS)])
    assert said(caught.value.messages) == [
        "kinds.letter: this code stands twice.",
        "kinds.diary: this code stands twice.",
    ]


def test_cannot_be_changed() -> None:
    rules = book()
    with pytest.raises(FrozenInstanceError):
        rules.kinds = {}  # type: ignore[misc]
    with pytest.raises(TypeError):
        rules.kinds["x"] = rules.kind("letter")  # type: ignore[index]
    with pytest.raises(ValidationError):
        rules.kind("letter").code = "x"


@pytest.mark.parametrize(
    ("language", "name"), [("zh-hans", "甲"), ("ZH", "甲"), ("en", "First"), ("fr", "First")]
)
def test_names_in_the_language_of_the_reader(language: str, name: str) -> None:
    assert Label(zh="甲", en="First").of(language) == name


def test_asks_the_secrecy_step_only_of_what_goes_out() -> None:
    rules = book()
    assert steps(rules, "letter", ("up", "in")) == [(1, "one", "reading"), (2, "two", "signing")]
    assert steps(rules, "letter", ("up", "out")) == [
        (1, "one", "reading"),
        (1, "one", "secrets"),
        (2, "two", "signing"),
    ]


def test_aims_at_every_line_of_the_kind_when_none_is_named() -> None:
    rules = book()
    assert route_for(rules, "letter") == route_for(rules, "letter", LINES)


def test_leaves_out_a_level_without_a_step() -> None:
    routes = """\
schema = 1
source = "a test"
[[routes]]
code = "short"
label = { zh = "短", en = "Short" }
levels = [
  { code = "one", label = { zh = "一", en = "One" }, steps = [
    { code = "gate", label = { zh = "门", en = "Gate" }, role = "signer", scope = "agency", lines = ["out"] },
  ] },
  { code = "two", label = { zh = "二", en = "Two" }, steps = [
    { code = "signing", label = { zh = "签", en = "Signing" }, role = "signer", scope = "agency" },
  ] },
]
"""
    rules = book(routes=routes)
    assert steps(rules, "letter", ("in",)) == [(1, "two", "signing")]
    assert steps(rules, "letter", ("out",)) == [(1, "one", "gate"), (2, "two", "signing")]


def test_refuses_a_line_that_the_kind_does_not_take() -> None:
    with pytest.raises(Refused) as caught:
        route_for(book(), "diary", ("up", "out", "in"))
    assert said(caught.value.messages) == [
        "Kind diary: it does not take the line out.",
        "Kind diary: it does not take the line up.",
    ]


@given(st.sampled_from(AIMS), st.sampled_from(AIMS))
def test_asks_at_least_as_much_of_a_piece_that_aims_at_more(
    some: tuple[Line, ...], others: tuple[Line, ...]
) -> None:
    rules = book()
    few, many = (steps(rules, "letter", aim) for aim in (some, some + others))
    assert [step for step in few if step not in many] == []


def test_keeps_the_signature_last_on_every_line() -> None:
    rules = book()
    assert [route_for(rules, "letter", aim).signing.code for aim in AIMS] == ["signing"] * len(AIMS)


def test_takes_the_class_internal_away_where_none_is_kept() -> None:
    shut = book(limits=swap(LIMITS, "on = true", "on = false"))
    assert [rules.classes_of(kind) for rules in (book(), shut) for kind in ("letter", "diary")] == [
        ("public", "internal"),
        ("internal",),
        ("public",),
        (),
    ]
