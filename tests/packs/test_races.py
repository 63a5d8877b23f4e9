"""Two adoptions at once: each would hold alone, not both."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from hezou.kernel.errors import Refused
from hezou.kernel.ids import uuid7
from hezou.packs.actions import adopt, adopt_shipped
from hezou.packs.queries import history, rulebook
from hezou.packs.rules import FAMILIES, objections
from hezou.packs.shipped import read
from tests.packs.texts import swap
from tests.support.processes import race

pytestmark = pytest.mark.process

DAY = date(2026, 3, 1)
SETS = ("county-station", "district-bureau")
KINDS, ROUTES = (read("county-station")[family] for family in ("kinds", "routes"))
SPARE = ROUTES + ROUTES[ROUTES.rindex("[[routes]]") :].replace('"one_hand"', '"spare"').replace(
    "一道", "备用"
)
"""The station's routes and one that no kind takes."""


def put(agency: str, family: str, body: str) -> str:
    try:
        adopt(
            agency_id=UUID(agency),
            family=family,
            code="main",
            body=body,
            effective_from=DAY,
            source="a race",
            adopted_by=None,
            on=DAY,
        )
    except Refused as refusal:
        return refusal.messages[0].code
    return "adopted"


def begin(agency: str, set_name: str) -> str:
    try:
        adopt_shipped(agency_id=UUID(agency), set_name=set_name, effective_from=DAY, adopted_by=None)
    except Refused as refusal:
        return refusal.messages[0].code
    return "adopted"


def test_refuses_one_of_two_adoptions_that_hold_alone_but_not_together(transactional_db: None) -> None:
    agency = str(uuid7())
    answers = [begin(agency, "county-station"), put(agency, "routes", SPARE)]
    answers += race(
        __file__,
        ("put", agency, "routes", ROUTES),
        ("put", agency, "kinds", swap(KINDS, '"one_hand"', '"spare"')),
    )
    assert sorted(answers) == ["adopted", "adopted", "adopted", "packs.not_whole"]
    assert objections(rulebook(UUID(agency), DAY)) == []


def test_counts_two_adoptions_of_one_document_on(transactional_db: None) -> None:
    agency = str(uuid7())
    begin(agency, "county-station")
    bodies = [swap(KINDS, 'zh = "田间快报"', f'zh = "{name}"') for name in ("甲", "乙")]
    answers = race(__file__, *(("put", agency, "kinds", body) for body in bodies))
    assert answers == ["adopted", "adopted"]
    versions = history(UUID(agency)).filter(family="kinds")
    assert [(v.number, v.parent and v.parent.number) for v in versions] == [(3, 2), (2, 1), (1, None)]


def test_begins_an_agency_with_one_set_only(transactional_db: None) -> None:
    agency = str(uuid7())
    answers = race(__file__, *(("begin", agency, name) for name in SETS))
    assert sorted(answers) == ["adopted", "packs.has_rules"]
    [won] = [name for name, answer in zip(SETS, answers, strict=True) if answer == "adopted"]
    assert [v.source for v in history(UUID(agency))] == [f"shipped set {won}"] * len(FAMILIES)
