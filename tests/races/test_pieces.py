"""Two buttons at once on one piece: one wins, the other is told that its page is stale; nothing is half done.

Each race is run over several pieces, by processes let go at the same moment.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from hezou.audit.queries import chain_breaks
from hezou.manuscripts import actions as pieces
from hezou.manuscripts.models import Manuscript, WorkingCopy
from hezou.manuscripts.queries import current_version
from hezou.merits.models import Merit
from hezou.people.models import Body
from hezou.review import actions as review
from hezou.review.models import Decision, Seat
from hezou.submissions import actions as submissions
from hezou.submissions.models import Adoption, Submission
from tests.races.answers import DONE, STALE, answer, person, piece
from tests.support.office import TEXT, Office, edit_of, found_office, read
from tests.support.processes import race

pytestmark = pytest.mark.process

PIECES = 4
WORDED = TEXT.replace("取得初步成效", "已见成效")


# What the processes do: one press for each piece, from pages drawn at one revision -----------------


def submit(by: str, keys: list[str], revision: int) -> list[str]:
    to = list(Body.objects.order_by("name"))
    return [
        answer(submissions.submit, by=person(by), manuscript=piece(key), revision=revision, to=to)
        for key in keys
    ]


def recall_and_rewrite(by: str, keys: list[str], revision: int) -> list[str]:
    """Take each piece back and, where that was possible, change its text."""
    answers = [answer(review.recall, by=person(by), manuscript=piece(key), revision=revision) for key in keys]
    for key, said in zip(keys, answers, strict=True):
        if said == DONE:
            manuscript = piece(key)
            pieces.revise(
                by=person(by),
                manuscript=manuscript,
                revision=manuscript.revision,
                text=WORDED,
                kind=manuscript.kind,
                content_class=manuscript.content_class,
                openness=manuscript.openness,
                named=[person(by)],
            )
    return answers


def hand_in(by: str, keys: list[str], revision: int) -> list[str]:
    return [
        answer(review.hand_in, by=person(by), manuscript=piece(key), revision=revision, confirmed=True)
        for key in keys
    ]


def decide(by: str, keys: list[str], revision: int, level: int, text: str) -> list[str]:
    """Approve at the seat of a level, with an edit where it differs from the text there is."""
    return [
        answer(
            review.decide,
            by=person(by),
            manuscript=piece(key),
            revision=revision,
            seat=Seat.objects.get(manuscript=UUID(key), level=level),
            verdict="approve",
            edit=edit_of(piece(key), text),
        )
        for key in keys
    ]


def save(by: str, keys: list[str], text: str) -> list[str]:
    """The first save of a tab."""
    return [
        answer(pieces.save_working_copy, by=person(by), manuscript=piece(key), text=text, revision=0)
        for key in keys
    ]


def adopt(by: str, keys: list[str]) -> list[str]:
    result = submissions.Result(form="whole", evidence="verified", adopted_on=date(2026, 3, 2))
    rows = [Submission.objects.select_related("manuscript__agency").get(pk=key) for key in keys]
    return [
        answer(submissions.adopt, by=person(by), submission=row, revision=1, result=result) for row in rows
    ]


# The races -----------------------------------------------------------------------------------------


@pytest.fixture
def office(transactional_db: None) -> Office:
    return found_office()


def ids(office: Office, *keys: str) -> list[str]:
    return [str(office.person[key].pk) for key in keys]


def prepared(manuscripts: list[Manuscript]) -> tuple[list[str], int]:
    """The ids of pieces that all stand at one revision, and that revision."""
    [revision] = {read(manuscript).revision for manuscript in manuscripts}
    return [str(manuscript.pk) for manuscript in manuscripts], revision


def states(keys: list[str]) -> list[str]:
    return [piece(key).state for key in keys]


def one_each(first: list[str], second: list[str]) -> list[bool]:
    """Exactly one of two was done at each piece and the other told it is stale; whether it was the first."""
    assert [sorted(both) for both in zip(first, second, strict=True)] == [[DONE, STALE]] * len(first)
    return [said == DONE for said in first]


def sound(office: Office) -> bool:
    return list(chain_breaks(office.agency.pk)) == []


def test_submit_against_recall_and_edit_has_one_winner(office: Office) -> None:
    keys, revision = prepared([office.signed() for _ in range(PIECES)])
    writer, editor = ids(office, "writer", "editor")
    sent, taken = race(
        __file__, ("submit", editor, keys, revision), ("recall_and_rewrite", writer, keys, revision)
    )
    left = one_each(sent, taken)
    assert states(keys) == ["sent" if gone else "draft" for gone in left]
    gone_out = Submission.objects.select_related("version__text")
    assert {row.version.text.plain() for row in gone_out} <= {TEXT}
    assert sorted(str(row.manuscript_id) for row in gone_out) == sorted(
        key for key, gone in zip(keys, left, strict=True) if gone for _ in office.body
    )
    assert sound(office)


def test_submit_against_the_last_signature_with_an_edit_sends_nothing_unsigned(office: Office) -> None:
    manuscripts = [office.handed_in() for _ in range(PIECES)]
    for manuscript in manuscripts:
        for key in ("head", "editor"):
            office.decide(manuscript, key)
    keys, revision = prepared(manuscripts)
    signer, editor = ids(office, "signer", "editor")
    signed, sent = race(
        __file__, ("decide", signer, keys, revision, 3, WORDED), ("submit", editor, keys, revision)
    )
    assert signed == [DONE] * PIECES
    assert set(sent) <= {STALE, "review.undecided"}
    assert states(keys) == ["signed"] * PIECES
    assert [current_version(piece(key)).text.plain() for key in keys] == [WORDED] * PIECES
    assert list(Submission.objects.all()) == []
    assert sound(office)


def test_two_editors_at_one_seat_decide_once(office: Office) -> None:
    manuscripts = [office.handed_in() for _ in range(PIECES)]
    for manuscript in manuscripts:
        office.decide(manuscript, "head")
    keys, revision = prepared(manuscripts)
    one, other = ids(office, "editor", "second_editor")
    answers = race(
        __file__, ("decide", one, keys, revision, 2, TEXT), ("decide", other, keys, revision, 2, WORDED)
    )
    first = one_each(*answers)
    winners = [one if won else other for won in first]
    for key, winner in zip(keys, winners, strict=True):
        decision = Decision.objects.get(seat__manuscript=UUID(key), seat__level=2)
        assert (decision.decided_by_id, decision.seat.person_id) == (UUID(winner), UUID(winner))
        assert current_version(piece(key)).text.plain() == (TEXT if winner == one else WORDED)
    assert sound(office)


def test_two_hand_ins_begin_one_round(office: Office) -> None:
    keys, revision = prepared([office.draft("writer", "colleague") for _ in range(PIECES)])
    one, other = ids(office, "writer", "colleague")
    answers = race(__file__, ("hand_in", one, keys, revision), ("hand_in", other, keys, revision))
    one_each(*answers)
    assert [(piece(key).round, piece(key).seats.count()) for key in keys] == [(1, 3)] * PIECES
    assert sound(office)


def test_first_saves_of_two_tabs_keep_one(office: Office) -> None:
    keys, _ = prepared([office.draft() for _ in range(PIECES)])
    [writer] = ids(office, "writer")
    texts = ["第一页写的", "第二页写的"]
    answers = race(__file__, *(("save", writer, keys, text) for text in texts))
    won = one_each(*answers)
    kept = [WorkingCopy.objects.get(manuscript=UUID(key)).text for key in keys]
    assert kept == [texts[0] if first else texts[1] for first in won]


def test_two_adoptions_of_one_result_book_once(office: Office) -> None:
    rows = []
    for _ in range(2):
        manuscript = office.signed()
        rows += submissions.submit(
            by=office.fresh("editor"),
            manuscript=manuscript,
            revision=manuscript.revision,
            to=list(office.body.values()),
        )
    keys = [str(row.pk) for row in rows]
    answers = race(__file__, *(("adopt", by, keys) for by in ids(office, "editor", "second_editor")))
    one_each(*answers)
    assert Adoption.objects.count() == Merit.objects.count() == len(rows)
    assert sound(office)
