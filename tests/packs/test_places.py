"""Every fault of the whole rules is told with the place where it is put right."""

from __future__ import annotations

import pytest

from hezou.packs.rules import objections, parse, remarks
from hezou.packs.rules.places import place_of
from tests.packs.texts import BODIES, KINDS, LABELS, LIMITS, ROLES, ROUTES, book, said, swap

ALONE_TWICE = swap(ROUTES, 'zh = "独"', 'zh = "短"')
FAULTS = [
    ("kinds", swap(KINDS, 'route = "alone"', 'route = "nowhere"'), [("kinds", 1, "route")]),
    ("kinds", swap(KINDS, 'lines = ["in"]', 'lines = ["up"]'), [("kinds", 1, "route")]),
    (
        "kinds",
        swap(KINDS, 'code = "diary"', 'code = "diary"').replace('"日记"', '"信"'),
        [("kinds", 1, "label")],
    ),
    ("routes", swap(ROUTES, "secrecy = true\n", ""), [("routes", 0, "levels")]),
    (
        "routes",
        swap(ROUTES, 'role = "unit_head"', 'role = "poet"'),
        [("routes", 0, "levels", 0, "steps", 0, "role")],
    ),
    ("routes", swap(ROUTES, 'zh = "密"', 'zh = "签"'), [("routes", 0, "levels", 1, "steps", 0, "label")]),
    ("routes", swap(ROUTES, 'zh = "二"', 'zh = "一"'), [("routes", 0, "levels", 1, "label")]),
    ("routes", ALONE_TWICE, [("routes", 1, "label")]),
    ("limits", swap(LIMITS, "value = 3", "value = 0"), [("numbers", 2, "value")]),
    ("limits", swap(LIMITS, "on = true", "on = false"), [("switches", 0, "on")]),
    ("bodies", swap(BODIES, ", books = true", ""), [("evidence_grades", 1, "books")]),
    ("bodies", swap(BODIES, '[{ code = "any", label = { zh = "任", en = "Any" } }]', "[]"), [("natures",)]),
]


@pytest.mark.parametrize(("family", "body", "places"), FAULTS)
def test_names_the_place_of_a_fault(family: str, body: str, places: list[tuple[int | str, ...]]) -> None:
    found = objections(book(**{family: body}), ROLES)
    document = parse(family, body)
    assert [place_of(one, document) for one in found] == places


@pytest.mark.parametrize("family", ["labels", "limits"])
def test_names_no_place_in_a_document_that_is_not_at_fault(family: str) -> None:
    document = parse(family, {"labels": LABELS, "limits": LIMITS}[family])
    for other, body, _ in FAULTS:
        if other != family and "false" not in body[-30:]:
            told = objections(book(**{other: body}), ROLES)
            assert [place_of(one, document) for one in told] == [None] * len(told)


def test_names_no_place_for_a_fault_of_all() -> None:
    body = swap(LIMITS, '  { code = "wording_edit_characters", value = 20, unit = "characters" },\n', "")
    [fault] = objections(book(limits=body), ROLES)
    assert place_of(fault, parse("limits", body)) is None


def test_remarks_on_rules_that_ask_nobody() -> None:
    kinds = swap(KINDS, 'lines = ["up", "out", "in"]', 'lines = ["up"]').replace('"alone"', '"short"')
    found = remarks(book(kinds=kinds))
    assert said(found) == [
        "Route short, step secrets: no kind on this route takes a line that asks for it; nobody sits there.",
        "Route alone: no kind goes this route.",
    ]
    assert [place_of(one, parse("routes", ROUTES)) for one in found] == [
        ("routes", 0, "levels", 0, "steps", 1, "lines"),
        ("routes", 1, "label"),
    ]
    assert remarks(book()) == []


def test_objects_to_a_seat_for_those_who_do_not_review() -> None:
    body = swap(ROUTES, 'role = "unit_head"', 'role = "auditor"')
    assert said(objections(book(routes=body), ROLES | {"auditor"})) == [
        "Route short, step reading: the role auditor does not review pieces.",
        "roles: auditor has no label.",
    ]
