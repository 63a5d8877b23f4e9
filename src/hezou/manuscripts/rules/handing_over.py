"""May a piece that is being written go to a successor?"""

from __future__ import annotations

from hezou.kernel.messages import Message, define
from hezou.manuscripts.rules.purging import ASKED_ALREADY

PIECE = define("manuscript.hands_piece", "The piece {number}")
TYPED = define("manuscript.hands_typed", "What was typed into the piece {number} and not kept yet")

NO_WRITER = define("manuscript.no_writer", "{name} has no role that writes.")
CLOSED_PIECE = define(
    "manuscript.closed_piece",
    "The piece is internal and not open to {name}. Its writers or the secrecy reviewer let somebody read it.",
)
TYPES_TOO = define("manuscript.types_too", "{name} has unsent text of their own in this piece.")


def why_not_piece(
    name: str, number: str, *, writes: bool, may_read: bool, is_withheld: bool
) -> list[Message]:
    """Why the draft `number` does not go to the successor called `name`.

    `writes`: they may write at all; `may_read`: the piece is not internal, or open to them, or whoever hands
    over may open it to them; `is_withheld`: it waits to be purged.
    """
    if is_withheld:
        return [ASKED_ALREADY(number=number)]
    found = [] if writes else [NO_WRITER(name=name)]
    return found if may_read else [*found, CLOSED_PIECE(name=name)]
