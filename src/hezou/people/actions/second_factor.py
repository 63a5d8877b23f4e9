"""Second factors: an authenticator app, security keys, and recovery codes for when both are lost."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt, encrypt
from django.db import transaction

from hezou.audit.actions import act, action, record
from hezou.kernel import clock
from hezou.kernel.errors import NotFound, Refused
from hezou.kernel.ids import NIL
from hezou.kernel.messages import define
from hezou.kernel.ref import Ref
from hezou.people.actions.accounts import OneTime, renew
from hezou.people.actions.founding import Installation
from hezou.people.actions.managing import manage
from hezou.people.actions.sealing import keyring
from hezou.people.actions.sessions import forget
from hezou.people.models import Account, Agency, Person
from hezou.people.queries import factors, must_have_second_factor
from hezou.people.rules.passwords import one_time_password
from hezou.people.rules.roles import ROLES, UNKNOWN_ROLE
from hezou.people.rules.totp import match

APP, KEY, CODES = Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN, Authenticator.Type.RECOVERY_CODES

WRONG_CODE = define(
    "people.wrong_code_typed", "This is not the code of now. Wait for the next one and type that."
)
APP_THERE = define("people.app_there", "An authenticator app is set up already. Remove it first.")
NO_FACTOR = define("people.no_factor", "Set up an authenticator app or a security key first.")
DEMANDED = define(
    "people.factor_demanded",
    "Your role asks for a second factor. Set up another one first, then remove this.",
)
OWN_FACTOR = define("people.own_factor", "Your own second factor is removed on your own page.")

HOW_MANY = 10
ITERATIONS = 10_000
"""A recovery code has 59 random bits; ten of one salt are compared with a single round of hashing."""
LONGEST_NAME = 40


@action
def add_app(*, by: Person, secret: str, typed: str) -> list[str]:
    """An authenticator app that shows the codes of `secret`, proved by one of them.

    Returns fresh recovery codes where there were none. Raises Refused for a wrong code or a second app.
    """
    account = _mine(by)
    if factors(account).filter(type=APP).exists():
        raise Refused(APP_THERE())
    step = match(secret, typed, clock.now().timestamp(), 0)
    if step is None:
        raise Refused(WRONG_CODE())
    Authenticator.objects.create(user=account, type=APP, data={"secret": encrypt(secret), "step": step})
    record(account, "add_factor", factor=APP.value)
    return _first_codes(account)


@action
def add_key(*, by: Person, name: str, credential: dict[str, Any]) -> list[str]:
    """A security key whose answer to our challenge was verified; recovery codes as for an app."""
    account = _mine(by)
    data = {"name": name.strip()[:LONGEST_NAME], "credential": credential}
    Authenticator.objects.create(user=account, type=KEY, data=data)
    record(account, "add_factor", factor=KEY.value)
    return _first_codes(account)


@action
def remove_factor(*, by: Person, factor_id: int) -> None:
    """An app or a key that is no longer used; recovery codes go with the last of them.

    Raises Refused where a role asks for a second factor and this is the last one.
    """
    account = _mine(by)
    there = list(factors(account).exclude(type=CODES))
    gone = next((one for one in there if one.pk == factor_id), None)
    if gone is None:
        raise NotFound
    if len(there) == 1:
        Refused.unless_none([DEMANDED() if must_have_second_factor(by) else None])
        factors(account).delete()
    else:
        gone.delete()
    record(account, "remove_factor", factor=gone.type)


@action
def renew_codes(*, by: Person) -> list[str]:
    """Fresh recovery codes; the old ones hold no longer. Raises Refused without an app or a key."""
    account = _mine(by)
    if not factors(account).exclude(type=CODES).exists():
        raise Refused(NO_FACTOR())
    factors(account).filter(type=CODES).delete()
    record(account, "renew_recovery_codes")
    return _write_codes(account)


def pass_code(*, account: Account, typed: str) -> str:
    """Which factor a typed code proves, spending it: APP, CODES, or '' for none.

    A code of the app counts once and no earlier one after it; a recovery code counts once.
    """
    with transaction.atomic():
        _take(account)
        for factor in factors(account).filter(type__in=(APP, CODES)):
            spent = _app_spent(factor, typed) if factor.type == APP else _codes_spent(factor, typed)
            if spent is not None:
                factor.data, factor.last_used_at = spent, clock.now()
                factor.save(update_fields=["data", "last_used_at"])
                return str(factor.type)
    return ""


@action
def reset_second_factor(*, by: Person, person: Person) -> Account:
    """Take away what somebody lost, all of it, and end their open sessions. Raises Refused for oneself."""
    manage(by, person)
    if person.pk == by.pk:
        raise Refused(OWN_FACTOR())
    account = Account.objects.filter(agency_id=by.agency_id, person=person).first()
    if account is None or not factors(account).exists():
        raise NotFound
    take_away(account)
    return account


def take_away(account: Account) -> None:
    """Within an act that has checked the rest: no factor is left, nobody is logged in."""
    factors(account).delete()
    forget(account)
    record(account, "reset_second_factor")


def let_in_again(*, username: str) -> OneTime:
    """A one-time password and no second factor, by the agency's system person. Raises NotFound."""
    account = Account.objects.filter(username=username).first()
    if account is None:
        raise NotFound
    with act(Person.objects.get(agency_id=account.agency_id, is_system=True)):
        take_away(account)
        return renew(account)


@action
def demand_second_factor(*, by: Person, roles: Collection[str]) -> None:
    """Whose holders must log in with a second factor: these roles and no others."""
    manage(by)
    unknown = sorted(set(roles) - ROLES)
    if unknown:
        raise Refused(UNKNOWN_ROLE(role=unknown[0][:40], known=", ".join(sorted(ROLES))))
    wanted = sorted(set(roles))
    Agency.objects.filter(pk=by.agency_id).update(second_factor_roles=wanted)
    record(Ref("agency", str(by.agency_id)), "demand_second_factor", roles=wanted)


def renew_keys() -> int:
    """Close every secret anew under the newest key; how many. Raises WrongKey where no key opens one."""
    ring = keyring()
    with act(Installation()):
        rows = list(Authenticator.objects.select_for_update().filter(type=APP))
        for row in rows:
            row.data = {**row.data, "secret": ring.renew(row.data["secret"])}
            row.save(update_fields=["data"])
        record(Ref("installation", str(NIL)), "renew_factor_keys", rows=len(rows))
    return len(rows)


def _mine(by: Person) -> Account:
    """The actor's account, taken: nobody else changes its factors meanwhile."""
    return _take(Account.objects.get(agency_id=by.agency_id, person=by))


def _take(account: Account) -> Account:
    return Account.objects.select_for_update(of=("self",)).get(pk=account.pk)


def _first_codes(account: Account) -> list[str]:
    return [] if factors(account).filter(type=CODES).exists() else _write_codes(account)


def _write_codes(account: Account) -> list[str]:
    codes = [one_time_password() for _ in range(HOW_MANY)]
    salt = secrets.token_hex(16)
    data = {"salt": salt, "hashes": [_hashed(code, salt) for code in codes]}
    Authenticator.objects.create(user=account, type=CODES, data=data)
    return codes


def _app_spent(factor: Authenticator, typed: str) -> dict[str, Any] | None:
    """The app's row once the code is spent; None for a code that is not its own."""
    step = match(decrypt(factor.data["secret"]), typed, clock.now().timestamp(), factor.data["step"])
    return None if step is None else {**factor.data, "step": step}


def _codes_spent(factor: Authenticator, typed: str) -> dict[str, Any] | None:
    """The row of codes without the one typed; None for none of them."""
    digest = _hashed("-".join(typed.lower().replace("-", " ").split()), factor.data["salt"])
    left = [one for one in factor.data["hashes"] if not secrets.compare_digest(one, digest)]
    return {**factor.data, "hashes": left} if len(left) < len(factor.data["hashes"]) else None


def _hashed(code: str, salt: str) -> str:
    return hashlib.pbkdf2_hmac("sha256", code.encode(), bytes.fromhex(salt), ITERATIONS).hex()
