"""The first day of an agency: what its administrator is told to do, and when the list goes away."""

from __future__ import annotations

from uuid import UUID

from hezou.people.actions import retire_journal
from hezou.people.models import Journal, Unit
from hezou.people.queries import rules_of
from hezou.web.beginning import Gap, beginning, gaps
from tests.support.office import Office

ROOT, UNIT, OTHER = (UUID(int=number) for number in (1, 2, 3))
PARENTS = {ROOT: None, UNIT: ROOT, OTHER: ROOT}
OFFICE = {("editor", ROOT), ("secrecy_reviewer", ROOT), ("signer", ROOT)}


def test_gaps_of_a_unit_without_head_name_the_head(office: Office) -> None:
    held = OFFICE | {("writer", UNIT)}
    assert gaps(rules_of(office.agency), PARENTS, held) == [Gap(UNIT, "unit_head")]


def test_gaps_of_a_unit_under_a_head_are_none(office: Office) -> None:
    held = OFFICE | {("writer", UNIT), ("unit_head", ROOT)}
    assert gaps(rules_of(office.agency), PARENTS, held) == []


def test_gaps_name_what_the_office_lacks_once(office: Office) -> None:
    held = (OFFICE - {("signer", ROOT)}) | {("writer", UNIT), ("writer", OTHER), ("unit_head", ROOT)}
    assert gaps(rules_of(office.agency), PARENTS, held) == [Gap(ROOT, "signer")]


def test_gaps_of_an_agency_without_writers_are_none(office: Office) -> None:
    assert gaps(rules_of(office.agency), PARENTS, set(OFFICE)) == []


def test_beginning_is_for_whoever_keeps_the_agency(office: Office) -> None:
    assert beginning(office.person["writer"]) is None


def test_beginning_goes_on_until_a_piece_is_signed_and_a_journal_named(office: Office) -> None:
    keeper = office.person["administrator"]
    before = beginning(keeper)
    assert before is not None
    assert [step.is_done for step in before.steps] == [True, True, True, False, False]
    assert before.number == 4
    office.signed()
    assert beginning(keeper) is None
    for journal in Journal.objects.filter(agency=office.agency):
        retire_journal(by=keeper, journal=journal)
    after = beginning(keeper)
    assert after is not None
    assert after.now.url == "/people/settings"


def test_beginning_names_the_unit_without_head(office: Office) -> None:
    keeper, unit = office.person["administrator"], office.person["writer"].unit
    office.person["head"].grants.update(unit=Unit.objects.exclude(pk=unit.pk).exclude(parent=None).first())
    said = beginning(keeper)
    assert said is not None
    assert said.now.url == f"/people/?unit={unit.pk}"
