"""Handing over on the page: looked at first, then done, with what stays and why."""

from __future__ import annotations

import pytest
from django.test import Client

from hezou.review.models import Seat
from tests.support.office import Office, read
from tests.web.conftest import LogIn
from tests.web.directory import post, url
from tests.web.forms import body
from tests.web.reading import Answer, buttons, rows, summary, tree, words


@pytest.fixture
def admin(log_in: LogIn) -> Client:
    return log_in("administrator")


def look(client: Client, office: Office, who: str, to: str, roles: bool = True) -> Answer:
    chosen = {"to": str(office.person[to].pk), **({"roles": "on"} if roles else {})}
    return client.get(url(office.person[who], "/handover"), chosen)


def hand(client: Client, office: Office, who: str, to: str, **more: str) -> Answer:
    return post(client, url(office.person[who], "/handover"), to=str(office.person[to].pk), **more)


def test_successor_is_chosen_looked_at_and_confirmed(office: Office, admin: Client) -> None:
    draft, piece = office.draft("head"), office.handed_in("colleague")
    here = url(office.person["head"], "/handover")
    assert list(buttons(admin.get(here))) == [("See what would go", True)]
    looked = look(admin, office, "head", "colleague")
    assert list(buttons(looked)) == [("Another successor", True), ("Hand over", True)]
    assert len(rows(looked, "Goes")) == 3
    assert rows(looked, "Goes")[2] == [f"The piece {draft.number}"]
    assert rows(looked, "Stays, and why") == [
        [
            f"The step “Unit review” of the piece {piece.number}, which waits now",
            "An author of the piece cannot review it.",
        ]
    ]
    assert draft.title not in words(tree(looked))
    assert read(draft).revision == draft.revision
    answer = hand(admin, office, "head", "colleague", roles="on")
    assert answer.status_code == 200
    assert (rows(answer, "Went"), rows(answer, "Stays, and why")) == (
        rows(looked, "Goes"),
        rows(looked, "Stays, and why"),
    )
    assert Seat.objects.get(manuscript=piece, state="open").person == office.person["head"]


def test_titles_are_told_to_who_may_see_them(office: Office, log_in: LogIn) -> None:
    draft = office.draft()
    assert draft.title in body(look(log_in("writer"), office, "writer", "colleague", roles=False))
    assert draft.title not in body(look(log_in("administrator"), office, "writer", "colleague"))


def test_second_press_leads_to_the_person(office: Office, admin: Client) -> None:
    office.draft()
    sent = {"deed": "01900000-0000-7000-8000-000000000001", "to": str(office.person["colleague"].pk)}
    here = url(office.person["writer"], "/handover")
    assert admin.post(here, sent).status_code == 200
    assert admin.post(here, sent)["Location"] == url(office.person["writer"])


def test_nothing_to_hand_over_cannot_be_pressed(office: Office, admin: Client) -> None:
    looked = look(admin, office, "writer", "colleague", roles=False)
    assert list(buttons(looked)) == [("Another successor", True), ("Hand over", False)]


def test_wrong_successors_are_refused(office: Office, admin: Client, log_in: LogIn) -> None:
    assert look(admin, office, "writer", "writer").status_code == 422
    assert len(summary(hand(admin, office, "writer", "writer"))) == 1
    here = url(office.person["writer"], "/handover")
    assert admin.get(f"{here}?to=x").status_code == 422
    assert log_in("head").get(here).status_code == 403
    assert hand(log_in("editor"), office, "writer", "head").status_code == 403


def test_trail_tells_who_handed_what_over(office: Office, admin: Client, log_in: LogIn) -> None:
    draft = office.draft()
    hand(admin, office, "writer", "colleague")
    told = words(tree(log_in("colleague").get(f"/manuscripts/{draft.pk}?part=history")))
    assert f"handed the writing over to {office.person['colleague'].name}" in told
