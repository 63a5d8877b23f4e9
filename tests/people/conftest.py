"""An agency as `hezou agency new` leaves it, and the administrator who builds on it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hezou.people.actions import Founding, add_person, add_unit, found_agency
from hezou.people.models import Person, Unit
from hezou.people.queries import root_unit, today_of


@pytest.fixture
def founding(db: None) -> Founding:
    return found_agency(
        code="lake",
        name="某某区湖泊局",
        short_name="湖泊局",
        zone="Asia/Shanghai",
        pack_set="district-bureau",
    )


@pytest.fixture
def admin(founding: Founding) -> Person:
    return founding.accounts[0].account.person


@pytest.fixture
def stranger(db: None) -> Person:
    """The administrator of another agency."""
    other = found_agency(
        code="hill", name="某某县山地站", short_name="山地站", zone="Asia/Shanghai", pack_set="county-station"
    )
    return other.accounts[0].account.person


@pytest.fixture
def root(admin: Person) -> Unit:
    return root_unit(admin.agency_id)


@pytest.fixture
def section(admin: Person, root: Unit) -> Unit:
    return add_unit(by=admin, parent=root, name="第一科")


@pytest.fixture
def person(admin: Person, section: Unit) -> Person:
    return add_person(by=admin, unit=section, name="张三", post="科员", phone="8001", staff_number="0007")


@pytest.fixture
def colleague(admin: Person, section: Unit) -> Person:
    return add_person(by=admin, unit=section, name="李四")


@pytest.fixture
def today(admin: Person) -> date:
    return today_of(admin.agency)


@pytest.fixture
def tomorrow(today: date) -> date:
    return today + timedelta(days=1)


@pytest.fixture
def yesterday(today: date) -> date:
    return today - timedelta(days=1)
