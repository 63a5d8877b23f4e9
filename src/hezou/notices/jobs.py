"""Work of notices that is done later."""

from __future__ import annotations

from uuid import UUID

from hezou.jobs.backend import task
from hezou.notices.actions.sending import send


@task
def send_mail(mail_id: str) -> None:
    """Send one mail."""
    send(UUID(mail_id))
