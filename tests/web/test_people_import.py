"""A list is looked at first and written once its report was read."""

from __future__ import annotations

import io

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from hezou.people.actions import open_account
from hezou.people.models import Account, Unit
from hezou.people.queries import persons
from hezou.people.rules.workbook import MOST_BYTES
from tests.support.office import Office
from tests.web.conftest import LogIn
from tests.web.directory import post
from tests.web.reading import Answer, buttons, summary, tree, words


@pytest.fixture
def admin(log_in: LogIn) -> Client:
    return log_in("administrator")


def sheet(*lines: list[str]) -> SimpleUploadedFile:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as workbook:
        page = workbook.add_worksheet()
        for number, line in enumerate(lines):
            page.write_row(number, 0, line)
    return SimpleUploadedFile("名单.xlsx", file.getvalue())


LIST = (
    ["部门", "上级部门", "姓名", "账号", "角色"],
    ["第三科", "某局", "张三", "zs", "信息员"],
    ["无科", "", "李四", "", ""],
)


def outcomes(answer: Answer) -> list[tuple[str, str]]:
    found = tree(answer).xpath("//table//tbody/tr")
    return [(words(row.xpath("./td")[1]), words(row.xpath("./td")[2])) for row in found]


def test_import_shows_a_report_before_anything_is_written(office: Office, admin: Client) -> None:
    assert admin.get("/people/import").status_code == 200
    looked = admin.post("/people/import", {"file": sheet(*LIST)})
    assert (looked.status_code, outcomes(looked)) == (200, [("张三", "New"), ("李四", "Left out")])
    assert list(buttons(looked)) == [("Another file", True), ("Import", True)]
    assert not Unit.objects.filter(name="第三科").exists()
    form = tree(looked).get_element_by_id("write")
    sent = {name: str(value) for name, value in form.form_values() if name != "csrfmiddlewaretoken"}
    written = admin.post("/people/import/write", sent)
    assert (written.status_code, written["Cache-Control"]) == (200, "no-store")
    assert outcomes(written) == outcomes(looked)
    password = words(tree(written).xpath("//samp")[0])
    assert Account.objects.get(username="zs").check_password(password)
    assert Account.objects.get(username="zs").person.unit.name == "第三科"
    again = admin.post("/people/import/write", sent)
    assert (again.status_code, again["Location"]) == (303, "/people/")
    assert persons(office.agency.pk).filter(name="张三").count() == 1


def test_import_of_nothing_new_cannot_be_written(office: Office, admin: Client) -> None:
    looked = admin.post("/people/import", {"file": sheet(LIST[0], LIST[2])})
    assert list(buttons(looked)) == [("Another file", True), ("Import", False)]


def test_refuse_files_that_are_none(office: Office, admin: Client) -> None:
    for file, status, expected in (
        (None, 422, "Choose a file first."),
        (SimpleUploadedFile("a.xlsx", b""), 422, "This is no .xlsx file."),
        (SimpleUploadedFile("a.xlsx", b"\x00" * 100), 422, "This is no .xlsx file."),
        (SimpleUploadedFile("a.xlsx", bytes(MOST_BYTES + 1)), 413, "The file is larger than 5 MB."),
    ):
        answer = admin.post("/people/import", {"file": file} if file else {})
        assert answer.status_code == status
        assert summary(answer)[0].startswith(expected)
        assert "Nothing was written." in words(tree(answer))


def test_refuse_rows_that_were_not_shown(office: Office, admin: Client, log_in: LogIn) -> None:
    other = open_account(
        by=office.fresh("administrator"), person=office.person["second_editor"], username="second"
    )
    office.grant("second_editor", "administrator", "某局")
    Account.objects.filter(pk=other.account.pk).update(must_change_password=False)
    second = Client()
    second.force_login(Account.objects.get(pk=other.account.pk), backend="hezou.access.backend.Backend")
    looked = second.post("/people/import", {"file": sheet(*LIST)})
    stolen = str(tree(looked).xpath("//input[@name='rows']/@value")[0])
    for sent in ("", "forged", stolen, stolen[:-2]):
        answer = post(admin, "/people/import/write", rows=sent)
        assert (answer.status_code, len(summary(answer))) == (422, 1)
    assert not Unit.objects.filter(name="第三科").exists()


def test_empty_sheet_can_be_filled_in(admin: Client) -> None:
    answer = admin.get("/people/import/template.xlsx")
    assert answer["Content-Disposition"] == 'attachment; filename="people.xlsx"'
    with CalamineWorkbook.from_filelike(io.BytesIO(answer.content)) as book:
        assert book.get_sheet_by_index(0).to_python()[0][:3] == ["单位", "上级部门", "姓名"]
        assert book.get_sheet_by_index(1).to_python()[0] == ["Writer"]
