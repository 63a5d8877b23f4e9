"""A whole speech with the slips such speeches have."""

from __future__ import annotations

from pathlib import Path

from hezou.checks.rules import check

SPEECH = Path(__file__).parent / "samples" / "speech.txt"


def test_finds_the_slips_of_a_speech_and_nothing_else() -> None:
    text = SPEECH.read_text(encoding="utf-8")

    found = [(each.check, text[each.start : each.end + 4]) for each in check(text)]

    assert found == [
        ("placeholder.star", "*事业的“"),
        ("placeholder.star", "*、*等重"),
        ("placeholder.star", "*等重点工"),
        ("facts.items_announced", "三项任务\n一是抓"),
        ("punctuation.half_width", ",对照事实"),
        ("conventions.numbering_run_in", "四是抓队伍。"),
        ("punctuation.cut", "。创造性。"),
        ("punctuation.double", "，，做到责任"),
        ("punctuation.unbalanced", "“月通报、"),
        ("conventions.numbering_gap", "（四）严格纪律"),
    ]
