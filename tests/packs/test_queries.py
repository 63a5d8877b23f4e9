"""Reading the rules of a day: one query when this process has read them before."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from pytest_django import DjangoAssertNumQueries

from hezou.kernel import clock
from hezou.kernel.errors import Refused
from hezou.kernel.ids import uuid7
from hezou.packs.actions import adopt, adopt_shipped
from hezou.packs.models import PackVersion
from hezou.packs.queries import history, rulebook
from hezou.packs.shipped import read
from tests.packs.texts import said, swap

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 1)


@pytest.fixture
def agency() -> UUID:
    agency = uuid7()
    adopt_shipped(agency_id=agency, set_name="county-station", effective_from=DAY, adopted_by=None)
    return agency


def busy(agency: UUID, versions: int) -> None:
    """Adopt more and more versions of one document."""
    for number in range(versions):
        adopt(
            agency_id=agency,
            family="limits",
            code="main",
            body=swap(read("county-station")["limits"], "value = 10\n", f"value = {100 + number}\n"),
            effective_from=DAY,
            source="a test",
            adopted_by=None,
            on=DAY,
        )


@pytest.mark.parametrize("versions", [0, 30])
def test_reads_rules_known_to_this_process_with_one_query(
    agency: UUID, versions: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    busy(agency, versions)
    rulebook(agency, DAY)
    with django_assert_num_queries(1):
        rulebook(agency, DAY + timedelta(days=400))


def test_reads_rules_new_to_this_process_with_two_queries(
    agency: UUID, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    other = uuid7()
    PackVersion.objects.bulk_create(
        PackVersion(
            agency_id=other,
            family=version.family,
            code=version.code,
            number=1,
            effective_from=DAY,
            body=version.body,
            sha256=version.sha256,
            source=version.source,
            adopted_at=version.adopted_at,
        )
        for version in history(agency)
    )
    with django_assert_num_queries(2):
        found = rulebook(other, DAY)
    assert found == rulebook(agency, DAY)


def test_refuses_a_day_before_the_first_rules(agency: UUID) -> None:
    with pytest.raises(Refused) as caught:
        rulebook(agency, DAY - timedelta(days=1))
    assert said(caught.value.messages) == ["No rules are in force on 2026-02-28. Adopt a set of rules first."]


def test_refuses_an_agency_without_rules() -> None:
    with pytest.raises(Refused) as caught:
        rulebook(uuid7(), DAY)
    assert said(caught.value.messages) == ["No rules are in force on 2026-03-01. Adopt a set of rules first."]


def test_refuses_a_stored_text_that_differs_from_what_was_adopted() -> None:
    agency = uuid7()
    body = read("county-station")["limits"]
    PackVersion.objects.create(
        agency_id=agency,
        family="limits",
        code="main",
        number=1,
        effective_from=DAY,
        body=body,
        sha256="0" * 64,
        source="a test",
        adopted_at=clock.now(),
    )
    with pytest.raises(Refused) as caught:
        rulebook(agency, DAY)
    assert said(caught.value.messages) == ["limits/main: the stored rules differ from what was adopted."]


def test_lists_the_history_latest_first(agency: UUID) -> None:
    busy(agency, 2)
    found = list(history(agency))
    assert [(v.family, v.number, str(v)) for v in found if v.family == "limits"] == [
        ("limits", 3, "limits/main 3"),
        ("limits", 2, "limits/main 2"),
        ("limits", 1, "limits/main 1"),
    ]
    assert [v.family for v in found] == [
        "bodies",
        "calendars",
        "kinds",
        "labels",
        "limits",
        "limits",
        "limits",
        "routes",
    ]
