"""Two versions compared, and three brought together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hezou.packs.rules import Document, parse
from hezou.packs.rules.differences import Clash, differences, merge
from tests.packs.texts import BODIES, KINDS, LABELS, LIMITS, ROUTES, swap

DIARY = KINDS[KINDS.rindex("[[kinds]]") :]
DIARY_ROW = 'code = "diary"'
SECRETS = ROUTES[
    ROUTES.index('[[routes.levels.steps]]\ncode = "secrets"') : ROUTES.index(
        '[[routes.levels]]\ncode = "two"'
    )
]
STEP = """
[[routes.levels.steps]]
code = "more"
label = { zh = "多", en = "More" }
role = "signer"
scope = "agency"
"""


def told(family: str, before: str, after: str) -> list[tuple[object, ...]]:
    """Each change as table, codes of its rows, what, field, before and after."""
    return [
        (one.table, [row.code for row in one.rows], one.what, one.field, one.before, one.after)
        for one in differences(parse(family, before), parse(family, after))
    ]


@pytest.mark.parametrize(
    ("family", "before", "after", "changes"),
    [
        ("kinds", KINDS, KINDS + "\n", []),
        (
            "kinds",
            KINDS,
            swap(KINDS, 'source = "a test"', 'source = "another"'),
            [("", [], "changed", "source", "a test", "another")],
        ),
        (
            "kinds",
            KINDS,
            swap(KINDS, 'lines = ["in"]', 'lines = ["up", "in"]'),
            [("kinds", ["diary"], "changed", "lines", ("in",), ("up", "in"))],
        ),
        ("kinds", KINDS, KINDS.replace(DIARY, ""), [("kinds", ["diary"], "removed", "", None, None)]),
        (
            "kinds",
            KINDS,
            swap(KINDS, DIARY_ROW, 'code = "log"'),
            [("kinds", ["diary"], "removed", "", None, None), ("kinds", ["log"], "added", "", None, None)],
        ),
        (
            "routes",
            ROUTES,
            swap(ROUTES, 'code = "secrets"', 'code = "seals"').replace("edits = false\n", ""),
            [
                ("routes", ["short", "one", "secrets"], "removed", "", None, None),
                ("routes", ["short", "one", "seals"], "added", "", None, None),
            ],
        ),
        (
            "routes",
            ROUTES,
            swap(ROUTES, 'zh = "读"', 'zh = "看"').replace("edits = false\n", ""),
            [
                ("routes", ["short", "one", "reading"], "changed", "label"),
                ("routes", ["short", "one", "secrets"], "changed", "edits", False, True),
            ],
        ),
        (
            "bodies",
            BODIES,
            BODIES.replace("rumour", "tmp").replace("paper", "rumour").replace("tmp", "paper"),
            [
                ("evidence_grades", ["paper"], "changed", "label"),
                ("evidence_grades", ["paper"], "changed", "books", True, False),
                ("evidence_grades", ["rumour"], "changed", "label"),
                ("evidence_grades", ["rumour"], "changed", "books", False, True),
                ("evidence_grades", [], "moved", "evidence_grades", ["rumour", "paper"], ["paper", "rumour"]),
            ],
        ),
    ],
)
def test_tells_each_difference_with_its_place(
    family: str, before: str, after: str, changes: list[tuple[object, ...]]
) -> None:
    found = [one[:4] if one[3] == "label" else one for one in told(family, before, after)]
    assert found == changes


def both(family: str, base: str, ours: str, theirs: str) -> tuple[Document, list[Clash]]:
    return merge(parse(family, base), parse(family, ours), parse(family, theirs))


def test_brings_changes_of_both_sides_together() -> None:
    ours = swap(KINDS, 'zh = "信"', 'zh = "函"')
    theirs = swap(KINDS, 'lines = ["in"]', 'lines = ["up", "in"]')
    wanted = swap(ours, 'lines = ["in"]', 'lines = ["up", "in"]')
    assert both("kinds", KINDS, ours, theirs) == (parse("kinds", wanted), [])


def test_brings_changes_inside_one_route_together() -> None:
    ours = swap(ROUTES, 'zh = "读"', 'zh = "看"')
    theirs = ROUTES.replace('\n[[routes.levels]]\ncode = "two"', STEP + '\n[[routes.levels]]\ncode = "two"')
    wanted = swap(theirs, 'zh = "读"', 'zh = "看"')
    assert both("routes", ROUTES, ours, theirs) == (parse("routes", wanted), [])


def test_lets_a_row_go_that_one_side_took_out() -> None:
    gone = KINDS.replace(DIARY, "")
    for ours, theirs in ((KINDS, gone), (gone, KINDS)):
        assert both("kinds", KINDS, ours, theirs) == (parse("kinds", gone), [])


def test_names_what_both_sides_changed_and_keeps_ours() -> None:
    ours, theirs = (swap(LIMITS, "value = 20,", f"value = {value},") for value in (30, 40))
    assert both("limits", LIMITS, ours, theirs) == (
        parse("limits", ours),
        [Clash(("numbers", "wording_edit_characters", "value"), 30, 40)],
    )


def test_names_a_row_that_one_side_took_out_and_the_other_changed() -> None:
    gone, changed = KINDS.replace(DIARY, ""), swap(KINDS, 'zh = "日记"', 'zh = "周记"')
    merged, [clash] = both("kinds", KINDS, gone, changed)
    assert (merged, clash.path, clash.ours) == (parse("kinds", gone), ("kinds", "diary"), None)
    merged, [clash] = both("kinds", KINDS, changed, gone)
    assert (merged, clash.path, clash.theirs) == (parse("kinds", changed), ("kinds", "diary"), None)


def test_names_a_row_that_both_sides_added_otherwise() -> None:
    first, second = (f"{KINDS}{DIARY.replace('diary', 'log').replace('日记', name)}" for name in "甲乙")
    merged, [clash] = both("kinds", KINDS, first, second)
    assert (merged, clash.path) == (parse("kinds", first), ("kinds", "log"))


def test_puts_new_rows_of_both_sides_where_they_stood() -> None:
    def types(*codes: str) -> str:
        rows = ", ".join(f'{{ code = "{code}", label = {{ zh = "{code}", en = "x" }} }}' for code in codes)
        return swap(LABELS, '[{ code = "house", label = { zh = "家", en = "House" } }]', f"[{rows}]")

    def merged(base: str, ours: str, theirs: str) -> str:
        document, clashes = both("labels", *(types(*codes) for codes in (base, ours, theirs)))
        assert clashes == []
        return "".join(row.code for row in document.unit_types)  # type: ignore[attr-defined]

    assert merged("ab", "ab", "ba") == "ba"
    assert merged("ab", "ba", "ab") == "ba"
    assert merged("ab", "axb", "ayb") == "ayxb"
    assert merged("ab", "ab", "zab") == "zab"
    assert merged("ab", "bxa", "zabc") == "zbcxa"


KEPT = st.lists(st.sampled_from(["a", "b", "c"]), unique=True)


@given(KEPT, KEPT)
def test_merging_with_the_base_gives_the_other_side(first: list[str], second: list[str]) -> None:
    def document(codes: list[str]) -> str:
        rows = ", ".join(f'{{ code = "{code}", label = {{ zh = "{code}", en = "x" }} }}' for code in codes)
        return swap(BODIES, '[{ code = "any", label = { zh = "任", en = "Any" } }]', f"[{rows}]")

    base, other = document(first), document(second)
    assert both("bodies", base, other, base) == (parse("bodies", other), [])
    assert both("bodies", base, base, other) == (parse("bodies", other), [])
    assert both("bodies", base, other, other) == (parse("bodies", other), [])
