"""Messages as codes with parameters; the sentence is looked up at the edge, in the reader's language.

A room declares a message beside the rule that says it:

    STALE = define("manuscript.stale", "Somebody else changed the piece while you were working.")

`STALE(by="…")` is a `Message`; `render` turns it into a sentence through a translation function
(English sentence in, sentence of the reader's language out). A parameter that differs by language (a label, a
message within a message) travels as it is and is said in the reader's language there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

_ENGLISH: dict[str, str] = {}


@dataclass(frozen=True)
class Message:
    """A code such as `review.author_signs` and the values its sentence names."""

    code: str
    params: dict[str, Any] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((self.code, tuple(sorted((k, str(v)) for k, v in self.params.items()))))

    def __str__(self) -> str:
        return english(self)


@dataclass(frozen=True)
class Code:
    """A declared message; call it with the parameters of its sentence."""

    code: str
    sentence: str

    def __call__(self, **params: Any) -> Message:
        return Message(self.code, params)


def define(code: str, sentence: str) -> Code:
    """Declare a message code with its English sentence (`{name}` marks a parameter).

    Raises ValueError when the code is already declared with another sentence.
    """
    if _ENGLISH.setdefault(code, sentence) != sentence:
        raise ValueError(f"message code declared twice: {code}")
    return Code(code, sentence)


def render(message: Message, translate: Callable[[str], str], language: str = "en") -> str:
    """The sentence for a reader: `translate` maps the English sentence to theirs, `language` is its code."""
    sentence = _ENGLISH.get(message.code)
    if sentence is None:
        return message.code
    spoken = {name: _spoken(value, translate, language) for name, value in message.params.items()}
    return translate(sentence).format(**spoken)


def _spoken(value: Any, translate: Callable[[str], str], language: str) -> Any:
    """A parameter as its reader reads it: a message, a name in several languages, several of either."""
    if isinstance(value, Message):
        return render(value, translate, language)
    if isinstance(value, tuple):
        return translate(", ").join(str(_spoken(one, translate, language)) for one in value)
    return value.of(language) if hasattr(value, "of") else value


def english(message: Message) -> str:
    """The English sentence (logs, tests, `str`)."""
    return render(message, lambda sentence: sentence)


def declared() -> dict[str, str]:
    """Every code declared so far with its English sentence."""
    return dict(_ENGLISH)
