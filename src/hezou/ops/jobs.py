"""Periodic work: the clearing of rooms, and the heads of the chains."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from typing import Any

from django.conf import settings

from hezou.audit import actions as audit
from hezou.jobs.backend import task
from hezou.kernel import clock
from hezou.notices.actions import telling
from hezou.notices.rules import KEPT
from hezou.ops.backup import heads
from hezou.ops.verifying import agencies
from hezou.people.actions import sessions

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
    sessions.clear_sessions()


@task
def clear_notices() -> None:
    """Remove notices that were read long ago."""
    telling.clear(clock.now() - KEPT)


@task
def verify_chains() -> None:
    """Walk every chain; the auditor's page tells what differs. `hezou verify` looks at the texts as well."""
    for agency_id, _ in agencies():
        audit.verify_chain(agency_id)


@task
def file_heads() -> None:
    """File the head of every chain outside the database; `hezou verify --heads` compares."""
    heads.file_heads()
