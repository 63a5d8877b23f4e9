"""What `check` promises about any text and to any caller."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import deque
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hezou.checks.rules import CHECKS, MOST_PER_CHECK, STRICTNESS, Check, Finding, Pack, Severity, check
from hezou.checks.rules.page import Page
from hezou.kernel.messages import Message, declared, english
from tests.checks.examples import read

ANY = st.characters(exclude_categories=())
MARKS = st.sampled_from('*×X【】（）()《》〈〉“”‘’"[]〔〕，。、；：？！,.;:?!…—～-%|#@/\\ \u3000\n\r\t★ _<>')
WORDS = st.sampled_from(
    [*"一二三十是要第性化等年月日号万元级近", "秘密", "机密", "密级：", "关于", "的", "通知"]
)
LATIN = st.sampled_from(["2024", "1", "15", "5", "A", "km", "a@b.cn", "http://"])
PIECES = st.one_of(MARKS, WORDS, LATIN)
TEXTS = st.one_of(st.text(ANY, max_size=200), st.lists(PIECES, max_size=100).map("".join))

BAIT_LENGTH = 200_000
SEED_LENGTH = 40_000
SECONDS_FOR_SEED = 1.0
SECONDS_FOR_BAIT = 4.0
"""A linear check takes well under a second; a quadratic one takes minutes."""
BAITS = [
    *"*×X【（(《“\"，。、；：！？,.;: \u3000\n\t—…～%★密一1a\u0301\ud800|_<[#",
    "（（（）", "“”", "【[〔", "一、", "1.", "（一）", "一是", "第一，", "，。",
    "秘 密", "，  ", "\n　", "等，", "《》、", "a@", "a.", "1-",
    "2024年", "http://", "![", "密 级 ：", "1）", "。性", "性。", "十十十", "〔2024〕",
]  # fmt: skip


@given(TEXTS)
def test_answers_any_string_with_findings_inside_it(text: str) -> None:
    found = check(text, strictness="broad")

    for each in found:
        assert 0 <= each.start < each.end <= len(text)
        assert text[each.start : each.end] not in each.replacements
        assert 0.0 <= each.confidence <= 1.0
        assert "{" not in english(each.message) + english(each.why) or "{" in text
    assert found == sorted(found, key=lambda each: (each.start, each.end, each.check))


@given(TEXTS)
def test_lays_out_every_view_as_long_as_the_text(text: str) -> None:
    page = Page(text)

    assert (len(page.text), len(page.prose)) == (len(text), len(text))
    assert [page.text[line.start : line.end] for line in page.lines] == [line.text for line in page.lines]


def test_counts_characters_of_the_text_as_given() -> None:
    text = "\ufeff第一行\r\n要抓好落实，，\u00a0成效\uf9e0明显\r\n*事业"

    found = [(each.check, text[each.start : each.end]) for each in check(text)]

    assert found == [("punctuation.double", "，，"), ("placeholder.star", "*")]


@pytest.mark.parametrize("bait", BAITS, ids=ascii)
def test_takes_linear_time_on_bait(bait: str) -> None:
    text = (bait * BAIT_LENGTH)[:BAIT_LENGTH]

    for shape in (text, f"国{text}", f"{text}国\n国"):
        began = time.process_time()
        check(shape, strictness="broad")
        assert time.process_time() - began < SECONDS_FOR_BAIT


@pytest.mark.parametrize("one", CHECKS, ids=lambda one: one.id)
def test_takes_linear_time_on_its_own_examples_repeated(one: Check) -> None:
    for example in one.bad + one.good:
        plain, _places = read(example)
        for seed in (plain, *set(plain)):
            text = (seed * SEED_LENGTH)[:SEED_LENGTH]
            began = time.process_time()
            deque(one.find(Page(text, [one.pack] if one.pack else [])), maxlen=0)
            assert time.process_time() - began < SECONDS_FOR_SEED, seed


def test_finishes_a_paragraph_of_a_million_characters() -> None:
    text = "要切实增强信息宣传工作的政治敏感性，推动工作再上新台阶（见附件）。" * 30_000
    began = time.process_time()

    check(text)

    assert time.process_time() - began < 8.0


def test_reports_at_most_so_many_findings_of_one_check() -> None:
    assert len(check("推动*事业。" * 5000)) == MOST_PER_CHECK


def test_speaks_less_the_stricter_it_is() -> None:
    text = "".join(read(example)[0] + "\n" for one in CHECKS for example in one.bad)
    strict, balanced, broad = (set(check(text, strictness=name)) for name in STRICTNESS)

    assert (strict <= balanced, balanced <= broad) == (True, True)


def test_refuses_a_strictness_it_does_not_know() -> None:
    with pytest.raises(ValueError, match="unknown strictness: mild"):
        check("文本", strictness="mild")


PACK = Pack("own", source="办公室", off=frozenset({"punctuation.double"}), kinds=frozenset({"speech"}))


@pytest.mark.parametrize(("kind", "found"), [("speech", []), ("news", ["punctuation.double"])])
def test_switches_a_check_off_for_the_kinds_a_pack_names(kind: str, found: list[str]) -> None:
    assert [each.check for each in check("抓好，，落实。", kind=kind, packs=[PACK])] == found


def test_switches_a_check_off_for_the_channels_a_pack_names() -> None:
    pack = Pack("own", source="办公室", off=frozenset({"punctuation.double"}), channels=frozenset({"site"}))

    assert check("抓好，，落实。", channel="site", packs=[pack]) == []


@pytest.mark.parametrize(
    ("off", "reason"), [("placeholder.star", "switches off an error"), ("no.such", "an unknown check")]
)
def test_refuses_a_pack_that_switches_off_what_it_may_not(off: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        check("文本", packs=[Pack("own", source="办公室", off=frozenset({off}))])


def test_says_what_is_wrong_and_on_whose_word() -> None:
    assert check("抓好，，落实。") == [
        Finding(
            "punctuation.double",
            "punctuation",
            Severity.WARNING,
            2,
            4,
            Message("check.punctuation.double", {"found": "，，"}),
            Message("check.source.punctuation", {"clause": "4.1–4.7"}),
            ("，",),
            0.95,
        )
    ]


def test_declares_a_sentence_for_every_check() -> None:
    assert {one.says.code for one in CHECKS} <= set(declared())


def test_imports_where_django_cannot_be_imported() -> None:
    program = (
        "import sys\n"
        "class Refuse:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.partition('.')[0] == 'django':\n"
        "            raise ImportError(name)\n"
        "sys.meta_path.insert(0, Refuse())\n"
        "from hezou.checks.rules import check\n"
        "print(len(check('推动*事业')))\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert ran.stdout == "1\n"


def test_orders_findings_by_place() -> None:
    found = check("推动*事业，，抓好XX。")

    assert all(before.start <= after.start for before, after in pairwise(found))
