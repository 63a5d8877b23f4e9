"""Refusals: what a door answers when it cannot do what was asked. Each carries messages, never prose."""

from __future__ import annotations

from collections.abc import Iterable

from hezou.kernel.messages import Message, define

STALE = define(
    "kernel.stale",
    "Somebody else changed this in the meantime. What you typed is kept; look at the change, then try again.",
)
FORBIDDEN = define("kernel.forbidden", "You may not do this.")
NOT_FOUND = define("kernel.not_found", "This does not exist here.")
IMPOSSIBLE = define("kernel.impossible", "This is not possible in the present state.")


class Refusal(Exception):
    """Base of every refusal; `status` is the HTTP status a web door answers with."""

    status = 422

    def __init__(self, *messages: Message) -> None:
        super().__init__(*messages)
        self.messages: tuple[Message, ...] = messages

    def __str__(self) -> str:
        return " ".join(str(m) for m in self.messages)


class Refused(Refusal):
    """A rule says no (422)."""

    @classmethod
    def unless_none(cls, messages: Iterable[Message | None]) -> None:
        """Raise when any message is given."""
        found = [m for m in messages if m is not None]
        if found:
            raise cls(*found)


class Stale(Refusal):
    """The row changed since the form was drawn (409)."""

    status = 409

    def __init__(self, *messages: Message) -> None:
        super().__init__(*(messages or (STALE(),)))


class Forbidden(Refusal):
    """The person lacks the right (403)."""

    status = 403

    def __init__(self, *messages: Message) -> None:
        super().__init__(*(messages or (FORBIDDEN(),)))


class NotFound(Refusal):
    """No such row for this person: absent, invisible or of another agency (404)."""

    status = 404

    def __init__(self, *messages: Message) -> None:
        super().__init__(*(messages or (NOT_FOUND(),)))


class TooLarge(Refusal):
    """More than the limit (413)."""

    status = 413


class AlreadyDone(Exception):
    """The same deed was done before; `target` is the first answer's address."""

    def __init__(self, target: str) -> None:
        super().__init__(target)
        self.target = target
