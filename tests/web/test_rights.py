"""岗位权限: the page says what the table says, in the agency's words, and who holds each role."""

from __future__ import annotations

from datetime import timedelta

from hezou.access.permissions import PERSONAL, PREDICATES, rules
from hezou.access.roles import VERBS
from hezou.kernel import clock
from hezou.people.models import Grant
from hezou.people.queries import rules_of, today_of
from hezou.web.rights import words
from tests.support.office import POSTS, Office, found_office
from tests.web.conftest import LogIn
from tests.web.reading import Answer, tree
from tests.web.reading import words as said

PAGE = "/rights/"


def rows(answer: Answer, table: int) -> dict[str, list[str]]:
    """The words of a table's rows by their heading."""
    found = tree(answer).xpath("//main//table")[table].xpath(".//tbody/tr")
    return {row.xpath("string(th)"): [said(td) for td in row.xpath("td")] for row in found}


def test_every_verb_and_predicate_has_its_words_and_no_other() -> None:
    assert set(words.VERBS) == {*VERBS, *PREDICATES, *PERSONAL}
    assert set(words.ASKS) == {rule.asks.__name__ for rule in rules() if rule.asks is not None}


def test_page_lists_each_role_with_exactly_its_verbs(office: Office, log_in: LogIn) -> None:
    client = log_in("writer")
    shown = tree(client.get(PAGE)).xpath("//main//table")[0].xpath(".//tbody/tr")
    found = {row.xpath("string(th)"): row.xpath("td[1]//li/text()") for row in shown}
    assert found == {
        row.label.en: [str(words.VERBS[verb]) for verb in sorted(VERBS) if code in VERBS[verb]]
        for code, row in rules_of(office.agency).roles.items()
    }


def test_page_names_who_holds_a_role_today_and_over_what(office: Office, log_in: LogIn) -> None:
    today = today_of(office.agency)
    Grant.objects.filter(person=office.person["second_editor"]).update(ends=today - timedelta(days=1))
    gone = office.person["other_head"]
    type(gone).objects.filter(pk=gone.pk).update(retired_at=clock.now())
    name = {key: person.name for key, person in office.person.items()}
    found = {role: cells[2] for role, cells in rows(log_in("writer").get(PAGE), 0).items()}
    assert found["Editor"] == f"{name['editor']} 某局"
    assert found["Unit head"] == f"{name['head']} 第一科"
    assert found["Recorder"] == "Nobody"


def test_page_says_what_the_three_administrators_see(log_in: LogIn) -> None:
    found = {role: cells[1] for role, cells in rows(log_in("writer").get(PAGE), 0).items()}
    own = "sees by this role no piece but those they write, review or are let read"
    assert {role: found[role] for role in ("Administrator", "Secrecy reviewer", "Auditor")} == {
        "Administrator": own,
        "Secrecy reviewer": f"{own}may be asked for a step of a review",
        "Auditor": f"{own}changes nothing, and holds no other role",
    }


def test_page_says_what_is_asked_besides(log_in: LogIn) -> None:
    found = rows(log_in("writer").get(PAGE), 1)
    assert found["enter decisions given on paper or aloud"] == [
        "Editor, Recorder",
        "whoever may see the piece",
    ]
    assert found["change a piece"] == ["any", "who began the piece, and its authors"]
    assert set(found) == {str(words.VERBS[rule.verb]) for rule in rules() if rule.asks}


def test_page_calls_roles_as_another_agency_does(log_in: LogIn) -> None:
    station = found_office("hill", rules="county-station", kind="field_report")
    found = rows(log_in("writer", station).get(PAGE), 0)
    assert list(found) == [row.label.en for row in rules_of(station.agency).roles.values()]


def test_page_is_open_to_every_role_and_to_nobody_without_one(office: Office, log_in: LogIn) -> None:
    assert {log_in(key).get(PAGE).status_code for key in POSTS if key != "signer"} == {200}
    Grant.objects.filter(person=office.person["signer"]).delete()
    assert log_in("signer").get(PAGE).status_code == 403


def test_settings_and_directory_lead_to_the_page(log_in: LogIn) -> None:
    for key, path in (("administrator", "/people/settings"), ("writer", "/people/")):
        assert f'href="{PAGE}"' in log_in(key).get(path).content.decode()
