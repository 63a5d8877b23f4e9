"""The way out by e-mail: to a real server, once, and again under the same id after a kill."""

from __future__ import annotations

import smtplib
from email.header import decode_header, make_header
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings

from hezou.jobs.models import Job
from hezou.jobs.rules import DEAD
from hezou.kernel import clock
from hezou.kernel.ref import Ref
from hezou.notices.actions.sending import BeingSent, send
from hezou.notices.actions.telling import choose, read, tell
from hezou.notices.jobs import send_mail
from hezou.notices.models import Choice, Mail, Notice
from hezou.notices.rules import DROPPED, DUE, LEASE, SENT, TURN, Wish
from hezou.people.actions import choose_language
from hezou.people.models import Account, Person
from tests.jobs.helping import drain, later
from tests.notices.conftest import give_address, mail_through
from tests.support.killing import kill_at_each_step
from tests.support.office import Office, found_office
from tests.support.post import Office as PostOffice
from tests.support.processes import race


@pytest.fixture
def mail(office: Office, post: PostOffice) -> Mail:
    """The writer, who wants e-mail, has just been told that it is their turn."""
    return told_by_mail(office)


def told_by_mail(office: Office) -> Mail:
    give_address(office.account("writer"))
    writer = office.fresh("writer")
    choose(by=writer, wish=Wish(mail=True))
    tell(TURN, Ref("manuscript", "0199"), by=office.fresh("head"), to=[writer.pk], stage="1")
    return Mail.objects.get()


def outcome(mail: Mail) -> str:
    mail.refresh_from_db()
    return mail.outcome


def test_mail_leaves_once_when_the_notice_was_not_read_for_a_while(mail: Mail, post: PostOffice) -> None:
    drain()
    assert post.letters == []
    with later(minutes=6):
        drain()
    send(mail.pk)
    assert (outcome(mail), post.ids()) == (SENT, [f"<{mail.pk}@agency.example>"])
    assert mail.sent_at is not None


def test_mail_says_what_waits_and_names_no_piece(mail: Mail, office: Office, post: PostOffice) -> None:
    choose_language(by=office.fresh("writer"), language="en")
    send(mail.pk)
    letter = post.letters[0]
    assert (letter["To"], letter["From"], letter["Auto-Submitted"]) == (
        "writer.lake@agency.example",
        "hezou@agency.example",
        "auto-generated",
    )
    body = letter.get_payload(decode=True)
    assert isinstance(body, bytes)
    assert letter["Subject"] == "Hezou: a piece: Waits for your decision"
    assert office.person["writer"].name in body.decode()
    assert "0199" not in body.decode()


def test_mail_is_chinese_without_a_choice(mail: Mail, post: PostOffice) -> None:
    send(mail.pk)
    subject = str(make_header(decode_header(str(post.letters[0]["Subject"]))))
    assert subject == "合奏：稿件轮到您审签"


def test_mail_of_a_notice_read_meanwhile_stays_here(mail: Mail, office: Office, post: PostOffice) -> None:
    read(by=office.fresh("writer"), until=mail.notice_id)
    send(mail.pk)
    assert (outcome(mail), post.letters) == (DROPPED, [])


@pytest.mark.parametrize("change", ["address", "account", "person", "choice"])
def test_mail_to_somebody_who_cannot_or_will_not_have_it_stays_here(
    change: str, mail: Mail, office: Office, post: PostOffice
) -> None:
    writer = office.person["writer"]
    if change == "address":
        Account.objects.filter(person=writer).update(email="")
    elif change == "account":
        Account.objects.filter(person=writer).update(is_active=False)
    elif change == "person":
        Person.objects.filter(pk=writer.pk).update(retired_at=clock.now())
    else:
        choose(by=writer, wish=Wish())
    send(mail.pk)
    assert (outcome(mail), post.letters) == (DROPPED, [])


def test_mail_with_a_lease_is_left_to_its_holder(mail: Mail, post: PostOffice) -> None:
    Mail.objects.update(lease_until=clock.now() + LEASE)
    with pytest.raises(BeingSent):
        send(mail.pk)
    assert post.letters == []
    with later(seconds=LEASE.total_seconds() + 1):
        send(mail.pk)
    assert len(post.letters) == 1


def test_lease_of_before_the_clock_was_set_back_does_not_hold(mail: Mail, post: PostOffice) -> None:
    with later(days=1):
        Mail.objects.update(lease_until=clock.now() + LEASE)
    send(mail.pk)
    assert len(post.letters) == 1


def test_mail_waits_for_a_server_that_is_closed(mail: Mail, post: PostOffice) -> None:
    post.is_closed = True
    with pytest.raises(smtplib.SMTPConnectError):
        send(mail.pk)
    assert (outcome(mail), mail.lease_until) == (DUE, None)
    post.is_closed = False
    send(mail.pk)
    assert len(post.letters) == 1


def test_mail_that_is_refused_for_good_becomes_a_dead_letter_and_holds_up_nobody(
    office: Office, post: PostOffice
) -> None:
    mail = told_by_mail(office)
    post.refuses.add("writer.lake@agency.example")
    give_address(office.account("editor"))
    choose(by=office.fresh("editor"), wish=Wish(mail=True))
    tell(TURN, Ref("manuscript", "0199"), by=office.fresh("head"), to=[office.person["editor"].pk], stage="1")
    for hours in range(1, 14, 2):
        with later(hours=hours):
            drain()
    assert [letter["To"] for letter in post.letters] == ["editor.lake@agency.example"]
    assert list(Job.objects.filter(outcome=DEAD).values_list("error", flat=True)) == [
        "smtplib.SMTPRecipientsRefused"
    ]
    assert outcome(mail) == DUE


def test_mail_cleared_meanwhile_is_no_error(mail: Mail, post: PostOffice) -> None:
    gone = mail.pk
    Mail.objects.all().delete()
    send_mail.call(str(gone))
    assert post.letters == []


def sender_killed(port: int) -> list[Any]:
    """Step → what became of the mail once a second worker came."""
    mail_through(settings, port)
    office = found_office()
    made = [told_by_mail(office).pk]

    def prepare() -> None:
        for table in (Job, Mail, Notice):
            table.objects.all().delete()
        with later(minutes=-6):
            to = [office.person["writer"].pk]
            tell(TURN, Ref("manuscript", "0199"), by=office.person["head"], to=to, stage="1")
        made.append(Mail.objects.get().pk)

    left = []
    for step in kill_at_each_step(prepare, drain):
        for minutes in (2, 10, 20):
            with later(minutes=minutes):
                drain()
        left.append((step, str(made[-1]), Mail.objects.get().outcome))
    Choice.objects.all().delete()
    return left


@pytest.mark.process
def test_sender_killed_at_any_step_sends_each_mail_under_one_id(
    transactional_db: None, post: PostOffice
) -> None:
    left = race(__file__, ("sender_killed", post.port))[0]
    assert len(left) >= 20
    assert {outcome for _, _, outcome in left} == {SENT}
    ids = post.ids()
    assert {UUID(one[1:].partition("@")[0]) for one in ids} >= {UUID(mail) for _, mail, _ in left}
    # Killed between handing the message over and writing so: the same message once more, no oftener.
    assert max(ids.count(one) for one in ids) == 2
