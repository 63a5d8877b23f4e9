"""Who may see a piece, as rows: what opens it, and what shuts the office out of an internal one (R4, R22)."""

from __future__ import annotations

import pytest

from hezou.access.scopes import find_manuscript
from hezou.kernel.errors import Forbidden, NotFound, Stale
from hezou.manuscripts.actions import admit_reader, revise
from hezou.manuscripts.models import Manuscript, Reader
from hezou.people.queries import today_of
from hezou.review.actions import hand_in
from tests.support.office import POSTS, TEXT, Office, edit_of, found_office, read

pytestmark = pytest.mark.django_db

INTERNAL = {"content_class": "internal"}


@pytest.fixture
def office() -> Office:
    return found_office()


def seen_by(office: Office, manuscript: Manuscript) -> set[str]:
    """Everybody who finds the piece."""
    found = set()
    for key in POSTS:
        try:
            find_manuscript(office.fresh(key), manuscript.pk)
        except NotFound:
            continue
        found.add(key)
    return found


def relabel(office: Office, manuscript: Manuscript, content_class: str) -> None:
    manuscript = read(manuscript)
    revise(
        by=office.fresh("writer"),
        manuscript=manuscript,
        revision=manuscript.revision,
        text=TEXT,
        kind=manuscript.kind,
        content_class=content_class,
        openness="withheld",
        named=[office.fresh("writer")],
    )


def test_draft_is_seen_by_its_writers_alone(office: Office) -> None:
    assert seen_by(office, office.draft()) == {"writer"}
    assert seen_by(office, office.draft("writer", "other_writer")) == {"writer", "other_writer"}


def test_piece_in_review_is_seen_by_its_head_the_leaders_and_the_office(office: Office) -> None:
    everybody = {"writer", "head", "leader", "editor", "second_editor", "signer"}
    assert seen_by(office, office.handed_in()) == everybody


def test_internal_piece_is_seen_by_named_readers_and_whose_turn_came(office: Office) -> None:
    manuscript = office.handed_in(**INTERNAL)
    assert seen_by(office, manuscript) == {"writer", "head"}
    office.decide(manuscript, "head")
    assert seen_by(office, manuscript) == {"writer", "head", "editor", "second_editor"}
    office.decide(manuscript, "editor")
    assert seen_by(office, manuscript) == {"writer", "head", "editor", "second_editor", "signer"}


def test_internal_piece_shown_to_a_deputy_of_whoever_sits(office: Office) -> None:
    today = today_of(office.agency)
    office.deputise("head", "other_head", today, today)
    assert seen_by(office, office.handed_in(**INTERNAL)) == {"writer", "head", "other_head"}


def test_piece_that_becomes_internal_in_review_shuts_the_office_out(office: Office) -> None:
    manuscript = office.handed_in()
    office.decide(manuscript, "head", edit=edit_of(manuscript, TEXT, content_class="internal"))
    assert seen_by(office, manuscript) == {"writer", "head", "editor", "second_editor"}
    rows = Reader.objects.filter(manuscript=manuscript)
    assert set(rows.values_list("scope_kind", flat=True)) == {"person", "seat"}


def test_piece_that_becomes_internal_as_a_draft_stays_shut_when_handed_in(office: Office) -> None:
    manuscript = office.handed_in()
    office.decide(manuscript, "head", verdict="return", opinion="应为内部")
    relabel(office, manuscript, "internal")
    assert seen_by(office, manuscript) == {"writer", "head"}


def test_piece_no_longer_internal_is_opened_by_the_next_hand_in(office: Office) -> None:
    manuscript = office.draft(**INTERNAL)
    relabel(office, manuscript, "public")
    assert seen_by(office, manuscript) == {"writer"}
    manuscript = read(manuscript)
    hand_in(by=office.fresh("writer"), manuscript=manuscript, revision=manuscript.revision, confirmed=True)
    assert seen_by(office, manuscript) == {"writer", "head", "leader", "editor", "second_editor", "signer"}


def test_reader_admitted_by_the_writer_sees_the_piece(office: Office) -> None:
    manuscript = office.handed_in(**INTERNAL)
    admit_reader(
        by=office.fresh("writer"),
        manuscript=manuscript,
        revision=manuscript.revision,
        reader=office.fresh("secrecy"),
    )
    assert seen_by(office, manuscript) == {"writer", "head", "secrecy"}


def test_secrecy_reviewer_who_reads_a_piece_admits_others(office: Office) -> None:
    manuscript = office.handed_in(**INTERNAL)
    for by, reader in (("writer", "secrecy"), ("secrecy", "auditor")):
        manuscript = read(manuscript)
        admit_reader(
            by=office.fresh(by),
            manuscript=manuscript,
            revision=manuscript.revision,
            reader=office.fresh(reader),
        )
    assert seen_by(office, manuscript) == {"writer", "head", "secrecy", "auditor"}


@pytest.mark.parametrize("by", ["secrecy", "administrator", "editor", "head"])
def test_admitting_a_reader_by_anybody_else_is_forbidden(office: Office, by: str) -> None:
    manuscript = office.handed_in(**INTERNAL)
    with pytest.raises(Forbidden):
        admit_reader(
            by=office.fresh(by),
            manuscript=manuscript,
            revision=manuscript.revision,
            reader=office.fresh("administrator"),
        )
    assert seen_by(office, manuscript) == {"writer", "head"}


def test_admitting_on_a_stale_page_is_refused(office: Office) -> None:
    manuscript = office.handed_in(**INTERNAL)
    with pytest.raises(Stale):
        admit_reader(
            by=office.fresh("writer"), manuscript=manuscript, revision=1, reader=office.fresh("secrecy")
        )


def test_admitting_somebody_of_another_agency_finds_nobody(office: Office) -> None:
    manuscript = office.handed_in(**INTERNAL)
    with pytest.raises(NotFound):
        admit_reader(
            by=office.fresh("writer"),
            manuscript=manuscript,
            revision=manuscript.revision,
            reader=found_office("hill").fresh("head"),
        )
