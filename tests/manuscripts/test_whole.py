"""A piece read with its newest text and its authors in one query, as true as its revision."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from hezou.access.permissions import may_read
from hezou.access.scopes import find_whole
from hezou.kernel.errors import NotFound, Stale
from hezou.manuscripts.queries import attached_hashes, author_ids, authors, current_version
from hezou.people.models import Person
from hezou.review import actions as review
from hezou.review.queries import round_of
from hezou.review.rules import APPROVE
from tests.support.office import TEXT, Office, edit_of, found_office, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return found_office()


def test_whole_knows_text_authors_and_files(
    office: Office, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    manuscript = office.draft("other_writer", "writer")
    found = find_whole(office.fresh("writer"), manuscript.pk)
    with django_assert_num_queries(0):
        assert current_version(found).text.plain() == TEXT
        assert author_ids(found) == tuple(office.person[key].pk for key in ("other_writer", "writer"))
        assert attached_hashes(found) == []


def test_whole_is_found_by_its_readers_only(office: Office) -> None:
    manuscript = office.draft()
    with pytest.raises(NotFound):
        find_whole(office.fresh("colleague"), manuscript.pk)
    found = find_whole(office.fresh("writer"), manuscript.pk)
    assert may_read(office.fresh("writer"), found)
    assert not may_read(office.fresh("colleague"), found)


def test_hand_in_of_a_whole_freezes_the_unit_of_that_day(office: Office) -> None:
    manuscript = office.draft()
    Person.objects.filter(pk=office.person["writer"].pk).update(unit=office.unit["第二科"])
    by = office.fresh("writer")
    found = find_whole(by, manuscript.pk)
    review.hand_in(by=by, manuscript=found, revision=found.revision, confirmed=True)
    assert [author.unit for author in authors(read(manuscript))] == [office.unit["第二科"]]


def test_decide_on_a_whole_that_changed_since_is_stale(office: Office) -> None:
    manuscript = office.handed_in()
    by = office.fresh("head")
    found = find_whole(by, manuscript.pk)
    seat = round_of(found).seats[0]
    edited = edit_of(found, TEXT.replace("聚焦", "紧盯"))
    office.decide(read(manuscript), "head", edit=edited)
    with pytest.raises(Stale):
        review.decide(by=by, manuscript=found, revision=found.revision, seat=seat, verdict=APPROVE)


def test_whole_stays_true_through_one_s_own_edit(office: Office) -> None:
    manuscript = office.handed_in()
    by = office.fresh("head")
    found = find_whole(by, manuscript.pk)
    text = TEXT.replace("聚焦", "紧盯")
    made = review.decide(
        by=by,
        manuscript=found,
        revision=found.revision,
        seat=round_of(found).seats[0],
        verdict=APPROVE,
        edit=edit_of(found, text),
    )
    anew = round_of(read(manuscript))
    assert current_version(found).text.plain() == text
    assert made.whole.board() == anew.board()
    assert [seat.state for seat in made.whole.seats] == [seat.state for seat in anew.seats]
