"""Import of units and persons: a sheet is looked at first, and written once its report was read."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hezou.audit.actions import require
from hezou.kernel.errors import Refusal
from hezou.people.actions import Report, import_directory
from hezou.people.queries import rules_of
from hezou.people.rules.planning import CHANGED, CREATED, REFUSED, UNCHANGED
from hezou.people.rules.sheet import COLUMNS, Row, read_directory, template
from hezou.people.rules.workbook import MOST_BYTES
from hezou.web.beginning import beginning
from hezou.web.people.directory import MANAGE, ROOM
from hezou.web.people.finding import role_label
from hezou.web.people.forms import FileForm
from hezou.web.people.travelling import signed, unsigned
from hezou.web.shell import PageRequest, deed, page, show
from hezou.web.uploads import uploaded

SALT = "hezou.web.people.importing"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page
@require_http_methods(["GET", "HEAD", "POST"])
def people_import(request: PageRequest) -> HttpResponse:
    """Choose a sheet; sent, it is read and its report shown, nothing is written."""
    require(request.person, MANAGE)
    if request.method != "POST":
        return _choose(request)
    try:
        rows = _rows_sent(request)
        report = import_directory(by=request.person, rows=rows, dry_run=True)
    except Refusal as refusal:
        return _choose(request, refusal)
    return _report(request, report, is_written=False, rows=signed(request.person, rows, SALT))


@page
@require_POST
def people_write(request: PageRequest) -> HttpResponse:
    """Write the sheet whose report was read; one-time passwords are shown in the answer and never again."""
    require(request.person, MANAGE)
    try:
        rows = unsigned(request.person, request.POST.get("rows", ""), Row, SALT)
        with deed(request) as pressed:
            pressed.target = reverse("people")
            report = import_directory(by=request.person, rows=rows, dry_run=False)
    except Refusal as refusal:
        return _choose(request, refusal)
    response = _report(request, report, is_written=True)
    response["Cache-Control"] = "no-store"
    return response


@page
@require_safe
def people_template(request: PageRequest) -> HttpResponse:
    """The empty sheet to fill in."""
    require(request.person, MANAGE)
    rules = rules_of(request.person.agency)
    body = template([role_label(rules, code) for code in rules.roles])
    headers = {"Content-Disposition": 'attachment; filename="people.xlsx"'}
    return HttpResponse(body, content_type=XLSX, headers=headers)


def _rows_sent(request: PageRequest) -> list[Row]:
    data, _ = uploaded(request, "file", MOST_BYTES)
    return read_directory(data)


def _choose(request: PageRequest, refusal: Refusal | None = None) -> HttpResponse:
    rules = rules_of(request.person.agency)
    context = {
        "form": FileForm(asking=request.person),
        "columns": [headings[0] for headings in COLUMNS.values()],
        "roles": [role_label(rules, code) for code in rules.roles],
        "refusals": refusal.messages if refusal else (),
    }
    status = refusal.status if refusal else 200
    return show(request, "people/import.html", context, room=ROOM, status=status)


def _report(request: PageRequest, report: Report, *, is_written: bool, rows: str = "") -> HttpResponse:
    places = {
        "write_url": reverse("people_write"),
        "again_url": reverse("people_import"),
        "back_url": reverse("people"),
        "back": gettext("To the people"),
    }
    first_day = beginning(request.person) if is_written else None
    context = {**report_context(report), **places, "is_written": is_written, "rows": rows}
    return show(request, "people/report.html", {**context, "beginning": first_day}, room=ROOM)


def report_context(report: Report) -> dict[str, Any]:
    """What `people/report.html` says of a report, whichever sheet it is about."""
    return {
        "report": report,
        "created": report.count(CREATED),
        "changed": report.count(CHANGED),
        "unchanged": report.count(UNCHANGED),
        "refused": report.count(REFUSED),
        "has_passwords": any(line.password for line in report.lines),
    }
