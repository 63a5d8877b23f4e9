"""Rules adopted while pieces are on their way: a round that has begun keeps its route and its names."""

from __future__ import annotations

import pytest

from hezou.kernel.errors import Refused
from hezou.manuscripts.models import Manuscript
from hezou.packs.rules import Label, Rulebook
from hezou.people.queries import rules_of
from hezou.review import actions as review
from hezou.review.models import Seat
from hezou.review.queries import board, may_take
from hezou.review.rules import why_not_leave
from tests.packs.texts import said, swap
from tests.support.office import Office, edit_of, found_office, read
from tests.support.rules import change, without_row

pytestmark = pytest.mark.django_db

BEFORE_THE_SIGNATURE = """\
  [[routes.levels]]
  code = "leading"
  label = { zh = "分管审核", en = "Leader" }

    [[routes.levels.steps]]
    code = "leader_review"
    label = { zh = "分管领导把关", en = "Review by the leader" }
    role = "leader_in_charge"
    scope = "unit"

"""
FINAL = '  [[routes.levels]]\n  code = "final"\n'
SHORT = [(1, "unit_review"), (2, "editing"), (3, "signature")]
LONG = [(1, "unit_review"), (2, "editing"), (3, "leader_review"), (4, "signature")]


@pytest.fixture
def office() -> Office:
    return found_office()


def one_level_more(body: str) -> str:
    """The standard route, with a leader before the signature."""
    place = body.index(FINAL)
    return body[:place] + BEFORE_THE_SIGNATURE + body[place:]


def steps(manuscript: Manuscript) -> list[tuple[int, str]]:
    rows = Seat.objects.filter(manuscript=manuscript).order_by("level", "id")
    return list(rows.values_list("level", "step"))


def sign(office: Office, manuscript: Manuscript) -> Manuscript:
    hands = {"unit_head": "head", "editor": "editor", "leader_in_charge": "leader", "signer": "signer"}
    while read(manuscript).state == "in_review":
        office.decide(manuscript, hands[office.open_seat(read(manuscript)).role])
    return read(manuscript)


def test_a_round_that_has_begun_keeps_its_route(office: Office) -> None:
    begun = office.handed_in()
    change(office, "routes", one_level_more)
    later = office.handed_in()
    assert (steps(begun), steps(later)) == (SHORT, LONG)
    assert [sign(office, one).state for one in (begun, later)] == ["signed", "signed"]


def test_a_round_handed_in_anew_goes_the_new_route(office: Office) -> None:
    piece = office.handed_in()
    change(office, "routes", one_level_more)
    office.decide(piece, "head", verdict="return", opinion="请补充数据")
    fresh = read(piece)
    review.hand_in(by=office.fresh("writer"), manuscript=fresh, revision=fresh.revision, confirmed=True)
    rows = Seat.objects.filter(manuscript=piece, round=2).order_by("level").values_list("level", "step")
    assert list(rows) == LONG


def test_a_seat_keeps_the_name_of_its_step(office: Office) -> None:
    begun = office.handed_in()
    change(office, "routes", lambda body: body.replace('zh = "部门审核"', 'zh = "科室把关"'))
    later = office.handed_in()
    assert [board(read(one)).seats[0].label for one in (begun, later)] == [
        Label(zh=name, en="Unit review") for name in ("部门审核", "科室把关")
    ]


def test_a_seat_without_a_name_is_called_by_its_code(office: Office) -> None:
    seat = office.open_seat(office.handed_in())
    seat.label = {}
    assert (seat.name, seat.step) == ("unit_review", "unit_review")


def test_a_piece_of_a_kind_that_is_gone_walks_on_to_its_end(office: Office) -> None:
    begun = office.handed_in()
    change(office, "kinds", lambda body: without_row(body, "kinds", "experience"))
    fresh = read(begun)
    assert (may_take(fresh), _rules(office).past["kinds"]["experience"].label.zh) == (
        {"up", "in"},
        "经验做法",
    )
    office.decide(begun, "head", edit=edit_of(fresh, "关于推行帮办的做法\n今年以来推行帮办。"))
    assert sign(office, begun).state == "signed"
    assert why_not_leave(board(read(begun)), "up") == []


def test_a_draft_of_a_kind_that_is_gone_is_not_handed_in(office: Office) -> None:
    draft = office.draft()
    change(office, "kinds", lambda body: without_row(body, "kinds", "experience"))
    with pytest.raises(Refused) as caught:
        review.hand_in(by=office.fresh("writer"), manuscript=draft, revision=draft.revision, confirmed=True)
    assert said(caught.value.messages) == [
        "Pieces of this kind are not written any more. Choose another kind."
    ]
    assert read(draft).state == "draft"


def test_an_internal_draft_is_not_handed_in_once_none_is_kept(office: Office) -> None:
    draft = office.draft(content_class="internal")
    change(office, "limits", lambda body: swap(body, "on = true", "on = false"))
    with pytest.raises(Refused) as caught:
        review.hand_in(by=office.fresh("writer"), manuscript=draft, revision=draft.revision, confirmed=True)
    assert said(caught.value.messages) == [
        "Pieces of this kind and class are not kept here. Nothing was saved."
    ]


def test_no_piece_becomes_one_of_a_kind_that_is_gone(office: Office) -> None:
    begun = office.handed_in()
    change(office, "kinds", lambda body: without_row(body, "kinds", "news"))
    with pytest.raises(Refused) as caught:
        office.decide(begun, "head", edit=edit_of(begun, "一\n二三", kind="news"))
    assert said(caught.value.messages) == ["The rules in force know no kinds.news."]


def _rules(office: Office) -> Rulebook:
    """As a later request reads them: the agency's revision has moved on."""
    return rules_of(office.fresh("writer").agency)
