"""Who may not change the directory, and whose rows do not exist."""

from __future__ import annotations

import pytest
from django.test import Client

from hezou.kernel.ids import uuid7
from hezou.people.models import Grant, Person
from hezou.people.queries import today_of
from tests.support.office import Office, found_office
from tests.web.conftest import LogIn
from tests.web.directory import post, url


@pytest.fixture
def admin(log_in: LogIn) -> Client:
    return log_in("administrator")


@pytest.fixture
def writer(log_in: LogIn) -> Client:
    return log_in("writer")


def test_refuse_changes_by_others(office: Office, writer: Client) -> None:
    head, unit = office.person["head"], office.unit["第一科"]
    body = office.body["市局"]
    grant = Grant.objects.filter(person=head)[0]
    deputy = office.deputise("head", "leader", today_of(office.agency), today_of(office.agency))
    for address in (
        "/people/new",
        "/people/import",
        "/people/import/template.xlsx",
        "/people/units/new",
        f"/people/units/{unit.pk}",
        "/people/settings",
        url(head, "/edit"),
    ):
        assert (address, writer.get(address).status_code) == (address, 403)
    for address in (
        "/people/new",
        "/people/import/write",
        "/people/bodies",
        f"/people/units/{unit.pk}/retire",
        f"/people/units/{unit.pk}/cross-reviewers",
        f"/people/bodies/{body.pk}/retire",
        f"/people/bodies/{body.pk}/journals",
        f"/people/journals/{office.journal['市局'].pk}/retire",
        f"/people/grants/{grant.pk}/end",
        f"/people/deputies/{deputy.pk}/end",
        *(
            url(head, what)
            for what in ("/edit", "/retire", "/roles", "/deputies", "/account", "/account/reset")
        ),
    ):
        assert (address, post(writer, address, username="x").status_code) == (address, 403)


def test_ids_of_another_agency_do_not_exist(office: Office, admin: Client) -> None:
    other = found_office("hill")
    head, unit = other.person["head"], other.unit["第一科"]
    deputy = other.deputise("head", "leader", today_of(other.agency), today_of(other.agency))
    for address in (url(head), url(head, "/edit"), f"/people/units/{unit.pk}", url(Person(pk=uuid7()))):
        assert (address, admin.get(address).status_code) == (address, 404)
    for address in (
        *(
            url(head, what)
            for what in ("/edit", "/retire", "/roles", "/deputies", "/account", "/account/reset")
        ),
        f"/people/units/{unit.pk}/retire",
        f"/people/units/{unit.pk}/cross-reviewers",
        f"/people/bodies/{other.body['市局'].pk}/retire",
        f"/people/bodies/{other.body['市局'].pk}/journals",
        f"/people/journals/{other.journal['市局'].pk}/retire",
        f"/people/grants/{Grant.objects.filter(person=head)[0].pk}/end",
        f"/people/deputies/{deputy.pk}/end",
    ):
        assert (address, post(admin, address).status_code) == (address, 404)
