"""What a person's page says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext

from hezou.people.models import Absence, Account, Deputy, Grant, Person
from hezou.people.queries import absences_of, deputies_of, not_over, rules_of, today_of
from hezou.web.people.finding import role_label
from hezou.web.people.labels import ABSENCE
from hezou.web.templatetags.words import day, day_short, when


@dataclass(frozen=True)
class Held:
    """A role somebody holds, or will."""

    grant: Grant
    role: str
    days: str


@dataclass(frozen=True)
class Deputyship:
    """Who signs for whom; `is_principal`: the page's person is the one in whose name."""

    row: Deputy
    is_principal: bool
    days: str


@dataclass(frozen=True)
class Away:
    """An absence that holds or will; `is_now`: it holds today."""

    row: Absence
    kind: str
    days: str
    is_now: bool

    @classmethod
    def of(cls, row: Absence) -> Away:
        today = today_of(row.person.agency)
        days = gettext("%(starts)s to %(ends)s") % {
            "starts": day_short(row.starts),
            "ends": day_short(row.ends),
        }
        days = day_short(row.starts) if row.starts == row.ends else days
        return cls(row, str(ABSENCE[row.kind]), days, row.starts <= today <= row.ends)


def portrait(asking: Person, who: Person, *, may_manage: bool) -> dict[str, Any]:
    """The context of a person's page."""
    rules, today = rules_of(asking.agency), today_of(asking.agency)
    grants = Grant.objects.filter(not_over(today), agency_id=who.agency_id, person=who)
    account = Account.objects.filter(agency_id=who.agency_id, person=who).first() if may_manage else None
    return {
        "who": who,
        "facts": facts_of(who, account),
        "held": [
            Held(grant, role_label(rules, grant.role), days_of(grant.starts, grant.ends))
            for grant in grants.select_related("unit").order_by("id")
        ],
        "deputyships": [
            Deputyship(row, row.principal_id == who.pk, days_of(row.starts, row.ends))
            for row in deputies_of(who, today)
        ],
        "absences": [Away.of(row) for row in absences_of(who, today)],
        "may_enter_absence": who.retired_at is None and asking.has_perm("absence.record", who),
        "may_hand_over": asking.has_perm("person.hand_over", who),
        "account": account,
        "may_manage": may_manage,
        "is_me": who == asking,
    }


def days_of(starts: date | None, ends: date | None) -> str:
    """From when until when, in words; '' for always."""
    if starts and ends:
        return gettext("%(starts)s to %(ends)s") % {"starts": day(starts), "ends": day(ends)}
    if starts:
        return gettext("from %(starts)s") % {"starts": day(starts)}
    return gettext("until %(ends)s") % {"ends": day(ends)} if ends else ""


def facts_of(who: Person, account: Account | None = None) -> list[tuple[str, Any]]:
    """What is known of a person; of the account where one is given."""
    return [
        (gettext("Unit"), who.unit.name),
        (gettext("Post"), who.post),
        (gettext("Phone"), who.phone),
        (gettext("Staff number"), who.staff_number),
        (gettext("Account name"), account.username if account else ""),
        (gettext("Last log-in"), when(account.last_login) if account else ""),
        (gettext("Left"), when(who.retired_at)),
    ]
