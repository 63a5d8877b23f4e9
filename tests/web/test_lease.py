"""Who else is writing: said on the page, asked by scripts, taken over by a press with scripts and without."""

from __future__ import annotations

import pytest
from django.test import Client

from hezou.manuscripts.actions import hold_lease
from hezou.manuscripts.models import Manuscript
from hezou.manuscripts.queries import leases
from hezou.people.models import Person
from tests.support.office import Office, found_office
from tests.web.conftest import LogIn
from tests.web.forms import body, edit_url

JSON = {"Accept": "application/json"}
SHOWN, HIDDEN = (
    'class="flash tone-soon lease" data-lease>',
    'class="flash tone-soon lease" data-lease hidden>',
)


@pytest.fixture
def piece(office: Office) -> Manuscript:
    return office.draft("writer", "colleague")


@pytest.fixture
def colleague(log_in: LogIn) -> Client:
    return log_in("colleague")


def url(piece: Manuscript) -> str:
    return f"/manuscripts/{piece.pk}/lease"


def ask(client: Client, piece: Manuscript, intent: str) -> str:
    """What the page's script is told."""
    response = client.post(url(piece), {"intent": intent}, headers=JSON)
    assert (response.status_code, list(response.json())) == (200, ["says"])
    return str(response.json()["says"])


def write(office: Office, piece: Manuscript, key: str = "writer") -> None:
    hold_lease(by=office.fresh(key), manuscript=piece)


def holder(piece: Manuscript) -> Person | None:
    lease = leases(piece).first()
    return lease.person if lease else None


def test_page_names_whoever_is_writing(colleague: Client, office: Office, piece: Manuscript) -> None:
    assert HIDDEN in body(colleague.get(edit_url(piece)))
    write(office, piece)
    page = body(colleague.get(edit_url(piece)))
    assert SHOWN in page
    assert f"{office.person['writer'].name} is writing here (since " in page


def test_look_takes_nothing(colleague: Client, office: Office, piece: Manuscript) -> None:
    assert (ask(colleague, piece, "look"), holder(piece)) == ("", None)
    write(office, piece)
    assert ask(colleague, piece, "look").startswith(office.person["writer"].name)


def test_hold_and_release_are_ones_own(colleague: Client, office: Office, piece: Manuscript) -> None:
    assert (ask(colleague, piece, "hold"), holder(piece)) == ("", office.person["colleague"])
    assert (ask(colleague, piece, "release"), holder(piece)) == ("", None)
    write(office, piece)
    assert ask(colleague, piece, "hold").startswith(office.person["writer"].name)
    assert holder(piece) == office.person["writer"]


def test_take_over_by_script(colleague: Client, office: Office, piece: Manuscript) -> None:
    write(office, piece)
    assert (ask(colleague, piece, "take"), holder(piece)) == ("", office.person["colleague"])


def test_take_over_without_scripts_leads_back_to_the_text(
    colleague: Client, office: Office, piece: Manuscript
) -> None:
    write(office, piece)
    response = colleague.post(url(piece), {"intent": "take"})
    assert (response.status_code, response["Location"]) == (303, edit_url(piece))
    assert holder(piece) == office.person["colleague"]


def test_reviewer_takes_over_and_comes_back_to_the_review(log_in: LogIn, office: Office) -> None:
    piece = office.handed_in()
    write(office, piece)
    head = log_in("head")
    assert SHOWN in body(head.get(f"/review/{piece.pk}"))
    response = head.post(url(piece), {"intent": "take"})
    assert (response.status_code, response["Location"]) == (303, f"/review/{piece.pk}")


def test_lease_is_closed_to_those_who_only_read(log_in: LogIn, office: Office) -> None:
    piece = office.signed()
    write(office, piece)
    response = log_in("leader").post(url(piece), {"intent": "take"}, headers=JSON)
    assert (response.status_code, holder(piece)) == (403, office.person["writer"])


def test_lease_of_another_agency_is_not_found(colleague: Client, piece: Manuscript) -> None:
    theirs = found_office("hill").draft()
    assert colleague.post(url(theirs), {"intent": "take"}, headers=JSON).status_code == 404
    assert holder(theirs) is None
