"""The register's rows, its filters and what waits to be submitted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext

from hezou.access.scopes import visible_manuscripts, visible_submissions
from hezou.kernel.ids import parse
from hezou.manuscripts.lifecycle import SIGNED
from hezou.manuscripts.models import Manuscript
from hezou.manuscripts.queries import authors
from hezou.manuscripts.rules.classes import UP
from hezou.packs.rules import Rulebook
from hezou.people.models import Body, Person, Unit
from hezou.people.queries import rules_of
from hezou.submissions.lifecycle import SUBMISSION
from hezou.submissions.models import Adoption, Submission
from hezou.submissions.queries import bodies
from hezou.web.templatetags.words import beside, label, when

WAITING_AT_MOST = 20


@dataclass(frozen=True)
class Filters:
    """What the register is narrowed to; `body` is one of the agency's bodies."""

    body: Body | None
    state: str

    def narrow(self, rows: QuerySet[Submission]) -> QuerySet[Submission]:
        """Only the rows asked for."""
        if self.body is not None:
            rows = rows.filter(body=self.body)
        return rows.filter(state=self.state) if self.state else rows

    def query(self, **other: str) -> str:
        """The address' query of these filters; `other` changes one or, when empty, leaves it out."""
        values = {"body": str(self.body.pk) if self.body else "", "state": self.state, **other}
        return "?" + urlencode({name: value for name, value in values.items() if value})

    def chips(self) -> list[dict[str, Any]]:
        """The filters in force for `parts/chips.html`."""
        found = []
        if self.body is not None:
            found.append({"label": self.body.name, "remove_url": self.query(body="")})
        if self.state:
            found.append(
                {"label": gettext(SUBMISSION.states[self.state]), "remove_url": self.query(state="")}
            )
        return found


def filters_of(asked: QueryDict, offered: list[Body]) -> Filters:
    """The filters an address names; what is unknown filters nothing."""
    wanted = parse(asked.get("body", ""))
    body = next((one for one in offered if one.pk == wanted), None)
    state = asked.get("state", "")
    return Filters(body, state if state in SUBMISSION.states else "")


def offered_bodies(person: Person) -> list[Body]:
    """The bodies the register can be narrowed to."""
    return list(bodies(person.agency_id).prefetch_related(None))


def rows_for(person: Person, filters: Filters) -> QuerySet[Submission]:
    """The submissions a person may see and asked for."""
    return filters.narrow(visible_submissions(person))


def waiting_to_leave(person: Person) -> list[Manuscript]:
    """Signed pieces that may go upward, the longest wait first."""
    kinds = [code for code, kind in rules_of(person.agency).kinds.items() if UP in kind.lines]
    rows = visible_manuscripts(person).filter(state=SIGNED, kind__in=kinds)
    return list(rows.order_by("moved_at", "pk")[:WAITING_AT_MOST])


def adoption_words(rules: Rulebook, adoption: Adoption) -> str:
    """`单篇采用 · 某某信息 第12期`: form, journal and issue of one adoption."""
    row = rules.known("adoption_forms", adoption.form)
    form = label(row.label) if row else adoption.form
    where = [adoption.journal.name if adoption.journal else "", adoption.issue_number]
    return " · ".join(part for part in [form, " ".join(filter(None, where))] if part)


def credited(submission: Submission) -> str:
    """The authors with the unit each had at hand-in: who an adoption is credited to (R17)."""
    return names_with_units((a.person, a.unit) for a in authors(submission.manuscript))


def names_with_units(named: Iterable[tuple[Person, Unit | None]]) -> str:
    """Persons, each with a unit, as one phrase."""
    return gettext(", ").join(beside(person.name, unit.name if unit else "") for person, unit in named)


def submission_facts(submission: Submission) -> list[tuple[str, Any]]:
    """What was sent where, when and by whom."""
    return [
        (gettext("Number"), submission.manuscript.number),
        (gettext("Body"), submission.body.name),
        (gettext("Submitted at"), when(submission.submitted_at)),
        (gettext("Submitted by"), submission.submitted_by.name),
        (gettext("Version"), submission.version.number),
        (gettext("Credited to"), credited(submission)),
    ]
