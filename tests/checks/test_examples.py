"""Every check finds what its bad examples mark, and nothing in its good ones."""

from __future__ import annotations

import pytest

from hezou.checks.rules import CHECKS, Check, Pack, check
from tests.checks.examples import read

BAD = [pytest.param(one, example, id=f"{one.id}-{n}") for one in CHECKS for n, example in enumerate(one.bad)]
GOOD = [
    pytest.param(one, example, id=f"{one.id}-{n}") for one in CHECKS for n, example in enumerate(one.good)
]


def rules(one: Check) -> list[Pack]:
    return [one.pack] if one.pack else []


@pytest.mark.parametrize(("one", "example"), BAD)
def test_finds_exactly_the_marked_slips_in_a_bad_example(one: Check, example: str) -> None:
    text, places = read(example)

    found = [
        (f.check, f.start, f.end, f.replacements) for f in check(text, strictness="broad", packs=rules(one))
    ]

    assert found == [(one.id, *place) for place in places]


@pytest.mark.parametrize(("one", "example"), GOOD)
def test_finds_nothing_in_a_good_example(one: Check, example: str) -> None:
    assert [f for f in check(example, strictness="broad", packs=rules(one)) if f.check == one.id] == []


def test_names_each_check_once() -> None:
    assert len({one.id for one in CHECKS}) == len(CHECKS)


@pytest.mark.parametrize("one", CHECKS, ids=lambda one: one.id)
def test_gives_each_check_examples_of_both_sorts(one: Check) -> None:
    assert (bool(one.bad), bool(one.good)) == (True, True)
