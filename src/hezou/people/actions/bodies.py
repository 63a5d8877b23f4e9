"""Whom the agency reports to, and what they publish."""

from __future__ import annotations

from django.db.models import Max

from hezou.audit.actions import action, record
from hezou.kernel.errors import Refused
from hezou.kernel.messages import define
from hezou.people.actions.managing import NAME_TAKEN, manage, retire
from hezou.people.models import Body, Journal, Person
from hezou.people.queries import rules_of
from hezou.people.rules import names

BODY_NAME_MISSING = define("people.body_name_missing", "Enter the body's name.")
JOURNAL_NAME_MISSING = define("people.journal_name_missing", "Enter the journal's name.")


@action
def add_body(*, by: Person, name: str, nature: str) -> Body:
    """A body to report to; `nature` is a code of the agency's rules. Raises Refused on a name taken."""
    manage(by)
    name = names.admit_line(name, names.UNIT, missing=BODY_NAME_MISSING)
    nature = rules_of(by.agency).nature(nature).code
    rows = Body.objects.filter(agency_id=by.agency_id)
    if rows.filter(name=name, retired_at=None).exists():
        raise Refused(NAME_TAKEN(name=name))
    last = rows.aggregate(last=Max("position"))["last"]
    body = Body.objects.create(
        agency_id=by.agency_id,
        name=name,
        sort_key=names.sort_key(name),
        nature=nature,
        position=0 if last is None else last + 1,
    )
    record(body, "add", nature=nature)
    return body


@action
def retire_body(*, by: Person, body: Body) -> Body:
    """Nothing more is submitted to it; what was stays."""
    manage(by, body)
    retire(body)
    record(body, "retire")
    return body


@action
def add_journal(*, by: Person, body: Body, name: str) -> Journal:
    """A journal of a body, or a column of one. Raises Refused on a name taken."""
    manage(by, body)
    name = names.admit_line(name, names.UNIT, missing=JOURNAL_NAME_MISSING)
    if Journal.objects.filter(agency_id=by.agency_id, body=body, name=name, retired_at=None).exists():
        raise Refused(NAME_TAKEN(name=name))
    journal = Journal.objects.create(agency_id=by.agency_id, body=body, name=name)
    record(journal, "add", body=body.pk)
    return journal


@action
def retire_journal(*, by: Person, journal: Journal) -> Journal:
    """No further adoption names it; those that did stay."""
    manage(by, journal)
    retire(journal)
    record(journal, "retire")
    return journal
