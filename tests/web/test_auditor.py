"""R22: the auditor changes nothing by any form, whatever else they hold and whomever they deputise for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.urls.converters import IntConverter

from hezou.audit.models import AuditEntry
from hezou.kernel.ids import uuid7
from hezou.manuscripts.models import Manuscript
from hezou.people.models import Account
from hezou.people.queries import today_of
from hezou.web.shell import OWN
from tests.support.furnished import Furnished, furnish
from tests.support.office import PASSWORD
from tests.web.test_every_page import patterns

OPEN = {
    "account_login": "nobody is logged in by it twice",
    "account_logout": "one's own going",
    "language": "one's own language",
    "change_password": "one's own password",
    **dict.fromkeys(OWN - {"change_password"}, "one's own log-ins and second factor"),
    "mfa_authenticate": "nobody is logged in by it twice",
    "notices_count": "answers no POST",
}
"""Addresses that an auditor may send a form to, or that take none from anybody."""


@pytest.fixture
def world(transactional_db: None) -> Furnished:
    return furnish()


@pytest.fixture
def auditor(world: Furnished) -> Client:
    client = Client()
    client.force_login(world.office.account("auditor"), backend="hezou.access.backend.Backend")
    return client


def addresses(world: Furnished) -> Iterator[tuple[str, str]]:
    """Every named address, for things that are there and for things that are not."""
    there: dict[str, Any] = {
        "manuscript_id": world.waiting.pk,
        "person_id": world.office.person["writer"].pk,
        "unit_id": world.office.unit["第一科"].pk,
        "body_id": world.office.body["市局"].pk,
        "journal_id": world.office.journal["市局"].pk,
        "submission_id": world.sent.pk,
        "sheet_id": world.sheet.pk,
        "owed_id": world.owed.pk,
    }
    for pattern in patterns(get_resolver()):
        if pattern.name is not None:
            for known in (there, {}):
                yield pattern.name, reverse(pattern.name, kwargs=_given(pattern, known))


def _given(pattern: URLPattern, known: dict[str, Any]) -> dict[str, Any]:
    converters = pattern.pattern.converters.items()
    absent = {name: 1 if isinstance(kind, IntConverter) else uuid7() for name, kind in converters}
    return {name: known.get(name, value) for name, value in absent.items()}


def test_every_form_is_refused_and_nothing_changes(world: Furnished, auditor: Client) -> None:
    before = state()
    answers = {
        (name, path): auditor.post(path, {"deed": str(uuid7()), "revision": "1"}).status_code
        for name, path in addresses(world)
        if name not in OPEN and not name.endswith("z")  # healthz, readyz
    }
    assert {one: status for one, status in answers.items() if status != 403} == {}
    assert len({name for name, _ in answers}) > 50
    assert state() == before


def state() -> list[Any]:
    return [
        AuditEntry.objects.count(),
        list(Manuscript.objects.order_by("pk").values_list("pk", "revision", "state")),
    ]


def test_deputy_and_author_who_audits_is_refused_too(world: Furnished) -> None:
    office, today = world.office, today_of(world.office.agency)
    office.deputise("head", "auditor", today, today)
    mine = office.draft("writer", "auditor")
    client = Client()
    client.force_login(office.account("auditor"), backend="hezou.access.backend.Backend")
    assert client.get(f"/manuscripts/{mine.pk}").status_code == 200
    assert client.get(f"/review/{world.waiting.pk}").status_code == 403
    for path in (f"/manuscripts/{mine.pk}/edit", f"/review/{world.waiting.pk}/decide"):
        assert client.post(path, {"do": "keep", "verdict": "approve"}).status_code == 403


def test_own_password_and_language_may_be_changed(world: Furnished, auditor: Client) -> None:
    new = "another-long-password-7"
    sent = {"old": PASSWORD, "new": new, "again": new}
    assert auditor.post(reverse("change_password"), sent).status_code == 303
    assert auditor.post(reverse("language"), {"language": "en"}).status_code == 303
    account = Account.objects.get(person=world.office.person["auditor"])
    assert (account.check_password(new), account.language) == (True, "en")
    assert auditor.post(reverse("account_logout")).status_code == 302
    assert auditor.get("/").status_code == 302
