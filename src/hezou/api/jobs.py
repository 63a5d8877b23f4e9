"""Work of hooks that is done later."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from hezou.api import actions
from hezou.api.models import Hook
from hezou.api.queries import hooks
from hezou.api.sending import deliver
from hezou.jobs.backend import task
from hezou.kernel import clock

KEPT = timedelta(days=30)
"""How long it is known what a hook was told."""


@task
def send(delivery_id: str) -> None:
    """Send one delivery."""
    deliver(UUID(delivery_id))


@task
def announce(agency_id: str) -> None:
    """Tell an agency's hooks what happened since."""
    actions.fan_out(UUID(agency_id), send)


@task
def announce_all() -> None:
    """Tell every hook what happened since, and forget what was told long ago."""
    for agency_id in (
        Hook.objects.filter(ended_at=None).order_by().values_list("agency_id", flat=True).distinct()
    ):
        wake(agency_id)
    actions.clear(clock.now() - KEPT)


def wake(agency_id: UUID) -> None:
    """Have an agency's hooks told soon, within the act that gives them something to hear."""
    if hooks(agency_id).exists():
        announce.using(agency_id=agency_id, unique_key="hooks").enqueue(str(agency_id))
