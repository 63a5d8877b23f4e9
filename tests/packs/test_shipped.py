"""The sets that ship hold, and are unlike each other."""

from __future__ import annotations

import pytest

from hezou.documents.rules import HeaderForm, why_not_form
from hezou.documents.writing.report import FIELDS, NAMED
from hezou.kernel.errors import Refused
from hezou.packs import shipped
from hezou.packs.rules import (
    FAMILIES,
    REPORT_FIELDS,
    REPORT_NAMES,
    Rulebook,
    compose,
    objections,
    parse,
    route_for,
)
from tests.packs.texts import said

SETS = ["county-station", "district-bureau"]


def load(name: str) -> Rulebook:
    return compose(parse(family, body) for family, body in shipped.read(name).items())


def test_ships_two_sets() -> None:
    assert shipped.names() == SETS


@pytest.mark.parametrize("name", SETS)
def test_ships_one_document_of_every_family(name: str) -> None:
    assert sorted(shipped.read(name)) == sorted(FAMILIES)


@pytest.mark.parametrize("name", SETS)
def test_ships_rules_that_hold(name: str) -> None:
    assert objections(load(name)) == []


@pytest.mark.parametrize("name", ["atlantis", "", "..", "../shipped/county-station", "county-station/"])
def test_refuses_a_set_that_is_not_shipped(name: str) -> None:
    with pytest.raises(Refused) as caught:
        shipped.read(name)
    assert said(caught.value.messages) == [f"No set of rules called {name} is shipped."]


def test_never_lets_problems_out() -> None:
    kind = load("district-bureau").kind("problem")
    assert (kind.label.zh, kind.lines) == ("问题建议", ("up", "in"))


def test_walks_the_district_bureau_through_three_levels() -> None:
    rules = load("district-bureau")
    found = [
        (n, level.label.zh, step.label.zh, step.role) for n, level, step in route_for(rules, "news").walk()
    ]
    assert found == [
        (1, "初审", "部门审核", "unit_head"),
        (2, "复审", "编辑审改", "editor"),
        (2, "复审", "保密审查", "secrecy_reviewer"),
        (3, "终审", "签发", "signer"),
    ]


def test_walks_the_county_station_through_five_levels() -> None:
    rules = load("county-station")
    found = [(level.label.zh, step.role) for _, level, step in route_for(rules, "grassroots_voice").walk()]
    assert found == [
        ("一核", "unit_head"),
        ("二核", "leader_in_charge"),
        ("三核", "editor"),
        ("四核", "secrecy_reviewer"),
        ("五签", "signer"),
    ]


def test_shares_no_kind_route_or_value_between_the_sets() -> None:
    one, other = (load(name) for name in SETS)
    tables = ("kinds", "routes", "unit_types", "natures", "adoption_forms", "evidence_grades")
    shared = [
        (table, code) for table in tables for code in getattr(one, table) if code in getattr(other, table)
    ]
    assert shared == []


@pytest.mark.parametrize("name", SETS)
def test_ships_a_header_form_for_bodies_of_every_nature(name: str) -> None:
    forms = [nature.report for nature in load(name).natures.values()]
    headed = [HeaderForm(form.masthead, form.under, form.foot) for form in forms if form]
    assert [why_not_form(form) for form in headed] == [[]] * len(forms)


def test_names_the_fields_that_report_pieces_have() -> None:
    assert (FIELDS, tuple(NAMED)) == (REPORT_FIELDS, REPORT_NAMES)
