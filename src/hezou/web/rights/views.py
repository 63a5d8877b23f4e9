"""岗位权限: what each role may do, what it sees, who holds it; and what is asked of the piece besides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from hezou.access.permissions import Rule, rules
from hezou.access.roles import AUDITOR, HEADS, OFFICE, READING, REVIEWING
from hezou.audit.actions import require
from hezou.packs.rules import Label
from hezou.people.models import Agency, Person
from hezou.people.queries import held_on, rules_of, today_of
from hezou.web.rights.words import ASKS, VERBS
from hezou.web.shell import PageRequest, page, show

FEW = 8
"""Up to so many holders of a role are named at once; more are folded away."""

SEES_OFFICE = gettext_lazy("sees every piece handed in, unless it is internal")
SEES_HEAD = gettext_lazy("sees what their units handed in, unless it is internal")
SEES_OWN = gettext_lazy("sees by this role no piece but those they write, review or are let read")
REVIEWS = gettext_lazy("may be asked for a step of a review")
ONLY_READS = gettext_lazy("changes nothing, and holds no other role")


@dataclass
class Role:
    """One role as the agency calls it; `holders`: each with the units they hold it over."""

    label: Label
    may: list[Promise]
    sees: list[Promise]
    holders: dict[Person, list[str]] = field(default_factory=dict)

    @property
    def is_folded(self) -> bool:
        return len(self.holders) > FEW


@dataclass(frozen=True)
class Besides:
    """A verb that asks something of the piece or the person besides a role (`roles` empty: whatever role)."""

    verb: Promise
    roles: list[Label]
    asks: Promise


@page
@require_safe
def rights(request: PageRequest) -> HttpResponse:
    """The whole table, for everybody who may read the directory."""
    me = request.person
    require(me, "people.read")
    room = "settings" if me.has_perm("people.manage") else "people"
    context = {"roles": roles_of(me.agency), "besides": list(besides(me.agency))}
    return show(request, "rights/rights.html", context, room=room)


def roles_of(agency: Agency) -> list[Role]:
    """The roles in the order of the agency's rules."""
    found = {
        code: Role(row.label, list(_may(code)), list(_sees(code)))
        for code, row in rules_of(agency).roles.items()
    }
    for grant in held_on(agency.pk, today_of(agency)):
        if grant.role in found:
            found[grant.role].holders.setdefault(grant.person, []).append(grant.unit.name)
    return list(found.values())


def besides(agency: Agency) -> Iterator[Besides]:
    """What is asked besides a role, by verb."""
    labels = {code: row.label for code, row in rules_of(agency).roles.items()}
    for rule in rules():
        if rule.asks is not None:
            held = [label for code, label in labels.items() if rule.roles is not None and code in rule.roles]
            yield Besides(VERBS[rule.verb], held, ASKS[rule.asks.__name__])


def _may(role: str) -> Iterator[Promise]:
    return (VERBS[rule.verb] for rule in rules() if _opens(rule, role))


def _opens(rule: Rule, role: str) -> bool:
    is_open = rule.roles is not None and role in rule.roles
    return is_open and (role != AUDITOR or rule.verb in READING)


def _sees(role: str) -> Iterator[Promise]:
    if role in OFFICE:
        yield SEES_OFFICE
    if role in HEADS:
        yield SEES_HEAD
    if role not in OFFICE | HEADS:
        yield SEES_OWN
    if role in REVIEWING:
        yield REVIEWS
    if role == AUDITOR:
        yield ONLY_READS
