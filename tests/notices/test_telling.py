"""Each person told of each thing once; what they read and chose."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from hezou.jobs.models import Job
from hezou.kernel import clock
from hezou.kernel.messages import declared
from hezou.kernel.ref import Ref
from hezou.notices.actions.telling import choose, clear, read, tell
from hezou.notices.models import Mail, Notice
from hezou.notices.queries import CAP, notices, unread, wish_of
from hezou.notices.rules import KINDS, SIGNED, TURN, Kind, Wish
from hezou.people.models import Account
from tests.jobs.helping import later
from tests.notices.conftest import give_address
from tests.support.office import Office, found_office
from tests.support.post import Office as PostOffice
from tests.support.processes import race

PIECE = Ref("manuscript", "0199")


def say(office: Office, *keys: str, kind: Kind = TURN, by: str = "head", stage: str = "1") -> None:
    """`by` tells the persons named."""
    to = [office.person[key].pk for key in keys]
    tell(kind, PIECE, by=office.fresh(by), to=to, stage=stage)


def told(office: Office) -> list[tuple[str, str]]:
    """Who was told what, in order."""
    keys = {person.pk: key for key, person in office.person.items()}
    return [(keys[row.person_id], row.kind) for row in Notice.objects.order_by("pk")]


def test_every_kind_has_its_sentence() -> None:
    assert {code: kind.says.sentence for code, kind in KINDS.items()} == {
        code: sentence for code, sentence in declared().items() if code.startswith("notice.")
    }


def test_tell_reaches_each_person_once(office: Office) -> None:
    for _ in range(2):
        say(office, "writer", "editor", "writer")
    assert sorted(told(office)) == [("editor", "notice.turn"), ("writer", "notice.turn")]
    say(office, "writer", stage="2")
    say(office, "writer", kind=SIGNED)
    assert len(told(office)) == 4


def test_tell_leaves_out_who_did_it(office: Office) -> None:
    say(office, "head")
    say(office, "head", "writer")
    assert told(office) == [("writer", "notice.turn")]


def test_tell_of_progress_respects_the_choice_and_a_turn_does_not(office: Office) -> None:
    choose(by=office.fresh("writer"), wish=Wish(progress=False))
    say(office, "writer", "editor", kind=SIGNED)
    say(office, "writer", kind=TURN)
    assert told(office) == [("editor", "notice.signed"), ("writer", "notice.turn")]


def test_tell_in_an_act_taken_back_leaves_nothing(office: Office) -> None:
    with transaction.atomic():
        say(office, "writer")
        transaction.set_rollback(True)
    assert told(office) == []


def test_two_acts_at_once_tell_once(transactional_db: None) -> None:
    office = found_office()
    race(__file__, *[("say_again", str(office.person["writer"].pk), str(office.person["head"].pk))] * 2)
    assert told(office) == [("writer", "notice.turn")] * 50


def say_again(to: str, by: str) -> None:
    from uuid import UUID  # beside the models, in the process raced

    from hezou.people.models import Person  # Django is set up by now

    for number in range(50):
        tell(TURN, PIECE, by=Person.objects.get(pk=by), to=[UUID(to)], stage=str(number))


def test_notices_are_one_persons_own_newest_first(office: Office) -> None:
    say(office, "writer", "editor")
    say(office, "writer", stage="2")
    assert [row.stage for row in notices(office.fresh("writer"))] == ["2", "1"]
    assert (unread(office.fresh("writer")), unread(office.fresh("head"))) == (2, 0)
    assert notices(office.fresh("writer"))[0].ref == PIECE


def test_unread_notices_are_counted_up_to_a_cap(office: Office) -> None:
    for number in range(CAP + 20):
        say(office, "writer", stage=str(number))
    assert unread(office.fresh("writer")) == CAP + 1


def test_read_takes_ones_own_up_to_what_was_shown(office: Office) -> None:
    for stage in "123":
        say(office, "writer", "editor", stage=stage)
    mine = [row.pk for row in notices(office.fresh("writer"))]
    assert read(by=office.fresh("writer"), until=mine[1], since=mine[1] - 1) == 1
    assert unread(office.fresh("writer")) == 2
    assert read(by=office.fresh("writer"), until=mine[1]) == 1
    assert read(by=office.fresh("writer"), until=mine[1]) == 0
    assert (unread(office.fresh("writer")), unread(office.fresh("editor"))) == (1, 3)


def test_choose_holds_until_chosen_otherwise(office: Office) -> None:
    assert wish_of(office.fresh("writer")) == Wish(progress=True, mail=False)
    choose(by=office.fresh("writer"), wish=Wish(progress=False, mail=True))
    choose(by=office.fresh("writer"), wish=Wish(progress=True, mail=True))
    assert wish_of(office.fresh("writer")) == Wish(progress=True, mail=True)
    assert wish_of(office.fresh("editor")) == Wish()


def test_clear_removes_what_was_read_before_with_its_mail(office: Office, post: PostOffice) -> None:
    give_address(Account.objects.get(pk=office.account("writer").pk))
    choose(by=office.fresh("writer"), wish=Wish(mail=True))
    say(office, "writer")
    say(office, "writer", stage="2")
    read(by=office.fresh("writer"), until=Notice.objects.order_by("pk")[0].pk)
    assert clear(clock.now() - timedelta(days=1)) == 0
    with later(days=2):
        assert clear(clock.now() - timedelta(days=1)) == 2
    assert [row.stage for row in Notice.objects.all()] == ["2"]
    assert Mail.objects.count() == 1


def test_tell_makes_no_mail_while_the_installation_sends_none(office: Office) -> None:
    give_address(office.account("writer"))
    choose(by=office.fresh("writer"), wish=Wish(mail=True))
    say(office, "writer")
    assert (Mail.objects.count(), Job.objects.count()) == (0, 0)


def test_tell_makes_one_mail_for_who_wants_it(office: Office, post: PostOffice) -> None:
    choose(by=office.fresh("writer"), wish=Wish(mail=True))
    for _ in range(2):
        say(office, "writer", "editor")
    assert [mail.notice.person_id for mail in Mail.objects.all()] == [office.person["writer"].pk]
    assert Job.objects.count() == 1
