"""谁能看到: the piece's page names everybody who may see it, with every reason, and nobody it should not."""

from __future__ import annotations

import pytest
from django.test import Client

from hezou.manuscripts.actions import admit_reader
from hezou.manuscripts.models import Manuscript
from hezou.people.models import Grant
from hezou.people.queries import today_of
from hezou.review.rules import RETURN
from tests.support.office import TEXT, Office, edit_of, read
from tests.web.conftest import LogIn
from tests.web.reading import tree

Reasons = dict[str, list[str]]


def seen_on(client: Client, piece: Manuscript, office: Office) -> Reasons:
    """Key of each person named, with the reasons the page gives."""
    answer = client.get(f"/manuscripts/{piece.pk}?part=readers")
    rows = tree(answer).xpath("//main//tbody/tr")
    keys = {person.name: key for key, person in office.person.items()}
    return {
        keys[row.xpath("string(td[1])").strip()]: [one.text_content() for one in row.xpath("td[3]/span")]
        for row in rows
    }


def admit(office: Office, piece: Manuscript, key: str) -> None:
    fresh = read(piece)
    reader = office.fresh(key)
    admit_reader(by=office.fresh("writer"), manuscript=fresh, revision=fresh.revision, reader=reader)


def test_everybody_is_named_with_every_reason(office: Office, log_in: LogIn) -> None:
    today = today_of(office.agency)
    office.deputise("head", "colleague", today, today)
    office.grant("head", "editor", "某局")
    piece = office.handed_in("writer")
    admit(office, piece, "other_writer")
    sees = "Editor: sees what was handed in"
    assert seen_on(log_in("writer"), piece, office) == {
        "writer": ["author"],
        "other_writer": ["stands on the reader list"],
        "colleague": [f"may sign for {office.person['head'].name}"],
        "head": ["reviews it: Unit review", "Unit head over 第一科", sees],
        "leader": ["Leader in charge over 第一科"],
        "editor": [sees],
        "second_editor": [sees],
        "signer": ["Signer: sees what was handed in"],
    }


def test_internal_piece_names_its_reader_list_alone(office: Office, log_in: LogIn) -> None:
    piece = office.handed_in("writer", "colleague", content_class="internal")
    office.decide(piece, "head")
    assert seen_on(log_in("head"), piece, office) == {
        "writer": ["author"],
        "colleague": ["author"],
        "head": ["reviews it: Unit review"],
        "editor": ["may take a step of the review"],
        "second_editor": ["may take a step of the review"],
    }


def test_who_began_the_piece_for_others_says_so(office: Office, log_in: LogIn) -> None:
    piece = office.draft("writer", "colleague")
    piece.authors.filter(person=office.person["writer"]).delete()
    assert seen_on(log_in("colleague"), piece, office) == {
        "writer": ["began the piece"],
        "colleague": ["author"],
    }


@pytest.mark.parametrize(
    ("state", "says"),
    [("draft", "Not handed in yet"), ("handed in", "Handed in: the heads"), ("internal", "Internal: nobody")],
)
def test_page_says_what_opens_the_piece(office: Office, log_in: LogIn, state: str, says: str) -> None:
    kept = {"content_class": "internal"} if state == "internal" else {}
    piece = office.handed_in(**kept) if state == "handed in" else office.draft(**kept)
    page = log_in("writer").get(f"/manuscripts/{piece.pk}?part=readers").content.decode()
    assert says in page


def test_page_follows_the_piece_when_it_becomes_internal(office: Office, log_in: LogIn) -> None:
    piece, client = office.handed_in(), log_in("head")
    assert "editor" in seen_on(client, piece, office)
    office.decide(piece, "head", edit=edit_of(piece, TEXT, content_class="internal"))
    office.decide(piece, "editor", verdict=RETURN, opinion="请核实")
    assert set(seen_on(client, piece, office)) == {"writer", "head", "editor", "second_editor"}


def test_whoever_may_not_see_the_piece_learns_nobody(office: Office, log_in: LogIn) -> None:
    piece = office.handed_in(content_class="internal")
    for key in ("other_writer", "editor", "leader", "secrecy", "auditor", "administrator"):
        assert log_in(key).get(f"/manuscripts/{piece.pk}?part=readers").status_code == 404


def test_reader_without_any_role_learns_no_name_beyond_the_page(office: Office, log_in: LogIn) -> None:
    piece = office.handed_in("writer")
    admit(office, piece, "other_writer")
    Grant.objects.filter(agency=office.agency, person=office.person["other_writer"]).delete()
    client = log_in("other_writer")
    assert seen_on(client, piece, office) == {
        "writer": ["author"],
        "other_writer": ["stands on the reader list"],
        "head": ["reviews it: Unit review", "Unit head over 第一科"],
        "signer": ["Signer: sees what was handed in"],
    }
    answer = client.get(f"/manuscripts/{piece.pk}?part=readers")
    page = answer.content.decode()
    assert "And 3 more persons, by their roles." in page
    assert tree(answer).xpath("//main//a[contains(@href, '/people/')]") == []
