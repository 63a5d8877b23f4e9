from __future__ import annotations

import pytest

from hezou.kernel.errors import (
    FORBIDDEN,
    IMPOSSIBLE,
    NOT_FOUND,
    STALE,
    AlreadyDone,
    Forbidden,
    NotFound,
    Refusal,
    Refused,
    Stale,
    TooLarge,
)


@pytest.mark.parametrize(
    ("refusal", "status", "messages"),
    [
        (Refused(IMPOSSIBLE()), 422, (IMPOSSIBLE(),)),
        (Stale(), 409, (STALE(),)),
        (Stale(IMPOSSIBLE()), 409, (IMPOSSIBLE(),)),
        (Forbidden(), 403, (FORBIDDEN(),)),
        (Forbidden(IMPOSSIBLE()), 403, (IMPOSSIBLE(),)),
        (NotFound(), 404, (NOT_FOUND(),)),
        (NotFound(IMPOSSIBLE()), 404, (IMPOSSIBLE(),)),
        (TooLarge(IMPOSSIBLE()), 413, (IMPOSSIBLE(),)),
    ],
)
def test_refusal_carries_status_and_messages(
    refusal: Refusal, status: int, messages: tuple[object, ...]
) -> None:
    assert (refusal.status, refusal.messages) == (status, messages)


def test_refusal_reads_as_its_sentences() -> None:
    assert str(Refused(FORBIDDEN(), NOT_FOUND())) == "You may not do this. This does not exist here."


def test_unless_none_passes_without_messages() -> None:
    Refused.unless_none([None, None])


def test_unless_none_raises_every_message_given() -> None:
    with pytest.raises(Refused) as raised:
        Refused.unless_none([None, FORBIDDEN(), STALE()])
    assert raised.value.messages == (FORBIDDEN(), STALE())


def test_already_done_names_the_first_answer() -> None:
    assert AlreadyDone("/manuscripts/1").target == "/manuscripts/1"
