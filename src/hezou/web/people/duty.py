"""值班表: who is on duty and how to reach them, day by day; kept by hand or from a sheet."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hezou.audit.actions import require
from hezou.kernel.errors import Refusal
from hezou.people.actions import Report, keep_roster, put_on_duty
from hezou.people.queries import away_on, roster, today_of
from hezou.people.rules.roster import LAYOUT, LEADER, STAFF, Row, read_roster, template
from hezou.people.rules.workbook import MOST_BYTES
from hezou.web.forms import refuse
from hezou.web.people.forms import PLACES, DutyForm, FileForm
from hezou.web.people.importing import XLSX, report_context
from hezou.web.people.labels import away_words
from hezou.web.people.roster import Day, days_of
from hezou.web.people.travelling import signed, unsigned
from hezou.web.shell import PageRequest, deed, done, page, show
from hezou.web.uploads import uploaded

ROOM = "people"
KEEP = "duty.keep"
SALT = "hezou.web.people.duty"
SHOWN = 31
"""Days on one page."""


@page
@require_safe
def duty(request: PageRequest) -> HttpResponse:
    """The roster from today, or from the day an address names; and who is away today."""
    asking = request.person
    require(asking, "people.read")
    today = today_of(asking.agency)
    first = _day(request.GET.get("from", ""), today)
    last = first + timedelta(days=SHOWN - 1)
    context: dict[str, Any] = {
        "days": days_of(roster(asking.agency_id, first, last), today),
        "first": first,
        "earlier": (first - timedelta(days=SHOWN)).isoformat(),
        "later": (last + timedelta(days=1)).isoformat(),
        "is_now": first == today,
        "may_keep": asking.has_perm(KEEP),
        "away": [(one.person, away_words(one)) for one in away_on(asking.agency_id, today).values()],
    }
    return show(request, "people/duty.html", context, room=ROOM)


@page
@require_http_methods(["GET", "HEAD", "POST"])
def duty_day(request: PageRequest) -> HttpResponse:
    """One day, typed; a blank field leaves what stands."""
    asking = request.person
    require(asking, KEEP)
    if request.method != "POST":
        return _day_page(request, DutyForm(asking=asking, initial=_stands(request)))
    form = DutyForm(request.POST, asking=asking)
    if not form.is_valid():
        return _day_page(request, form, status=422)
    try:
        with deed(request) as pressed:
            pressed.target = reverse("duty")
            put_on_duty(by=asking, row=form.row())
    except Refusal as refusal:
        refuse(form, refusal, PLACES)
        return _day_page(request, form, status=refusal.status)
    return done(request, pressed.target, gettext("The change was kept."))


@page
@require_http_methods(["GET", "HEAD", "POST"])
def duty_import(request: PageRequest) -> HttpResponse:
    """Choose a roster; sent, it is read and its report shown, nothing is written."""
    asking = request.person
    require(asking, KEEP)
    if request.method != "POST":
        return _choose(request)
    try:
        data, _ = uploaded(request, "file", MOST_BYTES)
        rows = read_roster(data)
        report = keep_roster(by=asking, rows=rows, dry_run=True)
    except Refusal as refusal:
        return _choose(request, refusal)
    return _report(request, report, is_written=False, rows=signed(asking, rows, SALT))


@page
@require_POST
def duty_write(request: PageRequest) -> HttpResponse:
    """Write the roster whose report was read."""
    require(request.person, KEEP)
    try:
        rows = unsigned(request.person, request.POST.get("rows", ""), Row, SALT)
        with deed(request) as pressed:
            pressed.target = reverse("duty")
            report = keep_roster(by=request.person, rows=rows, dry_run=False)
    except Refusal as refusal:
        return _choose(request, refusal)
    return _report(request, report, is_written=True)


@page
@require_safe
def duty_template(request: PageRequest) -> HttpResponse:
    """The empty roster to fill in."""
    require(request.person, KEEP)
    headers = {"Content-Disposition": 'attachment; filename="duty.xlsx"'}
    return HttpResponse(template(), content_type=XLSX, headers=headers)


def _day(written: str, default: date) -> date:
    try:
        found = date.fromisoformat(written)
    except ValueError:
        return default
    return found if 1900 < found.year < 2200 else default


def _stands(request: PageRequest) -> dict[str, str]:
    """The form as the roster has it on the day an address names (today without one)."""
    today = today_of(request.person.agency)
    day = _day(request.GET.get("day", ""), today)
    found = days_of(roster(request.person.agency_id, day, day), today)
    stands = found[0] if found else Day(day, {LEADER: [], STAFF: []}, is_today=False)
    return {"day": day.isoformat(), **stands.written()}


def _day_page(request: PageRequest, form: DutyForm, status: int = 200) -> HttpResponse:
    return show(request, "people/duty_day.html", {"form": form}, room=ROOM, status=status)


def _choose(request: PageRequest, refusal: Refusal | None = None) -> HttpResponse:
    context = {
        "form": FileForm(asking=request.person),
        "columns": LAYOUT.headings,
        "refusals": refusal.messages if refusal else (),
    }
    status = refusal.status if refusal else 200
    return show(request, "people/duty_import.html", context, room=ROOM, status=status)


def _report(request: PageRequest, report: Report, *, is_written: bool, rows: str = "") -> HttpResponse:
    places = {
        "write_url": reverse("duty_write"),
        "again_url": reverse("duty_import"),
        "back_url": reverse("duty"),
        "back": gettext("To the duty roster"),
    }
    context = {**report_context(report), **places, "is_written": is_written, "rows": rows}
    return show(request, "people/report.html", context, room=ROOM)
