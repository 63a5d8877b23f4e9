from __future__ import annotations

import pytest

from hezou.kernel import messages
from hezou.kernel.messages import Message, define

WAITING = define("tests.waiting", "{name} has waited {days} days.")
WHY = define("tests.why", "Why: {reason}")


def test_define_twice_with_another_sentence_raises() -> None:
    with pytest.raises(ValueError, match=r"message code declared twice: tests\.waiting"):
        define("tests.waiting", "Something else.")


def test_define_twice_with_the_same_sentence_is_the_same_code() -> None:
    assert define("tests.waiting", "{name} has waited {days} days.") == WAITING


def test_render_puts_parameters_into_the_translated_sentence() -> None:
    chinese = {"{name} has waited {days} days.": "{name}已等 {days} 天。"}
    assert messages.render(WAITING(name="甲", days=2), chinese.__getitem__) == "甲已等 2 天。"


class Named:
    """A name in two languages, as packs give them."""

    def of(self, language: str) -> str:
        return "初审" if language == "zh-hans" else "First review"


def test_render_says_parameters_in_the_language_of_their_reader() -> None:
    chinese = {
        "{name} has waited {days} days.": "{name}已等 {days} 天。",
        "Why: {reason}": "原因：{reason}",
        ", ": "、",
    }
    said = WHY(reason=WAITING(name=(Named(), "甲"), days=2))
    assert messages.render(said, chinese.__getitem__, "zh-hans") == "原因：初审、甲已等 2 天。"
    assert messages.english(said) == "Why: First review, 甲 has waited 2 days."


def test_render_shows_the_code_of_an_unknown_message() -> None:
    assert messages.render(Message("tests.gone"), str.upper) == "tests.gone"


def test_message_reads_in_english() -> None:
    assert str(WAITING(name="A", days=1)) == "A has waited 1 days."


def test_equal_messages_are_one_in_a_set() -> None:
    assert len({WAITING(name="A", days=1), WAITING(days=1, name="A"), WAITING(name="B", days=1)}) == 2


def test_declared_is_a_copy() -> None:
    messages.declared().clear()
    assert messages.declared()["tests.waiting"] == WAITING.sentence
