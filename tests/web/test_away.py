"""Absence on the pages: entered for oneself and for others, seen by whoever waits, ended with one press."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from hezou.people.actions import be_away
from hezou.people.models import Absence, Person
from hezou.people.queries import away_on, today_of
from tests.support.office import Office
from tests.web.conftest import LogIn
from tests.web.directory import post, url
from tests.web.forms import body
from tests.web.reading import fields, rows, said, summary, tree, words


def away_today(office: Office) -> dict[Person, Absence]:
    return {row.person: row for row in away_on(office.agency.pk, today_of(office.agency)).values()}


@pytest.fixture
def head(log_in: LogIn) -> Client:
    return log_in("head")


def test_one_enters_oneself_as_away(office: Office, head: Client) -> None:
    leader = office.person["leader"]
    answer = post(head, "/people/away", kind="travel", span="tomorrow", deputy=str(leader.pk))
    assert (answer.status_code, answer["Location"]) == (303, "/")
    [absence] = away_today(office).values()
    assert (absence.kind, absence.deputy, absence.ends - absence.starts) == (
        "travel",
        leader,
        timedelta(days=1),
    )
    assert "You are entered as away: Travelling" in body(head.get("/"))
    answer = post(head, f"/people/absences/{absence.pk}/end")
    assert (answer["Location"], said(answer)) == (
        "/",
        ["The absence has ended, and so has standing in for it."],
    )
    assert away_today(office) == {}


def test_days_that_are_typed_count_before_the_choice(office: Office, head: Client) -> None:
    today = today_of(office.agency)
    days = {"starts": today + timedelta(days=3), "ends": today + timedelta(days=5)}
    post(head, "/people/away", kind="meeting", span="today", deputy="", **days)
    absence = Absence.objects.get()
    assert (absence.starts, absence.ends, absence.deputy) == (days["starts"], days["ends"], None)


def test_usual_deputy_stands_chosen(office: Office, head: Client) -> None:
    assert fields(head.get("/people/away"), "away")["deputy"] == ""
    leader = office.person["leader"]
    post(head, "/people/away", kind="leave", span="today", deputy=str(leader.pk))
    assert fields(head.get("/people/away"), "away")["deputy"] == str(leader.pk)


def test_refusals_stand_on_the_page_with_what_was_chosen(office: Office, head: Client) -> None:
    today = today_of(office.agency)
    answer = post(head, "/people/away", kind="leave", span="today", ends=today - timedelta(days=1))
    assert (answer.status_code, summary(answer)) == (422, ["Until: The last day lies before the first."])
    assert post(head, "/people/away", kind="sleep", span="today").status_code == 422
    assert post(head, "/people/away", kind="leave", span="for ever").status_code == 422
    post(head, "/people/away", kind="leave", span="today")
    answer = post(head, "/people/away", kind="leave", span="today")
    assert (answer.status_code, len(summary(answer))) == (422, 1)
    assert Absence.objects.count() == 1


def test_others_are_entered_by_the_office_without_a_deputy(office: Office, log_in: LogIn) -> None:
    editor, signer = log_in("editor"), office.person["signer"]
    page = editor.get(url(signer, "/away"))
    assert (page.status_code, "deputy" in fields(page, "away")) == (200, False)
    answer = post(
        editor, url(signer, "/away"), kind="travel", span="today", deputy=str(office.person["editor"].pk)
    )
    assert answer["Location"] == url(signer)
    assert away_today(office)[signer].deputy is None
    assert rows(editor.get(url(signer)), "Absence")[0][2] == "Nobody"
    for who, status in (("writer", 403), ("administrator", 200)):
        assert log_in(who).get(url(signer, "/away")).status_code == status


def test_absence_of_others_is_ended_by_who_may(office: Office, log_in: LogIn) -> None:
    signer, today = office.fresh("signer"), today_of(office.agency)
    absence = be_away(by=signer, person=signer, kind="leave", starts=today, ends=today)
    assert post(log_in("writer"), f"/people/absences/{absence.pk}/end").status_code == 403
    assert post(log_in("editor"), f"/people/absences/{absence.pk}/end")["Location"] == url(signer)
    assert away_today(office) == {}


def test_whoever_waits_sees_who_is_away_and_who_stands_in(office: Office, log_in: LogIn) -> None:
    head, today = office.fresh("head"), today_of(office.agency)
    be_away(by=head, person=head, kind="travel", starts=today, ends=today, deputy=office.fresh("leader"))
    piece = office.handed_in()
    writer, leader = log_in("writer"), log_in("leader")
    told = f"{office.person['leader'].name} stands in"
    for page in ("/", "/manuscripts/", f"/manuscripts/{piece.pk}", f"/manuscripts/{piece.pk}?part=review"):
        assert (page, told in body(writer.get(page))) == (page, True)
    assert told in body(leader.get(f"/review/{piece.pk}"))
    assert told in body(writer.get("/people/"))
    assert f"/review/{piece.pk}" in body(leader.get("/"))


def test_deputy_of_somebody_away_decides_in_their_name(office: Office) -> None:
    head, today = office.fresh("head"), today_of(office.agency)
    be_away(by=head, person=head, kind="leave", starts=today, ends=today, deputy=office.fresh("leader"))
    piece = office.handed_in()
    office.decide(piece, "leader")
    [seat] = piece.seats.filter(state="passed")
    assert (seat.person, seat.decided_by) == (office.person["head"], office.person["leader"])


def test_desk_tells_who_is_on_duty_today(office: Office, log_in: LogIn) -> None:
    editor = log_in("editor")
    assert "On duty today" not in body(editor.get("/"))
    post(
        editor,
        "/people/duty/day",
        day=today_of(office.agency),
        leader="己某",
        staff="甲某",
        staff_phone="8001",
    )
    shown = words(tree(log_in("writer").get("/")))
    assert "On duty today" in shown
    assert "甲某 8001" in shown
