"""离岗登记: leave, travel, meeting in three clicks, and being back in one."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from hezou.audit.actions import require
from hezou.kernel.errors import Refusal
from hezou.people.actions import be_away, come_back
from hezou.people.models import Person
from hezou.people.queries import absences_of, today_of, usual_deputy
from hezou.web.forms import refuse
from hezou.web.people.finding import absence_of, person_of
from hezou.web.people.forms import PLACES, AbsenceForm
from hezou.web.people.labels import ABSENCE
from hezou.web.people.portrait import Away
from hezou.web.shell import PageRequest, deed, done, page, show

ROOM = "people"
RECORD, NAME_DEPUTY = "absence.record", "deputy.name"


@page
@require_http_methods(["GET", "HEAD", "POST"])
def away(request: PageRequest, person_id: UUID | None = None) -> HttpResponse:
    """One's own absence, or that of somebody for whom one may enter it."""
    asking = request.person
    who = asking if person_id is None else person_of(asking, person_id)
    require(asking, RECORD, who)
    if request.method != "POST":
        return _away_page(request, who, AbsenceForm(asking=asking, who=who, deputy=usual_deputy(who)))
    form = AbsenceForm(request.POST, asking=asking, who=who)
    if not form.is_valid():
        return _away_page(request, who, form, status=422)
    try:
        with deed(request) as pressed:
            pressed.target = reverse("desk") if who == asking else reverse("person", args=[who.pk])
            chosen = form.cleaned_data.get("deputy")
            starts, ends = form.days()
            absence = be_away(
                by=asking,
                person=who,
                kind=request.POST.get("kind", ""),
                starts=starts,
                ends=ends,
                deputy=person_of(asking, UUID(chosen)) if chosen else None,
            )
    except Refusal as refusal:
        refuse(form, refusal, PLACES)
        return _away_page(request, who, form, status=refusal.status)
    said = {"kind": ABSENCE[absence.kind], "days": Away.of(absence).days}
    if absence.deputy is None:
        return done(request, pressed.target, gettext("Entered: %(kind)s, %(days)s.") % said)
    words = gettext("Entered: %(kind)s, %(days)s. %(deputy)s stands in.")
    return done(request, pressed.target, words % {**said, "deputy": absence.deputy.name})


@page
@require_POST
def absence_end(request: PageRequest, absence_id: int) -> HttpResponse:
    """Back again, or not leaving after all."""
    asking, absence = request.person, absence_of(request.person, absence_id)
    with deed(request) as pressed:
        own = absence.person_id == asking.pk
        pressed.target = reverse("desk") if own else reverse("person", args=[absence.person_id])
        come_back(by=asking, absence=absence)
    words = gettext("The absence has ended, and so has standing in for it.")
    return done(request, pressed.target, words)


def _away_page(request: PageRequest, who: Person, form: AbsenceForm, status: int = 200) -> HttpResponse:
    today = today_of(who.agency)
    context = {
        "who": who,
        "form": form,
        "is_me": who == request.person,
        "absences": [Away.of(row) for row in absences_of(who, today)],
    }
    return show(request, "people/away.html", context, room=ROOM, status=status)
