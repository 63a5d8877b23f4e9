"""The duty roster: how a sheet's days are read, what a row changes, and what it never changes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from hezou.audit.models import AuditEntry
from hezou.kernel.errors import Forbidden, Refused
from hezou.people.actions import be_away, keep_roster, put_on_duty
from hezou.people.models import Duty
from hezou.people.queries import roster, today_of
from hezou.people.rules.roster import (
    LAYOUT,
    LEADER,
    STAFF,
    Colleague,
    Post,
    Row,
    Stands,
    plan,
    read_day,
    read_roster,
    template,
)
from tests.support.office import Office, found_office

TODAY = date(2026, 3, 2)
PERSONS = (
    Colleague(1, "张三", "第一科", "8001"),
    Colleague(2, "李四", "第一科"),
    Colleague(3, "王五", "第一科"),
    Colleague(4, "王五", "第二科", "8004", away=((date(2026, 3, 3), date(2026, 3, 5)),)),
)


def book(*rows: Sequence[object]) -> bytes:
    """An .xlsx file with these rows on its first sheet."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as workbook:
        sheet = workbook.add_worksheet()
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                sheet.write(number, column, value)
    return file.getvalue()


# --- reading --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-03-05", date(2026, 3, 5)),
        ("2026年3月5日", date(2026, 3, 5)),
        ("2026/3/5", date(2026, 3, 5)),
        ("2026.03.05", date(2026, 3, 5)),
        ("3月5日", date(2026, 3, 5)),
        ("3月5日（周四）", date(2026, 3, 5)),
        ("3月5号 星期四", date(2026, 3, 5)),
        ("12月30日", date(2025, 12, 30)),
        ("8月20日", date(2026, 8, 20)),
        ("2月29日", None),
        ("13月1日", None),
        ("明天", None),
        ("", None),
    ],
)
def test_day_is_read_as_offices_write_it(written: str, expected: date | None) -> None:
    if expected is None:
        with pytest.raises(Refused) as refused:
            read_day(written, TODAY)
        assert [one.code for one in refused.value.messages] == ["people.no_day"]
    else:
        assert read_day(written, TODAY) == expected


def test_sheet_is_read_with_dates_numbers_and_other_columns() -> None:
    data = book(
        ["某局三月值班表"],
        ["日期", "星期", "带班领导", "值班人员", "值班电话（座机）"],
        [date(2026, 3, 5), "四", "张三", "李四", 8002],
        ["3月6日", "五", "张三", "李四、王五（第二科）", "8002"],
        [46087, "六", "张三", "", ""],
    )
    rows = read_roster(data)
    assert [(one.line, one.day, one.leader, one.staff, one.staff_phone) for one in rows] == [
        (3, "2026-03-05", "张三", "李四", "8002"),
        (4, "3月6日", "张三", "李四、王五（第二科）", "8002"),
        (5, "46087", "张三", "", ""),
    ]
    assert [[problem.code for problem in one.problems] for one in rows] == [[], [], ["people.not_words"]]
    assert rows[2].problems[0].params == {"cell": "A5"}


def test_sheet_without_days_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        read_roster(book(["带班领导", "值班人员"], ["张三", "李四"]))
    assert [(one.code, one.params) for one in refused.value.messages] == [
        ("people.no_header", {"headings": "日期"})
    ]


def test_empty_sheet_has_the_headings() -> None:
    with CalamineWorkbook.from_filelike(io.BytesIO(template())) as workbook:
        assert workbook.get_sheet_by_index(0).to_python() == [LAYOUT.headings]


# --- planning -------------------------------------------------------------------------------------
Days = dict[date, dict[str, tuple[Post, ...]]]


def planned(row: Row, days: Days) -> tuple[str, list[str]]:
    [one] = plan([row], Stands(PERSONS, days, TODAY))
    return one.outcome, [message.code.removeprefix("people.") for message in one.messages]


KEPT: Days = {date(2026, 3, 5): {LEADER: (Post(1, "张三", "8001"),), STAFF: (Post(2, "李四", ""),)}}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (Row(2, "3月4日", leader="张三", staff="李四"), ("created", ["puts_leader", "puts_staff"])),
        (Row(2, "3月5日", leader="张三", staff="李四"), ("unchanged", [])),
        (Row(2, "3月5日"), ("unchanged", [])),
        (Row(2, "3月5日", staff="张三"), ("changed", ["changes_staff"])),
        (Row(2, "3月5日", leader="张三", leader_phone="139"), ("changed", ["new_phone"])),
        (Row(2, "3月4日"), ("refused", ["nobody_on_duty"])),
        (Row(2, "明天", leader="张三"), ("refused", ["no_day"])),
        (Row(2, "3月4日", leader="赵六"), ("refused", ["unknown_person"])),
        (Row(2, "3月4日", leader="王五"), ("refused", ["two_of_the_name"])),
        (Row(2, "3月4日", leader="王五（第三科）"), ("refused", ["unknown_person"])),
        (Row(2, "3月4日", leader="王五（第二科）"), ("created", ["puts_leader", "away_then"])),
        (Row(2, "3月6日", leader="王五(第二科)"), ("created", ["puts_leader"])),
        (Row(2, "3月4日", staff="张三、张三"), ("refused", ["twice_on_duty"])),
        (Row(2, "3月4日", staff="张三、李四", staff_phone="1、2、3"), ("refused", ["phones_differ"])),
        (Row(2, "3月4日", staff="、".join(["张三"] * 10)), ("refused", ["too_many_on_duty"])),
    ],
)
def test_row_beside_the_roster_as_it_stands(row: Row, expected: tuple[str, list[str]]) -> None:
    assert planned(row, KEPT) == expected


def test_day_that_is_over_is_entered_but_not_changed() -> None:
    over = {date(2026, 3, 1): KEPT[date(2026, 3, 5)]}
    assert planned(Row(2, "3月1日", leader="张三"), over) == ("unchanged", [])
    assert planned(Row(2, "3月1日", leader="李四"), over) == ("refused", ["day_is_over"])
    assert planned(Row(2, "2月28日", leader="李四"), over) == ("created", ["puts_leader"])


def test_same_day_twice_is_refused_with_the_first_row() -> None:
    rows = [Row(2, "3月4日", leader="张三"), Row(3, "2026-03-04", leader="李四")]
    first, second = plan(rows, Stands(PERSONS, {}, TODAY))
    assert (first.outcome, second.outcome, second.messages[0].params) == ("created", "refused", {"line": 2})


@pytest.mark.parametrize(
    ("phones", "expected"),
    [("", ["8001", ""]), ("8888", ["8888", "8888"]), ("81、82", ["81", "82"]), ("81 82", ["81", "82"])],
)
def test_telephones_are_one_for_all_or_one_for_each(phones: str, expected: list[str]) -> None:
    [one] = plan([Row(2, "3月4日", staff="张三、李四", staff_phone=phones)], Stands(PERSONS, {}, TODAY))
    assert [post.phone for post in one.parts[STAFF]] == expected


# --- keeping --------------------------------------------------------------------------------------
@pytest.fixture
def office(db: None) -> Office:
    return found_office()


def stands(office: Office) -> list[tuple[str, str, str]]:
    today = today_of(office.agency)
    rows = roster(office.agency.pk, today, today + timedelta(days=9))
    return [(one.part, one.person.name if one.person else "", one.phone) for one in rows]


def row(office: Office, **more: Any) -> Row:
    return Row(line=2, day=today_of(office.agency).isoformat(), **more)


def test_roster_is_written_only_when_asked(office: Office) -> None:
    rows = [row(office, leader="辛某", staff="甲某、乙某", staff_phone="8002"), Row(3, "明天", leader="辛某")]
    looked = keep_roster(by=office.fresh("editor"), rows=rows, dry_run=True)
    assert (stands(office), AuditEntry.objects.filter(ref_kind="duty").count()) == ([], 0)
    written = keep_roster(by=office.fresh("editor"), rows=rows, dry_run=False)
    assert (
        [one.outcome for one in written.lines]
        == [one.outcome for one in looked.lines]
        == ["created", "refused"]
    )
    assert stands(office) == [
        ("leader", "辛某", ""),
        ("staff", "甲某", "8002"),
        ("staff", "乙某", "8002"),
    ]
    assert AuditEntry.objects.filter(ref_kind="duty", verb="put_on_duty").count() == 2


def test_fewer_persons_empty_the_places_beyond(office: Office) -> None:
    by = office.fresh("editor")
    put_on_duty(by=by, row=row(office, staff="甲某、乙某"))
    put_on_duty(by=by, row=row(office, staff="丙某"))
    assert stands(office) == [("staff", "丙某", "")]
    assert Duty.objects.count() == 2


def test_typed_day_is_refused_with_its_reasons(office: Office) -> None:
    with pytest.raises(Refused) as refused:
        put_on_duty(by=office.fresh("editor"), row=row(office, staff="无名"))
    assert [one.code for one in refused.value.messages] == ["people.unknown_person"]
    with pytest.raises(Refused):
        put_on_duty(by=office.fresh("editor"), row=row(office))
    assert Duty.objects.count() == 0


def test_roster_is_kept_by_who_may(office: Office) -> None:
    for key in ("writer", "head", "signer", "auditor", "secrecy"):
        for dry_run in (True, False):
            with pytest.raises(Forbidden):
                keep_roster(by=office.fresh(key), rows=[row(office, staff="甲某")], dry_run=dry_run)
    assert put_on_duty(by=office.fresh("administrator"), row=row(office, staff="甲某")).outcome == "created"


def test_roster_of_one_agency_knows_nobody_of_another(office: Office) -> None:
    hill = found_office("hill")
    put_on_duty(by=hill.fresh("editor"), row=row(hill, staff="甲某"))
    today = today_of(office.agency)
    person = office.fresh("head")
    be_away(by=person, person=person, kind="leave", starts=today, ends=today)
    line = put_on_duty(by=office.fresh("editor"), row=row(office, staff=person.name))
    assert [one.code for one in line.messages] == ["people.puts_staff", "people.away_then"]
    assert [one.person_id for one in roster(office.agency.pk, today, today)] == [person.pk]
