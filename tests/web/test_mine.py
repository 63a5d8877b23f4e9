"""我的稿子到哪了: each state as its writer reads it, and only their own pieces."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hezou.kernel import clock
from hezou.manuscripts.actions import ask_purge
from hezou.manuscripts.models import Manuscript
from hezou.manuscripts.queries import purges
from hezou.manuscripts.rules.purging import PRIVACY
from hezou.people.actions import be_away
from hezou.people.queries import rules_of, today_of
from hezou.review.actions import confirm_purge, hand_in, recall, select
from hezou.review.models import Seat
from hezou.submissions.actions import Result, adopt, submit
from tests.support.office import TEXT, Office, edit_of, found_office, read
from tests.web.conftest import LogIn
from tests.web.forms import body
from tests.web.reading import tree, words

HERE = "/manuscripts/mine"
QUERIES_AT_MOST = 15


@pytest.fixture
def writer(log_in: LogIn) -> Client:
    return log_in("writer")


def line(client: Client, piece: Manuscript) -> list[str]:
    """The cells behind the title: the way is left to `stops`."""
    [row] = tree(client.get(HERE)).xpath(f"//tr[.//a[@href='/manuscripts/{piece.pk}']]")
    return [words(cell) for cell in row.xpath("./td")[2:]]


def stops(client: Client, piece: Manuscript) -> str:
    """The way as letters: d(one), n(ow), r(eturned), - (comes later)."""
    [row] = tree(client.get(HERE)).xpath(f"//tr[.//a[@href='/manuscripts/{piece.pk}']]")
    signs = {"done": "d", "now": "n", "returned": "r", "next": "-"}
    return "".join(signs[one.get("class")] for one in row.xpath(".//ol[@class='rail']/li"))


def test_nothing_yet_begins_the_work(writer: Client) -> None:
    page = body(writer.get(HERE))
    assert "You have no piece yet" in page
    assert page.count('href="/manuscripts/new"') == 2


def test_draft_is_with_its_writer(writer: Client, office: Office) -> None:
    piece = office.draft()
    assert (stops(writer, piece), line(writer, piece)[0]) == ("n-----", "With you")


def test_piece_in_review_names_the_next_hand_and_its_wait(writer: Client, office: Office) -> None:
    piece = office.handed_in()
    Seat.objects.filter(manuscript=piece, state="open").update(
        opened_at=clock.now() - timedelta(days=2, hours=3)
    )
    head = office.person["head"].name
    assert stops(writer, piece) == "dn----"
    assert line(writer, piece)[:2] == [f"{head} Unit review", "waiting 2 days 3 hours"]
    office.decide(piece, "head")
    assert (stops(writer, piece), line(writer, piece)[0]) == ("ddn---", "Editor Editing")


def test_holder_who_is_away_is_told_as_such(writer: Client, office: Office) -> None:
    head, today = office.fresh("head"), today_of(office.agency)
    be_away(by=head, person=head, kind="travel", starts=today, ends=today, deputy=office.fresh("leader"))
    piece = office.handed_in()
    assert f"{office.person['leader'].name} stands in" in line(writer, piece)[0]


def test_returned_piece_says_who_and_why_and_leads_on(writer: Client, office: Office) -> None:
    piece = office.handed_in()
    office.decide(piece, "head", verdict="return", opinion="请补充数据来源")
    assert stops(writer, piece) == "r-----"
    where, _, news = line(writer, piece)
    assert (where, news) == (
        "With you",
        f"{office.person['head'].name} returned it: 请补充数据来源 Go on writing",
    )
    assert f'href="/manuscripts/{piece.pk}/edit"' in body(writer.get(HERE))


def test_reason_of_an_earlier_round_is_told_no_more(writer: Client, office: Office) -> None:
    piece = office.handed_in()
    office.decide(piece, "head", verdict="return", opinion="请补充数据来源")
    fresh = read(piece)
    hand_in(by=office.fresh("writer"), manuscript=fresh, revision=fresh.revision, confirmed=True)
    assert line(writer, piece)[2] == ""
    fresh = read(piece)
    recall(by=office.fresh("writer"), manuscript=fresh, revision=fresh.revision)
    assert (stops(writer, piece), line(writer, piece)[2]) == ("n-----", "")


def test_selection_by_the_office_is_told(writer: Client, office: Office) -> None:
    piece = office.handed_in()
    office.decide(piece, "head")
    fresh = read(piece)
    seat = office.open_seat(fresh)
    select(
        by=office.fresh("editor"),
        manuscript=fresh,
        revision=fresh.revision,
        seat=seat,
        verdict="merge",
        seen=0,
    )
    assert line(writer, piece)[2] == "The office: For a composite"


def test_edit_of_substance_opens_a_level_again(writer: Client, office: Office) -> None:
    piece = office.handed_in()
    office.decide(piece, "head")
    office.decide(
        piece, "editor", edit=edit_of(read(piece), TEXT.replace("12项", "15项"), marked="substance")
    )
    assert stops(writer, piece) == "dnd---"


def test_level_is_passed_once_every_step_of_it_is(writer: Client, office: Office) -> None:
    piece = office.handed_in(openness="proactive")
    office.decide(piece, "head")
    office.decide(piece, "editor")
    secrecy = f"{office.person['secrecy'].name} Secrecy review"
    assert (stops(writer, piece), line(writer, piece)[0]) == ("ddn---", secrecy)
    office.decide(piece, "secrecy")
    assert stops(writer, piece) == "dddn--"


def test_signed_sent_and_adopted_pieces_tell_where_they_went(writer: Client, office: Office) -> None:
    piece = office.signed()
    assert (stops(writer, piece), line(writer, piece)[0]) == ("ddddn-", "Signed, with the office")
    editor, body_ = office.fresh("editor"), office.body["区委办"]
    [sent] = submit(by=editor, manuscript=piece, revision=piece.revision, to=[body_])
    assert (stops(writer, piece), line(writer, piece)[0]) == ("dddddn", "With 区委办, no result yet")
    rules = rules_of(office.agency)
    form, evidence = next(iter(rules.adoption_forms)), list(rules.evidence_grades)[-1]
    result = Result(form, evidence, date(2026, 1, 5), office.journal["区委办"], "12")
    adopt(by=office.fresh("editor"), submission=sent, revision=sent.revision, result=result)
    assert (stops(writer, piece), line(writer, piece)[0]) == ("dddddd", "Submitted to 区委办")
    assert line(writer, piece)[2].startswith("Adopted by 区委办: ")


def test_piece_that_never_goes_up_ends_with_its_signature(office: Office, log_in: LogIn) -> None:
    piece = office.draft(kind="publicity", openness="proactive")
    assert stops(log_in("writer"), piece) == "n---"


def test_piece_of_a_kind_no_longer_known_still_stands(writer: Client, office: Office) -> None:
    piece = office.draft()
    Manuscript.objects.filter(pk=piece.pk).update(kind="gone")
    assert stops(writer, piece) == "n"


def test_withheld_and_purged_pieces_tell_nothing(writer: Client, office: Office) -> None:
    piece = office.handed_in()
    ask_purge(by=office.fresh("secrecy"), manuscript=read(piece), reason=PRIVACY)
    assert str(piece.pk) not in body(writer.get(HERE))
    purge = purges(office.agency.pk).get()
    confirm_purge(by=office.fresh("administrator"), purge=purge, revision=purge.revision)
    assert line(writer, piece)[0] == "Purged"
    assert piece.title not in body(writer.get(HERE))


def test_pieces_are_those_i_began_or_am_named_in(office: Office, log_in: LogIn) -> None:
    own, shared, read_only = office.draft("head"), office.draft("writer", "head"), office.handed_in()
    found_office("hill").draft()
    page = body(log_in("head").get(HERE))
    assert [str(one.pk) in page for one in (own, shared, read_only)] == [True, True, False]
    assert log_in("auditor").get(HERE).status_code == 403


def test_page_costs_the_same_whatever_its_length(writer: Client, office: Office) -> None:
    counts = []
    for number in range(31):
        office.handed_in()
        if number in (0, 29):
            with CaptureQueriesContext(connection) as seen:
                writer.get(HERE)
            counts.append(len(seen))
    assert counts[0] == counts[1] <= QUERIES_AT_MOST
    first = tree(writer.get(HERE))
    [following] = first.xpath("//a[@rel='next']/@href")
    assert len(first.xpath("//tbody/tr")) == 30
    assert len(tree(writer.get(HERE + following)).xpath("//tbody/tr")) == 1
