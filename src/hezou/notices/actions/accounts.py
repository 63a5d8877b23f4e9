"""Acts on an account of which its owner is told."""

from __future__ import annotations

from hezou.audit.actions import action
from hezou.kernel.ids import uuid7
from hezou.kernel.ref import Ref
from hezou.notices.actions.telling import tell
from hezou.notices.rules import FACTOR_RESET
from hezou.people import actions as people
from hezou.people.models import Person


@action
def reset_second_factor(*, by: Person, person: Person) -> None:
    """Take away the second factor that somebody lost, and tell them, should it not have been their wish."""
    account = people.reset_second_factor(by=by, person=person)
    tell(FACTOR_RESET, Ref.to(account), by=by, to=[person.pk], stage=str(uuid7()))
