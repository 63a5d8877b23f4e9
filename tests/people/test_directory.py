"""The directory in memory: read once for each revision, never from what may be rolled back."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from hezou.people.actions import be_away, come_back, end_grant, grant_role
from hezou.people.directory import directory
from hezou.people.models import Agency, Grant
from hezou.people.queries import today_of
from hezou.people.rules.absences import TRAVEL
from tests.support.office import Office, found_office


@pytest.fixture
def office(transactional_db: None) -> Office:
    return found_office()


def here(office: Office) -> Agency:
    """The agency as a new request reads it."""
    return Agency.objects.get(pk=office.agency.pk)


def editors(office: Office, today: date) -> list[UUID]:
    return directory(here(office)).holders("editor", [office.unit["某局"].pk], today)[1]


def test_directory_is_read_once(office: Office, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    agency, today, unit = here(office), today_of(office.agency), office.unit["第一科"].pk
    known = directory(agency)
    with django_assert_num_queries(0):
        assert directory(agency) is known
        roles = known.roles_of(office.person["head"].pk, today)
    assert sorted(roles) == [("unit_head", unit), ("writer", unit)]


def test_directory_is_read_anew_after_every_change(office: Office) -> None:
    today, admin = today_of(office.agency), office.fresh("administrator")
    before = editors(office, today)
    grant = grant_role(by=admin, person=office.person["writer"], role="editor", unit=office.unit["某局"])
    assert set(editors(office, today)) == {*before, office.person["writer"].pk}
    end_grant(by=office.fresh("administrator"), grant=grant)
    assert editors(office, today) == before


def test_directory_of_a_transaction_is_not_kept(office: Office) -> None:
    today = today_of(office.agency)
    before = editors(office, today)
    with transaction.atomic():
        Agency.objects.filter(pk=office.agency.pk).update(revision=2)
        Grant.objects.filter(agency=office.agency, role="editor").delete()
        assert editors(office, today) == []
        transaction.set_rollback(True)
    Agency.objects.filter(pk=office.agency.pk).update(revision=2)
    assert editors(office, today) == before


def test_directory_tells_of_who_stands_in_for_somebody_away(office: Office) -> None:
    today, head, colleague = today_of(office.agency), office.person["head"], office.person["colleague"]

    def principals() -> set[UUID]:
        return set(directory(here(office)).principals_of(colleague.pk, today))

    assert principals() == set()
    absence = be_away(
        by=office.fresh("head"), person=head, kind=TRAVEL, starts=today, ends=today, deputy=colleague
    )
    assert principals() == {head.pk}
    come_back(by=office.fresh("head"), absence=absence)
    assert principals() == set()
