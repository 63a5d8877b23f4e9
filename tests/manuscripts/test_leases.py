"""Who is writing into a piece: a lease that tells the others, lapses by itself and can be taken over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from hezou.kernel import clock
from hezou.kernel.errors import Forbidden
from hezou.manuscripts.actions import hold_lease, release_lease
from hezou.manuscripts.models import Manuscript
from hezou.manuscripts.queries import leases, other_writer
from hezou.manuscripts.rules.leases import LASTS
from tests.support.office import Office, found_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return found_office()


@pytest.fixture
def piece(office: Office) -> Manuscript:
    return office.draft("writer", "colleague")


def hold(office: Office, piece: Manuscript, by: str, *, take_over: bool = False) -> None:
    hold_lease(by=office.fresh(by), manuscript=piece, take_over=take_over)


def seen_by(office: Office, piece: Manuscript, key: str) -> str | None:
    """Whom a person sees writing."""
    lease = other_writer(piece, office.person[key])
    return lease.person.name if lease else None


@contextmanager
def later(by: timedelta) -> Iterator[None]:
    with clock.moved_to(clock.now() + by):
        yield


def test_hold_shows_the_others_who_writes(office: Office, piece: Manuscript) -> None:
    hold(office, piece, "writer")
    assert seen_by(office, piece, "colleague") == office.person["writer"].name
    assert seen_by(office, piece, "writer") is None


def test_hold_leaves_the_lease_with_whoever_still_writes(office: Office, piece: Manuscript) -> None:
    hold(office, piece, "writer")
    hold(office, piece, "colleague")
    assert leases(piece).get().person == office.person["writer"]


def test_take_over_gives_the_lease_to_the_other(office: Office, piece: Manuscript) -> None:
    hold(office, piece, "writer")
    hold(office, piece, "colleague", take_over=True)
    assert seen_by(office, piece, "writer") == office.person["colleague"].name
    hold(office, piece, "writer")
    assert seen_by(office, piece, "writer") == office.person["colleague"].name


def test_hold_again_renews_and_remembers_since_when(office: Office, piece: Manuscript) -> None:
    hold(office, piece, "writer")
    begun = leases(piece).get()
    with later(LASTS / 2):
        hold(office, piece, "writer")
    again = leases(piece).get()
    assert (again.since, again.renewed_at > begun.renewed_at) == (begun.since, True)


def test_hold_after_the_lease_lapsed_begins_anew(office: Office, piece: Manuscript) -> None:
    hold(office, piece, "writer")
    with later(LASTS):
        assert seen_by(office, piece, "colleague") is None
        hold(office, piece, "colleague")
        assert seen_by(office, piece, "writer") == office.person["colleague"].name
    with later(LASTS * 3):
        hold(office, piece, "colleague")
        lease = leases(piece).get()
        assert lease.since == lease.renewed_at


def test_release_ends_ones_own_lease_only(office: Office, piece: Manuscript) -> None:
    hold(office, piece, "writer")
    release_lease(by=office.fresh("colleague"), manuscript=piece)
    assert seen_by(office, piece, "colleague") == office.person["writer"].name
    release_lease(by=office.fresh("writer"), manuscript=piece)
    assert not leases(piece).exists()


def test_lease_is_not_open_to_those_who_may_not_type(office: Office, piece: Manuscript) -> None:
    with pytest.raises(Forbidden):
        hold(office, piece, "other_writer", take_over=True)
    with pytest.raises(Forbidden):
        release_lease(by=office.fresh("other_writer"), manuscript=piece)
    assert not leases(piece).exists()
