"""The seal covers everything a decision is bound to, and stays what it was (design: text and versions)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hezou.manuscripts.rules.sealing import Envelope, envelope

PICTURE = "![窗口](file:" + "a" * 64 + ")"
WHOLE = Envelope(
    kind="news",
    content_class="public",
    openness="withheld",
    text=f"题目\n正文。\n{PICTURE}",
    salt="0" * 32,
    norm=1,
    attachments=("b" * 64,),
)
OTHERS: dict[str, Any] = {
    "kind": "brief",
    "content_class": "internal",
    "openness": "proactive",
    "salt": "1" * 32,
    "norm": 2,
    "attachments": ("c" * 64,),
}


def test_seal_changes_with_every_part() -> None:
    changed = [replace(WHOLE, **{name: other}) for name, other in OTHERS.items()]
    changed += [
        replace(WHOLE, text=text)
        for text in (
            WHOLE.text.replace("题目", "题名"),
            WHOLE.text.replace("正文。", "正文！"),
            WHOLE.text.replace("a" * 64, "d" * 64),
            WHOLE.text.replace("窗口", "大厅"),
            WHOLE.text + "\n",
        )
    ]
    assert {"text", *OTHERS} == set(Envelope.__dataclass_fields__)
    assert len({WHOLE.seal(), *(one.seal() for one in changed)}) == len(changed) + 1


def test_seal_depends_on_the_order_of_what_is_attached() -> None:
    both = ("b" * 64, "c" * 64)
    assert replace(WHOLE, attachments=both).seal() != replace(WHOLE, attachments=both[::-1]).seal()


def test_seal_stays_what_it_was_when_texts_were_first_sealed() -> None:
    # Known for good: a changed envelope would make every stored seal a false one.
    assert WHOLE.seal() == "4b2a010b70767b80406a3455ad39aadb7e48f6e86447253f58644560197327a0"


@settings(deadline=None)
@given(
    text=st.text(alphabet="题正文A1。 \u3000\n", min_size=1), salt=st.text("0123456789abcdef", min_size=32)
)
def test_seal_is_that_of_the_normalised_text(text: str, salt: str) -> None:
    def seal(as_given: str) -> str:
        labels = {"kind": "news", "content_class": "public", "openness": "withheld"}
        return envelope(**labels, text=as_given, salt=salt).seal()

    assert seal(text) == seal("\ufeff" + text.replace("\n", "\r\n")) == seal(text + " \n")


def test_seal_of_what_is_no_text_is_an_error() -> None:
    with pytest.raises(ValueError, match="not text"):
        envelope(kind="news", content_class="public", openness="withheld", text="a\x00", salt="0" * 32)
