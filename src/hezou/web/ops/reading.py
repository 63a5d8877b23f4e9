"""What the page of the system tells. Codes, names of tasks and numbers: no piece is named here (R22)."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext

from hezou.access.lists import count_up_to
from hezou.audit.queries import head
from hezou.jobs.models import Job
from hezou.jobs.queries import dead_letters, deferred, longest_wait, ready, running
from hezou.jobs.rules import LeaseLost, UnknownTask, name_of
from hezou.kernel import clock
from hezou.kernel.ids import NIL
from hezou.kernel.messages import Message, define
from hezou.people.models import Person
from hezou.web.templatetags.words import waiting, when

SHOWN = 50
"""Dead letters of one page; the older ones come up as these are dealt with."""
TIGHT = 0.10
"""Share of the disk that should stay free."""
OVERDUE = timedelta(days=2)
"""A last backup older than this is a reason to worry."""

LEASE_LOST = define("web.ops.lease_lost", "Its worker was killed or silent each time")
UNKNOWN_TASK = define("web.ops.unknown_task", "This version of the program does not know the task")
FAILED = define("web.ops.failed", "Failed: {error}")
ERRORS = {name_of(LeaseLost): LEASE_LOST, name_of(UnknownTask): UNKNOWN_TASK}


@dataclass(frozen=True)
class Letter:
    """A dead letter: the task without the parts of its path that say nothing, and why it failed."""

    job: Job
    task: str
    why: Message


@dataclass(frozen=True)
class Disk:
    """The disk under the data folder, in words; `is_tight` when little is left."""

    words: str
    is_tight: bool


def letters(person: Person) -> list[Letter]:
    """What failed as often as it may, newest first; one more than is shown when there are more."""
    return [letter_of(job) for job in dead_letters(person.agency_id)[: SHOWN + 1]]


def letter_of(job: Job) -> Letter:
    task = job.task.removeprefix("hezou.").replace(".jobs.", ".")
    known = ERRORS.get(job.error)
    return Letter(job, task, known() if known else FAILED(error=job.error.rpartition(".")[2]))


def queue_facts() -> list[tuple[str, Any]]:
    """How much waits, since when, and what is under way."""
    return [
        (gettext("Ready to run"), count_up_to(ready())),
        (gettext("Longest of them"), waiting(longest_wait())),
        (gettext("Waiting for their hour"), count_up_to(deferred())),
        (gettext("Under way"), count_up_to(running())),
    ]


def proof_facts(person: Person) -> list[tuple[str, Any]]:
    """The heads of the chains, to be compared with what is printed and filed elsewhere."""
    return [
        (name, f"{number} · {digest}")
        for name, (number, digest) in (
            (person.agency.short_name, head(person.agency_id)),
            (gettext("The installation"), head(NIL)),
        )
    ]


def disk() -> Disk:
    """How full it is where everything outside the database stands."""
    place: Path = settings.DATA_DIR
    usage = shutil.disk_usage(next(one for one in (place, *place.parents) if one.exists()))
    free = {"free": filesizeformat(usage.free), "total": filesizeformat(usage.total)}
    return Disk(gettext("%(free)s of %(total)s free") % free, usage.free < TIGHT * usage.total)


def backup() -> tuple[str, bool]:
    """When the last backup was made, in words, and whether that is too long ago."""
    # A backup is whole once its manifest stands; how it looks inside is the business of the room `ops`.
    whole = [path.stat().st_mtime for path in settings.BACKUPS.glob("hezou-*/manifest.json")]
    if not whole:
        return gettext("No backup has been made yet"), True
    at = datetime.fromtimestamp(max(whole), UTC)
    return when(at), clock.now() - at > OVERDUE
