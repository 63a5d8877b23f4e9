"""The shape of every field, read from the rows."""

from __future__ import annotations

from hezou.packs.rules import FAMILIES, Kind, Number, Route, Step
from hezou.packs.rules.rows import Label
from hezou.packs.rules.schema import Shape, every_row, shapes, tables


def test_tells_the_shape_of_each_sort_of_field() -> None:
    known = {shape.name: shape for row in (Kind, Step, Number) for shape in shapes(row)}
    assert [
        known[name] for name in ("code", "unit", "note", "route", "value", "counts", "scope", "lines")
    ] == [
        Shape("code", "code"),
        Shape("unit", "given"),
        Shape("note", "label", optional=True),
        Shape("route", "name", table="routes"),
        Shape("value", "number"),
        Shape("counts", "switch", optional=True),
        Shape("scope", "choice", options=("unit", "agency")),
        Shape("lines", "choices", optional=True, options=("up", "out", "in")),
    ]
    assert [shape.is_shown for shape in shapes(Number)] == [False, True, True, False]


def test_tells_tables_and_which_of_them_the_product_fixes() -> None:
    assert {family: {one.name: one.fixed for one in tables(family)} for family in FAMILIES} == {
        "kinds": {"kinds": False},
        "routes": {"routes": False},
        "labels": {"roles": True, "unit_types": False, "lines": True, "terms": True},
        "bodies": {"natures": False, "adoption_forms": False, "evidence_grades": False},
        "limits": {"numbers": True, "switches": True},
        "calendars": {"years": False},
    }


def test_walks_every_sort_of_row_once() -> None:
    names = [row.__name__ for row in every_row()]
    assert sorted(names) == sorted({*names})
    assert {"Route", "Level", "Step", "Kinds"} <= {*names}
    assert [shape.kind for shape in shapes(Route)] == ["code", "words", "label", "rows"]
    assert Label not in every_row()
