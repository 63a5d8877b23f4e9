"""Periodic work: the clearing of rooms, and the heads of the chains."""

from __future__ import annotations

import os
from datetime import timedelta
from importlib import import_module
from typing import Any

from django.conf import settings

from hezou.audit import actions as audit
from hezou.audit.queries import head
from hezou.jobs.backend import task
from hezou.kernel import clock
from hezou.notices.actions import telling
from hezou.notices.rules import KEPT
from hezou.ops.verifying import agencies

DEEDS_KEPT = timedelta(days=30)
"""Longer than any page stays open."""


@task
def clear_deeds() -> None:
    """Forget old presses of buttons."""
    audit.clear_deeds(clock.now() - DEEDS_KEPT)


@task
def clear_sessions() -> None:
    """Remove log-ins that have ended."""
    engine: Any = import_module(settings.SESSION_ENGINE)
    engine.SessionStore.clear_expired()


@task
def clear_notices() -> None:
    """Remove notices that were read long ago."""
    telling.clear(clock.now() - KEPT)


@task
def file_heads() -> None:
    """Write the head of every chain into a file outside the database; `hezou verify --head` compares.

    A line: instant, code of the agency, number:hash. Lines are only added; twice the same does no harm.
    """
    lines = []
    for agency_id, code in agencies():
        number, digest = head(agency_id)
        lines.append(f"{clock.now().isoformat(timespec='seconds')} {code} {number}:{digest}\n")
    settings.HEADS.parent.mkdir(parents=True, exist_ok=True)
    with settings.HEADS.open("a", encoding="utf-8") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())
