"""The desk: what waits for me, what I wait for, what is mine to write, what came of it; and whom it suits."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hezou.people.queries import rules_of
from hezou.submissions.actions import Result, adopt, submit
from tests.support.office import Office, found_office
from tests.web.conftest import LogIn
from tests.web.forms import body

QUERIES_AT_MOST = 15


@pytest.fixture
def writer(log_in: LogIn) -> Client:
    return log_in("writer")


def links(client: Client, heading: str) -> list[str]:
    """Where the lines under a heading of the desk lead; empty where there is no such heading."""
    sections = body(client.get("/")).split("<h2>")
    found = next((one for one in sections if one.startswith(heading)), "")
    return re.findall(r'<td class="title"><a href="([^"]+)">', found)


def test_desk_asks_for_a_log_in(db: None) -> None:
    assert Client().get("/").status_code == 302


def test_empty_desk_begins_the_work(writer: Client) -> None:
    page = body(writer.get("/"))
    assert "You have no piece yet" in page
    assert page.count('href="/manuscripts/new"') == 2


def test_draft_is_mine_to_write(writer: Client, office: Office) -> None:
    piece = office.draft()
    assert links(writer, "Yours to write") == [f"/manuscripts/{piece.pk}/edit"]


def test_returned_piece_comes_first_with_its_reason(writer: Client, office: Office) -> None:
    returned = office.handed_in()
    office.decide(returned, "head", verdict="return", opinion="补充数据来源")
    draft = office.draft()
    page = body(writer.get("/"))
    assert "补充数据来源" in page
    assert links(writer, "Yours to write") == [
        f"/manuscripts/{returned.pk}/edit",
        f"/manuscripts/{draft.pk}/edit",
    ]


def test_piece_in_review_shows_whom_it_waits_for(writer: Client, office: Office) -> None:
    piece = office.handed_in()
    assert links(writer, "You wait for") == [f"/manuscripts/{piece.pk}"]
    assert office.person["head"].name in body(writer.get("/"))


def test_open_seat_waits_for_its_holder_alone(office: Office, log_in: LogIn) -> None:
    piece = office.handed_in()
    assert links(log_in("head"), "Waiting for you") == [f"/review/{piece.pk}"]
    assert links(log_in("editor"), "Waiting for you") == []


def test_open_seat_waits_for_the_deputy_too(office: Office, log_in: LogIn) -> None:
    office.deputise("head", "leader", date(2020, 1, 1), date(2099, 1, 1))
    piece = office.handed_in()
    leader = log_in("leader")
    assert links(leader, "Waiting for you") == [f"/review/{piece.pk}"]
    assert f"for {office.person['head'].name}" in body(leader.get("/"))


def test_signed_piece_waits_for_the_editor_to_submit_it(office: Office, log_in: LogIn) -> None:
    piece = office.signed()
    assert links(log_in("editor"), "Waiting for you") == [f"/submissions/new/{piece.pk}"]


def test_more_than_a_desk_holds_leads_on(office: Office, log_in: LogIn) -> None:
    for _ in range(11):
        office.handed_in()
    head = log_in("head")
    assert len(links(head, "Waiting for you")) == 10
    assert '<a href="/review/">All that waits for you</a>' in body(head.get("/"))


def test_adoption_reaches_its_author(writer: Client, office: Office) -> None:
    piece = office.signed()
    to = [office.body["区委办"]]
    sent = submit(by=office.fresh("editor"), manuscript=piece, revision=piece.revision, to=to)[0]
    rules = rules_of(office.agency)
    form, evidence = next(iter(rules.adoption_forms)), list(rules.evidence_grades)[-1]
    result = Result(form, evidence, date(2026, 1, 5), office.journal["区委办"], "12")
    adopt(by=office.fresh("editor"), submission=sent, revision=sent.revision, result=result)
    assert links(writer, "Latest results") == [f"/manuscripts/{piece.pk}?part=submissions"]
    assert "区委办信息 12" in body(writer.get("/"))
    assert "5 January 2026" in body(writer.get("/"))


def test_desk_shows_nothing_of_others(office: Office, log_in: LogIn) -> None:
    office.draft()
    office.handed_in()
    found_office("hill").handed_in()
    other = log_in("other_writer")
    assert links(other, "Yours to write") + links(other, "You wait for") == []


def test_administrator_keeps_the_house(log_in: LogIn) -> None:
    page = body(log_in("administrator").get("/"))
    assert "Keeping the house" in page
    assert 'href="/manuscripts/new"' not in page


def test_auditor_is_told_that_nothing_is_asked(log_in: LogIn) -> None:
    assert "Nothing is asked of you here" in body(log_in("auditor").get("/"))


@pytest.mark.parametrize("key", ["writer", "head", "editor"])
def test_desk_costs_the_same_however_much_waits(office: Office, log_in: LogIn, key: str) -> None:
    client = log_in(key)
    fill(office)
    with_few = cost(client)
    for _ in range(6):
        fill(office)
    assert cost(client) == with_few
    assert with_few <= QUERIES_AT_MOST


def fill(office: Office) -> None:
    """One piece of each state."""
    office.draft()
    office.handed_in()
    office.signed()
    office.decide(office.handed_in(), "head", verdict="return", opinion="改")


def cost(client: Client) -> int:
    """Queries of one visit, after whatever a process reads only once."""
    client.get("/")
    with CaptureQueriesContext(connection) as told:
        client.get("/")
    return len(told)
