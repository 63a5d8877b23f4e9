"""Absence: who may be entered as away, and how the deputy's days follow from it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hezou.audit.models import AuditEntry
from hezou.audit.queries import chain_breaks
from hezou.kernel.errors import Forbidden, NotFound, Refused
from hezou.people.actions import be_away, come_back, name_deputy, retire_person
from hezou.people.directory import directory
from hezou.people.models import Absence, Deputy, Person
from hezou.people.queries import absences_of, away_on, today_of, usual_deputy
from hezou.people.rules.absences import AWAY_ALREADY, LEAVE, TRAVEL, UNKNOWN_ABSENCE, uncovered, why_not_away
from hezou.people.rules.deputies import CIRCLE, DATES, PAST
from tests.support.office import Office, found_office

DAY = date(2026, 3, 2)
ONE = timedelta(days=1)


def day(number: int) -> date:
    return DAY + number * ONE


# --- rules ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "first", "last", "expected"),
    [
        ("leave", 0, 0, None),
        ("sleep", 0, 0, UNKNOWN_ABSENCE()),
        ("leave", 2, 1, DATES()),
        ("leave", -3, -1, PAST()),
        ("leave", -3, 3, None),
        ("leave", 4, 5, AWAY_ALREADY(name="甲", starts=day(5), ends=day(9))),
        ("leave", 9, 30, AWAY_ALREADY(name="甲", starts=day(9), ends=day(9))),
        ("travel", 10, 10, None),
    ],
)
def test_be_away_beside_others(kind: str, first: int, last: int, expected: object) -> None:
    others = [(day(9), day(9)), (day(5), day(9))] if last < 9 else [(day(9), day(9))]
    assert why_not_away("甲", kind, (day(first), day(last)), others, DAY) == expected


stretches = st.tuples(st.integers(0, 12), st.integers(-1, 6)).map(lambda one: (day(one[0]), day(sum(one))))


@given(stretches.filter(lambda one: one[0] <= one[1]), st.lists(stretches, max_size=4))
def test_uncovered_days_are_those_on_which_nothing_holds(
    asked: tuple[date, date], covered: list[tuple[date, date]]
) -> None:
    def days(starts: date, ends: date) -> set[date]:
        return {starts + number * ONE for number in range((ends - starts).days + 1)}

    held = {one for stretch in covered for one in days(*stretch)}
    found = [one for gap in uncovered(asked, covered) for one in sorted(days(*gap))]
    assert found == sorted(days(*asked) - held)


# --- actions --------------------------------------------------------------------------------------
@pytest.fixture
def office(db: None) -> Office:
    return found_office()


def away(
    office: Office, who: str, deputy: str = "", *, by: str = "", first: int = 0, last: int = 2
) -> Absence:
    today = today_of(office.agency)
    return be_away(
        by=office.fresh(by or who),
        person=office.fresh(who),
        kind=TRAVEL,
        starts=today + first * ONE,
        ends=today + last * ONE,
        deputy=office.fresh(deputy) if deputy else None,
    )


def principals(office: Office, deputy: str, offset: int = 0) -> set[Person]:
    asked = office.fresh(deputy)
    found = directory(asked.agency).principals_of(asked.pk, today_of(asked.agency) + offset * ONE)
    return set(Person.objects.filter(pk__in=found))


def test_deputy_signs_on_every_day_of_the_absence(office: Office) -> None:
    absence = away(office, "head", "colleague", first=0, last=2)
    head = office.person["head"]
    assert [principals(office, "colleague", number) for number in (-1, 0, 2, 3)] == [
        set(),
        {head},
        {head},
        set(),
    ]
    assert away_on(office.agency.pk, today_of(office.agency)) == {head.pk: absence}
    assert usual_deputy(head) == office.person["colleague"]
    verbs = list(AuditEntry.objects.order_by("number").values_list("ref_kind", "verb"))[-2:]
    assert verbs == [("absence", "be_away"), ("deputy", "name")]
    assert list(chain_breaks(office.agency.pk)) == []


def test_deputy_named_before_is_named_for_the_other_days_only(office: Office) -> None:
    today = today_of(office.agency)
    before = name_deputy(
        by=office.fresh("administrator"),
        principal=office.fresh("head"),
        deputy=office.fresh("colleague"),
        starts=today + ONE,
        ends=today + ONE,
    )
    absence = away(office, "head", "colleague", first=0, last=3)
    found = Deputy.objects.filter(absence=absence).order_by("starts").values_list("starts", "ends")
    assert list(found) == [(today, today), (today + 2 * ONE, today + 3 * ONE)]
    come_back(by=office.fresh("head"), absence=absence)
    assert [principals(office, "colleague", number) for number in (0, 1, 2)] == [
        set(),
        {before.principal},
        set(),
    ]


def test_back_again_ends_the_absence_and_the_deputy(office: Office) -> None:
    absence = away(office, "head", "colleague", first=-1, last=5)
    come_back(by=office.fresh("head"), absence=absence)
    assert (principals(office, "colleague"), away_on(office.agency.pk, today_of(office.agency))) == (
        set(),
        {},
    )
    again = come_back(by=office.fresh("head"), absence=absence)
    assert again.ends == today_of(office.agency) - ONE
    away(office, "head", "colleague")


def test_absence_called_off_before_it_began_never_holds(office: Office) -> None:
    absence = away(office, "head", first=2, last=4)
    come_back(by=office.fresh("head"), absence=absence)
    assert list(absences_of(office.fresh("head"), today_of(office.agency))) == []
    assert away_on(office.agency.pk, today_of(office.agency) + 3 * ONE) == {}


def test_second_absence_on_the_same_days_is_refused(office: Office) -> None:
    away(office, "head", first=1, last=3)
    with pytest.raises(Refused) as refused:
        away(office, "head", first=3, last=4)
    assert [one.code for one in refused.value.messages] == ["people.away_already"]


def test_office_enters_who_is_away_but_names_nobodys_deputy(office: Office) -> None:
    assert away(office, "signer", by="editor").recorded_by == office.person["editor"]
    with pytest.raises(Forbidden):
        away(office, "leader", "editor", by="editor")
    assert away(office, "leader", "head", by="administrator").deputy == office.person["head"]
    with pytest.raises(Forbidden):
        away(office, "head", by="colleague")
    assert Absence.objects.count() == 2


def test_deputy_in_a_circle_is_refused_and_nothing_is_kept(office: Office) -> None:
    away(office, "head", "colleague")
    with pytest.raises(Refused) as refused:
        away(office, "colleague", "head")
    assert refused.value.messages == (CIRCLE(),)
    assert Absence.objects.count() == 1


def test_who_left_is_neither_away_nor_stands_in(office: Office) -> None:
    retire_person(by=office.fresh("administrator"), person=office.fresh("colleague"))
    for who, deputy in (("colleague", ""), ("head", "colleague")):
        with pytest.raises(Refused):
            away(office, who, deputy, by="administrator")
    assert usual_deputy(office.fresh("head")) is None


def test_absence_of_another_agency_is_not_found(office: Office) -> None:
    hill = found_office("hill")
    absence = away(hill, "head")
    with pytest.raises(NotFound):
        come_back(by=office.fresh("administrator"), absence=absence)
    with pytest.raises(NotFound):
        be_away(
            by=office.fresh("head"),
            person=office.fresh("head"),
            kind=LEAVE,
            starts=today_of(office.agency),
            ends=today_of(office.agency),
            deputy=hill.fresh("writer"),
        )
