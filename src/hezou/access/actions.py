"""The verbs of tokens; the only writer of this room's table."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Q

from hezou.access.by_token import TOKEN_VERBS
from hezou.access.models import Token
from hezou.access.queries import in_force_of
from hezou.access.rules import (
    BY_HAND_ONLY,
    DAYS,
    MOST,
    NAME,
    NO_TOKEN_NAME,
    NO_VERBS,
    NOT_YOURS,
    REVOKED_ALREADY,
    TOO_MANY_TOKENS,
    UNKNOWN_DAYS,
    USE_NOTED_EVERY,
    digest,
    new_secret,
    written,
)
from hezou.access.standing import limits_of
from hezou.audit.actions import action, record, same_agency
from hezou.kernel import clock
from hezou.kernel.errors import Forbidden, NotFound, Refused
from hezou.people.models import Person
from hezou.people.queries import is_guarded
from hezou.people.rules.names import admit_line


@dataclass(frozen=True)
class Made:
    """A token and what opens it; told once, kept nowhere."""

    token: Token
    text: str = field(repr=False)


@action
def make_token(*, by: Person, name: str, verbs: list[str], days: int) -> Made:
    """A key with which a program does some of what `by` may do, for some days from now.

    Raises Refused for a verb that is not theirs, Forbidden for somebody who acts by a token themselves.
    """
    if limits_of(by) is not None:
        raise Forbidden(BY_HAND_ONLY())
    name = admit_line(name, NAME, missing=NO_TOKEN_NAME)
    chosen = [verb for verb in TOKEN_VERBS if verb in verbs]
    wrong = [verb for verb in verbs if verb not in chosen or not by.has_perm(verb)]
    now = clock.now()
    held = in_force_of(by)
    Refused.unless_none(
        [
            *(NOT_YOURS(verb=verb[:40]) for verb in wrong),
            NO_VERBS() if not verbs else None,
            UNKNOWN_DAYS() if days not in DAYS else None,
            TOO_MANY_TOKENS(most=MOST) if len(held[:MOST]) == MOST else None,
        ]
    )
    secret = new_secret()
    token = Token.objects.create(
        agency_id=by.agency_id,
        person=by,
        name=name,
        verbs=chosen,
        digest=digest(secret),
        with_factor=is_guarded(by),
        made_at=now,
        expires_at=now + timedelta(days=days),
    )
    record(token, "make", person=by.pk, verbs=chosen, days=days)
    return Made(token, written(token.pk, secret))


@action
def revoke_token(*, by: Person, token: Token) -> Token:
    """Let a token open nothing from now on: one's own, or anybody's by right of `people.manage`."""
    same_agency(by, token)
    if token.person_id != by.pk and not by.has_perm("people.manage"):
        raise NotFound
    if not Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=clock.now()):
        raise Refused(REVOKED_ALREADY())
    record(token, "revoke", person=token.person_id)
    token.refresh_from_db()
    return token


def note_use(token: Token) -> None:
    """Remember that a token was used; to the minute, so that reading does not always write."""
    now = clock.now()
    stale = Q(last_used_at=None) | Q(last_used_at__lt=now - USE_NOTED_EVERY)
    Token.objects.filter(stale, pk=token.pk).update(last_used_at=now)
