"""What happens by itself every night."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils.module_loading import import_string

from hezou.audit.actions import act
from hezou.audit.models import Deed
from hezou.jobs.backend import Work
from hezou.kernel import clock
from hezou.kernel.ids import NIL, uuid7
from hezou.ops.beats import BEATS
from hezou.ops.jobs import clear_deeds, clear_sessions, file_heads
from hezou.ops.verifying import agencies, holds_head
from tests.jobs.helping import later
from tests.support.office import found_office

pytestmark = pytest.mark.django_db


def test_every_beat_names_a_task_once() -> None:
    tasks = [import_string(beat.task) for beat in BEATS]
    assert [type(one) for one in tasks] == [Work] * len(BEATS)
    assert len({beat.name for beat in BEATS}) == len(BEATS)


def test_every_beat_can_be_run_twice() -> None:
    for beat in BEATS * 2:
        import_string(beat.task).call()


def test_deeds_are_forgotten_after_a_month() -> None:
    office = found_office()
    deed = uuid7()
    with act(office.person["writer"], deed=deed):
        pass
    with later(days=29):
        clear_deeds.call()
    assert list(Deed.objects.values_list("deed", flat=True)) == [deed]
    with later(days=31):
        clear_deeds.call()
    assert not Deed.objects.exists()


def test_log_ins_that_have_ended_are_removed() -> None:
    for key, days in (("ended", -1), ("open", 1)):
        Session.objects.create(session_key=key, expire_date=clock.now() + timedelta(days=days))
    clear_sessions.call()
    assert list(Session.objects.values_list("session_key", flat=True)) == ["open"]


def test_heads_of_all_chains_are_filed_and_still_hold_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "HEADS", tmp_path / "heads.txt")
    office = found_office()
    file_heads.call()
    office.draft()
    file_heads.call()
    lines = [line.split(" ") for line in settings.HEADS.read_text().splitlines()]
    assert [code for _, code, _ in lines] == [code for _, code in agencies()] * 2
    filed = [head.partition(":") for _, code, head in lines if code == office.agency.code]
    assert [holds_head(office.agency.pk, int(number), digest) for number, _, digest in filed] == [None, None]
    assert filed[0] != filed[1]
    assert holds_head(NIL, 7, "0" * 64) is not None
