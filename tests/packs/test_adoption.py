"""Adopting: only new rows, only what holds, and no day that is over changes its rules."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from hezou.kernel import clock
from hezou.kernel.errors import Refused
from hezou.kernel.ids import uuid7
from hezou.packs.actions import MAIN, adopt, adopt_shipped
from hezou.packs.models import PackVersion
from hezou.packs.queries import history, in_force, rulebook
from hezou.packs.rules import FAMILIES, text_hash
from hezou.packs.shipped import read
from tests.packs.texts import said, swap

pytestmark = pytest.mark.django_db

SET = "district-bureau"
BEGIN = date(2026, 1, 1)
TODAY = date(2026, 3, 1)
LIMITS = read(SET)["limits"]
ROUTES = read(SET)["routes"]
KINDS = read(SET)["kinds"]


@pytest.fixture
def agency() -> UUID:
    """An agency whose rules began with the year."""
    agency = uuid7()
    adopt_shipped(agency_id=agency, set_name=SET, effective_from=BEGIN, adopted_by=None)
    return agency


def put(
    agency: UUID,
    family: str,
    body: str,
    day: date,
    *,
    code: str = MAIN,
    on: date = TODAY,
    source: str = "order of the office",
) -> PackVersion:
    return adopt(
        agency_id=agency,
        family=family,
        code=code,
        body=body,
        effective_from=day,
        source=source,
        adopted_by=None,
        on=on,
    )


def most(characters: int) -> str:
    """The shipped limits with another greatest length of a manuscript."""
    return swap(LIMITS, "value = 200000", f"value = {characters}")


def refusal(*arguments: object, **named: object) -> list[str]:
    with pytest.raises(Refused) as caught:
        put(*arguments, **named)  # type: ignore[arg-type]
    return said(caught.value.messages)


def test_adopts_a_shipped_set_whole() -> None:
    agency, person = uuid7(), uuid7()
    with clock.moved_to(datetime(2026, 3, 1, 9, tzinfo=UTC)):
        adopted = adopt_shipped(agency_id=agency, set_name=SET, effective_from=BEGIN, adopted_by=person)
    assert [(v.family, v.code, v.number, v.body, v.sha256, v.source, v.parent) for v in adopted] == [
        (family, "main", 1, read(SET)[family], text_hash(read(SET)[family]), f"shipped set {SET}", None)
        for family in sorted(FAMILIES)
    ]
    assert {(v.adopted_by, v.effective_from, v.adopted_at.date()) for v in adopted} == {
        (person, BEGIN, TODAY)
    }
    assert list(history(agency)) == adopted


def test_adopts_a_set_only_for_an_agency_without_rules(agency: UUID) -> None:
    with pytest.raises(Refused) as caught:
        adopt_shipped(agency_id=agency, set_name="county-station", effective_from=TODAY, adopted_by=None)
    assert said(caught.value.messages) == ["This agency has rules already. Adopt single documents instead."]
    assert history(agency).count() == len(FAMILIES)


def test_adopts_no_set_that_lacks_a_role_of_this_installation() -> None:
    agency = uuid7()
    with pytest.raises(Refused) as caught:
        adopt_shipped(
            agency_id=agency,
            set_name=SET,
            effective_from=BEGIN,
            adopted_by=None,
            roles=frozenset(rulebook_roles() | {"poet"}),
        )
    assert said(caught.value.messages) == [
        "From 2026-01-01 on the rules would not hold together:",
        "roles: poet has no label.",
    ]
    assert list(history(agency)) == []


def rulebook_roles() -> set[str]:
    agency = uuid7()
    adopt_shipped(agency_id=agency, set_name=SET, effective_from=BEGIN, adopted_by=None)
    return set(rulebook(agency, BEGIN).roles)


def test_writes_a_new_version_and_leaves_the_old_one(agency: UUID) -> None:
    old = in_force(agency, TODAY).get(family="limits")
    new = put(agency, "limits", most(5), TODAY, source="  order 7  ")
    assert (new.number, new.parent, new.source) == (2, old, "order 7")
    assert list(history(agency).filter(family="limits")) == [new, old]
    assert PackVersion.objects.get(pk=old.pk).body == LIMITS


def test_answers_for_each_day_with_the_rules_then_in_force(agency: UUID) -> None:
    put(agency, "limits", most(5), TODAY)
    put(agency, "limits", most(7), TODAY + timedelta(days=9))
    days = [BEGIN, TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=8), TODAY + timedelta(days=9)]
    assert [rulebook(agency, day).limit("manuscript_characters") for day in days] == [200000, 200000, 5, 5, 7]


def test_takes_the_later_of_two_versions_of_one_day(agency: UUID) -> None:
    for characters in (5, 7, 5):
        put(agency, "limits", most(characters), TODAY)
    assert rulebook(agency, TODAY).limit("manuscript_characters") == 5
    assert history(agency).filter(family="limits").count() == 4


def test_keeps_a_decided_later_version_when_an_earlier_one_is_adopted_after_it(agency: UUID) -> None:
    put(agency, "limits", most(7), TODAY + timedelta(days=9))
    between = put(agency, "limits", most(5), TODAY)
    days = [TODAY, TODAY + timedelta(days=9)]
    assert [rulebook(agency, day).limit("manuscript_characters") for day in days] == [5, 7]
    assert between.parent == in_force(agency, BEGIN).get(family="limits")


def test_gives_the_same_answer_for_a_day_that_is_over_whatever_is_adopted_later(agency: UUID) -> None:
    yesterday = TODAY - timedelta(days=1)
    before = rulebook(agency, yesterday)
    put(agency, "limits", most(5), TODAY)
    put(agency, "kinds", swap(KINDS, 'zh = "动态"', 'zh = "新闻"'), TODAY)
    assert rulebook(agency, yesterday) == before
    assert rulebook(agency, TODAY).kind("news").label.zh == "新闻"


def test_refuses_rules_for_a_day_that_is_over(agency: UUID) -> None:
    assert refusal(agency, "limits", most(5), TODAY - timedelta(days=1)) == [
        "Rules take effect from today at the earliest; what was decided under others stays."
    ]


def test_refuses_a_text_that_is_in_force_already(agency: UUID) -> None:
    assert refusal(agency, "limits", LIMITS, TODAY) == ["These very rules are in force on that day already."]


def test_refuses_a_source_that_no_table_can_hold(agency: UUID) -> None:
    assert refusal(agency, "limits", most(5), TODAY, source="a\0") == [
        "The text holds characters that no text file may hold (position 2). Remove them and try again."
    ]


@pytest.mark.parametrize("source", ["", "  ", "x" * 401])
def test_refuses_rules_without_a_source(agency: UUID, source: str) -> None:
    assert refusal(agency, "limits", most(5), TODAY, source=source) == [
        "Name the source of these rules (at most 400 characters)."
    ]


def test_refuses_a_document_whose_code_is_no_code(agency: UUID) -> None:
    assert refusal(agency, "limits", most(5), TODAY, code="No code") == [
        "The code No code may hold small letters, digits and _ only, and begins with a letter."
    ]


def test_refuses_what_is_no_document_and_writes_nothing(agency: UUID) -> None:
    assert refusal(agency, "limits", "schema = 9", TODAY) == [
        "limits: written in schema 9, this installation reads up to 1. Upgrade it first."
    ]
    assert history(agency).count() == len(FAMILIES)


def test_refuses_rules_that_do_not_hold_together_and_writes_nothing(agency: UUID) -> None:
    routes = swap(ROUTES, 'code = "with_leader"', 'code = "with_chief"')
    assert refusal(agency, "routes", routes, TODAY) == [
        "From 2026-03-01 on the rules would not hold together:",
        *(
            f"Kind {kind}: the route with_leader does not exist."
            for kind in ("problem", "commentary", "research")
        ),
    ]
    assert history(agency).count() == len(FAMILIES)


def test_refuses_rules_that_would_not_hold_with_a_version_decided_for_a_later_day(agency: UUID) -> None:
    standard = ROUTES[ROUTES.index("[[routes]]") : ROUTES.rindex("[[routes]]")]
    extra = ROUTES + standard.replace('"standard"', '"summer"').replace("三级审签", "夏季审签")
    put(agency, "routes", extra, TODAY)
    later = TODAY + timedelta(days=30)
    put(agency, "kinds", KINDS.replace('route = "standard"', 'route = "summer"'), later)
    assert refusal(agency, "routes", ROUTES, TODAY + timedelta(days=1)) == [
        "From 2026-03-31 on the rules would not hold together:",
        *(
            f"Kind {kind}: the route summer does not exist."
            for kind in ("news", "brief", "experience", "publicity")
        ),
    ]


def test_refuses_a_second_document_that_repeats_a_code_of_the_first(agency: UUID) -> None:
    found = refusal(agency, "limits", most(5), TODAY, code="second")
    assert found == [
        "From 2026-03-01 on the rules would not hold together:",
        "numbers.manuscript_characters: this code stands twice.",
        "numbers.wording_edit_characters: this code stands twice.",
        "numbers.countersign_working_days: this code stands twice.",
        "switches.internal_kept: this code stands twice.",
    ]


def test_joins_a_second_document_of_a_family(agency: UUID) -> None:
    body = """\
schema = 1
source = "a test"
switches = []
numbers = [{ code = "wishes", value = 3, unit = "wishes" }]
"""
    put(agency, "limits", body, TODAY, code="second")
    rules = rulebook(agency, TODAY)
    assert (rules.limit("wishes"), rules.limit("manuscript_characters")) == (3, 200000)


def test_leaves_other_agencies_alone(agency: UUID) -> None:
    other = uuid7()
    adopt_shipped(agency_id=other, set_name="county-station", effective_from=BEGIN, adopted_by=None)
    put(agency, "limits", most(5), TODAY)
    assert [rulebook(one, TODAY).limit("manuscript_characters") for one in (agency, other)] == [5, 200000]
    assert list(rulebook(other, TODAY).kinds) == [
        "field_report",
        "grassroots_voice",
        "how_to",
        "station_notes",
    ]
