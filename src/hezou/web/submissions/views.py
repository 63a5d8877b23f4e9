"""The register of what left upward, submitting, and recording an adoption."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from hezou.access.lists import count_up_to
from hezou.access.lists import page as page_of
from hezou.access.scopes import find_manuscript, find_submission, find_whole
from hezou.audit.actions import require
from hezou.kernel.errors import Refusal, Refused
from hezou.kernel.ids import parse
from hezou.manuscripts.models import Manuscript
from hezou.manuscripts.queries import current_version
from hezou.people.models import Body
from hezou.people.queries import rules_of
from hezou.submissions.actions import NO_BODY, adopt, submit
from hezou.submissions.lifecycle import SUBMISSION
from hezou.submissions.models import Submission
from hezou.web.copies import results
from hezou.web.forms import refuse
from hezou.web.review.labels import kind_label
from hezou.web.shell import PageRequest, deed, done, ids_of, page, revision_of, show
from hezou.web.submissions.choosing import (
    chosen_bodies,
    groups_of,
    leaving_facts,
    names_of,
    why_not_submit,
)
from hezou.web.submissions.forms import PLACES, AdoptionForm
from hezou.web.submissions.register import (
    adoption_words,
    filters_of,
    names_with_units,
    offered_bodies,
    rows_for,
    submission_facts,
    waiting_to_leave,
)
from hezou.web.submissions.report import why_not_report

ROOM = "submissions"


@page
@require_safe
def submissions(request: PageRequest) -> HttpResponse:
    """报送登记: what left, newest first; above it, for who submits, what is signed and waits to leave."""
    person = request.person
    require(person, "submission.read")
    rules = rules_of(person.agency)
    offered = offered_bodies(person)
    filters = filters_of(request.GET, offered)
    rows = rows_for(person, filters)
    found = page_of(rows, "submitted_at", after=request.GET.get("after", ""))
    waiting = waiting_to_leave(person) if person.has_perm("manuscript.submit") else []
    context = {
        "waiting": [{"manuscript": one, "kind": kind_label(rules, one.kind)} for one in waiting],
        "rows": [
            {
                "submission": row,
                "adoptions": [(adoption_words(rules, a), a.adopted_on) for a in row.adoptions.all()],
            }
            for row in found.rows
        ],
        "may_record": person.has_perm("submission.record"),
        "may_submit": person.has_perm("manuscript.submit"),
        "filters": filters,
        "bodies": offered,
        "states": SUBMISSION.states,
        "chips": filters.chips(),
        "count": count_up_to(rows),
        "next_url": filters.query(after=found.after) if found.after else "",
        "first_url": filters.query() if "after" in request.GET else "",
    }
    return show(request, "submissions/list.html", context, room=ROOM)


@page
@require_http_methods(["GET", "HEAD", "POST"])
def submission_new(request: PageRequest, manuscript_id: UUID) -> HttpResponse:
    """上报: choose bodies, read what will happen, send. The choice stands in the address until it is sent."""
    manuscript = find_whole(request.person, manuscript_id)
    require(request.person, "manuscript.submit", manuscript)
    if request.method == "POST":
        return _submit(request, manuscript)
    ids = [one for value in request.GET.getlist("body") if (one := parse(value)) is not None]
    is_asked = "confirm" in request.GET
    if is_asked and not ids:
        return _choose(request, manuscript, [], refusal=Refused(NO_BODY()))
    return _choose(request, manuscript, chosen_bodies(manuscript, ids), is_confirming=is_asked)


def _submit(request: PageRequest, manuscript: Manuscript) -> HttpResponse:
    to = chosen_bodies(manuscript, ids_of(request, "body"))
    try:
        with deed(request) as pressed:
            submit(by=request.person, manuscript=manuscript, revision=revision_of(request), to=to)
            pressed.target = reverse("submissions")
    except Refusal as refusal:
        manuscript = find_manuscript(request.person, manuscript.pk)
        return _choose(request, manuscript, to, is_confirming=bool(to), refusal=refusal)
    said = gettext("“%(title)s” was submitted to %(bodies)s.")
    return done(request, pressed.target, said % {"title": manuscript.title, "bodies": names_of(to)})


def _choose(
    request: PageRequest,
    manuscript: Manuscript,
    chosen: list[Body],
    *,
    is_confirming: bool = False,
    refusal: Refusal | None = None,
) -> HttpResponse:
    """The page before sending: the bodies to choose from, or the question with the names of the chosen."""
    groups = groups_of(manuscript, [body.pk for body in chosen])
    reasons = why_not_submit(manuscript, groups)
    context = {
        "manuscript": manuscript,
        "groups": groups,
        "chosen": chosen,
        "names": names_of(chosen),
        "is_confirming": is_confirming and not reasons,
        "why_not": reasons,
        "facts": leaving_facts(manuscript),
        "no_report": why_not_report(manuscript, current_version(manuscript)) if chosen else [],
        "refusals": refusal.messages if refusal else (),
    }
    status = refusal.status if refusal else 200
    return show(request, "submissions/new.html", context, room=ROOM, status=status)


@page
@require_http_methods(["GET", "HEAD", "POST"])
def submission_adopt(request: PageRequest, submission_id: UUID) -> HttpResponse:
    """采用登记: where, how and when a body used the piece."""
    submission = find_submission(request.person, submission_id)
    require(request.person, "submission.record", submission)
    if request.method == "POST":
        return _adopt(request, submission)
    return _adoption_page(request, submission, AdoptionForm(None, submission=submission))


def _adopt(request: PageRequest, submission: Submission) -> HttpResponse:
    form = AdoptionForm(request.POST, submission=submission)
    if not form.is_valid():
        return _adoption_page(request, submission, form, status=422)
    try:
        with deed(request) as pressed:
            made = adopt(
                by=request.person,
                submission=submission,
                revision=revision_of(request),
                result=form.result(),
            )
            pressed.target = reverse("submissions")
    except Refusal as refusal:
        submission = find_submission(request.person, submission.pk)
        form = AdoptionForm(request.POST, submission=submission)
        refuse(form, refusal, PLACES)
        return _adoption_page(request, submission, form, status=refusal.status)
    said = gettext("The adoption by %(body)s is recorded and credited to %(authors)s.")
    credited = names_with_units((share.person, share.unit) for share in made.shares)
    return done(request, pressed.target, said % {"body": submission.body.name, "authors": credited})


def _adoption_page(
    request: PageRequest, submission: Submission, form: AdoptionForm, status: int = 200
) -> HttpResponse:
    rules = rules_of(submission.agency)
    adoptions = list(submission.adoptions.select_related("journal"))
    context = {
        "submission": submission,
        "form": form,
        "adoptions": [(adoption_words(rules, a), a.adopted_on) for a in adoptions],
        "copies": results(submission.manuscript, adoptions),
        "facts": submission_facts(submission),
    }
    return show(request, "submissions/adopt.html", context, room=ROOM, status=status)
