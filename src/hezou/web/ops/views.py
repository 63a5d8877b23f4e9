"""系统运行: is everybody at work, what lies undone, is there room, is there a backup."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from hezou.audit.actions import record, require
from hezou.jobs import actions as jobs
from hezou.jobs.models import Job
from hezou.jobs.queries import crew, dead_letters
from hezou.kernel.errors import NotFound, Refused
from hezou.kernel.messages import define
from hezou.web.ops.reading import SHOWN, backup, disk, letters, proof_facts, queue_facts
from hezou.web.shell import PageRequest, deed, done, page, show

ROOM = "operations"
KEEP = "system.keep"

OPEN_AGAIN = define(
    "web.ops.open_again",
    "The same work was asked for again in the meantime and is under way; give this one up.",
)


@page
@require_safe
def operations(request: PageRequest) -> HttpResponse:
    """Everything on one page, the undone first."""
    me = request.person
    require(me, KEEP)
    found = letters(me)
    context = {
        "letters": found[:SHOWN],
        "has_more": len(found) > SHOWN,
        "crew": crew(),
        "queue": queue_facts(),
        "proof": proof_facts(me),
        "disk": disk(),
        "backup": backup(),
    }
    return show(request, "ops/operations.html", context, room=ROOM)


@page
@require_POST
def letter_retry(request: PageRequest, job_id: UUID) -> HttpResponse:
    """Give a dead letter all its attempts again."""
    return _deal_with(request, job_id, "retry", jobs.retry, gettext("It is tried again."))


@page
@require_POST
def letter_drop(request: PageRequest, job_id: UUID) -> HttpResponse:
    """Give a dead letter up for good."""
    return _deal_with(request, job_id, "drop", jobs.drop, gettext("It was given up."))


def _deal_with(
    request: PageRequest, job_id: UUID, verb: str, deal: Callable[[Job], bool], words: str
) -> HttpResponse:
    require(request.person, KEEP)
    with deed(request) as pressed:
        job = dead_letters(request.person.agency_id).filter(pk=job_id).first()
        if job is None:
            raise NotFound
        if not deal(job):
            raise Refused(OPEN_AGAIN())
        record(job, verb, task=job.task, error=job.error)
        pressed.target = reverse("operations")
    return done(request, pressed.target, words)
