"""What I was told: the list, the count in the head of every page, reading, choosing."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hezou.config.env import Post
from hezou.kernel.ids import uuid7
from hezou.kernel.ref import Ref
from hezou.manuscripts.models import Manuscript, Reader
from hezou.notices.actions.telling import tell
from hezou.notices.models import Notice
from hezou.notices.queries import unread, wish_of
from hezou.notices.rules import SIGNED, Wish
from hezou.people.models import Account
from tests.support.office import Office, found_office
from tests.web.conftest import LogIn
from tests.web.reading import Answer, buttons, fields, panels, rows, said, tree, words

LIST = "/notices/"
TITLE = "关于推行窗口帮办服务的做法"


def tell_writer(office: Office, manuscript: Manuscript, *stages: str) -> None:
    for stage in stages or ("1",):
        to = [office.person["writer"].pk]
        tell(SIGNED, Ref.to(manuscript), by=office.fresh("signer"), to=to, stage=stage)


def bell(answer: Answer) -> str:
    """The words of the link in the head of the page."""
    return words(tree(answer).xpath("//header//a[starts-with(@class,'notices')]")[0])


def newest() -> Notice:
    return Notice.objects.order_by("-pk")[0]


def test_list_says_so_when_nothing_was_told(log_in: LogIn) -> None:
    answer = log_in("writer").get(LIST)
    assert answer.status_code == 200
    assert "Nothing was told to you yet" in words(tree(answer).xpath("//main")[0])
    assert list(buttons(answer)) == []
    assert bell(answer) == "Notices"


def test_list_shows_what_happened_to_what_newest_first(office: Office, log_in: LogIn) -> None:
    manuscript = office.signed()
    tell(SIGNED, Ref.to(manuscript), by=office.fresh("signer"), to=[office.person["editor"].pk], stage="x")
    answer = log_in("editor").get(LIST)
    assert [row[:3] for row in rows(answer, "What you were told")] == [
        [TITLE, "Unread Was signed", "壬某"],
        [TITLE, "Unread Waits for your decision", "丙某"],
    ]
    assert bell(answer) == "Notices2, 2 new"


def test_list_shows_nothing_of_anybody_else(office: Office, log_in: LogIn) -> None:
    tell_writer(office, office.draft())
    assert rows(log_in("head").get(LIST), "What you were told") == []
    assert rows(log_in("writer", found_office("hill")).get(LIST), "What you were told") == []


def test_list_names_no_piece_that_is_no_longer_open_to_me(office: Office, log_in: LogIn) -> None:
    manuscript = office.draft("colleague")
    tell_writer(office, manuscript)
    client = log_in("writer")
    answer = client.get(LIST)
    assert rows(answer, "What you were told")[0][0] == "A piece that is no longer open to you"
    assert TITLE not in answer.content.decode()
    assert client.get(f"/notices/{newest().pk}").status_code == 404
    assert unread(office.fresh("writer")) == 1


def test_list_asks_the_same_for_thirty_rows_and_pages_on(office: Office, log_in: LogIn) -> None:
    manuscript = office.draft()
    tell_writer(office, manuscript)
    client = log_in("writer")
    client.get(LIST)
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    tell_writer(office, manuscript, *(str(number) for number in range(2, 36)))
    with CaptureQueriesContext(connection) as thirty:
        answer = client.get(LIST)
    assert len(rows(answer, "What you were told")) == 30
    assert len(thirty) == len(one) <= 15
    further = client.get(LIST + tree(answer).xpath("//a[@rel='next']/@href")[0])
    assert len(rows(further, "What you were told")) == 5
    assert list(buttons(further)) == []  # only what was shown may be taken as read


@pytest.mark.parametrize("after", ["x", "-1", "9" * 30, "１"])
def test_list_takes_no_notice_of_a_forged_place(after: str, office: Office, log_in: LogIn) -> None:
    tell_writer(office, office.draft())
    assert len(rows(log_in("writer").get(LIST, {"after": after}), "What you were told")) == 1


def test_notice_leads_to_its_piece_and_counts_as_read(office: Office, log_in: LogIn) -> None:
    manuscript = office.draft()
    tell_writer(office, manuscript, "1", "2", "3")
    client = log_in("writer")
    middle = Notice.objects.order_by("pk")[1]
    answer = client.get(f"/notices/{middle.pk}")
    assert (answer.status_code, answer["Location"]) == (302, f"/manuscripts/{manuscript.pk}")
    middle.refresh_from_db()
    assert (middle.read_at is None, unread(office.fresh("writer"))) == (False, 2)
    assert [row[1] for row in rows(client.get(LIST), "What you were told")] == [
        "Unread Was signed",
        "Was signed",
        "Unread Was signed",
    ]


def test_notice_of_somebody_else_does_not_exist(office: Office, log_in: LogIn) -> None:
    tell_writer(office, office.draft())
    assert log_in("colleague").get(f"/notices/{newest().pk}").status_code == 404
    assert log_in("head").get("/notices/999999").status_code == 404
    assert unread(office.fresh("writer")) == 1


def test_all_that_was_shown_is_taken_as_read_and_nothing_newer(office: Office, log_in: LogIn) -> None:
    manuscript = office.draft()
    tell_writer(office, manuscript, "1", "2")
    client = log_in("writer")
    page = client.get(LIST)
    assert list(buttons(page)) == [("Take all as read", True)]
    tell_writer(office, manuscript, "3")
    answer = client.post("/notices/read", fields(page, "all-read"))
    assert (answer.status_code, answer["Location"]) == (303, LIST)
    assert said(answer) == ["All notices count as read."]
    assert unread(office.fresh("writer")) == 1
    again = client.post("/notices/read", fields(page, "all-read"))
    assert (again.status_code, again["Location"]) == (303, LIST)


def test_taking_as_read_without_a_place_is_refused(office: Office, log_in: LogIn) -> None:
    tell_writer(office, office.draft())
    assert log_in("writer").post("/notices/read", {"newest": "x"}).status_code == 422
    assert unread(office.fresh("writer")) == 1


def test_choices_are_few_and_kept(office: Office, log_in: LogIn) -> None:
    client = log_in("writer")
    assert "By e-mail" not in panels(client.get(LIST))["What I am told"]
    answer = client.post("/notices/choices", {"deed": str(uuid7())})
    assert (answer.status_code, said(answer)) == (303, ["Your choice holds from now on."])
    assert wish_of(office.fresh("writer")) == Wish(progress=False, mail=False)
    client.post("/notices/choices", {"deed": str(uuid7()), "progress": "on", "mail": "on"})
    assert wish_of(office.fresh("writer")) == Wish(progress=True, mail=True)


def test_e_mail_is_offered_to_who_has_an_address_where_it_is_sent(
    office: Office, log_in: LogIn, settings: Any
) -> None:
    settings.POST = Post("127.0.0.1", 25, "hezou@agency.example")
    client = log_in("writer")
    assert "By e-mail" not in panels(client.get(LIST))["What I am told"]
    Account.objects.update(email="writer@agency.example")
    assert "By e-mail as well, to writer@agency.example" in panels(client.get(LIST))["What I am told"]


def test_count_answers_what_is_new_and_304_while_that_stays(office: Office, log_in: LogIn) -> None:
    manuscript = office.draft()
    tell_writer(office, manuscript)
    client = log_in("writer")
    first = client.get("/notices/count")
    assert (first.status_code, first["ETag"], first["Cache-Control"]) == (200, '"1"', "private, no-cache")
    assert words(tree(first)) == "Notices1, 1 new"
    same = client.get("/notices/count", headers={"If-None-Match": '"1"'})
    assert (same.status_code, same.content) == (304, b"")
    tell_writer(office, manuscript, "2")
    other = client.get("/notices/count", headers={"If-None-Match": '"1"'})
    assert (other.status_code, other["ETag"]) == (200, '"2"')


def test_count_above_ninety_nine_is_not_told_exactly(office: Office, log_in: LogIn) -> None:
    tell_writer(office, office.draft(), *(str(number) for number in range(120)))
    assert words(tree(log_in("writer").get("/notices/count"))).startswith("Notices99+")


def test_count_answers_an_ended_log_in_without_a_page(db: None) -> None:
    answer = Client().get("/notices/count")
    assert (answer.status_code, answer.content) == (204, b"")


def test_count_costs_three_queries(office: Office, log_in: LogIn) -> None:
    client = log_in("writer")
    with CaptureQueriesContext(connection) as told:
        client.get("/notices/count")
    assert len(told) == 3  # session, account, notices


def test_reader_list_is_asked_not_remembered(office: Office, log_in: LogIn) -> None:
    manuscript = office.draft()
    tell_writer(office, manuscript)
    client = log_in("writer")
    Reader.objects.filter(manuscript=manuscript).delete()
    assert rows(client.get(LIST), "What you were told")[0][0] == "A piece that is no longer open to you"
