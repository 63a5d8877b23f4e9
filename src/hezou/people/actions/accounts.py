"""Accounts: opened with a one-time password, which the first log-in replaces."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher, check_password, get_hasher, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from hezou.audit.actions import act, action, record
from hezou.kernel import clock
from hezou.kernel.errors import NotFound, Refused, Stale
from hezou.kernel.messages import define
from hezou.people.actions.managing import manage
from hezou.people.actions.sessions import forget
from hezou.people.models import Account, Person
from hezou.people.rules.names import admit_username
from hezou.people.rules.passwords import names_its_owner, one_time_password
from hezou.people.rules.planning import HAS_ACCOUNT, USERNAME_TAKEN

WRONG_PASSWORD = define("people.wrong_password", "The present password is not right.")
SAME_PASSWORD = define("people.same_password", "Choose a password other than the present one.")
WEAK = {  # Django's codes of why a password is weak
    "password_too_short": define(
        "people.password_short", "The password is too short: at least 12 characters."
    ),
    "password_too_common": define("people.password_common", "This password is one of those tried first."),
    "password_too_similar": define("people.password_similar", "The password is too like the account's name."),
}
OWN_WORDS = define(
    "people.password_own_words",
    "The password is little more than a name, a telephone or a number that others know.",
)

ITERATIONS = 10_000
"""Enough for 59 random bits that live until the first log-in, and an import of a thousand takes seconds;
Django hashes anew with its full count when the password is first used."""


@dataclass(frozen=True)
class OneTime:
    """An account and the password that opens it until its holder chooses one; told once, kept nowhere."""

    account: Account
    password: str = field(repr=False)


@action
def open_account(*, by: Person, person: Person, username: str) -> OneTime:
    """The log-in of a person. Refused when they have one, or the name is taken in the installation."""
    manage(by, person)
    existing = Account.objects.filter(agency_id=by.agency_id, person=person).first()
    if existing is not None:
        raise Refused(HAS_ACCOUNT(name=person.name, username=existing.username))
    return put_account(by=by, person=person, username=admit_username(username))


@action
def reset_password(*, by: Person, person: Person) -> OneTime:
    """A new one-time password for somebody who lost theirs; whoever is logged in with the old one is out."""
    manage(by, person)
    account = Account.objects.filter(agency_id=by.agency_id, person=person).first()
    if account is None:
        raise NotFound
    return renew(account)


def change_own_password(*, by: Person, old: str, new: str, session_key: str = "") -> Account:
    """The holder's own password; whoever is logged in elsewhere is out, at the session named not.

    Raises Refused when the old password is wrong or the new one weak.

    Hashing takes a third of a second and stays outside the transaction; the old hash is compared inside.
    """
    account = Account.objects.get(agency_id=by.agency_id, person=by)
    if not check_password(old, account.password):
        raise Refused(WRONG_PASSWORD())
    if old == new:
        raise Refused(SAME_PASSWORD())
    try:
        validate_password(new, account)
    except ValidationError as error:
        raise Refused(*(WEAK[str(weak.code)]() for weak in error.error_list)) from None
    if names_its_owner(new, _words_of(account)):
        raise Refused(OWN_WORDS())
    password = make_password(new)
    with act(by):
        mine = Account.objects.filter(pk=account.pk, password=account.password)
        if not mine.update(password=password, must_change_password=False):
            raise Stale
        forget(account, keep=session_key)
        record(account, "change_password")
    account.refresh_from_db()
    return account


@action
def choose_language(*, by: Person, language: str) -> None:
    """In which language the holder reads, one of the settings' `LANGUAGES`; not told in the trail."""
    if language not in dict(settings.LANGUAGES):
        raise NotFound
    Account.objects.filter(agency_id=by.agency_id, person=by).update(language=language)


@dataclass(frozen=True)
class Secret:
    """A one-time password and its hash."""

    password: str = field(repr=False)
    hashed: str = field(repr=False)


def new_secret() -> Secret:
    """A fresh one. Hashing takes time: where many are needed they are made before the act begins."""
    password = one_time_password()
    return Secret(password, _hashed(password))


def put_account(*, by: Person, person: Person, username: str, secret: Secret | None = None) -> OneTime:
    """Within an act that has checked the rest: write the row and its entry, told once."""
    secret = secret or new_secret()
    try:
        with transaction.atomic():  # another agency may take the name at this moment
            account = Account.objects.create(
                agency_id=by.agency_id,
                person=person,
                username=username,
                password=secret.hashed,
                must_change_password=True,
                created_at=clock.now(),
            )
    except IntegrityError:
        raise Refused(USERNAME_TAKEN(username=username)) from None
    record(account, "open", person=person.pk)
    return OneTime(account, secret.password)


def renew(account: Account) -> OneTime:
    """Within an act that has checked it: another one-time password."""
    secret = new_secret()
    Account.objects.filter(pk=account.pk).update(password=secret.hashed, must_change_password=True)
    forget(account)
    record(account, "reset_password")
    return OneTime(account, secret.password)


def _words_of(account: Account) -> list[str]:
    """What somebody who knows the person would try first."""
    person, agency = account.person, account.person.agency
    own = [account.username, person.name, person.sort_key.replace(" ", ""), person.phone, person.staff_number]
    return [*own, person.unit.name, agency.name, agency.short_name, agency.code, "hezou"]


def _hashed(password: str) -> str:
    hasher = get_hasher()
    if isinstance(hasher, PBKDF2PasswordHasher):
        return hasher.encode(password, hasher.salt(), ITERATIONS)
    return hasher.encode(password, hasher.salt())
