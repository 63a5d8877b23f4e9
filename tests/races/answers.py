"""What a raced process reads afresh, and what its press of a button was answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hezou.kernel.errors import AlreadyDone, Refusal
from hezou.manuscripts.models import Manuscript
from hezou.people.models import Person

DONE, STALE = "done", "kernel.stale"


def person(key: str) -> Person:
    """Somebody as a new request reads them."""
    return Person.objects.select_related("agency", "unit").get(pk=key)


def piece(key: str) -> Manuscript:
    """A piece as a new request reads it."""
    return Manuscript.objects.select_related("agency", "unit", "creator").get(pk=key)


def answer(verb: Callable[..., Any], **arguments: Any) -> str:
    """`done`, the codes of the refusal, or `already` and the first answer; any other error is raised."""
    try:
        verb(**arguments)
    except Refusal as refusal:
        return " ".join(message.code for message in refusal.messages)
    except AlreadyDone as done:
        return f"already {done.target}"
    return DONE
