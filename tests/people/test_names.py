"""One form for comparing names, one key for sorting them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hezou.kernel.errors import Refused
from hezou.people.rules import names
from hezou.people.rules.names import admit_line, admit_name, admit_username, normal, normal_name
from hezou.people.rules.passwords import ALPHABET, one_time_password


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("张三", "张三"),
        ("张　三", "张三"),
        (" 张  三\n", "张三"),
        ("阿依古丽・买买提", "阿依古丽·买买提"),
        ("\u200b张\u2060三\ufeff", "张三"),
        ("Ana  María", "Ana María"),
        ("Ana Mari\u0301a", "Ana María"),
        ("𠀀 三", "𠀀三"),
    ],
)
def test_admit_name_in_one_form(written: str, stored: str) -> None:
    assert admit_name(written) == stored


@given(st.text())
def test_normalise_name_twice_changes_nothing(text: str) -> None:
    once = normal_name(text)
    assert normal_name(once) == once
    assert normal(normal(text)) == normal(text)
    assert unicodedata.normalize("NFC", once) == once


@pytest.mark.parametrize(
    ("written", "code", "params"),
    [
        ("", "people.name_missing", {}),
        (" \u200b　", "people.name_missing", {}),
        ("长" * 61, "people.too_long", {"start": "长" * 12, "most": 60}),
        ("张\x00三", "people.control", {"start": "张三"}),
        ("张\ud800三", "people.control", {"start": "张三"}),
        ("张\x07三", "people.control", {"start": "张三"}),
    ],
)
def test_refuse_name_that_is_none(written: str, code: str, params: dict[str, object]) -> None:
    with pytest.raises(Refused) as caught:
        admit_name(written)
    assert [(m.code, m.params) for m in caught.value.messages] == [(code, params)]


def test_admit_line_may_be_blank_unless_asked_for() -> None:
    assert admit_line("  ", 5) == ""
    assert admit_line("12345", 5) == "12345"


@pytest.mark.parametrize(
    ("written", "stored"),
    [("ZhangSan", "zhangsan"), ("张三", "张三"), ("ｚｓ01", "zs01"), ("a.b_c-d", "a.b_c-d")],
)
def test_admit_username_small_and_half_width(written: str, stored: str) -> None:
    assert admit_username(written) == stored


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "people.username_missing"),
        ("a", "people.wrong_username"),
        ("a b", "people.wrong_username"),
        ("a" * 61, "people.wrong_username"),
        ("a@b", "people.wrong_username"),
        ("a\x00b", "people.wrong_username"),
    ],
)
def test_refuse_username_that_is_none(written: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        admit_username(written)
    assert [m.code for m in caught.value.messages] == [code]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("张三", "zhang san 张三"),
        ("单雄", "shan xiong 单雄"),
        ("尉迟恭", "yu chi gong 尉迟恭"),
        ("Ana", "ana Ana"),
    ],
)
def test_sort_person_by_surname_as_spoken(name: str, key: str) -> None:
    assert names.person_sort_key(name) == key


def test_sort_unit_by_pinyin_and_within_the_column() -> None:
    assert names.sort_key("单位") == "dan wei 单位"
    assert len(names.sort_key("装" * 100)) == 200


def test_one_time_password_is_readable_and_new() -> None:
    made = {one_time_password() for _ in range(100)}
    assert len(made) == 100
    assert {len(password) for password in made} == {14}
    assert set("".join(made)) <= set(ALPHABET) | {"-"}
    assert set(ALPHABET) & set("il1o0") == set()
