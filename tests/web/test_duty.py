"""The duty roster's pages: shown to everybody, kept by the office, imported after a report."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hezou.people.actions import put_on_duty
from hezou.people.models import Duty
from hezou.people.queries import today_of
from hezou.people.rules.roster import LAYOUT, Row
from tests.support.office import Office, found_office
from tests.web.conftest import LogIn
from tests.web.directory import post
from tests.web.reading import Answer, buttons, field_errors, fields, rows, summary, tree, words


@pytest.fixture
def editor(log_in: LogIn) -> Client:
    return log_in("editor")


def sheet(*lines: Sequence[object]) -> SimpleUploadedFile:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as workbook:
        page = workbook.add_worksheet()
        for number, line in enumerate([LAYOUT.headings, *lines]):
            page.write_row(number, 0, line)
    return SimpleUploadedFile("值班表.xlsx", file.getvalue())


def outcomes(answer: Answer) -> list[tuple[str, str, str]]:
    found = tree(answer).xpath("//table//tbody/tr")
    return [(words(row[0]), words(row[2]), words(row[3])) for row in found]


def days(client: Client, query: str = "") -> list[list[str]]:
    return [row[1:3] for row in rows(client.get(f"/people/duty{query}"), "Days")]


def test_roster_is_imported_after_its_report(office: Office, editor: Client) -> None:
    today = today_of(office.agency)
    first, second = today, today + timedelta(days=1)
    lines = (
        [first, "己某", "139", "甲某、乙某", 8001],
        [second, "", "", "无名", ""],
        ["某日", "己某", "", "", ""],
    )
    looked = editor.post("/people/duty/import", {"file": sheet(*lines)})
    assert (looked.status_code, [one[:2] for one in outcomes(looked)]) == (
        200,
        [("2", "New"), ("3", "Left out"), ("4", "Left out")],
    )
    assert outcomes(looked)[1][2] == "Nobody here is called 无名. Add the person first, or correct the name."
    assert list(buttons(looked)) == [("Another file", True), ("Import", True)]
    assert Duty.objects.count() == 0
    form = tree(looked).get_element_by_id("write")
    sent = {name: str(value) for name, value in form.form_values() if name != "csrfmiddlewaretoken"}
    written = editor.post("/people/duty/import/write", sent)
    assert outcomes(written) == outcomes(looked)
    assert days(editor) == [["己某 139", "甲某 8001乙某 8001"]]
    assert editor.post("/people/duty/import/write", sent)["Location"] == "/people/duty"


def test_mistakes_are_named_by_row_and_cell(editor: Client) -> None:
    looked = editor.post("/people/duty/import", {"file": sheet([date(2026, 3, 5), 4711, "", "", ""])})
    assert outcomes(looked) == [
        ("2", "Left out", "Cell B2 holds a number or a date where words belong. Write it as text.")
    ]


def test_refuse_rosters_that_are_none(editor: Client) -> None:
    answer = editor.post("/people/duty/import", {"file": SimpleUploadedFile("a.xlsx", b"\x00" * 10)})
    assert (answer.status_code, len(summary(answer))) == (422, 1)
    for forged in ("", "forged"):
        assert post(editor, "/people/duty/import/write", rows=forged).status_code == 422


def test_day_is_typed_and_changed(office: Office, editor: Client) -> None:
    today = today_of(office.agency)
    answer = post(editor, "/people/duty/day", day=today, leader="己某", staff="甲某")
    assert answer["Location"] == "/people/duty"
    found = fields(editor.get(f"/people/duty/day?day={today}"), "one")
    assert (found["day"], found["leader"], found["staff"]) == (
        today.isoformat(),
        "己某（某局）",
        "甲某（第一科）",
    )
    post(editor, "/people/duty/day", day=today, staff="乙某（第一科）", staff_phone="8002")
    assert days(editor) == [["己某", "乙某 8002"]]
    answer = post(editor, "/people/duty/day", day=today, staff="无名")
    assert (answer.status_code, len(summary(answer))) == (422, 1)
    answer = post(editor, "/people/duty/day", day="", staff="甲某")
    assert (answer.status_code, len(field_errors(answer))) == (422, 1)


def test_roster_begins_today_or_on_the_day_asked(office: Office, editor: Client) -> None:
    today, by = today_of(office.agency), office.fresh("editor")
    for offset in (-1, 0, 40):
        put_on_duty(by=by, row=Row(0, (today + timedelta(days=offset)).isoformat(), staff="甲某"))
    assert len(days(editor)) == 1
    assert len(days(editor, f"?from={today - timedelta(days=1)}")) == 2
    assert len(days(editor, f"?from={today + timedelta(days=40)}")) == 1
    assert [len(days(editor, f"?from={wrong}")) for wrong in ("x", "9999-12-31", "0001-01-01")] == [1, 1, 1]


def test_roster_is_read_by_all_and_kept_by_the_office(office: Office, log_in: LogIn) -> None:
    kept = ("/people/duty/day", "/people/duty/import", "/people/duty/import/template.xlsx")
    writer, administrator = log_in("writer"), log_in("administrator")
    assert writer.get("/people/duty").status_code == 200
    assert [writer.get(one).status_code for one in kept] == [403, 403, 403]
    assert [administrator.get(one).status_code for one in kept] == [200, 200, 200]
    assert post(writer, "/people/duty/import/write", rows="").status_code == 403


def test_roster_shows_nothing_of_another_agency(office: Office, editor: Client) -> None:
    hill = found_office("hill")
    put_on_duty(by=hill.fresh("editor"), row=Row(0, today_of(hill.agency).isoformat(), staff="甲某"))
    assert days(editor) == []


def test_roster_costs_the_same_whatever_its_length(office: Office, editor: Client) -> None:
    today, by, counts = today_of(office.agency), office.fresh("editor"), []
    for number in range(30):
        put_on_duty(
            by=by, row=Row(0, (today + timedelta(days=number)).isoformat(), leader="己某", staff="甲某")
        )
        if number in (0, 29):
            with CaptureQueriesContext(connection) as seen:
                editor.get("/people/duty")
            counts.append(len(seen))
    assert counts[0] == counts[1] <= 15


# --- units that nobody answers for ----------------------------------------------------------------
def test_units_without_a_head_stand_with_the_next_step(office: Office, log_in: LogIn) -> None:
    admin, here = log_in("administrator"), "/people/units/unattended"
    assert "1 unit has nobody who answers for it" in words(tree(admin.get("/people/")))
    found = tree(admin.get(here)).xpath("//tbody/tr")
    assert [words(row[0]) for row in found] == ["办公室"]
    assert words(found[0][1]) == "Nobody: its pieces cannot be handed in"
    of, person = office.unit["办公室"], office.person["editor"]
    answer = post(admin, here, unit=str(of.pk), person=str(person.pk))
    assert answer["Location"] == here
    assert tree(admin.get(here)).xpath("//tbody/tr") == []
    assert "nobody who answers" not in words(tree(admin.get("/people/")))
    assert person.grants.filter(role="unit_head", unit=of).count() == 1


def test_unit_below_another_names_who_is_asked_instead(office: Office, log_in: LogIn) -> None:
    admin = log_in("administrator")
    parent = office.unit["第一科"]
    post(admin, "/people/units/new", name="一组", unit=str(parent.pk))
    found = {words(row[0]): row for row in tree(admin.get("/people/units/unattended")).xpath("//tbody/tr")}
    assert words(found["一组"][1]) == office.person["head"].name
    assert words(found["一组"][2]) == "Add a person"


def test_naming_who_answers_is_refused_with_reasons(office: Office, log_in: LogIn) -> None:
    admin, here = log_in("administrator"), "/people/units/unattended"
    of, person = office.unit["第一科"], office.person["head"]
    answer = post(admin, here, unit=str(of.pk), person=str(person.pk))
    assert (answer.status_code, len(summary(answer))) == (422, 1)
    assert post(admin, here).status_code == 422
    writer = log_in("writer")
    assert (writer.get(here).status_code, post(writer, here, unit=str(of.pk)).status_code) == (403, 403)
