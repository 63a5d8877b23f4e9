"""Adopting rules in a test office."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from hezou.kernel.ids import uuid7
from hezou.packs.models import PackVersion
from hezou.packs.queries import MAIN, versions_of
from hezou.packs.rules import text_hash
from hezou.people.actions import Proposal, adopt_rules
from hezou.people.queries import today_of
from tests.support.office import Office


def newest(office: Office, family: str) -> PackVersion:
    """The last version of a family's main document."""
    return versions_of(office.agency.pk, family)[0]


def proposal(office: Office, family: str, body: str, *, on: date | None = None, seen: int = 0) -> Proposal:
    """What an administrator hands in who has seen the newest version (or the one numbered `seen`)."""
    return Proposal(
        family=family,
        code=MAIN,
        body=body,
        effective_from=on or today_of(office.agency),
        source="局办公室通知",
        reason="按局长办公会意见调整",
        seen=seen or newest(office, family).number,
    )


def change(
    office: Office, family: str, change: Callable[[str], str], *, on: date | None = None
) -> PackVersion:
    """Adopt a family's newest text, changed, by the administrator."""
    body = change(newest(office, family).body)
    return adopt_rules(by=office.fresh("administrator"), proposal=proposal(office, family, body, on=on))


def with_older_rules(office: Office, family: str, missing: str) -> None:
    """As if the agency had begun when the shipped text of a family lacked some words."""
    version = PackVersion.objects.get(agency_id=office.agency.pk, family=family)
    assert version.body.count(missing) == 1
    body = version.body.replace(missing, "")
    PackVersion.objects.filter(pk=version.pk).delete()  # not changed: processes remember rows by their id
    version.pk, version.body, version.sha256 = uuid7(), body, text_hash(body)
    version.save(force_insert=True)


def without_row(body: str, table: str, code: str) -> str:
    """A document's text without one `[[table]]` row and what belongs to it."""
    head = f"[[{table}]]"
    rows = body.split(head)
    kept = [row for row in rows if f'\ncode = "{code}"\n' not in row]
    assert len(kept) == len(rows) - 1
    return head.join(kept)
