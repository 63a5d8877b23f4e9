from __future__ import annotations

from hezou.kernel.errors import IMPOSSIBLE
from hezou.kernel.lifecycle import Lifecycle, Transition
from hezou.kernel.messages import Message, define

SHUT = define("tests.shut", "The shop is shut.")
EMPTY = define("tests.empty", "The shelf is empty.")


def is_open(facts: set[str]) -> Message | None:
    return SHUT() if "shut" in facts else None


def has_goods(facts: set[str]) -> Message | None:
    return EMPTY() if "empty" in facts else None


SELL = Transition("sell", frozenset({"new", "used"}), "sold", "shop.sell", (is_open, has_goods))
MEND = Transition("mend", frozenset({"used"}), "new", "shop.mend")
SHOP = Lifecycle("bicycle", {"new": "New", "used": "Used", "sold": "Sold"}, (SELL, MEND))


def test_initial_is_the_first_state() -> None:
    assert SHOP.initial == "new"


def test_find_looks_at_verb_and_state() -> None:
    assert [SHOP.find("sell", "new"), SHOP.find("mend", "used")] == [SELL, MEND]
    assert [SHOP.find("mend", "new"), SHOP.find("sell", "sold"), SHOP.find("buy", "new")] == [None] * 3


def test_from_state_keeps_table_order() -> None:
    assert [list(SHOP.from_state(state)) for state in SHOP.states] == [[SELL], [SELL, MEND], []]


def test_why_not_is_empty_when_no_guard_objects() -> None:
    assert SHOP.why_not("sell", "new", set()) == []


def test_why_not_gives_every_objection_in_table_order() -> None:
    assert SHOP.why_not("sell", "new", {"empty", "shut"}) == [SHUT(), EMPTY()]


def test_why_not_says_impossible_without_a_transition() -> None:
    assert SHOP.why_not("mend", "sold", set()) == [IMPOSSIBLE()]
