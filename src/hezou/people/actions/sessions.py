"""Open sessions: who is logged in at which browser, and the ways to end it."""

from __future__ import annotations

from uuid import UUID

from django.contrib.sessions.models import Session

from hezou.audit.actions import action, record
from hezou.kernel import clock
from hezou.kernel.errors import NotFound
from hezou.people.models import Account, OpenSession, Person
from hezou.people.queries import open_sessions


def follow(*, account: Account, session_key: str, device: str, before: str = "") -> None:
    """An account was at work at a browser just now; `before`: the key its session had until then."""
    now = clock.now()
    rows = OpenSession.objects.filter(agency_id=account.agency_id, account=account)
    known = rows.filter(session_key__in=[key for key in (session_key, before) if key])
    if not known.update(session_key=session_key, seen_at=now):
        OpenSession.objects.create(
            agency_id=account.agency_id,
            account=account,
            session_key=session_key,
            device=device,
            begun_at=now,
            seen_at=now,
        )


@action
def end_session(*, by: Person, session_id: UUID) -> None:
    """Log out one of one's own browsers from afar. Raises NotFound for one that is not there."""
    account = Account.objects.get(agency_id=by.agency_id, person=by)
    row = open_sessions(account).filter(pk=session_id).first()
    if row is None:
        raise NotFound
    _delete([row.session_key])
    record(account, "end_session", device=row.device)


@action
def end_other_sessions(*, by: Person, keep: str) -> int:
    """Log out every browser of one's own but the one whose session key is given; how many."""
    account = Account.objects.get(agency_id=by.agency_id, person=by)
    ended = forget(account, keep=keep)
    record(account, "end_other_sessions", rows=ended)
    return ended


def forget(account: Account, keep: str = "") -> int:
    """Within an act that says why: end the sessions of an account, all but one; how many there were."""
    rows = OpenSession.objects.filter(agency_id=account.agency_id, account=account)
    return _delete(list(rows.exclude(session_key=keep).values_list("session_key", flat=True)))


def forget_one(account: Account, session_key: str) -> None:
    """Within an act that says why: one session of an account is over; Django has ended it."""
    OpenSession.objects.filter(agency_id=account.agency_id, account=account, session_key=session_key).delete()


def clear_sessions() -> int:
    """Remove the rows of sessions that Django keeps no longer; how many."""
    kept = Session.objects.values("session_key")
    return OpenSession.objects.exclude(session_key__in=kept).delete()[0]


def _delete(keys: list[str]) -> int:
    Session.objects.filter(session_key__in=keys).delete()
    OpenSession.objects.filter(session_key__in=keys).delete()
    return len(keys)
