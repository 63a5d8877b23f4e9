"""Files beside a piece: who may put them there and when, and that what is reviewed is what is sealed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hezou.audit.models import AuditEntry
from hezou.files.actions import put
from hezou.kernel.errors import Forbidden, NotFound, Refused, Stale
from hezou.manuscripts.actions import attach, detach, revise
from hezou.manuscripts.models import Attachment, Manuscript
from hezou.manuscripts.queries import attachments, attachments_of, current_version, working_copy
from hezou.manuscripts.rules.incoming import (
    ALREADY_ATTACHED,
    MOST_ATTACHMENTS,
    TOO_MANY_ATTACHED,
    Enclosure,
    enclosure,
)
from hezou.ops.verifying import differences
from hezou.review.actions import hand_in, recall
from tests.support.office import TEXT, Office, found_office, read
from tests.support.refusals import codes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _blobs(settings: Any, tmp_path: Path) -> None:
    settings.BLOBS = tmp_path


@pytest.fixture
def office() -> Office:
    return found_office()


def attached(office: Office, piece: Manuscript, words: str, key: str = "writer") -> Attachment:
    """A text file put beside the piece."""
    by = office.fresh(key)
    file = enclosure(words.encode(), f"{words}.txt")
    put(by.agency_id, file.content)
    return attach(by=by, manuscript=piece, revision=piece.revision, enclosure=file)


def names(piece: Manuscript) -> list[str]:
    return [one.name for one in attachments(piece)]


def test_attach_keeps_the_order_and_bumps_the_revision(office: Office) -> None:
    piece = office.draft()
    before = piece.revision
    attached(office, piece, "甲")
    attached(office, piece, "乙")
    assert (names(piece), read(piece).revision) == (["甲.txt", "乙.txt"], before + 2)


def test_attach_makes_no_version_and_touches_no_working_copy(office: Office) -> None:
    piece = office.draft()
    attached(office, piece, "甲")
    assert (piece.version_count, working_copy(piece, office.fresh("writer"))) == (1, None)


def test_hand_in_seals_the_attachments_in_order(office: Office) -> None:
    piece = office.draft()
    plain = current_version(piece)
    files = [attached(office, piece, words).blob.sha256 for words in ("甲", "乙")]
    hand_in(by=office.fresh("writer"), manuscript=piece, revision=piece.revision, confirmed=True)
    sealed = current_version(piece)
    assert (sealed.number, sealed.attachments) == (2, files)
    assert sealed.seal != plain.seal
    assert list(differences(piece.agency_id)) == []


def test_verify_notices_a_swapped_attachment(office: Office) -> None:
    piece = office.draft()
    attached(office, piece, "甲")
    hand_in(by=office.fresh("writer"), manuscript=piece, revision=piece.revision, confirmed=True)
    version = current_version(piece)
    version.attachments = ["0" * 64]
    version.save()
    assert [one.message.code for one in differences(piece.agency_id)] == ["verify.seal_differs"]


def test_keep_makes_a_version_where_only_attachments_differ(office: Office) -> None:
    piece = office.draft()
    attached(office, piece, "甲")
    writer = office.fresh("writer")
    labels = {name: getattr(piece, name) for name in ("kind", "content_class", "openness")}
    for _ in range(2):
        piece = revise(
            by=writer, manuscript=piece, revision=piece.revision, text=TEXT, named=[writer], **labels
        )
    assert piece.version_count == 2


def test_detach_leaves_the_file_with_its_version(office: Office) -> None:
    piece = office.draft()
    file = attached(office, piece, "甲")
    hand_in(by=office.fresh("writer"), manuscript=piece, revision=piece.revision, confirmed=True)
    piece = recall(by=office.fresh("writer"), manuscript=read(piece), revision=piece.revision)
    detach(by=office.fresh("writer"), manuscript=piece, revision=piece.revision, attachment=file)
    assert names(piece) == []
    assert [one.name for one in attachments_of(current_version(piece))] == ["甲.txt"]


def test_detach_twice_is_refused(office: Office) -> None:
    piece = office.draft()
    file = attached(office, piece, "甲")
    writer = office.fresh("writer")
    detach(by=writer, manuscript=piece, revision=piece.revision, attachment=file)
    with pytest.raises(Refused):
        detach(by=writer, manuscript=piece, revision=piece.revision, attachment=file)


def test_attach_again_after_taking_away_puts_it_last(office: Office) -> None:
    piece = office.draft()
    first = attached(office, piece, "甲")
    attached(office, piece, "乙")
    detach(by=office.fresh("writer"), manuscript=piece, revision=piece.revision, attachment=first)
    attached(office, piece, "甲")
    assert (names(piece), Attachment.objects.count()) == (["乙.txt", "甲.txt"], 2)


def test_attach_the_same_file_twice_is_refused(office: Office) -> None:
    piece = office.draft()
    attached(office, piece, "甲")
    with pytest.raises(Refused) as refused:
        attached(office, piece, "甲")
    assert codes(refused) == [ALREADY_ATTACHED.code]


def test_attach_one_too_many_is_refused(office: Office) -> None:
    piece = office.draft()
    for number in range(MOST_ATTACHMENTS):
        attached(office, piece, f"第{number}件")
    with pytest.raises(Refused) as refused:
        attached(office, piece, "多余")
    assert codes(refused) == [TOO_MANY_ATTACHED.code]


@pytest.mark.parametrize("key", ["head", "editor", "colleague"])
def test_attach_by_somebody_who_does_not_write_is_forbidden(office: Office, key: str) -> None:
    piece = office.draft()
    with pytest.raises(Forbidden):
        attached(office, piece, "甲", key)


def test_attach_and_detach_in_review_are_refused(office: Office) -> None:
    piece = office.draft()
    file = attached(office, piece, "甲")
    piece = hand_in(by=office.fresh("writer"), manuscript=piece, revision=piece.revision, confirmed=True)
    with pytest.raises(Refused):
        attached(office, read(piece), "乙")
    piece = read(piece)
    with pytest.raises(Refused):
        detach(by=office.fresh("writer"), manuscript=piece, revision=piece.revision, attachment=file)
    assert names(piece) == ["甲.txt"]


def test_attach_on_a_page_drawn_before_a_change_is_stale(office: Office) -> None:
    piece = office.draft()
    old = read(piece)
    attached(office, piece, "甲")
    with pytest.raises(Stale):
        attached(office, old, "乙")


def test_detach_a_file_of_another_agency_is_not_found(office: Office) -> None:
    other = found_office("hill")
    theirs = attached(other, other.draft(), "甲")
    piece = office.draft()
    with pytest.raises(NotFound):
        detach(by=office.fresh("writer"), manuscript=piece, revision=piece.revision, attachment=theirs)


def test_detach_a_file_of_another_piece_is_refused(office: Office) -> None:
    theirs = attached(office, office.draft(), "甲")
    piece = office.draft()
    with pytest.raises(Refused):
        detach(by=office.fresh("writer"), manuscript=piece, revision=piece.revision, attachment=theirs)


def test_same_file_in_two_agencies_is_two_blobs(office: Office) -> None:
    other = found_office("hill")
    files = [attached(one, one.draft(), "甲") for one in (office, other)]
    assert [one.blob.agency_id for one in files] == [office.agency.pk, other.agency.pk]


def test_trail_names_no_file(office: Office) -> None:
    piece = office.draft()
    file = attached(office, piece, "甲")
    entry = AuditEntry.objects.get(verb="attach")
    assert (entry.ref_id, entry.detail) == (str(piece.pk), {"attachment": str(file.pk)})


def test_enclosure_keeps_a_safe_name() -> None:
    file = enclosure("内容".encode(), "..\\夹带/\u202e附件.txt")
    assert isinstance(file, Enclosure)
    assert file.name == "附件.txt"
