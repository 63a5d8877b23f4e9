"""Reading refusals: which message codes a raised refusal carries."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from hezou.kernel.errors import Refusal, Refused


def codes(caught: pytest.ExceptionInfo[Refusal]) -> list[str]:
    """The codes of the refusal caught, in order."""
    return [message.code for message in caught.value.messages]


@contextmanager
def refused(*expected: str, kind: type[Refusal] = Refused) -> Iterator[None]:
    """The block is refused with exactly these message codes."""
    with pytest.raises(kind) as caught:
        yield
    assert type(caught.value) is kind
    assert codes(caught) == list(expected)
