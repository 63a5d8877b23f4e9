"""Check digits: a valid number passes, and no number with one figure changed does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hezou.checks.rules.secrecy.digits import is_credit_code, is_identity_number, passes_luhn

IDENTITY = "11010519491231002X"
CODE = "91350100M000100Y43"
CARD = "6222021234567890128"


@pytest.mark.parametrize(
    ("valid", "number"), [(is_identity_number, IDENTITY), (is_credit_code, CODE), (passes_luhn, CARD)]
)
def test_accepts_a_valid_number(valid, number: str) -> None:
    assert valid(number)


@given(st.integers(0, 16), st.sampled_from("0123456789"))
def test_rejects_an_identity_number_with_one_figure_changed(place: int, digit: str) -> None:
    changed = IDENTITY[:place] + digit + IDENTITY[place + 1 :]

    assert is_identity_number(changed) == (changed == IDENTITY)


@given(st.integers(0, 17), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
def test_rejects_a_credit_code_with_one_character_changed(place: int, character: str) -> None:
    changed = CODE[:place] + character + CODE[place + 1 :]

    assert is_credit_code(changed) == (changed == CODE)


@given(st.integers(0, 18), st.sampled_from("0123456789"))
def test_rejects_a_card_number_with_one_figure_changed(place: int, digit: str) -> None:
    changed = CARD[:place] + digit + CARD[place + 1 :]

    assert passes_luhn(changed) == (changed == CARD)


@pytest.mark.parametrize("number", ["", "1" * 17, "11010519491331002X", "1101051949123100２X", "A" * 18])
def test_rejects_what_is_no_identity_number(number: str) -> None:
    assert not is_identity_number(number)


@pytest.mark.parametrize("code", ["", "91350100M000100Y4I", "9135"])
def test_rejects_what_is_no_credit_code(code: str) -> None:
    assert not is_credit_code(code)
