"""Marks of secrecy are known by form; the words in prose are not marks."""

from __future__ import annotations

import pytest
from hypothesis import given

from hezou.checks.rules import check, secrecy_mark
from tests.checks.test_check import TEXTS

MARKED = [
    "秘密★",
    "机密★1年\n关于有关工作的报告",
    "关于有关工作的报告\n　绝　密　\n内容",
    "机 密 ★ 长期",
    "特急　秘密\n报告",
    "密级：机密\n编号：1",
    "（秘密）\n报告",
    "第一段。\n第二段。\n第三段。\n第四段。\n第五段。\n第六段。\n第七段。\n绝密\n第八段。",
    "内容\r\n机密\r\n内容",
    "機密★十年",
]
PLAIN = [
    "保守国家秘密是公民的基本义务。",
    "国家秘密的密级分为绝密、机密、秘密三级。",
    "他们之间没有秘密。\n机密文件应当专柜存放。",
]


@pytest.mark.parametrize("text", MARKED)
def test_sees_a_mark_by_its_form(text: str) -> None:
    mark = secrecy_mark(text)

    assert mark is not None
    assert (mark.check, mark.severity) == ("secrecy.mark", "error")


@pytest.mark.parametrize("text", PLAIN)
def test_sees_no_mark_in_prose(text: str) -> None:
    assert secrecy_mark(text) is None


@given(TEXTS)
def test_agrees_with_the_whole_of_check(text: str) -> None:
    marks = [each for each in check(text) if each.check == "secrecy.mark"]

    assert secrecy_mark(text) == (marks[0] if marks else None)
