"""What happens by itself every night."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils.module_loading import import_string

from hezou.audit.actions import act
from hezou.audit.models import AuditEntry, Deed
from hezou.jobs.backend import Work
from hezou.kernel import clock
from hezou.kernel.ids import uuid7
from hezou.ops.backup import heads
from hezou.ops.beats import BEATS
from hezou.ops.jobs import clear_deeds, clear_sessions, file_heads
from hezou.people.actions.sessions import follow
from hezou.people.models import OpenSession
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


def test_rows_of_log_ins_that_have_ended_go_with_them() -> None:
    account = found_office().account("writer")
    for key, days in (("ended", -1), ("open", 1)):
        Session.objects.create(session_key=key, expire_date=clock.now() + timedelta(days=days))
        follow(account=account, session_key=key, device="? · ?")
    clear_sessions.call()
    assert list(OpenSession.objects.values_list("session_key", flat=True)) == ["open"]


def test_heads_are_filed_and_the_chains_still_hold_them_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "HEADS", tmp_path)
    office = found_office()
    office.draft()
    file_heads.call()
    number = AuditEntry.objects.count()
    office.draft()
    file_heads.call()
    filed = [(head.code, head.number) for head in heads.filed(tmp_path)]
    assert filed == [("lake", number), ("lake", AuditEntry.objects.count())]
    assert list(heads.missing(tmp_path)) == []
