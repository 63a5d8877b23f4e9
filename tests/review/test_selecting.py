"""来稿筛选: what the office makes of a contribution, who is told, and that only a return moves the piece."""

from __future__ import annotations

import pytest

from hezou.audit.queries import chain_breaks
from hezou.kernel.errors import Forbidden, NotFound, Refused, Stale
from hezou.manuscripts.models import Manuscript
from hezou.notices.models import Notice
from hezou.people.queries import today_of
from hezou.review.actions import hand_in, select
from hezou.review.models import Decision, Seat, Selection
from hezou.review.queries import at_work, incoming, selections, waiting_for
from hezou.review.rules import SELECTIONS, why_not_select
from tests.support.office import POSTS, Office, found_office, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return found_office()


def came_in(office: Office, *authors: str, **more: str) -> Manuscript:
    """A piece that its unit has passed."""
    piece = office.handed_in(*authors, **more)
    office.decide(piece, "head")
    return read(piece)


def choose(
    office: Office, piece: Manuscript, verdict: str, *, by: str = "editor", seen: int = 0, reason: str = ""
) -> Selection:
    piece = read(piece)
    return select(
        by=office.fresh(by),
        manuscript=piece,
        revision=piece.revision,
        seat=office.open_seat(piece),
        verdict=verdict,
        seen=seen,
        reason=reason,
    )


def waits(office: Office, key: str) -> list[Manuscript]:
    return [seat.manuscript for seat in incoming(waiting_for(office.fresh(key), today_of(office.agency)))]


def at_desk(office: Office, key: str) -> list[Manuscript]:
    return [seat.manuscript for seat in at_work(waiting_for(office.fresh(key), today_of(office.agency)))]


def told(office: Office, key: str) -> list[str]:
    rows = Notice.objects.filter(person=office.person[key]).order_by("pk")
    return [row.kind for row in rows]


def codes(caught: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [message.code for message in caught.value.messages]


def test_contributions_wait_once_their_unit_has_passed_them(office: Office) -> None:
    office.handed_in()
    piece = came_in(office)
    assert {key: waits(office, key) for key in ("editor", "second_editor", "signer", "head", "writer")} == {
        "editor": [piece],
        "second_editor": [piece],
        "signer": [],
        "head": [],
        "writer": [],
    }


@pytest.mark.parametrize(
    ("verdict", "kind", "stays_at_desk"),
    [
        ("take_up", "notice.taken_up", True),
        ("keep", "notice.kept", False),
        ("merge", "notice.merged", False),
        ("publicise", "notice.publicise", False),
    ],
)
def test_mark_tells_the_writer_and_moves_nothing(
    office: Office, verdict: str, kind: str, stays_at_desk: bool
) -> None:
    piece = came_in(office)
    choose(office, piece, verdict)
    assert (read(piece).state, read(piece).revision, told(office, "writer")) == (
        "in_review",
        piece.revision,
        [kind],
    )
    assert (at_desk(office, "editor") == [piece], waits(office, "editor")) == (stays_at_desk, [piece])
    office.decide(piece, "editor")
    assert list(chain_breaks(office.agency.pk)) == []


def test_back_for_more_is_the_return_of_the_step(office: Office) -> None:
    piece = came_in(office)
    choose(office, piece, "supplement", reason="请补充数据来源")
    decision = Decision.objects.order_by("at").last()
    assert decision is not None
    assert (read(piece).state, decision.verdict, decision.opinion) == ("returned", "return", "请补充数据来源")
    assert told(office, "writer") == ["notice.returned"]
    assert list(Selection.objects.values_list("verdict", flat=True)) == ["supplement"]


def test_back_for_more_needs_its_reason_and_keeps_nothing_without(office: Office) -> None:
    piece = came_in(office)
    with pytest.raises(Refused) as refused:
        choose(office, piece, "supplement", reason=" ")
    assert codes(refused) == ["review.no_reason"]
    assert (Selection.objects.count(), read(piece).state) == (0, "in_review")


def test_back_for_more_of_a_piece_that_changed_is_stale(office: Office) -> None:
    piece = came_in(office)
    with pytest.raises(Stale):
        select(
            by=office.fresh("editor"),
            manuscript=piece,
            revision=piece.revision - 1,
            seat=office.open_seat(piece),
            verdict="supplement",
            seen=0,
            reason="补充",
        )


def test_publicity_is_refused_where_the_kind_or_class_never_goes_out(office: Office) -> None:
    open_kind = came_in(office, kind="publicity", openness="proactive")
    assert choose(office, open_kind, "publicise").verdict == "publicise"
    with pytest.raises(Refused) as refused:
        choose(office, came_in(office, content_class="internal"), "publicise")
    assert codes(refused) == ["review.never_public"]
    problem = office.handed_in(kind="problem")
    for key in ("head", "leader"):
        office.decide(problem, key)
    with pytest.raises(Refused) as refused:
        choose(office, problem, "publicise")
    assert codes(refused) == ["review.never_public"]


def test_newest_selection_counts_and_the_slower_of_two_is_told(office: Office) -> None:
    piece = came_in(office)
    choose(office, piece, "keep")
    with pytest.raises(Refused) as refused:
        choose(office, piece, "merge", by="second_editor")
    assert codes(refused) == ["review.selected_meanwhile"]
    choose(office, piece, "take_up", by="second_editor", seen=1)
    [newest] = selections(office.agency.pk, [piece.pk]).values()
    assert (newest.verdict, newest.number) == ("take_up", 2)
    assert at_desk(office, "editor") == [piece]
    assert told(office, "writer") == ["notice.kept", "notice.taken_up"]


def test_new_round_is_selected_anew(office: Office) -> None:
    piece = came_in(office)
    choose(office, piece, "supplement", reason="补充")
    from_writer = read(piece)
    hand_in(by=office.fresh("writer"), manuscript=from_writer, revision=from_writer.revision, confirmed=True)
    office.decide(piece, "head")
    choose(office, piece, "take_up")
    assert Selection.objects.filter(number=1).count() == 2


def test_selecting_belongs_to_the_office_at_its_own_step(office: Office) -> None:
    piece = came_in(office)
    for key in ("writer", "head", "signer", "administrator", "secrecy"):
        with pytest.raises(Forbidden):
            choose(office, piece, "keep", by=key)
    early = office.handed_in()
    with pytest.raises(Forbidden):
        choose(office, early, "keep")
    seat = office.open_seat(piece)
    may = {key for key in POSTS if office.fresh(key).has_perm("seat.select", seat)}
    assert may == {"editor", "second_editor"}
    with pytest.raises(Refused):
        choose(office, piece, "burn")
    with pytest.raises(NotFound):
        choose(office, came_in(found_office("hill")), "keep")
    assert Selection.objects.count() == 0


def test_author_selects_no_piece_of_their_own(office: Office) -> None:
    piece = office.handed_in("writer", "editor")
    office.decide(piece, "head")
    assert waits(office, "editor") == []
    with pytest.raises((Refused, Forbidden)):
        choose(office, piece, "take_up")
    assert why_not_select("keep", "1", is_author=True, may_go_out=True) is not None
    assert [why_not_select(one, "1", is_author=False, may_go_out=True) for one in SELECTIONS] == [None] * 5
    assert Seat.objects.filter(manuscript=piece, state="open").exists()
