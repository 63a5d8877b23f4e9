"""误录清除 (R7): withheld by one, destroyed by another, told by the trail, then found in no file."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from hezou.access.scopes import visible_manuscripts
from hezou.audit.models import AuditEntry
from hezou.files.models import Blob
from hezou.kernel.errors import Forbidden, NotFound, Refused, Stale
from hezou.manuscripts import actions as pieces
from hezou.manuscripts.lifecycle import ASKED, DONE, PURGED, WITHDRAWN
from hezou.manuscripts.models import Manuscript, Purge, Text, Version, WorkingCopy
from hezou.manuscripts.queries import current_version, purges
from hezou.manuscripts.rules.incoming import enclosure
from hezou.manuscripts.rules.purging import (
    ASKED_ALREADY,
    CLASSIFIED,
    NO_REASON,
    PURGED_ALREADY,
    SAME_PERSON,
)
from hezou.ops.verifying import differences
from hezou.people.models import Person
from hezou.review.actions import confirm_purge
from hezou.review.models import Decision
from tests.jobs.helping import drain, later, outcomes
from tests.support import engine
from tests.support.office import Office, found_office, read
from tests.support.pictures import bring, line, picture
from tests.support.processes import race
from tests.support.refusals import codes

SECRET = "青石坡七号库房的钥匙由值班员保管"
TITLE = "关于青石坡七号库房的情况"
BODY = f"{TITLE}\n一、基本情况\n{SECRET}，存放物资37件。"


@pytest.fixture(autouse=True)
def _blobs(settings: Any, tmp_path: Path) -> None:
    settings.BLOBS = tmp_path


@pytest.fixture
def office(db: None) -> Office:
    return found_office()


def ask(office: Office, manuscript: Manuscript, key: str = "secrecy") -> Purge:
    return pieces.ask_purge(by=office.fresh(key), manuscript=read(manuscript), reason=CLASSIFIED)


def confirm(office: Office, purge: Purge, key: str = "administrator") -> None:
    found = purges(purge.agency_id).get(pk=purge.pk)
    confirm_purge(by=office.fresh(key), purge=found, revision=found.revision)


def seers(office: Office, manuscript: Manuscript) -> set[str]:
    seen = {key: visible_manuscripts(office.fresh(key)).filter(pk=manuscript.pk) for key in office.person}
    return {key for key, rows in seen.items() if rows.exists()}


def test_ask_shuts_everybody_out_and_hides_the_title(office: Office) -> None:
    piece = office.handed_in(text=BODY)
    assert seers(office, piece) > {"writer", "head"}
    purge = ask(office, piece)
    assert (seers(office, piece), read(piece).title) == (set(), piece.number)
    assert (purge.state, purge.asked_by) == (ASKED, office.person["secrecy"])


def test_ask_needs_no_right_to_read_but_the_role(office: Office) -> None:
    piece = office.draft(text=BODY)
    assert "secrecy" not in seers(office, piece)
    for key in ("writer", "editor", "signer", "administrator", "auditor"):
        with pytest.raises(Forbidden):
            ask(office, piece, key)
    ask(office, piece)


def test_ask_is_refused_without_reason_twice_and_for_what_is_purged(office: Office) -> None:
    piece = office.draft(text=BODY)
    with pytest.raises(Refused) as found:
        pieces.ask_purge(by=office.fresh("secrecy"), manuscript=piece, reason="whim")
    assert codes(found) == [NO_REASON.code]
    purge = ask(office, piece)
    with pytest.raises(Refused) as found:
        ask(office, piece)
    assert codes(found) == [ASKED_ALREADY.code]
    confirm(office, purge)
    with pytest.raises(Refused) as found:
        ask(office, piece)
    assert codes(found) == [PURGED_ALREADY.code]


def test_withdraw_opens_the_piece_to_the_same_again(office: Office) -> None:
    piece = office.handed_in(text=BODY)
    before = seers(office, piece)
    purge = ask(office, piece)
    found = purges(office.agency.pk).get()
    pieces.withdraw_purge(by=office.fresh("secrecy"), purge=found, revision=found.revision)
    purge.refresh_from_db()
    assert (purge.state, seers(office, piece), read(piece).title) == (WITHDRAWN, before, TITLE)


def test_confirm_by_who_asked_is_refused(office: Office) -> None:
    purge = ask(office, office.draft(text=BODY))
    with pytest.raises(Refused) as found:
        confirm(office, purge, "secrecy")
    assert codes(found) == [SAME_PERSON.code]
    for key in ("writer", "editor", "auditor"):
        with pytest.raises(Forbidden):
            confirm(office, purge, key)


def test_confirm_of_another_agency_is_not_found(office: Office) -> None:
    purge = ask(office, office.draft(text=BODY))
    with pytest.raises(NotFound):
        confirm(found_office("hill"), purge)


def test_confirm_of_a_purge_that_moved_is_stale(office: Office) -> None:
    purge = ask(office, office.draft(text=BODY))
    with pytest.raises(Stale):
        confirm_purge(by=office.fresh("administrator"), purge=purge, revision=purge.revision + 1)


def test_confirm_destroys_what_was_said_and_keeps_who_decided(office: Office) -> None:
    piece = office.handed_in(text=BODY)
    office.decide(piece, "head", opinion=f"请核对{SECRET}")
    purge = ask(office, piece)
    confirm(office, purge)
    purge.refresh_from_db()
    piece = read(piece)
    assert (purge.state, purge.ended_by) == (DONE, office.person["administrator"])
    assert (piece.state, piece.title) == (PURGED, piece.number)
    assert current_version(piece).text.plain() == ""
    assert set(Version.objects.filter(manuscript=piece).values_list("salt", flat=True)) == {""}
    assert list(Decision.objects.values_list("decided_by", "opinion")) == [(office.person["head"].pk, "")]
    assert {"writer", "head"} < seers(office, piece)


def test_purge_is_told_by_the_trail_and_verified(office: Office) -> None:
    piece = office.handed_in(text=BODY)
    confirm(office, ask(office, piece))
    verbs = AuditEntry.objects.filter(ref_id=str(piece.pk)).order_by("number").values_list("verb", flat=True)
    assert list(verbs)[-2:] == ["ask_purge", "purge"]
    assert list(differences(office.agency.pk)) == []


def test_text_lost_without_a_purge_is_still_a_difference(office: Office) -> None:
    piece = office.draft(text=BODY)
    Version.objects.filter(manuscript=piece).update(salt="")
    Text.objects.update(body=b"")
    assert [one.message.code for one in differences(office.agency.pk)] == ["verify.seal_differs"]


def test_purged_piece_takes_no_more_text(office: Office) -> None:
    piece = office.draft(text=BODY)
    confirm(office, ask(office, piece))
    with pytest.raises(Refused) as found:
        pieces.save_working_copy(by=office.fresh("writer"), manuscript=read(piece), text=BODY, revision=0)
    assert codes(found) == [PURGED_ALREADY.code]


def test_files_of_the_piece_go_and_those_of_others_stay(transactional_db: None, tmp_path: Path) -> None:
    office = found_office()
    shared, own = (bring(office.person["writer"], picture(colour=one)) for one in ("red", "blue"))
    text = "\n".join([BODY, line(shared), line(own)])
    piece, other = office.draft(text=text), office.draft(text=f"{BODY}\n{line(shared)}")
    file = enclosure(picture(colour="green"), "七号库房.png")
    pieces.attach(by=office.fresh("writer"), manuscript=piece, revision=read(piece).revision, enclosure=file)
    purge = ask(office, piece)
    confirm(office, purge)
    drain()
    purge.refresh_from_db()
    assert (purge.files_kept, list(Blob.objects.values_list("sha256", flat=True))) == (1, [shared.sha256])
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [shared.sha256]
    assert current_version(read(other)).text.plain().endswith(line(shared))


def scrubbed() -> None:
    """Run what a purge leaves to be done; a reader of the log (a page of another test) has it tried again."""
    for hours in range(9):
        with later(hours=hours):
            drain()
    assert set(outcomes()) == {"done"}


def files(brought: Path) -> list[Path]:
    """What people brought in, and the files of the test's database as they stand on disk."""
    if connection.vendor == "sqlite":
        name = Path(connection.settings_dict["NAME"])
        stored = name.parent.glob(f"{name.name}*")
    else:
        with connection.cursor() as cursor:
            cursor.execute("CHECKPOINT")
            cursor.execute("SELECT oid FROM pg_database WHERE datname = current_database()")
            stored = (engine.folder() / "data" / "base" / str(cursor.fetchone()[0])).iterdir()
    return [path for path in (*brought.rglob("*"), *stored) if path.is_file()]


def is_postgresql() -> bool:
    return bool(connection.vendor == "postgresql")


def draw_samples(office: Office) -> None:
    """Let PostgreSQL keep samples of the columns, titles among them, as its own housekeeping does."""
    for number in range(3):
        office.draft(text=BODY.replace(TITLE, f"另一件{number}").replace(SECRET, "另一件"))
    if is_postgresql():
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def any_holds(paths: list[str], wanted: list[str]) -> bool:
    """Whether any file holds any of the bytes, given in hexadecimals.

    For a process of its own: one that reads SQLite's files past SQLite loses the locks it holds on them.
    """
    return any(bytes.fromhex(one) in Path(path).read_bytes() for path in paths for one in wanted)


def test_text_is_in_no_file_after_the_purge(transactional_db: None, tmp_path: Path) -> None:
    office = found_office()
    piece = office.draft(text=BODY)
    pieces.save_working_copy(by=office.fresh("writer"), manuscript=piece, text=f"{BODY}。", revision=0)
    pieces.hold_lease(by=office.fresh("writer"), manuscript=piece)

    draw_samples(office)

    def found() -> bool:
        wanted = [one.hex() for one in (SECRET.encode(), zlib.compress(BODY.encode()), TITLE.encode())]
        return bool(race(__file__, ("any_holds", [str(file) for file in files(tmp_path)], wanted))[0])

    assert found()
    confirm(office, ask(office, piece))
    assert not WorkingCopy.objects.exists()
    scrubbed()
    assert not found()


@pytest.mark.parametrize("table", ["manuscripts_manuscript", "people_agency"])
def test_scrub_waits_for_whoever_still_reads_what_was(transactional_db: None, table: str) -> None:
    office = found_office()
    piece = office.draft(text=BODY)
    reader = connection.copy()
    reader.set_autocommit(False)
    with reader.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ" if is_postgresql() else "BEGIN")
        cursor.execute(f"SELECT count(*) FROM {table}")
        assert cursor.fetchone() == (1,)
    confirm(office, ask(office, piece))
    drain()
    assert outcomes() == ["ready"]
    reader.close()
    scrubbed()


def press(purge_id: str, person_id: str) -> str:
    """One of two second persons, who saw the same page."""
    found = purges(Purge.objects.get(pk=purge_id).agency_id).get(pk=purge_id)
    try:
        confirm_purge(by=Person.objects.get(pk=person_id), purge=found, revision=1)
    except Stale:
        return "stale"
    return "done"


def test_one_of_two_who_confirm_at_once_is_first(transactional_db: None) -> None:
    office = found_office()
    purge = ask(office, office.draft(text=BODY))
    pressed = [("press", str(purge.pk), str(office.person[key].pk)) for key in ("administrator", "signer")]
    assert sorted(race(__file__, *pressed)) == ["done", "stale"]
    assert AuditEntry.objects.filter(verb="purge").count() == 1
