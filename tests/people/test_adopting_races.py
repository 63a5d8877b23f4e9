"""Two administrators adopt at the same moment: one version, and one who is told."""

from __future__ import annotations

from datetime import date

import pytest

from hezou.audit.models import AuditEntry
from hezou.kernel.errors import Refusal
from hezou.packs.queries import versions_of
from hezou.packs.shipped import read
from hezou.people.actions import Proposal, adopt_rules
from hezou.people.models import Person
from tests.packs.texts import swap
from tests.support.office import found_office
from tests.support.processes import race

pytestmark = pytest.mark.process

LIMITS = read("district-bureau")["limits"]


def put(person: str, day: str, value: int) -> str:
    by = Person.objects.select_related("agency", "unit").get(pk=person)
    proposal = Proposal(
        family="limits",
        code="main",
        body=swap(LIMITS, "value = 200000", f"value = {value}"),
        effective_from=date.fromisoformat(day),
        source="a race",
        reason="a race",
        seen=1,
    )
    try:
        adopt_rules(by=by, proposal=proposal)
    except Refusal as refusal:
        return refusal.messages[0].code
    return "adopted"


def test_of_two_adoptions_at_once_one_is_told_of_the_other(transactional_db: None) -> None:
    office = found_office()
    office.grant("second_editor", "administrator", "某局")
    day = date(2100, 1, 1).isoformat()
    answers = race(
        __file__,
        ("put", str(office.person["administrator"].pk), day, 5000),
        ("put", str(office.person["second_editor"].pk), day, 6000),
    )
    assert sorted(answers) == ["adopted", "kernel.stale"]
    assert [one.number for one in versions_of(office.agency.pk, "limits")] == [2, 1]
    assert AuditEntry.objects.filter(verb="adopt", ref_kind="packversion").count() == 1
