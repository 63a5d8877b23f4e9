"""The list of pieces: who sees which, filters in the address, pages, and one cost whatever its length."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hezou.people.queries import rules_of
from tests.support.office import Office, found_office
from tests.web.conftest import LogIn
from tests.web.forms import body

LIST = "/manuscripts/"
QUERIES_AT_MOST = 15


@pytest.fixture
def writer(log_in: LogIn) -> Client:
    return log_in("writer")


def numbers(client: Client, query: str = "") -> list[str]:
    return re.findall(r'<td class="keep">(\d{4}-\d{4})</td>', body(client.get(LIST + query)))


def test_empty_list_says_how_to_begin(writer: Client) -> None:
    page = body(writer.get(LIST))
    assert "No piece yet" in page
    assert page.count('href="/manuscripts/new"') == 2


def test_list_holds_what_is_mine_to_see_newest_first(writer: Client, office: Office, log_in: LogIn) -> None:
    first, second = office.draft(), office.handed_in()
    office.draft("other_writer")
    assert numbers(writer) == [second.number, first.number]
    assert numbers(log_in("editor")) == [second.number]


def test_list_shows_no_row_of_another_agency(writer: Client) -> None:
    found_office("hill").signed()
    assert numbers(writer) == []


def test_list_shows_the_next_hand(writer: Client, office: Office) -> None:
    office.handed_in()
    assert office.person["head"].name in body(writer.get(LIST))


def test_list_without_the_right_is_forbidden(log_in: LogIn) -> None:
    assert log_in("auditor").get(LIST).status_code == 403


def test_filters_narrow_and_stand_in_the_address(office: Office, log_in: LogIn) -> None:
    head = log_in("head")
    own, other = office.draft("head"), office.handed_in("writer")
    assert numbers(head, "?state=draft") == [own.number]
    assert numbers(head, "?state=in_review") == [other.number]
    assert numbers(head, "?mine=1") == [own.number]
    assert numbers(head, f"?kind={office.kind}") == [other.number, own.number]
    empty = next(code for code in rules_of(office.agency).kinds if code != office.kind)
    page = body(head.get(f"{LIST}?state=draft&kind={empty}"))
    assert "No piece fits these filters" in page
    assert f'href="?kind={empty}"' in page
    assert 'href="?state=draft"' in page


def test_unknown_filters_narrow_by_nothing(writer: Client, office: Office) -> None:
    piece = office.draft()
    assert numbers(writer, "?state=burnt&kind=nothing&mine=2&after=~") == [piece.number]


def test_pages_follow_each_other_without_a_gap(writer: Client, office: Office) -> None:
    made = [office.draft().number for _ in range(32)]
    first = body(writer.get(f"{LIST}?mine=1"))
    following = re.search(r'href="(\?[^"]+)" rel="next"', first)
    assert following is not None
    rest = numbers(writer, following[1].replace("&amp;", "&"))
    assert numbers(writer, "?mine=1") + rest == made[::-1]
    assert "32 in all" in first


@pytest.mark.parametrize("key", ["writer", "head", "editor"])
def test_list_costs_the_same_with_1_and_30_rows(office: Office, log_in: LogIn, key: str) -> None:
    client = log_in(key)
    office.handed_in()
    assert len(numbers(client)) == 1
    with_one = cost(client)
    for _ in range(29):
        office.handed_in()
    assert (len(numbers(client)), cost(client)) == (30, with_one)
    assert with_one <= QUERIES_AT_MOST


def cost(client: Client) -> int:
    """Queries of one visit, after whatever a process reads only once."""
    client.get(LIST)
    with CaptureQueriesContext(connection) as told:
        client.get(LIST)
    return len(told)
