"""Whose pictures a text may show: the piece's own, and what whoever writes it brought in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hezou.kernel.errors import NotFound, Refused
from hezou.manuscripts.actions import revise, save_working_copy
from hezou.manuscripts.models import Manuscript, Picture
from hezou.manuscripts.queries import current_version, file_of
from hezou.manuscripts.rules.incoming import PICTURE_UNKNOWN
from tests.support.office import TEXT, Office, edit_of, found_office
from tests.support.pictures import bring, line, picture
from tests.support.refusals import codes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _blobs(settings: Any, tmp_path: Path) -> None:
    settings.BLOBS = tmp_path


@pytest.fixture
def office() -> Office:
    return found_office()


def kept(office: Office, piece: Manuscript, text: str, key: str = "writer") -> Manuscript:
    """The piece with the text as its next version."""
    labels = {name: getattr(piece, name) for name in ("kind", "content_class", "openness")}
    by = office.fresh(key)
    named = [office.fresh("writer"), office.fresh("colleague")]
    return revise(by=by, manuscript=piece, revision=piece.revision, text=text, named=named, **labels)


def test_create_with_a_brought_picture_opens_it_to_readers(office: Office) -> None:
    shown = bring(office.fresh("writer"), picture())
    piece = office.draft(text=f"{TEXT}\n{line(shown)}")
    blob, name = file_of(piece, shown.sha256)
    assert (blob.sha256, name) == (shown.sha256, "")


def test_create_with_the_hash_of_anothers_picture_is_refused(office: Office) -> None:
    theirs = bring(office.fresh("other_writer"), picture())
    with pytest.raises(Refused) as refused:
        office.draft(text=f"{TEXT}\n{line(theirs)}")
    assert codes(refused) == [PICTURE_UNKNOWN.code]
    assert refused.value.messages[0].params == {"caption": "图1　办事大厅"}
    assert not Manuscript.objects.exists()


def test_create_with_a_made_up_hash_is_refused_and_named_by_its_head(office: Office) -> None:
    with pytest.raises(Refused) as refused:
        office.draft(text=f"{TEXT}\n![](file:{'a' * 64})")
    assert refused.value.messages[0].params == {"caption": "a" * 12}


def test_picture_of_another_agency_is_refused(office: Office) -> None:
    theirs = bring(found_office("hill").fresh("writer"), picture())
    with pytest.raises(Refused):
        office.draft(text=f"{TEXT}\n{line(theirs)}")


def test_picture_of_another_piece_is_refused_to_who_only_reads_it(office: Office) -> None:
    shown = bring(office.fresh("writer"), picture())
    office.draft(text=f"{TEXT}\n{line(shown)}")
    with pytest.raises(Refused):
        office.draft("other_writer", text=f"{TEXT}\n{line(shown)}")


def test_another_author_may_keep_the_pieces_own_pictures(office: Office) -> None:
    shown = bring(office.fresh("writer"), picture())
    piece = office.draft("writer", "colleague", text=f"{TEXT}\n{line(shown)}")
    piece = kept(office, piece, f"{TEXT}\n又一句。\n{line(shown)}", "colleague")
    assert piece.version_count == 2


def test_picture_taken_out_stays_open_for_the_older_version(office: Office) -> None:
    shown = bring(office.fresh("writer"), picture())
    piece = office.draft(text=f"{TEXT}\n{line(shown)}")
    piece = kept(office, piece, TEXT)
    assert file_of(piece, shown.sha256)[0].sha256 == shown.sha256
    assert Picture.objects.count() == 1


def test_picture_that_was_only_pasted_is_no_file_of_the_piece(office: Office) -> None:
    piece = office.draft()
    shown = bring(office.fresh("writer"), picture())
    save_working_copy(by=office.fresh("writer"), manuscript=piece, text=line(shown), revision=0)
    with pytest.raises(NotFound):
        file_of(piece, shown.sha256)


def test_reviewer_may_put_in_a_picture_of_their_own(office: Office) -> None:
    piece = office.handed_in()
    shown = bring(office.fresh("head"), picture())
    piece = office.decide(piece, "head", edit=edit_of(piece, f"{TEXT}\n{line(shown)}"))
    assert file_of(piece, current_version(piece).text.plain()[-65:-1])[0].sha256 == shown.sha256


def test_reviewer_may_not_put_in_a_picture_they_do_not_have(office: Office) -> None:
    piece = office.handed_in()
    with pytest.raises(Refused) as refused:
        office.decide(piece, "head", edit=edit_of(piece, f"{TEXT}\n![图](file:{'a' * 64})"))
    assert codes(refused) == [PICTURE_UNKNOWN.code]
