"""Human numbers: no gaps, no doubles, a new series each year."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from hezou.audit.actions import act
from hezou.kernel import clock
from hezou.people.actions import Founding, found_agency, next_number
from hezou.people.models import Agency, Person
from tests.support.processes import race


def take(system_id: str, times: int) -> list[str]:
    """In a process of its own: numbers, each in an act."""
    system = Person.objects.select_related("agency").get(pk=system_id)
    found = []
    for _ in range(times):
        with act(system):
            found.append(next_number(system.agency, "piece"))
    return found


def test_number_counters_apart_and_by_year_of_the_zone(founding: Founding) -> None:
    agency = founding.agency
    with clock.moved_to(datetime(2026, 12, 31, 15, 59, tzinfo=UTC)), act(founding.system):
        assert [next_number(agency, "piece") for _ in range(2)] == ["2026-0001", "2026-0002"]
        assert next_number(agency, "other") == "2026-0001"
    with clock.moved_to(datetime(2026, 12, 31, 16, 1, tzinfo=UTC)), act(founding.system):
        assert next_number(agency, "piece") == "2027-0001"
    assert Agency.objects.get(pk=agency.pk).counters == {"piece-2026": 2, "other-2026": 1, "piece-2027": 1}


def test_number_of_an_act_that_failed_is_taken_again(founding: Founding) -> None:
    def fail() -> None:
        with act(founding.system):
            taken.append(next_number(founding.agency, "piece"))
            raise ZeroDivisionError

    taken: list[str] = []
    with pytest.raises(ZeroDivisionError):
        fail()
    with act(founding.system):
        assert [next_number(founding.agency, "piece")] == taken


def test_number_more_than_four_digits(founding: Founding) -> None:
    with act(founding.system):
        year = next_number(founding.agency, "piece")[:4]
        Agency.objects.filter(pk=founding.agency.pk).update(counters={f"piece-{year}": 9999})
        assert next_number(founding.agency, "piece") == f"{year}-10000"


@pytest.mark.process
@pytest.mark.usefixtures("transactional_db")
def test_number_pieces_in_four_processes_at_once() -> None:
    founding = found_agency(
        code="lake",
        name="某某区湖泊局",
        short_name="湖泊局",
        zone="Asia/Shanghai",
        pack_set="district-bureau",
    )
    answers = race(__file__, *[("take", str(founding.system.pk), 10)] * 4)
    numbers = sorted(number for answer in answers for number in answer)
    assert numbers == [f"{numbers[0][:4]}-{n:04d}" for n in range(1, 41)]
