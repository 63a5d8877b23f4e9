"""审计记录: the auditor reads who did what when, narrowed as they like, and no word of any piece."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from hezou.audit.actions import act, record, verify_chain
from hezou.audit.models import AuditEntry
from hezou.audit.queries import chain_breaks
from hezou.kernel import clock
from hezou.people.actions import add_unit, end_grant, grant_role, name_deputy
from hezou.people.models import Grant
from hezou.people.queries import today_of
from hezou.web.templatetags.words import LIFECYCLES
from hezou.web.trail.views import SIZE
from hezou.web.trail.words import NOUNS, SAYS
from tests.support.furnished import furnish
from tests.support.office import POSTS, TEXT, Office, edit_of, found_office
from tests.support.sources import calls, python
from tests.web.conftest import LogIn
from tests.web.reading import tree, words

PAGE = "/trail/"


@pytest.fixture
def auditor(log_in: LogIn) -> Client:
    return log_in("auditor")


def answer(client: Client, query: str = "") -> Any:
    found = client.get(PAGE + query)
    assert found.status_code == 200
    return found


def page(client: Client, query: str = "") -> str:
    return str(answer(client, query).content.decode())


def rows(client: Client, query: str = "") -> list[list[str]]:
    """Number, who, did what, thing of each entry shown."""
    found = tree(answer(client, query)).xpath("//main//tbody/tr")
    return [[words(row.xpath(f"td[{n}]")[0]) for n in (1, 3, 4, 5)] for row in found]


def numbers(client: Client, query: str = "") -> list[int]:
    return [int(row[0]) for row in rows(client, query)]


def all_numbers(client: Client, query: str = "?") -> Iterator[int]:
    while query:
        yield from numbers(client, query)
        following = tree(answer(client, query)).xpath("//a[@rel='next']/@href")
        query = following[0] if following else ""


def verbs_of_the_sources() -> set[str]:
    """Every verb that an entry of the trail may have: written out where it is recorded, or a lifecycle's."""
    found = {step.verb for table in LIFECYCLES.values() for step in table.transitions}
    for source in python("src/hezou/"):
        for name, call in calls(source):
            told = [one.value for one in call.args[:2] if isinstance(one, ast.Constant)]
            if name in {"record", "tell"} and len(call.args) > 1 and isinstance(call.args[1], ast.Constant):
                found.add(str(told[-1]))
    return found


def test_every_verb_of_the_trail_has_its_words() -> None:
    through_variables = {"retry", "drop"}
    assert {verb for _, verb in SAYS} == verbs_of_the_sources() | through_variables
    assert {kind for kind, _ in SAYS} == set(NOUNS)


def test_entries_say_who_did_what_to_which_thing(office: Office, auditor: Client) -> None:
    by, today = office.fresh("administrator"), today_of(office.agency)
    add_unit(by=by, parent=office.unit["某局"], name="第三科")
    grant = grant_role(by=by, person=office.person["writer"], role="editor", unit=office.unit["某局"])
    end_grant(by=by, grant=grant)
    name_deputy(
        by=by, principal=office.person["signer"], deputy=office.person["head"], starts=today, ends=today
    )
    piece = office.handed_in()
    office.decide(piece, "head")
    name = {key: person.name for key, person in office.person.items()}
    admin, unit = name["administrator"], f"Step of a review {piece.number}"
    assert [row[1:] for row in rows(auditor)] == [
        [name["head"], "brought it to the step “Editing”", unit],
        [name["head"], "approved at the step “Unit review”", unit],
        [name["writer"], "brought it to the step “Unit review”", unit],
        [name["writer"], "handed in version 1", f"Piece {piece.number}"],
        [name["writer"], "made version 1", f"Piece {piece.number}"],
        [name["writer"], "began the piece", f"Piece {piece.number}"],
        [admin, "named a deputy", f"Deputyship {name['signer']}"],
        [admin, "took back the role Editor", f"Role {name['writer']}"],
        [admin, "gave the role Editor", f"Role {name['writer']}"],
        [admin, "added the unit", "Unit 第三科"],
    ]


def test_no_entry_is_without_words(transactional_db: None) -> None:
    office = furnish().office
    client = Client()
    client.force_login(office.account("auditor"), backend="hezou.access.backend.Backend")
    entries = {(one.ref_kind, one.verb) for one in AuditEntry.objects.all()}
    assert entries <= set(SAYS)
    said = [row for query in ("?", f"?after={SIZE}") for row in rows(client, query)]
    assert [row for row in said if "“”" in row[2] or not row[1] or not row[3]] == []


def test_trail_names_no_title_and_no_text_and_leads_to_no_closed_piece(
    office: Office, auditor: Client
) -> None:
    piece = office.handed_in(content_class="internal")
    office.decide(piece, "head", edit=edit_of(piece, TEXT), opinion="数据请核实后再报")
    whole = page(auditor) + page(auditor, f"?thing={piece.number}")
    assert [line for line in [*TEXT.split("\n"), "数据请核实"] if line in whole] == []
    assert f"/manuscripts/{piece.pk}" not in whole
    assert auditor.get(f"/manuscripts/{piece.pk}").status_code == 404


def test_piece_that_the_auditor_may_see_is_a_link(office: Office, auditor: Client) -> None:
    mine, other = office.draft("writer", "auditor"), office.draft()
    links = tree(answer(auditor)).xpath("//main//tbody//td[5]/a/@href")
    assert set(links) == {f"/manuscripts/{mine.pk}"}
    assert str(other.pk) not in links


def test_trail_is_for_auditors_alone(log_in: LogIn) -> None:
    assert {key: log_in(key).get(PAGE).status_code for key in POSTS} == {
        key: 200 if key == "auditor" else 403 for key in POSTS
    }


def test_trail_of_another_agency_is_not_shown(office: Office, auditor: Client) -> None:
    hill = found_office("hill")
    theirs = hill.handed_in()
    assert numbers(auditor) == []
    assert numbers(auditor, f"?thing=manuscript:{theirs.pk}") == []
    assert "No entry yet." in page(auditor)


# --- narrowing ------------------------------------------------------------------------------------
def test_pages_hold_every_entry_once(office: Office, auditor: Client) -> None:
    with act(office.person["writer"]):
        for _ in range(2 * SIZE + 3):
            record(office.unit["第一科"], "rename")
    assert list(all_numbers(auditor)) == list(range(2 * SIZE + 3, 0, -1))


def test_filters_narrow_by_person_verb_date_and_thing(office: Office, auditor: Client) -> None:
    first, second = office.handed_in(), office.draft("other_writer")
    today = today_of(office.agency)
    with clock.moved_to(clock.now() + timedelta(days=1)):
        add_unit(by=office.fresh("administrator"), parent=office.unit["某局"], name="第三科")
    whole = numbers(auditor)
    assert whole == list(range(7, 0, -1))
    other = office.person["other_writer"].name
    assert numbers(auditor, f"?who={other}") == [6, 5]
    assert numbers(auditor, "?did=manuscript.create") == [5, 1]
    assert numbers(auditor, f"?thing={first.number}") == [4, 3, 2, 1]
    assert numbers(auditor, f"?thing=manuscript:{second.pk}") == [6, 5]
    assert numbers(auditor, f"?until={today}") == [6, 5, 4, 3, 2, 1]
    assert numbers(auditor, f"?since={today + timedelta(days=1)}") == [7]
    assert numbers(auditor, f"?who={other}&did=manuscript.create&since={today}") == [5]
    assert numbers(auditor, "?thing=2020-0001") == []


@pytest.mark.parametrize(
    "query",
    ["?did=x", "?did=a.b.c", "?since=0001-01-01", "?until=9999-12-31", "?after=x", "?after=", "?who=%00"],
)
def test_filter_that_means_nothing_narrows_nothing(office: Office, auditor: Client, query: str) -> None:
    office.draft()
    assert numbers(auditor, query) == [2, 1]


def test_chips_take_each_filter_back(office: Office, auditor: Client) -> None:
    office.draft()
    shown = tree(answer(auditor, "?who=甲&did=manuscript.create&thing=2026-0001&since=2026-01-01"))
    assert [one.text_content().strip() for one in shown.xpath("//li[@class='chip']")] == [
        "甲",
        "Piece: began the piece",
        "2026-0001",
        "from 1 January 2026",
    ]
    assert "who=" not in shown.xpath("//li[@class='chip']/a/@href")[0]


def test_many_entries_cost_no_more_queries(
    office: Office, auditor: Client, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    office.signed()
    with django_assert_max_num_queries(30) as few:
        auditor.get(PAGE)
    for _ in range(5):
        office.signed()
    with django_assert_max_num_queries(len(few)):
        assert len(numbers(auditor)) == SIZE


# --- the chain ------------------------------------------------------------------------------------
def test_last_verification_is_told(office: Office, auditor: Client) -> None:
    office.draft()
    assert "not yet; it is done every night" in page(auditor)
    assert verify_chain(office.agency.pk) == 0
    assert "whole up to entry 2" in page(auditor)
    office.draft()
    assert "whole up to entry 2" in page(auditor)
    AuditEntry.objects.filter(number=1).update(verb="adopt")
    assert verify_chain(office.agency.pk) == 1
    assert "1 place differs" in page(auditor)


def test_entries_written_while_the_chain_is_walked_are_no_break(office: Office) -> None:
    office.draft()
    walk = chain_breaks(office.agency.pk)
    office.draft()
    assert list(walk) == []


def test_entry_behind_the_head_is_a_break(office: Office) -> None:
    office.draft()
    last = AuditEntry.objects.get(number=2)
    last.pk, last.number = None, 3
    last.save()
    assert verify_chain(office.agency.pk) == 2


def test_role_that_is_gone_is_told_by_its_code(office: Office, auditor: Client) -> None:
    grant = Grant.objects.get(person=office.person["head"], role="unit_head")
    Grant.objects.filter(pk=grant.pk).update(role="captain")
    with act(office.person["administrator"]):
        record(grant, "end")
    assert rows(auditor)[0][2] == "took back the role captain"
