from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hezou.kernel import text
from hezou.kernel.text import Block

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
SHA = "ab" * 32

PIECE = f"""关于夜间配送的问题建议

一、存在问题
（一）车辆停放
路口停车过多。
1. 数据
1.5倍于上年。
（1）早高峰
| 月份 | 件数 |
| 三月 | 12 |
|不是表格
![路口](file:{SHA})
"""


@pytest.mark.parametrize(
    ("given_text", "position"), [("\x00", 1), ("甲乙\x00", 3), ("甲\ud800乙", 2), ("甲\udfff", 2)]
)
def test_why_not_text_names_the_first_position(given_text: str, position: int) -> None:
    assert text.why_not_text(given_text) == text.NOT_TEXT(position=position)
    with pytest.raises(ValueError, match="not text"):
        text.normalise(given_text)


def test_why_not_text_passes_what_stands_beside_surrogates() -> None:
    assert text.why_not_text("\ud7ff\ue000𠮷") is None


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("\ufeff甲", "甲"),
        ("\ufeff\ufeff甲", "甲"),
        ("甲\ufeff", "甲\ufeff"),
        ("甲\r\n乙\r丙", "甲\n乙\n丙"),
        ("甲 \t\n乙\u3000\n\n", "甲\n乙"),
        ("e\u0301", "é"),
        ("ＡＢ１２，（）", "ＡＢ１２，（）"),
        ("  甲", "  甲"),
        ("", ""),
    ],
)
def test_normalise_follows_norm_1(given_text: str, expected: str) -> None:
    assert text.normalise(given_text) == expected


@given(ANY_TEXT)
def test_normalise_again_changes_nothing(given_text: str) -> None:
    once = text.normalise(given_text)
    assert text.normalise(once) == once


@given(ANY_TEXT)
def test_normalise_leaves_no_carriage_return_and_only_nfc(given_text: str) -> None:
    once = text.normalise(given_text)
    assert ("\r" in once, unicodedata.is_normalized("NFC", once)) == (False, True)


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("", 0),
        (" \n\u3000", 0),
        ("\u3000\u3000甲", 1),
        ("合奏", 2),
        ("增长12.5%。", 4),
        ("GDP增长", 3),
        ("“双减”——落地", 8),
        ("word and 字", 3),
        ("𠮷野", 2),
    ],
)
def test_count_characters_counts_as_wps_does(given_text: str, expected: int) -> None:
    assert text.count_characters(given_text) == expected


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("十二、工作", 1),
        ("（三）措施", 2),
        ("1. 数据", 3),
        ("1．数据", 3),
        ("1.5倍", 0),
        ("（12）细则", 4),
        ("一是抓落实", 0),
        ("", 0),
    ],
)
def test_heading_level_knows_four_forms(line: str, level: int) -> None:
    assert text.heading_level(line) == level


def test_blocks_names_every_kind() -> None:
    assert [(b.kind, b.level, b.text) for b in text.blocks(PIECE)] == [
        ("title", 0, "关于夜间配送的问题建议"),
        ("heading", 1, "一、存在问题"),
        ("heading", 2, "（一）车辆停放"),
        ("paragraph", 0, "路口停车过多。"),
        ("heading", 3, "1. 数据"),
        ("paragraph", 0, "1.5倍于上年。"),
        ("heading", 4, "（1）早高峰"),
        ("table", 0, "| 月份 | 件数 |\n| 三月 | 12 |"),
        ("paragraph", 0, "|不是表格"),
        ("picture", 0, f"![路口](file:{SHA})"),
    ]


def test_blocks_reads_cells_and_closes_a_table_at_the_end() -> None:
    assert text.blocks("题\n|甲|乙|\n|丙||") == [
        Block("title", "题", 0, 1),
        Block("table", "|甲|乙|\n|丙||", 2, 12, rows=(("甲", "乙"), ("丙", ""))),
    ]


@given(ANY_TEXT)
def test_blocks_spans_name_their_text(given_text: str) -> None:
    for block in text.blocks(given_text):
        if block.kind != "table":
            assert given_text[block.start : block.end].strip() == block.text


@pytest.mark.parametrize(("given_text", "title"), [("\n  题目 \n正文", "题目"), (" \n\n", ""), ("", "")])
def test_title_of_is_the_first_line_that_says_something(given_text: str, title: str) -> None:
    assert text.title_of(given_text) == title


def test_picture_hashes_keeps_order_and_ignores_pictures_within_a_line() -> None:
    given_text = f"题\n![a](file:{SHA})\n见![b](file:{SHA})\n ![](file:{'0' * 64}) "
    assert text.picture_hashes(given_text) == [SHA, "0" * 64]


@pytest.mark.parametrize("bait", [" " * 200_000 + "x", ("\u0301" * 64 + "a") * 3_000, "\u3000\t" * 100_000])
def test_normalise_takes_no_longer_for_bait(bait: str) -> None:
    once = text.normalise(bait)
    assert text.normalise(once) == once


def test_heap_of_combining_marks_is_no_text() -> None:
    assert text.why_not_text("a" + "\u0301" * 64) is None
    assert text.why_not_text("ab" + "\u0301" * 65) == text.NOT_TEXT(position=3)
