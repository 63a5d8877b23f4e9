"""What the page of a purge tells: facts without the title, and what no purge can reach."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from hezou.manuscripts.models import Purge
from hezou.manuscripts.queries import authors
from hezou.people.models import Person
from hezou.people.queries import rules_of
from hezou.review.queries import sheets
from hezou.submissions.queries import submissions
from hezou.web.purging.forms import REASON
from hezou.web.review.labels import kind_label
from hezou.web.templatetags.words import label, when


@dataclass(frozen=True)
class OutOfReach:
    """A place that people must treat: what it is, what to do there, and which ones."""

    what: str
    do: str
    which: list[str]


def facts_of(purge: Purge) -> list[tuple[str, Any]]:
    """The piece by number, kind, unit and authors; who asked and why; who ended it."""
    piece = purge.manuscript
    named = gettext(", ").join(one.person.name for one in authors(piece))
    return [
        (gettext("Number"), piece.number),
        (gettext("Kind"), label(kind_label(rules_of(piece.agency), piece.kind))),
        (gettext("Unit"), piece.unit.name),
        (gettext("Authors"), named),
        (gettext("Written"), when(piece.created_at)),
        (gettext("Reason for the purge"), REASON[purge.reason]),
        (gettext("Asked for by"), _by(purge.asked_by, purge.asked_at)),
        (gettext("Second person"), _by(purge.ended_by, purge.ended_at) if purge.ended_by else ""),
    ]


def out_of_reach(purge: Purge) -> list[OutOfReach]:
    """Copies outside the tables, files and queues: told, with what to do about them."""
    piece = purge.manuscript
    printed = sheets(purge.agency_id).filter(manuscript=piece).order_by("printed_at")
    sent = submissions(purge.agency_id).filter(manuscript=piece)
    found = [
        OutOfReach(
            gettext("Backups"),
            gettext("Restore none of these; replace them by a new backup and destroy them."),
            list(_backups(purge)),
        ),
        OutOfReach(
            gettext("Sheets on paper"),
            gettext("Collect and destroy them."),
            [format_html("{} {}", one.code, _by(one.printed_by, one.printed_at)) for one in printed],
        ),
        OutOfReach(
            gettext("Sent to bodies"),
            gettext("Telephone them and ask for the piece to be destroyed."),
            [format_html("{} {}", one.body.name, when(one.submitted_at)) for one in sent],
        ),
        OutOfReach(
            gettext("Windows and files of those who read it"),
            gettext("Ask the authors and reviewers to close its pages and to destroy downloaded files."),
            [""],
        ),
    ]
    if connection.vendor == "postgresql":
        log = gettext("Archived logs of the database (WAL) and copies that follow it")
        found.append(OutOfReach(log, gettext("Have them made anew from the present database."), [""]))
    if purge.files_kept:
        kept = gettext("Files that another piece or person still shows")
        found.append(OutOfReach(kept, gettext("Purge these pieces too."), [str(purge.files_kept)]))
    return [one for one in found if one.which]


def _by(person: Person, at: datetime | None) -> SafeString:
    return format_html("{} {}", person.name, when(at))


def _backups(purge: Purge) -> Iterator[str]:
    """The backups made while the piece was there."""
    began, ended = purge.manuscript.created_at, purge.ended_at
    for manifest in sorted(settings.BACKUPS.glob("hezou-*/manifest.json")):
        made = datetime.fromtimestamp(manifest.stat().st_mtime, UTC)
        if began <= made and (ended is None or made <= ended):
            yield manifest.parent.name
