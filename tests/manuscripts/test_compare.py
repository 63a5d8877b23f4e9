"""What changed between two texts, and whether an edit in review is of wording or of substance (R1)."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hezou.manuscripts.rules.compare import SUBSTANCE, WORDING, Row, Segment, compare, edit_class

MOST = 20
TITLE = "关于窗口帮办服务的做法\n"
BODY = (
    TITLE
    + "推行帮办服务，取得初步成效。\n梳理高频事项12项，压减材料三成。\n群众说“只跑一次”，办理依据是《条例》。"
)


def edited(before: str, after: str, *, marked: str = WORDING) -> str:
    """How an edit of the body below the title counts."""
    return edit_class(TITLE + before, TITLE + after, marked=marked, most=MOST)


def swap(old: str, new: str, *, marked: str = WORDING) -> str:
    """How an edit of one place of the body counts."""
    assert BODY.count(old) == 1
    return edit_class(BODY, BODY.replace(old, new), marked=marked, most=MOST)


def test_edit_of_few_words_is_wording() -> None:
    assert swap("取得初步成效", "已见成效") == WORDING


def test_edit_of_few_words_marked_substance_stays_substance() -> None:
    assert swap("取得初步成效", "已见成效", marked=SUBSTANCE) == SUBSTANCE


def test_same_text_is_wording_whatever_was_marked() -> None:
    assert edit_class(BODY, BODY, marked=SUBSTANCE, most=MOST) == WORDING


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("12", "15"),
        ("12项", "１２项"),
        ("三成", "四成"),
        ("推行", "全部推行5次"),
        ("帮办服务的做法", "代办服务的做法"),
        ("只跑一次", "最多跑一次"),
        ("“只跑一次”", "只跑一次"),
        ("《条例》", "《办法》"),
        ("办理依据", "“办理”依据"),
    ],
    ids=[
        "digit",
        "width of a digit",
        "Han numeral",
        "numeral added",
        "title",
        "within a quotation",
        "marks taken away",
        "titled work",
        "quotation added",
    ],
)
def test_edit_of_what_is_protected_is_substance(old: str, new: str) -> None:
    assert swap(old, new) == SUBSTANCE


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("办结事项12项", "12项办结事项"),
        ("企业增加3家，个体减少5家。", "企业减少3家，个体增加5家。"),
        ("投诉同比增长12%", "投诉同比下降12%"),
        ("完成了。共12项。", "共12项完成了。。"),
        ("一、先办\n二、后办", "二、后办\n一、先办"),
    ],
    ids=["before its noun", "what is counted swapped", "direction turned", "put first", "headings swapped"],
)
def test_edit_that_moves_a_numeral_or_what_it_counts_is_substance(before: str, after: str) -> None:
    assert edited(before, after) == SUBSTANCE


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("他说“先试点。\n再推开”。", "他说“先试点。\n不推开”。"),
        ("他说“先试点。\n“再推开”。", "他说“先试点。\n“不推开”。"),
        ('他说"再推开"。', '他说"不推开"。'),
        ("他说「再推开」。", "他说「不推开」。"),
        ("他说‘再推开’。", "他说‘不推开’。"),
        ("他说“再推开。", "他说“不推开。"),
    ],
    ids=["over paragraphs", "opened again", "ASCII marks", "corner marks", "single marks", "never closed"],
)
def test_edit_within_a_quotation_is_substance(before: str, after: str) -> None:
    assert edited(before, after) == SUBSTANCE


@pytest.mark.parametrize(("more", "expected"), [(MOST, WORDING), (MOST + 1, SUBSTANCE)])
def test_edit_counts_characters_taken_and_put(more: int, expected: str) -> None:
    assert edited("甲乙。", "甲" + "丙" * more + "乙。") == expected
    assert edited("甲" + "丙" * more + "乙。", "甲乙。") == expected
    half = more // 2
    assert edited("甲" + "丙" * half + "乙。", "甲" + "丁" * (more - half) + "乙。") == expected


def test_compare_shows_the_changed_letters_of_a_paragraph() -> None:
    assert compare("题\n甲乙丙", "题\n甲丁丙") == [
        Row((Segment("equal", "题", 0),)),
        Row(
            (
                Segment("equal", "甲", 2),
                Segment("delete", "乙", 3),
                Segment("insert", "丁", 3),
                Segment("equal", "丙", 4),
            )
        ),
    ]


def test_compare_shows_paragraphs_taken_and_put() -> None:
    assert [(row.changed, row.segments[0].op) for row in compare("题\n甲\n丙", "题\n丙")] == [
        (False, "equal"),
        (True, "delete"),
        (False, "equal"),
    ]
    assert [(row.changed, row.segments[0].op) for row in compare("题\n丙", "题\n丙\n丁")] == [
        (False, "equal"),
        (False, "equal"),
        (True, "insert"),
    ]


TEXTS = st.text(alphabet="甲乙丙一2“”，\n", max_size=60)


def put_together(rows: list[Row], gone: str) -> str:
    """One of the two texts, read off a comparison: `gone` names the segments that are not in it."""
    kept = [[s for s in row.segments if s.op != gone] for row in rows]
    return "\n".join("".join(s.text for s in line) for line, row in zip(kept, rows, strict=True) if line)


@settings(deadline=None)
@given(before=TEXTS, after=TEXTS)
def test_compare_loses_no_letter_of_either_text(before: str, after: str) -> None:
    # Lines that are blank give no letters to look at, and nothing tells a blank line from none.
    rows = compare(before, after)
    for text, gone in ((before, "insert"), (after, "delete")):
        assert put_together(rows, gone).replace("\n", "") == text.replace("\n", "")


@settings(deadline=None)
@given(before=TEXTS, after=TEXTS)
def test_compare_says_where_each_segment_stands(before: str, after: str) -> None:
    for row in compare(before, after):
        for segment in row.segments:
            stands_in = before if segment.op == "delete" else after
            assert stands_in[segment.at : segment.at + len(segment.text)] == segment.text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("题\n甲" + "\n" * 12_000 + "乙", "题\n丙" + "\n" * 12_010 + "丁"),
        ("题\n甲" + "的" * 60_000 + "乙", "题\n丙" + "的" * 60_010 + "丁"),
        ("题\n" + "的了\n" * 3_000, "题\n" + "了的\n" * 3_000),
    ],
    ids=["blank lines", "one letter", "many paragraphs"],
)
def test_compare_of_a_text_made_to_be_slow_ends_soon(before: str, after: str) -> None:
    started = time.process_time()
    rows = compare(before, after)
    assert time.process_time() - started < 3
    assert put_together(rows, "delete").replace("\n", "") == after.replace("\n", "")
