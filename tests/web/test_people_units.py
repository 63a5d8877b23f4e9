"""Units, and the bodies that the agency reports to."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hezou.people.actions import add_journal
from hezou.people.models import Body, CrossReviewer, Journal, Unit
from hezou.people.queries import units
from tests.support.office import Office
from tests.web.conftest import LogIn
from tests.web.directory import post, url
from tests.web.reading import field_errors, rows, summary, tree, words


@pytest.fixture
def admin(log_in: LogIn) -> Client:
    return log_in("administrator")


# --- units ----------------------------------------------------------------------------------------
def test_add_rename_and_retire_unit(office: Office, admin: Client) -> None:
    root = office.unit["某局"]
    assert admin.get(f"/people/units/new?parent={root.pk}").status_code == 200
    answer = post(admin, "/people/units/new", name="第三科", unit=str(root.pk))
    added = Unit.objects.get(agency=office.agency, name="第三科")
    assert (answer.status_code, answer["Location"]) == (303, f"/people/?unit={added.pk}")
    answer = post(admin, "/people/units/new", name="第三科", unit=str(root.pk))
    assert (answer.status_code, field_errors(answer)) == (422, ["第三科 is there already."])
    assert post(admin, "/people/units/new", name="第四科", unit="x").status_code == 422
    here = f"/people/units/{added.pk}"
    assert admin.get(here).status_code == 200
    assert post(admin, here, name="综合科")["Location"] == here
    answer = post(admin, here, name="")
    assert (answer.status_code, field_errors(answer)) == (422, ["Enter the unit's name."])
    assert post(admin, here, name="长" * 101).status_code == 422
    assert post(admin, f"{here}/retire")["Location"] == "/people/"
    assert added not in units(office.agency.pk)
    assert admin.get(here).status_code == 404


def test_refuse_to_retire_unit_in_use(office: Office, admin: Client) -> None:
    answer = post(admin, f"/people/units/{office.unit['第一科'].pk}/retire")
    assert (answer.status_code, summary(answer)) == (
        422,
        ["第一科 still has units or people. Move or retire them first."],
    )


def test_name_cross_reviewer(office: Office, admin: Client) -> None:
    here = f"/people/units/{office.unit['第一科'].pk}"
    leader = office.person["leader"]
    answer = post(admin, f"{here}/cross-reviewers", role="unit_head", person=str(leader.pk))
    assert (answer.status_code, answer["Location"]) == (303, here)
    assert rows(admin.get(here), "Cross reviewers") == [["Unit head", leader.name]]
    assert CrossReviewer.objects.get().person == leader
    assert post(admin, f"{here}/cross-reviewers", role="king", person="x").status_code == 422


def test_refuse_cross_reviewer_who_just_left(office: Office, admin: Client) -> None:
    here, leader = f"/people/units/{office.unit['第一科'].pk}", office.person["leader"]
    opened = admin.get(here)
    assert opened.status_code == 200
    post(admin, url(leader, "/retire"))
    answer = post(admin, f"{here}/cross-reviewers", role="unit_head", person=str(leader.pk))
    assert answer.status_code == 422
    assert CrossReviewer.objects.count() == 0


# --- settings -------------------------------------------------------------------------------------
def test_add_and_retire_bodies_and_journals(office: Office, admin: Client) -> None:
    page = admin.get("/people/settings")
    assert [words(h2) for h2 in tree(page).xpath("//section//h2")][:2] == [
        "区委办 Territorial",
        "市局 Own line",
    ]
    assert post(admin, "/people/bodies", name="某省厅", nature="line").status_code == 303
    body = Body.objects.get(agency=office.agency, name="某省厅")
    for typed, nature in (("某省厅", "line"), ("另一厅", "king")):
        answer = post(admin, "/people/bodies", name=typed, nature=nature)
        assert (answer.status_code, len(field_errors(answer))) == (422, 1)
    name = f"journal-{body.pk.hex}-name"
    journals = f"/people/bodies/{body.pk}/journals"
    assert post(admin, journals, **{name: "每日要情"}).status_code == 303
    for typed in ("每日要情", "", "长" * 101):
        answer = post(admin, journals, **{name: typed})
        assert (answer.status_code, len(field_errors(answer))) == (422, 1)
    journal = Journal.objects.get(body=body)
    assert rows(admin.get("/people/settings"), "某省厅 Own line")[0][0] == "每日要情"
    assert post(admin, f"/people/journals/{journal.pk}/retire").status_code == 303
    assert post(admin, f"/people/bodies/{body.pk}/retire").status_code == 303
    assert [words(h2) for h2 in tree(admin.get("/people/settings")).xpath("//section//h2")][:2] == [
        "区委办 Territorial",
        "市局 Own line",
    ]


def test_settings_take_as_many_queries_for_many_bodies(office: Office, admin: Client) -> None:
    counts = []
    for number in (0, 0, 20):
        for place in range(number):
            body = Body.objects.create(
                agency=office.agency, name=f"某厅{place}", sort_key=f"{place}", nature="line"
            )
            add_journal(by=office.fresh("administrator"), body=body, name="要情")
        with CaptureQueriesContext(connection) as queries:
            assert admin.get("/people/settings").status_code == 200
        counts.append(len(queries))
    assert counts[2] - counts[1] in {0, 1}  # the directory changed: the rules are read anew
