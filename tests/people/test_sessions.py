"""Open sessions: followed, listed, ended."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from hezou.kernel import clock
from hezou.kernel.errors import NotFound
from hezou.people.actions import (
    change_own_password,
    end_other_sessions,
    end_session,
    reset_password,
    retire_person,
)
from hezou.people.actions.sessions import clear_sessions, follow
from hezou.people.models import Account, OpenSession
from hezou.people.queries import open_sessions
from tests.support.office import PASSWORD, Office, found_office


@pytest.fixture
def office(db: None) -> Office:
    return found_office()


def opened(account: Account, device: str = "Chrome · Windows") -> str:
    """A session of an account, as the pages make one; its key."""
    store = SessionStore()
    store.create()
    key: str = store.session_key or ""
    follow(account=account, session_key=key, device=device)
    return key


def left() -> tuple[int, int]:
    return Session.objects.count(), OpenSession.objects.count()


def test_follow_writes_one_row_and_moves_it_on(office: Office) -> None:
    account = office.account("writer")
    follow(account=account, session_key="a" * 32, device="Chrome · Linux")
    with clock.moved_to(clock.now() + timedelta(minutes=3)):
        follow(account=account, session_key="b" * 32, device="Edge · Windows", before="a" * 32)
    [row] = OpenSession.objects.all()
    assert (row.session_key, row.device) == ("b" * 32, "Chrome · Linux")
    assert row.seen_at - row.begun_at > timedelta(minutes=2)


def test_end_one_of_ones_own(office: Office) -> None:
    account = office.account("writer")
    keep, gone = opened(account), opened(account, "Edge · Windows")
    end_session(by=office.fresh("writer"), session_id=OpenSession.objects.get(session_key=gone).pk)
    assert [row.session_key for row in open_sessions(account)] == [keep]
    assert [row.session_key for row in Session.objects.all()] == [keep]


def test_nobody_ends_the_session_of_another(office: Office) -> None:
    opened(office.account("writer"))
    office.account("head")
    with pytest.raises(NotFound):
        end_session(by=office.fresh("head"), session_id=OpenSession.objects.get().pk)
    assert left() == (1, 1)


def test_end_all_others(office: Office) -> None:
    account = office.account("writer")
    here, _, _ = (opened(account) for _ in range(3))
    opened(office.account("head"))
    assert end_other_sessions(by=office.fresh("writer"), keep=here) == 2
    assert left() == (2, 2)


def test_new_password_ends_the_others(office: Office) -> None:
    account = office.account("writer")
    here, _ = (opened(account) for _ in range(2))
    change_own_password(
        by=office.fresh("writer"), old=PASSWORD, new="夏日的湖面上有三只白鹭-2026", session_key=here
    )
    assert [row.session_key for row in OpenSession.objects.all()] == [here]


@pytest.mark.parametrize("act", [reset_password, retire_person])
def test_what_the_administrator_closes_ends_all(office: Office, act: object) -> None:
    opened(office.account("writer"))
    act(by=office.fresh("administrator"), person=office.fresh("writer"))  # type: ignore[operator]
    assert left() == (0, 0)


def test_list_leaves_out_what_time_has_ended(office: Office) -> None:
    account = office.account("writer")
    now = clock.now()
    for key, begun, seen in (("a", 11, 1), ("b", 3, 3), ("c", 13, 0)):
        follow(account=account, session_key=key * 32, device="? · ?")
        hours = {"begun_at": now - timedelta(hours=begun), "seen_at": now - timedelta(hours=seen)}
        OpenSession.objects.filter(session_key=key * 32).update(**hours)
    assert [row.session_key[0] for row in open_sessions(account)] == ["a"]


def test_clear_removes_rows_whose_session_is_gone(office: Office) -> None:
    account = office.account("writer")
    kept = opened(account)
    follow(account=account, session_key="a" * 32, device="? · ?")
    assert clear_sessions() == 1
    assert [row.session_key for row in OpenSession.objects.all()] == [kept]
