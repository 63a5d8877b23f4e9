"""The page of whoever keeps the system: who is at work, what lies undone, room, chains, backup."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hezou.audit.models import AuditEntry
from hezou.audit.queries import head
from hezou.jobs import actions as jobs
from hezou.jobs.models import Job
from hezou.jobs.rules import ACTING, ALIVE, DEAD, READY
from hezou.kernel import clock
from hezou.kernel.ids import NIL, uuid7
from hezou.web.ops import reading
from tests.jobs.helping import later
from tests.support.office import Office, found_office
from tests.web.conftest import LogIn
from tests.web.reading import Answer, fields, panels, rows, said, tree, words

PAGE = "/operations/"


def letter(
    office: Office | None = None, *, task: str = "hezou.notices.jobs.send_mail", error: str = ""
) -> Job:
    """A dead letter of the office, or of the installation."""
    job = jobs.enqueue(task, agency_id=office.agency.pk if office else NIL)
    Job.objects.filter(pk=job.pk).update(
        outcome=DEAD, attempts=6, error=error or "smtplib.SMTPConnectError", finished_at=clock.now()
    )
    return Job.objects.get(pk=job.pk)


def facts(answer: Answer, panel: str) -> dict[str, str]:
    """The pairs of a panel."""
    found = tree(answer).xpath("//section[h2[normalize-space()=$name]]//dl", name=panel)[0]
    return dict(zip(map(words, found.xpath("dt")), map(words, found.xpath("dd")), strict=True))


def test_page_is_the_administrators_alone(office: Office, log_in: LogIn) -> None:
    assert log_in("administrator").get(PAGE).status_code == 200
    for key in ("auditor", "editor", "signer", "secrecy", "writer"):
        client = log_in(key)
        assert (key, client.get(PAGE).status_code) == (key, 403)
        assert PAGE not in client.get("/").content.decode()


def test_page_leads_from_the_list_on_the_left(log_in: LogIn) -> None:
    assert PAGE in log_in("administrator").get("/").content.decode()


def test_page_of_a_new_installation_names_what_is_missing(log_in: LogIn) -> None:
    answer = log_in("administrator").get(PAGE)
    assert facts(answer, "At work") == {"Workers": "Nobody works", "Clock": "No clock runs"}
    assert facts(answer, "Room and backup")["Last backup"] == "No backup has been made yet"
    assert "Nothing lies undone" in panels(answer)["Dead letters"]
    assert facts(answer, "Work that waits") == {
        "Ready to run": "0",
        "Waiting for their hour": "0",
        "Under way": "0",
    }


def test_page_tells_who_is_at_work_and_what_waits(office: Office, log_in: LogIn) -> None:
    jobs.hold(f"{ALIVE}1", "here:17:ab")
    jobs.hold(f"{ALIVE}2", "there:18:cd")
    jobs.hold(ACTING, "here:19:ef")
    with later(hours=-2):
        jobs.enqueue("x")
    jobs.enqueue("x", run_after=clock.now() + timedelta(days=1))
    answer = log_in("administrator").get(PAGE)
    assert facts(answer, "At work") == {"Workers": "here:17:abthere:18:cd", "Clock": "here:19:ef"}
    assert facts(answer, "Work that waits") == {
        "Ready to run": "1",
        "Longest of them": "waiting 2 hours",
        "Waiting for their hour": "1",
        "Under way": "0",
    }


def test_page_shows_the_heads_of_the_chains(office: Office, log_in: LogIn) -> None:
    office.draft()
    number, digest = head(office.agency.pk)
    told = facts(log_in("administrator").get(PAGE), "Heads of the chains")
    assert told["某局"] == f"{number} · {digest}"
    assert told["The installation"].startswith("0 · ")


def test_page_tells_of_the_last_backup_and_worries_after_two_days(
    log_in: LogIn, settings: Any, tmp_path: Path
) -> None:
    settings.BACKUPS = tmp_path
    client = log_in("administrator")
    late = "//dl[dt='Last backup']//*[contains(@class,'tone-late')]"
    for days in (9, 3):
        back_up(tmp_path, days)
    assert "time" in {one.tag for one in tree(client.get(PAGE)).xpath(f"{late}/*")}
    back_up(tmp_path, 1)
    (tmp_path / "hezou-20990101-000000-000000").mkdir()  # without a manifest: not whole
    answer = client.get(PAGE)
    assert tree(answer).xpath(late) == []
    assert len(tree(answer).xpath("//dl[dt='Last backup']//time")) == 1


def back_up(folder: Path, days: int) -> None:
    """Leave what a backup made so many days ago leaves."""
    manifest = folder / f"hezou-{days}" / "manifest.json"
    manifest.parent.mkdir()
    manifest.touch()
    ago = (clock.now() - timedelta(days=days)).timestamp()
    os.utime(manifest, (ago, ago))


def test_disk_with_little_left_is_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not reading.disk().is_tight
    monkeypatch.setattr(reading, "TIGHT", 1.1)
    assert reading.disk().is_tight


def test_disk_of_a_folder_not_made_yet_is_the_one_it_will_stand_on(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path / "not" / "yet"
    assert reading.disk().words.endswith(" free")


def test_letters_are_the_agencys_and_the_installations_own(office: Office, log_in: LogIn) -> None:
    letter(office)
    letter(task="hezou.ops.jobs.file_heads", error="hezou.jobs.rules.LeaseLost")
    letter(office, task="hezou.gone.jobs.index", error="hezou.jobs.rules.UnknownTask")
    letter(found_office("hill"))
    found = rows(log_in("administrator").get(PAGE), "Dead letters")
    assert [row[:2] for row in found] == [
        ["gone.index", "This version of the program does not know the task 6 attempts"],
        ["ops.file_heads", "Its worker was killed or silent each time 6 attempts"],
        ["notices.send_mail", "Failed: SMTPConnectError 6 attempts"],
    ]


def test_letters_beyond_a_page_are_told_of(
    office: Office, log_in: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "SHOWN", 2)
    monkeypatch.setattr("hezou.web.ops.views.SHOWN", 2)
    for _ in range(3):
        letter(office)
    answer = log_in("administrator").get(PAGE)
    assert len(rows(answer, "Dead letters")) == 2
    assert "There are more" in panels(answer)["Dead letters"]


def test_page_asks_the_same_for_one_letter_and_for_fifty(office: Office, log_in: LogIn) -> None:
    letter(office)
    client = log_in("administrator")
    client.get(PAGE)
    with CaptureQueriesContext(connection) as one:
        client.get(PAGE)
    for _ in range(49):
        letter(office)
    with CaptureQueriesContext(connection) as fifty:
        client.get(PAGE)
    assert len(fifty) == len(one) <= 15


@pytest.mark.parametrize(
    ("verb", "says", "left"), [("retry", "It is tried again.", [READY]), ("drop", "It was given up.", [])]
)
def test_letter_is_dealt_with_once_and_the_trail_tells(
    verb: str, says: str, left: list[str], office: Office, log_in: LogIn
) -> None:
    job = letter(office)
    client = log_in("administrator")
    sent = {"deed": str(uuid7())}
    answer = client.post(f"{PAGE}letters/{job.pk}/{verb}", sent)
    assert (answer.status_code, answer["Location"], said(answer)) == (303, PAGE, [says])
    assert client.post(f"{PAGE}letters/{job.pk}/{verb}", sent).status_code == 303
    assert list(Job.objects.values_list("outcome", flat=True)) == left
    entry = AuditEntry.objects.get(ref_kind="job")
    assert (entry.verb, entry.ref_id, entry.actor_id, entry.detail) == (
        verb,
        str(job.pk),
        office.person["administrator"].pk,
        {"task": "hezou.notices.jobs.send_mail", "error": "smtplib.SMTPConnectError"},
    )


def test_giving_up_is_asked_first(office: Office, log_in: LogIn) -> None:
    job = letter(office)
    answer = log_in("administrator").get(PAGE)
    dialog = tree(answer).get_element_by_id(f"drops-{job.pk.hex}")
    assert words(dialog).startswith("Give notices.send_mail up?")
    assert set(fields(answer, f"drop-{job.pk.hex}")) == {"deed"}


def test_retry_of_work_that_is_under_way_again_is_refused(office: Office, log_in: LogIn) -> None:
    job = jobs.enqueue("x", agency_id=office.agency.pk, unique_key="k")
    Job.objects.update(outcome=DEAD, finished_at=clock.now())
    jobs.enqueue("x", agency_id=office.agency.pk, unique_key="k")
    answer = log_in("administrator").post(f"{PAGE}letters/{job.pk}/retry", {"deed": str(uuid7())})
    assert answer.status_code == 422
    assert "give this one up" in answer.content.decode()


@pytest.mark.parametrize("verb", ["retry", "drop"])
def test_letter_of_another_agency_does_not_exist(verb: str, office: Office, log_in: LogIn) -> None:
    job = letter(found_office("hill"))
    client = log_in("administrator")
    assert client.post(f"{PAGE}letters/{job.pk}/{verb}", {"deed": str(uuid7())}).status_code == 404
    assert log_in("auditor").post(f"{PAGE}letters/{job.pk}/{verb}").status_code == 403
    assert Job.objects.get().outcome == DEAD


def test_work_that_is_no_dead_letter_is_left_alone(office: Office, log_in: LogIn) -> None:
    job = jobs.enqueue("x", agency_id=office.agency.pk)
    answer = log_in("administrator").post(f"{PAGE}letters/{job.pk}/drop", {"deed": str(uuid7())})
    assert (answer.status_code, Job.objects.get().outcome) == (404, READY)
