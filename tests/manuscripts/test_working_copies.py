"""What is being typed: saved as it is typed, apart from versions, safe from a second tab."""

from __future__ import annotations

import pytest

from hezou.kernel.errors import Forbidden, Stale
from hezou.manuscripts.actions import save_working_copy
from hezou.manuscripts.models import Manuscript, WorkingCopy
from hezou.manuscripts.queries import working_copy
from tests.support.office import TEXT, Office, edit_of, found_office, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return found_office()


def save(office: Office, manuscript: Manuscript, text: str, revision: int, by: str = "writer") -> WorkingCopy:
    return save_working_copy(by=office.fresh(by), manuscript=manuscript, text=text, revision=revision)


def typed(office: Office, manuscript: Manuscript, by: str = "writer") -> str | None:
    copy = working_copy(manuscript, office.person[by])
    return copy.text if copy else None


def test_save_keeps_what_is_typed_and_makes_no_version(office: Office) -> None:
    manuscript = office.draft()
    first = save(office, manuscript, "写到一半", 0)
    second = save(office, manuscript, "写到一半，又写一句", first.revision)
    assert (first.revision, second.revision, second.base.number) == (1, 2, 1)
    assert typed(office, manuscript) == "写到一半，又写一句"
    assert (read(manuscript).revision, read(manuscript).version_count) == (1, 1)


@pytest.mark.parametrize("revision", [0, 1, 3])
def test_save_from_a_second_tab_is_stale_and_keeps_the_first(office: Office, revision: int) -> None:
    manuscript = office.draft()
    save(office, manuscript, "第一页", 0)
    save(office, manuscript, "第一页，再写", 1)
    with pytest.raises(Stale):
        save(office, manuscript, "第二页", revision)
    assert typed(office, manuscript) == "第一页，再写"


def test_save_after_the_copy_became_a_version_is_stale(office: Office) -> None:
    manuscript = office.handed_in()
    save(office, manuscript, TEXT, 0, by="head")
    office.decide(manuscript, "head", edit=edit_of(manuscript, TEXT.replace("取得初步", "已见")))
    with pytest.raises(Stale):
        save(office, manuscript, TEXT, 1, by="head")
    assert typed(office, manuscript, by="head") is None


def test_two_writers_type_apart(office: Office) -> None:
    manuscript = office.draft("writer", "colleague")
    save(office, manuscript, "甲写的", 0)
    save(office, manuscript, "乙写的", 0, by="colleague")
    assert (typed(office, manuscript), typed(office, manuscript, by="colleague")) == ("甲写的", "乙写的")


def test_reviewer_types_while_the_step_waits(office: Office) -> None:
    manuscript = office.handed_in()
    save(office, manuscript, "审改到一半", 0, by="head")
    assert typed(office, manuscript, by="head") == "审改到一半"


@pytest.mark.parametrize("by", ["other_head", "secrecy", "administrator", "auditor"])
def test_save_by_who_neither_writes_nor_reviews_is_forbidden(office: Office, by: str) -> None:
    with pytest.raises(Forbidden):
        save(office, office.handed_in(), "外人写的", 0, by=by)
    assert list(WorkingCopy.objects.all()) == []
