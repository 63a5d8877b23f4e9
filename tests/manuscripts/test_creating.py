"""A piece begins: pasted text, labels, authors, its number; and what is refused before any write."""

from __future__ import annotations

import pytest

from hezou.kernel import clock
from hezou.kernel.errors import Forbidden, NotFound
from hezou.kernel.text import blocks
from hezou.manuscripts.actions import create, revise
from hezou.manuscripts.models import Manuscript, Reader
from hezou.manuscripts.queries import authors, current_version, version, versions
from tests.manuscripts.places import places_of, rows_in_all_tables
from tests.support.office import TEXT, Office, found_office, read
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return found_office()


def begin(office: Office, by: str = "writer", *named: str, **values: str) -> Manuscript:
    """A piece of one person naming authors (themselves by default)."""
    return create(
        by=office.fresh(by),
        text=values.get("text", TEXT),
        kind=values.get("kind", office.kind),
        content_class=values.get("content_class", "public"),
        openness=values.get("openness", "withheld"),
        named=[office.fresh(key) for key in named or (by,)],
    )


def rewrite(manuscript: Manuscript, by: str, office: Office, *named: str, **values: str) -> Manuscript:
    """Keep a draft as it now stands."""
    manuscript = read(manuscript)
    return revise(
        by=office.fresh(by),
        manuscript=manuscript,
        revision=manuscript.revision,
        text=values.get("text", TEXT),
        kind=values.get("kind", manuscript.kind),
        content_class=values.get("content_class", manuscript.content_class),
        openness=values.get("openness", manuscript.openness),
        named=[office.fresh(key) for key in named or (by,)],
    )


def readers(manuscript: Manuscript) -> set[tuple[str, object]]:
    return set(Reader.objects.filter(manuscript=manuscript).values_list("scope_kind", "scope_id"))


def test_create_keeps_title_text_and_number(office: Office) -> None:
    manuscript = begin(office)
    year = clock.today(office.agency.zone).year
    assert (manuscript.number, str(manuscript)) == (f"{year}-0001", f"{year}-0001")
    assert (manuscript.title, manuscript.state, manuscript.round) == (TEXT.split("\n")[0], "draft", 0)
    first = current_version(manuscript)
    assert (first.number, first.reason, first.text.plain()) == (1, "import", TEXT)
    assert begin(office).number == f"{year}-0002"
    assert begin(found_office("hill")).number == f"{year}-0001"


def test_create_keeps_headings_and_tables(office: Office) -> None:
    text = "题目\r\n一、做法\r\n| 事项 | 次数 |\r\n| 帮办 | 12 |\r\n（一）下一步\r\n继续。"
    kept = current_version(begin(office, text=text)).text.plain()
    assert [(b.kind, b.level, b.rows) for b in blocks(kept)] == [
        ("title", 0, ()),
        ("heading", 1, ()),
        ("table", 0, (("事项", "次数"), ("帮办", "12"))),
        ("heading", 2, ()),
        ("paragraph", 0, ()),
    ]


def test_create_opens_the_draft_to_writer_and_authors_alone(office: Office) -> None:
    manuscript = begin(office, "writer", "colleague", "other_writer")
    assert readers(manuscript) == {
        ("person", office.person[key].pk) for key in ("writer", "colleague", "other_writer")
    }


def test_create_names_authors_in_their_order_each_once(office: Office) -> None:
    manuscript = begin(office, "writer", "other_writer", "writer", "other_writer")
    assert [(a.person.name, a.unit) for a in authors(manuscript)] == [
        ("丁某", office.unit["第二科"]),
        ("甲某", office.unit["第一科"]),
    ]
    assert manuscript.unit == office.unit["第二科"]


@pytest.mark.parametrize("text", ["", "  \n\u3000\n"])
def test_create_without_text_is_refused(office: Office, text: str) -> None:
    with refused("manuscript.empty"):
        begin(office, text=text)


def test_create_without_author_is_refused(office: Office) -> None:
    with refused("manuscript.no_author"):
        create(
            by=office.fresh("writer"),
            text=TEXT,
            kind=office.kind,
            content_class="public",
            openness="withheld",
            named=[],
        )


def test_create_naming_somebody_of_another_agency_finds_nobody(office: Office) -> None:
    other = found_office("hill")
    with pytest.raises(NotFound):
        create(
            by=office.fresh("writer"),
            text=TEXT,
            kind=office.kind,
            content_class="public",
            openness="withheld",
            named=[other.fresh("writer")],
        )


@pytest.mark.parametrize("by", ["auditor", "administrator", "secrecy"])
def test_create_by_who_does_not_write_is_forbidden(office: Office, by: str) -> None:
    with pytest.raises(Forbidden):
        begin(office, by)


LABELS = [
    ({"content_class": "barred"}, "manuscript.barred_class"),
    ({"content_class": "cosmic"}, "manuscript.unknown_class"),
    ({"openness": "sometimes"}, "manuscript.unknown_openness"),
    ({"kind": "publicity", "content_class": "internal"}, "manuscript.class_not_kept"),
    ({"content_class": "internal", "openness": "proactive"}, "manuscript.internal_openly"),
    ({"kind": "poem"}, "packs.unknown"),
]


@pytest.mark.parametrize(("labels", "code"), LABELS, ids=[code for _, code in LABELS])
def test_create_with_labels_not_kept_here_writes_nothing(
    office: Office, labels: dict[str, str], code: str
) -> None:
    before = rows_in_all_tables()
    with refused(code):
        begin(office, **labels)
    assert rows_in_all_tables() == before


@pytest.mark.parametrize(("labels", "code"), LABELS, ids=[code for _, code in LABELS])
def test_revise_with_labels_not_kept_here_keeps_the_old(
    office: Office, labels: dict[str, str], code: str
) -> None:
    manuscript = begin(office)
    with refused(code):
        rewrite(manuscript, "writer", office, text=f"{TEXT}\n另有一段。", **labels)
    manuscript = read(manuscript)
    assert (manuscript.kind, manuscript.content_class, manuscript.openness) == (
        office.kind,
        "public",
        "withheld",
    )
    assert places_of("另有一段") == []


def test_internal_piece_is_not_kept_where_the_rules_keep_none() -> None:
    station = found_office("station", rules="county-station", kind="grassroots_voice")
    with refused("manuscript.class_not_kept"):
        begin(station, content_class="internal")


def test_kind_for_the_public_closed_to_it_is_refused() -> None:
    station = found_office("station", rules="county-station", kind="how_to")
    with refused("manuscript.no_line_left"):
        begin(station)
    assert begin(station, openness="on_request").state == "draft"


def test_revise_makes_the_next_version(office: Office) -> None:
    manuscript = rewrite(begin(office), "writer", office, text=f"新题目\n{TEXT}", openness="on_request")
    newest = current_version(manuscript)
    assert (newest.number, newest.reason, newest.openness) == (2, "keep", "on_request")
    assert (manuscript.title, manuscript.openness) == ("新题目", "on_request")
    assert [v.number for v in versions(manuscript)] == [2, 1]
    assert version(manuscript, 1).text.plain() == TEXT


def test_version_that_never_was_is_not_found(office: Office) -> None:
    with pytest.raises(NotFound):
        version(begin(office), 2)


def test_revise_into_the_same_makes_no_version(office: Office) -> None:
    manuscript = rewrite(begin(office), "writer", office, text=f"{TEXT}  \r\n")
    assert (manuscript.version_count, read(manuscript).revision) == (1, 2)


def test_revise_of_labels_alone_seals_the_text_anew(office: Office) -> None:
    manuscript = rewrite(begin(office), "writer", office, content_class="internal")
    first, second = version(manuscript, 1), version(manuscript, 2)
    assert first.text.plain() == second.text.plain()
    assert first.seal != second.seal
    assert (first.content_class, second.content_class) == ("public", "internal")


def test_same_text_of_two_pieces_has_two_seals(office: Office) -> None:
    seals = {current_version(begin(office)).seal for _ in range(2)}
    assert len(seals) == 2


def test_revise_names_authors_anew(office: Office) -> None:
    manuscript = rewrite(begin(office), "writer", office, "colleague", "other_writer")
    assert [a.person.name for a in authors(manuscript)] == ["乙某", "丁某"]
    assert read(manuscript).unit == office.unit["第一科"]
    assert manuscript.version_count == 1
    manuscript = rewrite(manuscript, "other_writer", office)
    assert [a.person.name for a in authors(manuscript)] == ["丁某"]
    assert read(manuscript).unit == office.unit["第二科"]


def test_revise_without_author_is_refused(office: Office) -> None:
    manuscript = begin(office)
    with refused("manuscript.no_author"):
        revise(
            by=office.fresh("writer"),
            manuscript=manuscript,
            revision=manuscript.revision,
            text=TEXT,
            kind=manuscript.kind,
            content_class="public",
            openness="withheld",
            named=[],
        )


def test_revise_by_a_reader_is_forbidden(office: Office) -> None:
    with pytest.raises(Forbidden):
        rewrite(begin(office), "colleague", office)


@pytest.mark.parametrize("state", ["in_review", "signed"])
def test_revise_of_what_is_in_review_or_signed_is_impossible(office: Office, state: str) -> None:
    manuscript = office.handed_in() if state == "in_review" else office.signed()
    with refused("kernel.impossible"):
        rewrite(manuscript, "writer", office, text=f"{TEXT}\n另有一段。")
    assert places_of("另有一段") == []
