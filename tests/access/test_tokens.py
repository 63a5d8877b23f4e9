"""Tokens: what they may be for, how they are kept, and when they open nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from hezou.access.actions import Made, make_token, note_use, revoke_token
from hezou.access.by_token import TOKEN_VERBS, grantable, verbs_of
from hezou.access.models import Token
from hezou.access.permissions import PERSONAL, PREDICATES
from hezou.access.queries import bearer, bearer_by, token_of, tokens_of
from hezou.access.roles import VERBS
from hezou.access.rules import MOST, PREFIX, digest, read
from hezou.audit.models import AuditEntry
from hezou.kernel import clock
from hezou.kernel.errors import Forbidden, NotFound
from hezou.people.actions import (
    add_app,
    demand_second_factor,
    reset_password,
    reset_second_factor,
    retire_person,
)
from hezou.people.models import Account
from hezou.people.rules.totp import code_at, new_secret, step_of
from tests.support.office import Office, found_office
from tests.support.refusals import refused

SECRET = 43
"""How many characters the secret part of a token has: 32 bytes in base 64."""


@pytest.fixture
def office(db: None) -> Office:
    return found_office()


def make(office: Office, key: str = "writer", *verbs: str, name: str = "台账", days: int = 30) -> Made:
    by = office.fresh(key)
    if not Account.objects.filter(person=by).exists():
        office.account(key)
    return make_token(by=by, name=name, verbs=list(verbs) or ["manuscript.read"], days=days)


def test_every_verb_of_tokens_is_one_that_access_knows() -> None:
    known = {*VERBS, *PREDICATES, *PERSONAL}
    assert {*TOKEN_VERBS, *(one for more in TOKEN_VERBS.values() for one in more)} - known == set()


def test_keeps_the_hash_alone(office: Office) -> None:
    made = make(office)
    parts = read(made.text)
    assert parts is not None
    row = Token.objects.values().get()
    assert (row["id"], row["digest"], made.text[:3]) == (parts[0], digest(parts[1]), PREFIX)
    assert parts[1] not in str(row)
    entry = AuditEntry.objects.values().get(ref_kind="token")
    assert (entry["verb"], entry["detail"]["verbs"]) == ("make", ["manuscript.read"])
    assert parts[1] not in str(entry)


def test_opens_for_what_was_written_and_nothing_else(office: Office) -> None:
    made, other = make(office), make(office)
    assert token_of(made.text) == made.token
    head, secret = made.text[:-SECRET], made.text[-SECRET:]  # it may hold the mark that stands before it
    for wrong in (
        "",
        made.text + "x",
        head + "A" * SECRET,
        other.text[:-SECRET] + secret,
        secret,
    ):
        assert token_of(wrong) is None


def test_offers_and_takes_only_ones_own_verbs(office: Office) -> None:
    assert "manuscript.submit" not in grantable(office.fresh("writer"))
    with refused("access.not_yours"):
        make(office, "writer", "manuscript.submit")
    with refused("access.not_yours"):
        make(office, "administrator", "people.manage")


def test_making_asks_for_name_verbs_and_days(office: Office) -> None:
    by = office.fresh("writer")
    with refused("access.no_token_name"):
        make_token(by=by, name=" ", verbs=["text.check"], days=30)
    with refused("access.no_verbs", "access.unknown_days"):
        make_token(by=by, name="台账", verbs=[], days=10_000)


def test_nobody_has_more_than_so_many(office: Office) -> None:
    for _ in range(MOST):
        last = make(office)
    with refused("access.too_many_tokens"):
        make(office)
    revoke_token(by=office.fresh("writer"), token=last.token)
    make(office)


def test_a_program_makes_no_token(office: Office) -> None:
    person = bearer(make(office, "writer", *grantable(office.fresh("writer"))).token)
    with refused("access.by_hand_only", kind=Forbidden):
        make_token(by=person, name="台账", verbs=["text.check"], days=30)


def test_revoked_opens_nothing(office: Office) -> None:
    made = make(office)
    revoke_token(by=office.fresh("writer"), token=made.token)
    assert (token_of(made.text), bearer_by(made.token.pk)) == (None, None)
    with refused("access.revoked_already"):
        revoke_token(by=office.fresh("writer"), token=made.token)
    assert list(AuditEntry.objects.filter(ref_kind="token").values_list("verb", flat=True)) == [
        "make",
        "revoke",
    ]


def test_revoking_is_the_owners_or_the_administrators(office: Office) -> None:
    made = make(office)
    with pytest.raises(NotFound):
        revoke_token(by=office.fresh("head"), token=made.token)
    other = found_office("river")
    with pytest.raises(NotFound):
        revoke_token(by=other.fresh("administrator"), token=made.token)
    assert revoke_token(by=office.fresh("administrator"), token=made.token).revoked_at is not None


def test_expired_opens_nothing(office: Office) -> None:
    made = make(office, days=30)
    with clock.moved_to(made.token.expires_at - timedelta(seconds=1)):
        assert token_of(made.text) == made.token
    with clock.moved_to(made.token.expires_at + timedelta(seconds=1)):
        assert token_of(made.text) is None


def test_of_somebody_who_left_or_was_locked_out_opens_nothing(office: Office) -> None:
    made, other = make(office), make(office, "colleague")
    reset_password(by=office.fresh("administrator"), person=office.fresh("colleague"))
    assert token_of(other.text) is None
    retire_person(by=office.fresh("administrator"), person=office.fresh("writer"))
    assert token_of(made.text) is None


def test_where_a_second_factor_is_asked_for_tokens_are_made_behind_one(office: Office) -> None:
    """Whoever had the password alone, and made a token with it, has nothing left."""
    before = make(office)
    demand_second_factor(by=office.fresh("administrator"), roles=["writer"])
    assert (token_of(before.text), bearer_by(before.token.pk)) == (None, None)
    set_up(office, "writer")
    assert (token_of(before.text), bearer_by(before.token.pk)) == (None, None)
    after = make(office)
    assert (token_of(after.text), bearer_by(after.token.pk)) == (after.token, office.fresh("writer"))
    reset_second_factor(by=office.fresh("administrator"), person=office.fresh("writer"))
    assert token_of(after.text) is None
    demand_second_factor(by=office.fresh("administrator"), roles=["signer"])
    assert (token_of(before.text), token_of(after.text)) == (before.token, after.token)


def set_up(office: Office, key: str) -> None:
    """An authenticator app of somebody."""
    secret = new_secret()
    add_app(by=office.fresh(key), secret=secret, typed=code_at(secret, step_of(clock.now().timestamp())))


def test_bearer_may_do_what_token_and_person_both_may(office: Office) -> None:
    piece = office.draft()
    by = bearer(make(office, "writer", "manuscript.edit").token)
    assert by.has_perm("manuscript.edit", piece)
    assert by.has_perm("manuscript.read", piece)  # goes with it
    assert not by.has_perm("manuscript.hand_in", piece)
    assert not by.has_perm("people.manage")
    colleague = bearer(make(office, "colleague", "manuscript.edit").token)
    assert not colleague.has_perm("manuscript.edit", piece)


def test_unknown_verbs_of_an_older_token_open_nothing() -> None:
    assert verbs_of(["manuscript.read", "manuscript.burn"]) == {"manuscript.read"}
    assert verbs_of([]) == frozenset()


def test_use_is_noted_to_the_minute(office: Office) -> None:
    made = make(office)
    start = clock.now()
    times: list[Any] = []
    for seconds in (0, 30, 61):
        with clock.moved_to(start + timedelta(seconds=seconds)):
            note_use(made.token)
            times.append(Token.objects.get().last_used_at)
    assert times[0] == times[1] < times[2]


def test_list_is_ones_own(office: Office) -> None:
    made = make(office)
    make(office, "head")
    assert list(tokens_of(office.fresh("writer"))) == [made.token]
