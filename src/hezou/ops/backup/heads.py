"""Chain heads filed outside the database: whoever rewrites a chain there does not reach them here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

from hezou.kernel import clock
from hezou.kernel.errors import Refused
from hezou.kernel.messages import define
from hezou.ops.backup.disk import settle
from hezou.ops.backup.facts import Head, heads
from hezou.ops.backup.snapshot import ask
from hezou.ops.verifying import Difference, holds_head

UNREADABLE = define("backup.unreadable_heads", "{path}, line {line}: this is no chain head.")

NONE_FILED = define("backup.none_filed", "No chain heads are filed in {folder}.")


def file_heads() -> Path:
    """File every chain's head as it stands now; safe to repeat. Returns the day's file."""
    return file_away(heads(ask), clock.now())


def file_away(found: Iterable[Head], at: datetime) -> Path:
    """Add a line per chain to the file of the day (UTC) in `heads/` of the data folder.

    A line holds instant, code, agency's id, number and hash, with tabs between. Lines are only added.
    """
    folder: Path = settings.HEADS
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{at:%Y-%m-%d}.tsv"
    lines = [
        "\t".join([at.isoformat(timespec="seconds"), head.code, head.agency, str(head.number), head.hash])
        for head in found
    ]
    with path.open("a") as file:
        file.writelines(f"{line}\n" for line in lines)
    settle(path)
    return path


def filed(folder: Path) -> Iterator[Head]:
    """Every head filed in a folder, oldest first. Raises Refused for a line that is none, and for no file."""
    paths = sorted(folder.glob("*.tsv"))
    if not paths:
        raise Refused(NONE_FILED(folder=folder))
    for path in paths:
        for line, text in enumerate(path.read_text().splitlines(), start=1):
            try:
                _, code, agency, number, digest = text.split("\t")
                yield Head(str(UUID(agency)), code, int(number), digest)
            except ValueError:
                raise Refused(UNREADABLE(path=path, line=line)) from None


def missing(folder: Path) -> Iterator[tuple[str, Difference]]:
    """Every filed head that its chain no longer contains, with the agency's code."""
    for head in dict.fromkeys(filed(folder)):
        difference = holds_head(UUID(head.agency), head.number, head.hash)
        if difference is not None:
            yield head.code, difference
