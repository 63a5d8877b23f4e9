"""Codes for what people only name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hezou.packs.rules import FAMILIES, is_code
from hezou.packs.rules.codes import Tree, code_for, fill


@pytest.mark.parametrize(
    ("label", "taken", "code"),
    [
        ({"zh": "田间快报", "en": "Field report"}, [], "field_report"),
        ({"zh": "田间快报", "en": ""}, [], "tian_jian_kuai_bao"),
        ({"zh": "简讯", "en": "简讯"}, [], "jian_xun"),
        ({"zh": "简讯"}, ["jian_xun", "jian_xun_2"], "jian_xun_3"),
        ({"zh": "！", "en": None}, [], "row"),
        ({"zh": "12 条", "en": "12"}, [], "row_12_tiao"),
        ({"en": "y2027"}, [], "y2027"),
    ],
)
def test_makes_a_code_of_a_name(label: dict[str, str], taken: list[str], code: str) -> None:
    assert code_for(label, taken) == code


@given(zh=st.text(), en=st.text(), taken=st.sets(st.text("abc_12", max_size=3)))
def test_makes_a_new_code_of_whatever_is_typed(zh: str, en: str, taken: set[str]) -> None:
    code = code_for({"zh": zh, "en": en}, taken)
    assert is_code(code)
    assert code not in taken


def step(code: str, zh: str) -> Tree:
    return {"code": code, "label": {"zh": zh, "en": ""}}


def test_fills_the_codes_that_are_missing() -> None:
    levels = [
        {**step("first", "初审"), "steps": [step("", "核稿"), step("he_gao_2", "别的")]},
        {**step("", "初审"), "steps": [step("", "核稿")]},
    ]
    tree = {
        "source": "",
        "routes": [{**step("", "两道"), "levels": levels}, {**step("a", "甲"), "levels": []}],
    }
    fill(FAMILIES["routes"], tree, {"routes": ["liang_dao"]})
    [first, second] = levels
    assert [one["code"] for one in tree["routes"]] == ["liang_dao_2", "a"]  # type: ignore[index]
    assert [first["code"], second["code"]] == ["first", "chu_shen"]
    assert [one["code"] for level in levels for one in level["steps"]] == ["he_gao", "he_gao_2", "he_gao_3"]


def test_fills_the_code_of_a_year() -> None:
    tree: Tree = {"source": "", "years": [{"code": "", "year": 2027}, {"code": "", "year": ""}]}
    fill(FAMILIES["calendars"], tree, {})
    assert [one["code"] for one in tree["years"]] == ["y2027", "y"]
