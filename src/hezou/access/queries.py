"""Reading tokens, and whom they let act."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare

from hezou.access.by_token import verbs_of
from hezou.access.models import Token
from hezou.access.rules import digest, read
from hezou.access.standing import limit
from hezou.kernel import clock
from hezou.people.models import Person
from hezou.people.queries import is_guarded, must_have_second_factor


def tokens_of(person: Person) -> QuerySet[Token]:
    """Every token a person has made, those that hold no longer included; the newest first."""
    rows = Token.objects.filter(agency_id=person.agency_id, person=person)
    return rows.order_by("-made_at", "-id")


def in_force_of(person: Person) -> QuerySet[Token]:
    """A person's tokens that are neither revoked nor expired."""
    return tokens_of(person).filter(revoked_at=None, expires_at__gt=clock.now())


def holding() -> QuerySet[Token]:
    """Tokens that open something now: not revoked nor expired, their owner here with a working account."""
    rows = Token.objects.filter(
        revoked_at=None,
        expires_at__gt=clock.now(),
        person__retired_at=None,
        person__account__is_active=True,
        person__account__must_change_password=False,
    )
    return rows.select_related("person__agency", "person__unit")


def token_of(text: str) -> Token | None:
    """The token that holds and is written so; None for anything else."""
    parts = read(text)
    if parts is None:
        return None
    found = holding().filter(pk=parts[0]).first()
    if found is None or not constant_time_compare(found.digest, digest(parts[1])):
        return None
    return None if lacking_factor(found.person, [found]) else found


def bearer(token: Token) -> Person:
    """Whoever acts by a token: its owner, limited to its verbs."""
    return limit(token.person, verbs_of(token.verbs))


def bearer_by(token_id: UUID) -> Person | None:
    """The bearer of a token that holds; None otherwise."""
    found = holding().filter(pk=token_id).first()
    return bearer(found) if found and not lacking_factor(found.person, [found]) else None


def lacking_factor(person: Person, tokens: Iterable[Token]) -> list[Token]:
    """Those of a person's tokens that open nothing for want of a second factor: a role asks for one that is
    not there, or was not when the token was made.
    """
    if not must_have_second_factor(person):
        return []
    has_one = is_guarded(person)
    return [token for token in tokens if not (token.with_factor and has_one)]
