"""How an agency begins: root unit, rules, the system person and three administrators (R22)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import get_language, gettext

from hezou.audit.actions import act, record, require
from hezou.audit.queries import trail
from hezou.kernel.errors import Refused
from hezou.kernel.ids import NIL, uuid7
from hezou.kernel.messages import define
from hezou.kernel.ref import Ref
from hezou.packs.actions import adopt_shipped
from hezou.people.actions.accounts import OneTime, put_account, renew
from hezou.people.actions.persons import put_person
from hezou.people.actions.roles import put_grant
from hezou.people.actions.units import put_unit
from hezou.people.models import Account, Agency, Person, Unit
from hezou.people.queries import persons, rules_of, today_of
from hezou.people.rules import names
from hezou.people.rules.roles import ADMINISTRATORS

WRONG_CODE = define(
    "people.wrong_code", "The code may hold small letters, digits and - only, 2 to 40 characters."
)
AGENCY_NAME_MISSING = define("people.agency_name_missing", "Enter the agency's name and its short name.")
UNKNOWN_ZONE = define("people.unknown_zone", "There is no time zone {zone}. Write it as Asia/Shanghai.")
CODE_TAKEN = define("people.code_taken", "There is an agency {code} already.")

SHORT = 40


class Installation:
    """Who founds agencies: nobody's person. Its acts are chained under the nil UUID."""

    id = NIL
    agency_id = NIL

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Founding, and nothing else."""
        return perm == "agency.found" and obj is None


@dataclass(frozen=True)
class Founding:
    """A new agency, its system person, and the accounts of its administrators in the order of R22."""

    agency: Agency
    system: Person
    accounts: tuple[OneTime, ...]


def found_agency(*, code: str, name: str, short_name: str, zone: str, pack_set: str) -> Founding:
    """An agency that three persons can log in to, with a shipped set of rules in force from today.

    All of it is one act of the agency's own system person, chained under the agency; then the installation
    notes it in its own chain. May be repeated with the same code and name until somebody has logged in or
    been added: that gives new one-time passwords (the first ones may never have been read) and makes up for
    a note that a crash prevented. Raises Refused when something is wrong with a value or the code is taken.
    """
    installation = Installation()
    require(installation, "agency.found")
    name = names.admit_line(name, names.UNIT, missing=AGENCY_NAME_MISSING)
    short_name = names.admit_line(short_name, SHORT, missing=AGENCY_NAME_MISSING)
    _admit(code, zone)
    there = Agency.objects.filter(code=code).first()
    if there is None:
        founding = _found(Agency(code=code, name=name, short_name=short_name, zone=zone), pack_set)
    elif there.name == name:
        founding = _renew(there)
    else:
        raise Refused(CODE_TAKEN(code=code))
    with act(installation):
        agency = Ref.to(founding.agency)
        if not trail(NIL, agency).exists():
            record(agency, "found", code=code)
    return founding


def _admit(code: str, zone: str) -> None:
    if slugify(code) != code or not 2 <= len(code) <= SHORT:
        raise Refused(WRONG_CODE())
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Refused(UNKNOWN_ZONE(zone=zone[:40])) from None


def _found(agency: Agency, pack_set: str) -> Founding:
    system = Person(pk=uuid7(), agency=agency, is_system=True, name=gettext("System"))
    system.sort_key = names.person_sort_key(system.name)
    with act(system):
        agency.save(force_insert=True)
        record(agency, "found", code=agency.code)
        root = put_unit(by=system, parent=None, name=agency.name)
        system.unit = root
        system.save(force_insert=True)
        _adopt(agency, system, pack_set)
        accounts = tuple(_administrator(agency, system, root, role) for role in ADMINISTRATORS)
    return Founding(agency, system, accounts)


def _adopt(agency: Agency, system: Person, pack_set: str) -> None:
    versions = adopt_shipped(
        agency_id=agency.pk, set_name=pack_set, effective_from=today_of(agency), adopted_by=system.pk
    )
    for version in versions:
        record(version, "adopt", family=version.family, code=version.code, sha256=version.sha256)


def _administrator(agency: Agency, system: Person, root: Unit, role: str) -> OneTime:
    """A person called as the agency calls the role, who holds it; named otherwise on their page."""
    label = rules_of(agency).role(role).label.of(get_language() or settings.LANGUAGE_CODE)
    person = put_person(by=system, unit=root, values={"name": names.admit_name(label)})
    put_grant(by=system, person=person, role=role, unit=root)
    return put_account(by=system, person=person, username=_username(agency, role))


def _renew(agency: Agency) -> Founding:
    """New passwords for an agency nobody has entered or built on."""
    system = Person.objects.get(agency=agency, is_system=True)
    accounts = {row.username: row for row in Account.objects.filter(agency=agency)}
    first = [accounts.get(_username(agency, role)) for role in ADMINISTRATORS]
    untouched = [row for row in first if row is not None and row.last_login is None]
    if len(untouched) < len(first) or persons(agency.pk).count() > len(first):
        raise Refused(CODE_TAKEN(code=agency.code))
    with act(system):
        return Founding(agency, system, tuple(renew(account) for account in untouched))


def _username(agency: Agency, role: str) -> str:
    return f"{agency.code}-{role}"
