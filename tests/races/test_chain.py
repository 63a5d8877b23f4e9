"""Many at once in one agency: no number twice or left out, no entry lost, nobody waits for ever."""

from __future__ import annotations

from uuid import UUID

import pytest

from hezou.audit.actions import act
from hezou.audit.models import AuditEntry, Deed
from hezou.audit.queries import chain_breaks, head
from hezou.audit.rules import GENESIS
from hezou.kernel.ids import uuid7
from hezou.manuscripts import actions as pieces
from hezou.manuscripts.models import Manuscript
from hezou.people.models import Body
from hezou.people.queries import today_of
from hezou.review import actions as review
from hezou.review.models import Seat
from hezou.submissions import actions as submissions
from tests.races.answers import DONE, STALE, answer, person, piece
from tests.support.office import TEXT, Office, edit_of, found_office
from tests.support.processes import race

pytestmark = pytest.mark.process

ACTS = 25


def create(by: str, times: int) -> list[str]:
    """Begin so many pieces; their numbers."""
    return [_create(by).number for _ in range(times)]


def _create(by: str) -> Manuscript:
    writer = person(by)
    return pieces.create(
        by=writer,
        text=TEXT,
        kind="experience",
        content_class="public",
        openness="withheld",
        named=[writer],
    )


def rewrite(by: str, key: str, times: int) -> list[str]:
    """Change one piece so many times."""
    for turn in range(times):
        manuscript = piece(key)
        pieces.revise(
            by=person(by),
            manuscript=manuscript,
            revision=manuscript.revision,
            text=f"{TEXT}\n{'好' * (turn + 1)}。",
            kind=manuscript.kind,
            content_class=manuscript.content_class,
            openness=manuscript.openness,
            named=[person(by)],
        )
    return [DONE] * times


def decide_and_create(by: str, keys: list[str], times: int) -> list[str]:
    """Edit and pass each piece at its first level, then begin so many; their numbers."""
    for key in keys:
        manuscript = piece(key)
        review.decide(
            by=person(by),
            manuscript=manuscript,
            revision=manuscript.revision,
            seat=Seat.objects.get(manuscript=UUID(key), level=1),
            verdict="approve",
            edit=edit_of(manuscript, TEXT.replace("取得初步成效", "已见成效")),
        )
    return create(by, times)


def press_create(by: str, deeds: list[str]) -> list[str]:
    """The button under a new text, once for each form."""

    def press(deed: str) -> None:
        with act(person(by), deed=UUID(deed)) as mine:
            mine.target = f"/manuscripts/{_create(by).number}"

    return [answer(press, deed=deed) for deed in deeds]


def press_submit(by: str, key: str, revision: int, deed: str) -> str:
    """The button that submits."""

    def press() -> None:
        with act(person(by), deed=UUID(deed)) as mine:
            to = list(Body.objects.order_by("name"))
            submissions.submit(by=person(by), manuscript=piece(key), revision=revision, to=to)
            mine.target = f"/submissions/{key}"

    return answer(press)


@pytest.fixture
def office(transactional_db: None) -> Office:
    return found_office()


def numbers(office: Office) -> list[str]:
    """The numbers an agency gave, in order."""
    rows = Manuscript.objects.filter(agency=office.agency).order_by("number")
    return list(rows.values_list("number", flat=True))


def counted(office: Office, last: int) -> list[str]:
    year = today_of(office.agency).year
    return [f"{year}-{number:04d}" for number in range(1, last + 1)]


def whole(office: Office) -> int:
    """How long the agency's chain is, proved whole."""
    assert list(chain_breaks(office.agency.pk)) == []
    number, _ = head(office.agency.pk)
    assert AuditEntry.objects.filter(agency_id=office.agency.pk).count() == number
    return number


def test_four_at_work_lose_no_number_and_no_entry(office: Office) -> None:
    own = office.draft()
    waiting = [str(office.handed_in("other_writer").pk) for _ in range(5)]
    before, made = whole(office), len(numbers(office))
    by = {key: str(person.pk) for key, person in office.person.items()}
    answers = race(
        __file__,
        ("create", by["colleague"], ACTS),
        ("create", by["other_writer"], ACTS),
        ("rewrite", by["writer"], str(own.pk), ACTS),
        ("decide_and_create", by["other_head"], waiting, ACTS - len(waiting)),
    )
    new = sorted(answers[0] + answers[1] + answers[3])
    assert numbers(office)[made:] == new
    assert numbers(office) == counted(office, made + 3 * ACTS - len(waiting))
    assert piece(str(own.pk)).version_count == ACTS + 1
    # A creation leaves two entries, a change one, a decision with an edit three (version, passed, next seat).
    assert whole(office) == before + 2 * len(new) + ACTS + 3 * len(waiting)


def test_one_deed_pressed_in_two_windows_is_done_once(office: Office) -> None:
    assert head(office.agency.pk) == (0, GENESIS)  # the first deed begins the chain, too
    deeds = [str(uuid7()) for _ in range(6)]
    by = str(office.person["writer"].pk)
    answers = race(__file__, ("press_create", by, deeds), ("press_create", by, deeds))
    targets = {str(deed.deed): deed.target for deed in Deed.objects.all()}
    for deed, *both in zip(deeds, *answers, strict=True):
        assert sorted(both) == [f"already {targets[deed]}", DONE]
    assert numbers(office) == counted(office, len(deeds))
    assert whole(office) == 2 * len(deeds)


def test_submit_pressed_twice_is_answered_alike_and_a_third_is_stale(office: Office) -> None:
    manuscript, before = office.signed(), whole(office)
    editor, key, deed = str(office.person["editor"].pk), str(manuscript.pk), str(uuid7())
    call = ("press_submit", editor, key, manuscript.revision, deed)
    assert sorted(race(__file__, call, call)) == [f"already /submissions/{key}", DONE]
    assert press_submit(editor, key, manuscript.revision, str(uuid7())) == STALE
    # One entry for the piece and one for each body.
    assert whole(office) == before + 1 + len(office.body)
