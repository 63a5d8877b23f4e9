"""Lists without counting: every row once, in order, whatever the instants; the same queries for 1 and 30."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from hezou.access.lists import CAP, PAGE, Page, count_up_to, page, visible_page
from hezou.access.scopes import visible_manuscripts, visible_submissions
from hezou.manuscripts.models import Manuscript, Reader
from hezou.manuscripts.queries import manuscripts
from hezou.people.models import Body, Person
from hezou.people.queries import today_of
from hezou.review.models import Seat
from hezou.review.queries import next_hands, waiting_for
from hezou.submissions.actions import submit
from hezou.submissions.queries import submissions
from tests.support.office import Office, found_office, read

NOW = datetime.fromisoformat("2026-03-02T09:00:00.000123+00:00")


@pytest.fixture
def office(db: None) -> Office:
    return found_office()


def shelf(office: Office, instants: list[datetime], *scopes: tuple[str, str]) -> list[Manuscript]:
    """Pieces last touched at the instants, each open to one of the scopes in turn."""
    rows = [
        Manuscript(
            agency=office.agency,
            number=f"2026-{number:04d}",
            title=f"第{number}件",
            kind=office.kind,
            content_class="public",
            openness="withheld",
            creator=office.person["writer"],
            unit=office.unit["第一科"],
            created_at=at,
            touched_at=at,
            moved_at=at,
        )
        for number, at in enumerate(instants, start=Manuscript.objects.count())
    ]
    Manuscript.objects.bulk_create(rows)
    ids: dict[str, dict[str, Any]] = {"person": office.person, "head": office.unit}
    readers = []
    for number, row in enumerate(rows):
        kind, key = scopes[number % len(scopes)]
        scope_id = office.agency.pk if kind == "office" else ids[kind][key].pk
        readers.append(Reader(agency=office.agency, manuscript=row, scope_kind=kind, scope_id=scope_id))
    Reader.objects.bulk_create(readers)
    return rows


def walk(turn: Callable[[str], Page[Any]]) -> list[Any]:
    """Every row, page after page."""
    rows, after = [], ""
    while True:
        found = turn(after)
        rows += found.rows
        if not found.after:
            return rows
        after = found.after


def seen(person: Person, size: int) -> list[Manuscript]:
    return walk(lambda after: visible_page(person, manuscripts(person.agency_id), after=after, size=size))


def in_order(rows: list[Manuscript]) -> list[Manuscript]:
    return sorted(rows, key=lambda row: (row.touched_at, row.pk), reverse=True)


@pytest.mark.parametrize("size", [1, 4, 7, 20, 30])
def test_pages_hold_every_row_once_though_all_were_touched_at_one_instant(office: Office, size: int) -> None:
    rows = shelf(
        office, [NOW] * 20, ("office", ""), ("head", "第一科"), ("person", "head"), ("person", "editor")
    )
    office.grant("head", "editor", "某局")
    head = office.fresh("head")
    mine = [row for number, row in enumerate(rows) if number % 4 != 3]
    assert seen(head, size) == in_order(mine)


def test_pages_hold_a_row_open_by_three_scopes_once(office: Office) -> None:
    rows = shelf(office, [NOW] * 5, ("office", ""))
    for row in rows:
        for kind, scope_id in (("person", office.person["head"].pk), ("head", office.unit["第一科"].pk)):
            Reader.objects.create(agency=office.agency, manuscript=row, scope_kind=kind, scope_id=scope_id)
    office.grant("head", "editor", "某局")
    assert seen(office.fresh("head"), 2) == in_order(rows)


def test_pages_of_other_agencies_hold_nothing_of_ours(office: Office) -> None:
    shelf(office, [NOW] * 3, ("office", ""))
    assert seen(found_office("hill").fresh("editor"), 2) == []


def test_last_page_that_is_full_has_no_cursor(office: Office) -> None:
    shelf(office, [NOW] * PAGE, ("office", ""))
    found = visible_page(office.fresh("editor"), manuscripts(office.agency.pk))
    assert (len(found.rows), found.after) == (PAGE, "")


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "~",
        "2026-03-02T09:00:00+00:00",
        "2026-03-02T09:00:00+00:00~x",
        "2026-03-02T09:00:00~0190b3a0-0000-7000-8000-000000000000",
        "0001-01-01T00:00:00+14:00~0190b3a0-0000-7000-8000-000000000000",
        "9999-12-31T23:59:59-14:00~0190b3a0-0000-7000-8000-000000000000",
        "\x00~\ud800",
    ],
    ids=["no cursor", "empty", "no id", "no uuid", "no zone", "before all days", "after all days", "no text"],
)
def test_cursor_that_was_mangled_begins_anew(office: Office, cursor: str) -> None:
    rows = shelf(office, [NOW, NOW + timedelta(seconds=1)], ("office", ""))
    editor = office.fresh("editor")
    assert visible_page(editor, manuscripts(office.agency.pk), after=cursor).rows == in_order(rows)


def test_cursor_of_somebody_else_shows_no_more_than_is_ones_own(office: Office) -> None:
    rows = shelf(office, [NOW] * 4, ("office", ""), ("person", "colleague"))
    cursor = visible_page(office.fresh("editor"), manuscripts(office.agency.pk), size=1).after
    found = visible_page(office.fresh("colleague"), manuscripts(office.agency.pk), after=cursor).rows
    assert set(found) <= {rows[1], rows[3]}


@settings(deadline=None)
@given(text=st.text(max_size=60))
def test_cursor_of_any_kind_is_read_without_complaint(text: str) -> None:
    assert page(Manuscript.objects.none(), "touched_at", after=text) == Page([], "")


def test_register_pages_hold_every_row_once(office: Office) -> None:
    for _ in range(3):
        manuscript = office.signed()
        submit(
            by=office.fresh("editor"),
            manuscript=manuscript,
            revision=manuscript.revision,
            to=list(office.body.values()),
        )
    register = submissions(office.agency.pk)
    assert walk(lambda after: page(register, "submitted_at", after=after, size=4)) == list(register)
    assert list(visible_submissions(office.fresh("editor"))) == list(register)
    assert list(visible_submissions(office.fresh("other_writer"))) == []


# Counting ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("cap", "words"), [(2, "2+"), (3, "3"), (4, "3")])
def test_count_is_exact_up_to_the_cap(office: Office, cap: int, words: str) -> None:
    shelf(office, [NOW] * 3, ("office", ""))
    assert count_up_to(visible_manuscripts(office.fresh("editor")), cap) == words


def test_count_reads_no_more_than_the_cap(office: Office) -> None:
    shelf(office, [NOW] * (CAP + 5), ("office", ""))
    assert count_up_to(manuscripts(office.agency.pk)) == "1,000+"
    assert count_up_to(manuscripts(office.agency.pk), CAP + 5) == "1,005"


def queries(ask: Callable[[], object]) -> int:
    """How many queries the database was asked."""
    with CaptureQueriesContext(connection) as caught:
        ask()
    return len(caught)


def show_list(person: Person) -> list[str]:
    """All that a list of pieces shows."""
    found = visible_page(person, manuscripts(person.agency_id)).rows
    hands = next_hands(found)
    return [f"{row} {row.unit} {row.creator} {row.agency} {hands.get(row.pk)}" for row in found]


def show_desk(person: Person) -> list[str]:
    """All that the desk shows of what waits."""
    waiting = waiting_for(person, today_of(person.agency))
    return [f"{seat.manuscript} {seat.manuscript.unit} {seat.person} {seat.unit}" for seat in waiting]


def show_register(person: Person) -> list[str]:
    """All that the register of submissions shows."""
    found = page(visible_submissions(person), "submitted_at").rows
    return [
        f"{row.manuscript.unit} {row.version.number} {row.body} {row.submitted_by} {[*row.adoptions.all()]}"
        for row in found
    ]


def sit(office: Office, rows: list[Manuscript]) -> None:
    """An open seat of the editors' in each piece."""
    Seat.objects.bulk_create(
        Seat(
            agency=office.agency,
            manuscript=row,
            round=0,
            level=1,
            step="editing",
            role="editor",
            unit=office.unit["某局"],
            counts=True,
            edits=True,
            secrecy=False,
            signs=False,
            state="open",
            opened_at=NOW,
        )
        for row in rows
    )


@pytest.mark.parametrize("show", [show_list, show_desk])
def test_list_asks_the_same_for_one_row_and_for_thirty(
    office: Office, show: Callable[[Person], list[str]]
) -> None:
    asked, rows = [], []
    for more in (1, 29):
        sit(office, shelf(office, [NOW] * more, ("office", "")))
        editor = office.fresh("editor")
        asked.append(queries(lambda editor=editor: rows.append(len(show(editor)))))  # type: ignore[misc]
    assert rows == [1, 30]
    assert asked[0] == asked[1] <= 8


def test_register_asks_the_same_for_one_row_and_for_thirty(office: Office) -> None:
    bodies = Body.objects.bulk_create(
        Body(agency=office.agency, name=f"第{number}家", sort_key="b", nature="line") for number in range(30)
    )
    manuscript, asked, rows = office.signed(), [], []
    for to in (bodies[:1], bodies[1:]):
        manuscript = read(manuscript)
        submit(by=office.fresh("editor"), manuscript=manuscript, revision=manuscript.revision, to=to)
        editor = office.fresh("editor")
        asked.append(queries(lambda editor=editor: rows.append(len(show_register(editor)))))  # type: ignore[misc]
    assert rows == [1, 30]
    assert asked[0] == asked[1] <= 8
