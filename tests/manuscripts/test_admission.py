"""What no door lets in: texts that are no texts, that bear a mark of secrecy, that never end (R4, R7)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hezou.kernel.errors import Refusal, Refused, TooLarge
from hezou.manuscripts.actions import admit, create, revise, save_working_copy
from hezou.packs.actions import adopt
from hezou.packs.shipped import read as shipped
from hezou.people.models import Agency
from hezou.people.queries import today_of
from tests.manuscripts.places import places_of, rows_in_all_tables
from tests.support.office import TEXT, Office, edit_of, found_office
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db

NEEDLE = "只此一处的话"
"""Words that stand in the refused text and nowhere else."""
MOST = 200_000


@pytest.fixture
def office() -> Office:
    return found_office()


def enter_by_creating(office: Office, text: str) -> None:
    create(
        by=office.fresh("writer"),
        text=text,
        kind=office.kind,
        content_class="public",
        openness="withheld",
        named=[office.fresh("writer")],
    )


def enter_by_typing(office: Office, text: str) -> None:
    manuscript = office.draft()
    save_working_copy(by=office.fresh("writer"), manuscript=manuscript, text=text, revision=0)


def enter_by_typing_on(office: Office, text: str) -> None:
    manuscript = office.draft()
    save_working_copy(by=office.fresh("writer"), manuscript=manuscript, text=TEXT, revision=0)
    save_working_copy(by=office.fresh("writer"), manuscript=manuscript, text=text, revision=1)


def enter_by_revising(office: Office, text: str) -> None:
    manuscript = office.draft()
    revise(
        by=office.fresh("writer"),
        manuscript=manuscript,
        revision=manuscript.revision,
        text=text,
        kind=manuscript.kind,
        content_class="public",
        openness="withheld",
        named=[office.fresh("writer")],
    )


def enter_by_editing_in_review(office: Office, text: str) -> None:
    manuscript = office.handed_in()
    office.decide(manuscript, "head", edit=edit_of(manuscript, text))


def enter_as_opinion(office: Office, text: str) -> None:
    office.decide(office.handed_in(), "head", opinion=text)


def enter_as_reason(office: Office, text: str) -> None:
    office.decide(office.handed_in(), "head", verdict="return", opinion=text)


DOORS = [
    enter_by_creating,
    enter_by_typing,
    enter_by_typing_on,
    enter_by_revising,
    enter_by_editing_in_review,
    enter_as_opinion,
    enter_as_reason,
]


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    ("bad", "code", "kind"),
    [
        (f"{NEEDLE}\x00。", "text.not_text", Refused),
        (f"{NEEDLE}\ud83d。", "text.not_text", Refused),
        (f"秘密★1年\n{NEEDLE}", "manuscript.secrecy_mark", Refused),
        (f"关于某事的报告\n{NEEDLE}\n    绝密\n内容如下。", "manuscript.secrecy_mark", Refused),
        (NEEDLE + "长" * (MOST - len(NEEDLE) + 1), "manuscript.too_long", TooLarge),
    ],
    ids=["NUL", "half a character", "mark with a star", "mark on its line", "too long"],
)
def test_text_not_admitted_is_written_nowhere(
    office: Office, door: Callable[[Office, str], None], bad: str, code: str, kind: type[Refusal]
) -> None:
    with refused(code, kind=kind):
        door(office, bad)
    assert places_of(NEEDLE) == []


def test_creating_what_is_not_admitted_writes_no_row_at_all(office: Office) -> None:
    before = rows_in_all_tables()
    with refused("manuscript.secrecy_mark"):
        enter_by_creating(office, f"机密★\n{NEEDLE}")
    assert rows_in_all_tables() == before


def test_text_in_the_words_of_secrecy_is_admitted(office: Office) -> None:
    text = "关于保密教育的做法\n各科学习《保守国家秘密法》，分清绝密、机密、秘密三级。"
    assert admit(text, office.agency) == text


def test_text_of_exactly_the_limit_is_admitted(office: Office) -> None:
    assert len(admit("长" * MOST, office.agency)) == MOST


def test_text_of_half_a_million_characters_says_how_long_it_is(office: Office) -> None:
    with pytest.raises(TooLarge) as caught:
        admit("长" * 500_000, office.agency)
    assert caught.value.status == 413
    assert caught.value.messages[0].params == {"characters": "500,000", "most": "200,000"}


def test_limit_is_that_of_the_rules_in_force(office: Office) -> None:
    agency = Agency.objects.get(pk=office.agency.pk)
    day = today_of(agency)
    adopt(
        agency_id=agency.pk,
        family="limits",
        code="main",
        body=shipped("district-bureau")["limits"].replace("value = 200000", "value = 100"),
        effective_from=day,
        source="a test",
        adopted_by=None,
        on=day,
    )
    agency.revision += 1  # as whoever adopts rules leaves it
    assert admit("长" * 100, agency) == "长" * 100
    with refused("manuscript.too_long", kind=TooLarge):
        admit("长" * 101, agency)


def test_text_is_kept_normalised(office: Office) -> None:
    assert admit("\ufeff题目  \r\n\r\n正文\u3000\rA\n\n", office.agency) == "题目\n\n正文\nA"


def test_words_of_an_opinion_are_kept(office: Office) -> None:
    manuscript = office.handed_in()
    office.decide(manuscript, "head", opinion=f"  {NEEDLE}\r\n另补数据。 ")
    assert places_of(f"{NEEDLE}\n另补数据。") == ["Decision.opinion"]
