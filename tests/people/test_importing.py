"""A sheet written: dry run and write say the same, rows stand for themselves."""

from __future__ import annotations

import pytest
from django.contrib.auth import authenticate
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from hezou.audit.models import AuditEntry
from hezou.audit.queries import trail
from hezou.kernel.errors import Forbidden
from hezou.kernel.ref import Ref
from hezou.people.actions import (
    Report,
    add_person,
    grant_role,
    import_directory,
    open_account,
    retire_person,
    retire_unit,
)
from hezou.people.models import Account, Grant, Person, Unit
from hezou.people.queries import persons, units
from hezou.people.rules.sheet import Row

ROWS = [
    Row(2, "一组", name="张三", staff_number="01", username="zs", roles="信息员、责任编辑"),
    Row(3, "一组", "第一科"),
    Row(4, "第一科"),
    Row(5, "无科", name="李四"),
    Row(6, "第二科", "湖泊局", "王 五", post="科长", roles="部门主要负责人、部门主要负责人（第一科）"),
]


def outcomes(report: Report) -> list[tuple[int, str]]:
    return [(line.line, line.outcome) for line in report.lines]


def said(report: Report) -> list[tuple[object, ...]]:
    return [(line.line, line.name, line.outcome, line.messages, line.username) for line in report.lines]


def state() -> tuple[object, ...]:
    """Everything an import may write."""
    return (
        list(Unit.objects.order_by("id").values_list("name", "parent__name")),
        list(Person.objects.order_by("id").values_list("name", "unit__name", "post", "phone", "revision")),
        list(Account.objects.order_by("id").values_list("username")),
        list(Grant.objects.order_by("id").values_list("person__name", "role", "unit__name")),
        AuditEntry.objects.count(),
    )


def test_dry_run_says_what_writing_does_and_writes_nothing(admin: Person) -> None:
    before = state()
    dry = import_directory(by=admin, rows=ROWS, dry_run=True)
    assert state() == before
    assert {line.password for line in dry.lines} == {""}
    report = import_directory(by=admin, rows=ROWS, dry_run=False)
    assert said(report) == said(dry)
    assert outcomes(report) == [
        (2, "created"),
        (3, "created"),
        (4, "created"),
        (5, "refused"),
        (6, "created"),
    ]


def test_write_rows_that_hold_and_leave_out_the_others(admin: Person) -> None:
    report = import_directory(by=admin, rows=ROWS, dry_run=False)
    root = "某某区湖泊局"
    assert list(units(admin.agency_id).values_list("name", "parent__name")) == [
        (root, None),
        ("第一科", root),
        ("一组", "第一科"),
        ("第二科", root),
    ]
    new = persons(admin.agency_id).exclude(unit__name=root).order_by("sort_key")
    assert list(new.values_list("name", "unit__name", "post", "staff_number")) == [
        ("王五", "第二科", "科长", ""),
        ("张三", "一组", "", "01"),
    ]
    held = Grant.objects.filter(person__in=new).order_by("id")
    assert list(held.values_list("person__name", "role", "unit__name")) == [
        ("张三", "writer", "一组"),
        ("张三", "editor", root),
        ("王五", "unit_head", "第二科"),
        ("王五", "unit_head", "第一科"),
    ]
    passwords = {line.username: line.password for line in report.lines if line.password}
    assert list(passwords) == ["zs"]
    request = RequestFactory().post("/")
    assert authenticate(request, username="zs", password=passwords["zs"]) is not None
    entry = trail(admin.agency_id, Ref.to(admin.agency)).last()
    assert entry is not None
    assert (entry.verb, entry.detail) == ("import", {"created": 4, "changed": 0, "refused": 1})


def test_import_again_changes_nothing(admin: Person) -> None:
    import_directory(by=admin, rows=ROWS, dry_run=False)
    before = state()[:4]
    again = import_directory(by=admin, rows=ROWS, dry_run=False)
    assert [line.outcome for line in again.lines] == [
        "unchanged",
        "unchanged",
        "unchanged",
        "refused",
        "unchanged",
    ]
    assert state()[:4] == before


def test_import_changes_persons_known(admin: Person, root: Unit, section: Unit, person: Person) -> None:
    open_account(by=admin, person=person, username="zs")
    grant_role(by=admin, person=person, role="writer", unit=section)
    gone = add_person(by=admin, unit=section, name="赵六", staff_number="09")
    retire_person(by=admin, person=gone)
    rows = [
        Row(2, root.name, name="张三", staff_number="0007", username="zs", phone="8002", roles="信息员"),
        Row(3, root.name, name="赵六", staff_number="09"),
        Row(4, root.name, name="孙七", username="ZS"),
    ]
    report = import_directory(by=admin, rows=rows, dry_run=False)
    assert outcomes(report) == [(2, "changed"), (3, "refused"), (4, "refused")]
    changed = Person.objects.get(pk=person.pk)
    assert (changed.unit, changed.phone, changed.post, changed.revision) == (root, "8002", "科员", 2)
    assert set(Grant.objects.filter(person=person).values_list("role", "unit")) == {
        ("writer", section.pk),
        ("writer", root.pk),
    }


def test_import_gives_roles_alone_without_touching_the_person(admin: Person, person: Person) -> None:
    report = import_directory(by=admin, rows=[Row(2, name="张三", roles="信息员")], dry_run=False)
    assert outcomes(report) == [(2, "changed")]
    assert Person.objects.get(pk=person.pk).revision == 1


def test_retired_units_are_unknown(admin: Person, section: Unit) -> None:
    retire_unit(by=admin, unit=section)
    report = import_directory(by=admin, rows=[Row(2, section.name, name="张三")], dry_run=True)
    assert [m.code for m in report.lines[0].messages] == ["people.unknown_unit"]


def test_refuse_import_by_others(person: Person) -> None:
    for dry_run in (True, False):
        with pytest.raises(Forbidden):
            import_directory(by=person, rows=ROWS, dry_run=dry_run)


def test_plan_reads_the_directory_in_few_queries(admin: Person, section: Unit) -> None:
    counts = []
    for number in (1, 1, 30):  # the first reads the rules, which are kept
        rows = [Row(n + 2, "第一科", name=f"新人{n}", username=f"n{n}") for n in range(number)]
        fresh = Person.objects.select_related("agency").get(pk=admin.pk)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            import_directory(by=fresh, rows=rows, dry_run=True)
        counts.append(len(queries))
    assert counts[1:] == [counts[1]] * 2
