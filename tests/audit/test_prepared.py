"""Queries put into SQL once answer as they would have anew."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db.models import QuerySet

from hezou.audit.models import Deed
from hezou.audit.prepared import prepared
from hezou.audit.statements import insert, update
from hezou.kernel import clock
from hezou.kernel.ids import uuid7

pytestmark = pytest.mark.django_db
AGENCY, OTHER = uuid7(), uuid7()


def deeds(agency_id: UUID, *targets: str) -> list[Deed]:
    rows = [
        Deed(agency_id=agency_id, actor_id=uuid7(), deed=uuid7(), target=t, at=clock.now()) for t in targets
    ]
    insert(rows)
    return rows


@prepared
def _of(agency_id: UUID, target: str) -> QuerySet[Deed]:
    return Deed.objects.filter(agency_id=agency_id, target=target).order_by("id")


@prepared
def _among(deeds: tuple[UUID, ...]) -> QuerySet[Deed]:
    return Deed.objects.filter(deed__in=deeds).order_by("id")


@prepared
def _changed(target: str) -> QuerySet[Deed]:
    return Deed.objects.filter(target=f"{target}/b")


def test_prepared_answers_for_each_argument() -> None:
    deeds(AGENCY, "/a", "/b", "/a")
    deeds(OTHER, "/a")
    assert [row.target for row in _of(agency_id=AGENCY, target="/a")] == ["/a", "/a"]
    assert [row.target for row in _of(agency_id=AGENCY, target="/b")] == ["/b"]
    assert [row.agency_id for row in _of(agency_id=OTHER, target="/a")] == [OTHER]
    assert _of(agency_id=OTHER, target="/b") == []


def test_prepared_takes_lists_of_any_length() -> None:
    made = [row.deed for row in deeds(AGENCY, "/a", "/b", "/c")]
    for wanted in ((), (made[1],), (made[2], made[0]), tuple(made)):
        assert {row.deed for row in _among(deeds=wanted)} == set(wanted)


def test_prepared_refuses_to_do_more_than_filter() -> None:
    with pytest.raises(ValueError, match="more"):
        _changed(target="/a")


@pytest.mark.parametrize("count", [1, 20, 21, 300])
def test_insert_leaves_every_row(count: int) -> None:
    deeds(AGENCY, *(f"/{number}" for number in range(count)))
    assert Deed.objects.count() == count


def test_insert_of_known_rows_leaves_them() -> None:
    (row,) = deeds(AGENCY, "/a")
    same = Deed(agency_id=AGENCY, actor_id=row.actor_id, deed=row.deed, target="/b", at=row.at)
    insert([same], known=True)
    assert list(Deed.objects.values_list("target", flat=True)) == ["/a"]


def test_update_tells_how_many_rows_there_were() -> None:
    (row, _) = deeds(AGENCY, "/a", "/b")
    assert update(Deed, {"deed": row.deed, "target": "/a"}, {"target": "/c"}) == 1
    assert update(Deed, {"deed": row.deed, "target": "/a"}, {"target": "/d"}) == 0
    assert sorted(Deed.objects.values_list("target", flat=True)) == ["/b", "/c"]
