"""What the trail says of logging in: who, with what, and what failed. Never a name or password as typed."""

from __future__ import annotations

from hezou.audit.actions import act, record
from hezou.kernel.ids import NIL
from hezou.kernel.ref import Ref
from hezou.people.actions.founding import Installation
from hezou.people.actions.sessions import forget_one
from hezou.people.models import Account, Person

PASSWORD, CODE, KEY, CLOSED = "password", "code", "key", "closed"
"""What a log-in failed at: the password, the code or key of the second step, an account that is closed."""


def note_log_in(*, account: Account, device: str, second: str) -> None:
    """Somebody is in; `second`: the type of the second factor, '' without one."""
    with act(account.person):
        record(account, "log_in", device=device, second=second or None)


def note_log_out(*, account: Account, session_key: str) -> None:
    """Somebody left of their own accord."""
    with act(account.person):
        forget_one(account, session_key)
        record(account, "log_out")


def note_failure(*, account: Account | None, at: str) -> None:
    """An attempt that was looked at and failed. Without an account the installation's own chain has it."""
    if account is None:
        with act(Installation()):
            record(Ref("account", str(NIL)), "fail_log_in", at=at)
        return
    system = Person.objects.filter(agency_id=account.agency_id, is_system=True).first()
    with act(system or account.person):
        record(account, "fail_log_in", at=at)
