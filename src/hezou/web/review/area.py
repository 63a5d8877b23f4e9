"""What the text area of a reviewer holds: the newest version, or what they typed and have not sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hezou.kernel.errors import Stale
from hezou.kernel.text import normalise
from hezou.manuscripts.models import Manuscript, Version, WorkingCopy
from hezou.manuscripts.queries import version, working_copy
from hezou.manuscripts.rules.compare import Row, compare
from hezou.people.models import Person
from hezou.web.review.changes import near_changes

MINE, CURRENT = "mine", "current"
"""Values of `?text=`: begin from what I typed, or from the newest version."""


@dataclass(frozen=True)
class Area:
    """`text` to begin from, the working copy's revision (0 without one) and when it was saved.

    `unsent` compares what was typed on an older version and never sent with that version (number `typed_on`).
    """

    text: str
    copy_revision: int
    saved_at: datetime | None
    unsent: list[Row]
    typed_on: int = 0


def area_for(person: Person, current: Version, wanted: str) -> Area:
    """The area of a person who edits `current`, the newest version.

    What was typed on an older version never replaces a newer text by itself: it is shown, and taken up only
    when `wanted` says so.
    """
    newest = current.text.plain()
    copy = working_copy(current.manuscript, person)
    if copy is None:
        return Area(newest, 0, None, [])
    is_of_newest = copy.base_id == current.pk or copy.saved_at > current.made_at
    use_copy = wanted == MINE or (is_of_newest and wanted != CURRENT)
    unsent = [] if is_of_newest or use_copy else _unsent(copy)
    return Area(copy.text if use_copy else newest, copy.revision, copy.saved_at, unsent, copy.base.number)


def not_behind(person: Person, manuscript: Manuscript, copy_revision: str, text: str) -> None:
    """Raise Stale where another tab of the person saved a text that this one has not seen."""
    copy = working_copy(manuscript, person)
    if copy is not None and str(copy.revision) != copy_revision and copy.text != normalise(text):
        raise Stale


def _unsent(copy: WorkingCopy) -> list[Row]:
    base = version(copy.manuscript, copy.base.number)
    return near_changes(compare(base.text.plain(), normalise(copy.text)))
