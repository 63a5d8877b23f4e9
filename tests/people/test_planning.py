"""What a sheet would do to a directory, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from hezou.kernel.messages import define
from hezou.people.rules import planning
from hezou.people.rules.planning import (
    CHANGED,
    CREATED,
    REFUSED,
    UNCHANGED,
    Directory,
    Known,
    Plan,
    usernames,
)
from hezou.people.rules.sheet import Row

BROKEN = define("people.test_broken", "Broken.")
LABELS = {
    "writer": "信息员",
    "editor": "责编",
    "auditor": "审计",
    "administrator": "管理",
    "unit_head": "科长",
}
CODES = {label: code for code, label in LABELS.items()} | {"Writer": "writer"}
PERSONS = [
    Known(1, "张三", "一科", "科员", "8001", "01", "zs", frozenset({("writer", "一科")})),
    Known(2, "李四", "一科"),
    Known(3, "李四", "二科"),
    Known(4, "王五", "二科", username="wu"),
    Known(5, "赵六", "二科", staff_number="05", retired=True),
    Known(6, "审某", "二科", roles=frozenset({("auditor", "某局")})),
    Known(7, "重名", "二科"),
    Known(8, "重名", "二科"),
]
UNITS = {"某局": "", "一科": "某局", "二科": "某局", "一组": "一科"}
OFFICE = Directory(
    "某局", frozenset({"某局", "某某区某局"}), UNITS, PERSONS, frozenset({"zs", "wu", "taken"}), LABELS, CODES
)


def plan(rows: Sequence[Row], directory: Directory) -> list[Plan]:
    """The plans in the order of the sheet."""
    return sorted(planning.plan(rows, directory), key=lambda one: one.line)


def outcomes(*rows: Row, directory: Directory = OFFICE) -> list[tuple[str, list[str]]]:
    return [(one.outcome, [m.code for m in one.messages]) for one in plan(rows, directory)]


def one(row: Row) -> Plan:
    return plan([row], OFFICE)[0]


def refused(row: Row) -> list[tuple[str, dict[str, object]]]:
    planned = one(row)
    assert planned.outcome == REFUSED
    return [(message.code, message.params) for message in planned.messages]


def test_add_units_in_whatever_order_they_stand() -> None:
    rows = [Row(2, "丙组", "丙科"), Row(3, "丙科"), Row(4, "二科"), Row(5, "某某区某局")]
    assert [(p.outcome, p.unit, p.parent) for p in plan(rows, OFFICE)] == [
        (CREATED, "丙组", "丙科"),
        (CREATED, "丙科", "某局"),
        (UNCHANGED, "", ""),
        (UNCHANGED, "", ""),
    ]


def test_carry_out_units_before_what_stands_in_them() -> None:
    rows = [Row(2, "丙组", name="甲", roles="科长（丙科）"), Row(3, "丙组", "丙科"), Row(4, "丙科")]
    assert [one.line for one in planning.plan(rows, OFFICE)] == [4, 3, 2]


def test_add_unit_named_again_once() -> None:
    assert outcomes(Row(2, "丙科"), Row(3, "丙科", "某局")) == [
        (CREATED, ["people.adds_unit"]),
        (UNCHANGED, []),
    ]


def test_refuse_units_that_hang_on_each_other() -> None:
    rows = [Row(2, "丙科", "丁科"), Row(3, "丁科", "丙科"), Row(4, "戊科", "戊科")]
    assert outcomes(*rows) == [(REFUSED, ["people.unknown_unit"])] * 3


def test_refuse_unit_that_would_move() -> None:
    assert refused(Row(2, "一组", "二科")) == [("people.other_parent", {"unit": "一组", "parent": "一科"})]
    assert refused(Row(2, "某局", "一科")) == [("people.root_unit", {"unit": "某局"})]
    assert one(Row(2, "一组")).outcome == UNCHANGED


def test_refuse_row_without_name_that_says_more_than_a_unit() -> None:
    assert refused(Row(2, "一科", phone="8001")) == [("people.no_person", {})]
    assert refused(Row(2, "", "一科")) == [("people.unit_missing", {})]


def test_add_person_with_account_and_roles() -> None:
    row = Row(2, "一科", "", "新 人", "科员", "8002", "09", "XinRen", "信息员、责编，信息员")
    planned = one(row)
    assert (planned.outcome, planned.person, planned.username) == (CREATED, None, "xinren")
    assert planned.values == {
        "name": "新人",
        "unit": "一科",
        "post": "科员",
        "phone": "8002",
        "staff_number": "09",
    }
    assert planned.roles == (("writer", "一科"), ("editor", "某局"))
    assert [m.code for m in planned.messages] == [
        "people.adds_person",
        "people.opens_account",
        "people.grants",
        "people.grants",
    ]


def test_give_role_over_a_unit_named_in_brackets() -> None:
    row = Row(2, "丙科", "二科", "新人", roles="科长（丙科）; 科长(一科)/Writer（某某区某局）")
    planned = one(row)
    assert planned.roles == (("unit_head", "丙科"), ("unit_head", "一科"), ("writer", "某局"))
    assert (planned.unit, planned.parent) == ("丙科", "二科")


def test_refuse_unknown_roles_and_units_of_roles() -> None:
    known = tuple(LABELS.values())
    for written, role in (("处长", "处长"), ("信息员（一科", "信息员（一科")):
        expected = [("people.unknown_role", {"role": role, "known": known})]
        assert refused(Row(2, "一科", name="新人", roles=written)) == expected
    assert refused(Row(2, "一科", name="新人", roles="科长（无科）")) == [
        ("people.unknown_unit", {"unit": "无科"})
    ]


def test_refuse_roles_that_exclude_each_other() -> None:
    assert refused(Row(2, name="审某", roles="管理")) == [("people.excluded", {})]
    assert refused(Row(2, "一科", name="新人", roles="审计、管理")) == [("people.excluded", {})]


def test_refuse_unit_nobody_knows() -> None:
    assert refused(Row(2, "无科", name="新人")) == [("people.unknown_unit", {"unit": "无科"})]
    assert refused(Row(2, "新科", "无科", "新人")) == [("people.unknown_unit", {"unit": "无科"})]
    assert refused(Row(2, name="新人")) == [("people.unit_missing", {})]


def test_add_unit_with_its_first_person() -> None:
    rows = [Row(2, "丙科", "某局", "甲"), Row(3, "丙科", "", "乙"), Row(4, "丙科", "一科", "丙")]
    assert outcomes(*rows) == [
        (CREATED, ["people.adds_unit", "people.adds_person"]),
        (CREATED, ["people.adds_person"]),
        (REFUSED, ["people.other_parent"]),
    ]


def test_unit_of_a_refused_row_is_not_added() -> None:
    rows = [Row(2, "丙科", "某局", "甲", roles="处长"), Row(3, "丙科", "", "乙")]
    assert outcomes(*rows) == [(REFUSED, ["people.unknown_role"]), (REFUSED, ["people.unknown_unit"])]


def test_leave_known_person_as_they_are() -> None:
    row = Row(2, "一科", "", "张三", "科员", "8001", "01", "ZS", "信息员")
    assert (one(row).outcome, one(row).person, one(row).messages) == (UNCHANGED, 1, ())
    assert (one(Row(2, name="张三")).outcome, one(Row(2, name="张三")).person) == (UNCHANGED, 1)


def test_change_only_cells_that_say_something() -> None:
    planned = one(Row(2, "二科", "", "张三", "", "8002", "01"))
    assert (planned.outcome, planned.person) == (CHANGED, 1)
    assert planned.values == {"unit": "二科", "phone": "8002"}
    assert [m.params for m in planned.messages] == [
        {"what": "单位", "before": "一科", "after": "二科"},
        {"what": "手机", "before": "8001", "after": "8002"},
    ]


def test_give_default_role_over_the_new_unit() -> None:
    assert one(Row(2, "二科", "", "张三", staff_number="01", roles="信息员")).roles == (("writer", "二科"),)


def test_tell_namesakes_apart() -> None:
    assert one(Row(2, "二科", name="李四")).person == 3
    assert refused(Row(2, name="李四")) == [("people.ambiguous", {"name": "李四"})]
    assert refused(Row(2, "二科", name="重名")) == [("people.ambiguous", {"name": "重名"})]
    assert refused(Row(2, "二科", name="张三")) == [("people.namesake", {"name": "张三", "unit": "一科"})]
    assert (one(Row(2, "二科", name="张三", staff_number="44")).outcome) == CREATED
    numbered = one(Row(2, "一科", name="李四", staff_number="44"))
    assert (numbered.person, numbered.values) == (2, {"staff_number": "44"})


def test_refuse_staff_number_of_somebody_else() -> None:
    assert refused(Row(2, "一科", name="李四", staff_number="01")) == [
        ("people.other_name", {"number": "01", "name": "张三"})
    ]
    assert refused(Row(2, "二科", name="赵六", staff_number="05")) == [
        ("people.number_taken", {"number": "05", "name": "赵六"})
    ]


def test_somebody_who_left_is_no_namesake() -> None:
    assert one(Row(2, "一科", name="赵六")).outcome == CREATED


def test_refuse_person_named_twice() -> None:
    rows = [
        Row(2, "一科", name="新人"),
        Row(3, "一科", name="新人"),
        Row(4, name="张三"),
        Row(5, name="张三"),
    ]
    assert outcomes(*rows)[1] == (REFUSED, ["people.same_as"])
    assert plan(rows, OFFICE)[3].messages[0].params == {"line": 4}


def test_refuse_account_names_taken() -> None:
    assert refused(Row(2, "一科", name="新人", username="taken")) == [
        ("people.username_taken", {"username": "taken"})
    ]
    assert refused(Row(2, name="王五", username="other")) == [
        ("people.has_account", {"name": "王五", "username": "wu"})
    ]
    rows = [Row(2, "一科", name="甲", username="n1"), Row(3, "一科", name="乙", username="N1")]
    assert outcomes(*rows)[1] == (REFUSED, ["people.username_taken"])


def test_refuse_row_that_could_not_be_read() -> None:
    assert outcomes(
        Row(2, "一科", name="新人", problems=(BROKEN(),)), Row(3, "丙科", problems=(BROKEN(),))
    ) == [
        (REFUSED, ["people.test_broken"]),
        (REFUSED, ["people.test_broken"]),
    ]


def test_gather_account_names_as_stored() -> None:
    rows = [Row(2, username="Zs"), Row(3), Row(4, username="not a name"), Row(5, username="wu")]
    assert usernames(rows) == {"zs", "wu"}


cells = st.sampled_from(["", "", "张三", "李四", "新人", "一科", "丙科", "某局", "信息员", "01", "zs", "9"])
sheets = st.lists(
    st.builds(Row, st.just(0), cells, cells, cells, cells, cells, cells, cells, cells), max_size=8
).map(lambda rows: [Row(**{**row.__dict__, "line": n}) for n, row in enumerate(rows, start=2)])


def after(plans: list[Plan], directory: Directory) -> Directory:
    """The directory when the plans are carried out."""
    units = {**directory.units, **{p.unit: p.parent for p in plans if p.unit}}
    persons = {known.id: known for known in directory.persons}
    for p in plans:
        if p.person is None and "name" not in p.values:
            continue
        known = persons.get(p.person) or Known(("new", p.line), p.name, p.values["unit"])
        values = {**known.__dict__, **p.values}
        values["username"] = p.username or known.username
        values["roles"] = known.roles | set(p.roles)
        persons[known.id] = Known(**values)
    taken = directory.taken | {p.username for p in plans}
    return replace(directory, units=units, persons=list(persons.values()), taken=taken)


@given(sheets)
def test_import_again_changes_nothing(rows: list[Row]) -> None:
    first = plan(rows, OFFICE)
    assert [p.line for p in first] == [row.line for row in rows]
    kept = [row for row, p in zip(rows, first, strict=True) if p.outcome != REFUSED]
    again = plan(kept, after(first, OFFICE))
    assert [p.outcome for p in again if p.outcome not in {UNCHANGED, REFUSED}] == []
