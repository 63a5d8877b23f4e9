"""The way out of one mail."""

from __future__ import annotations

from email.utils import format_datetime
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.dateformat import format as date_text
from django.utils.translation import gettext

from hezou.kernel import clock
from hezou.kernel.messages import Message, render
from hezou.notices.models import Mail, Notice
from hezou.notices.queries import address_of, language_of, wish_of
from hezou.notices.rules import DROPPED, DUE, LEASE, SENT


class BeingSent(Exception):
    """Another attempt holds the mail's lease; to be tried again."""


def send(mail_id: UUID) -> None:
    """Send a mail that is due, unless its notice was read, or is not wanted by e-mail any more.

    Raises BeingSent while another attempt is under way, and what the way out raises. An attempt that was
    killed after the message left is repeated under the same Message-ID, by which the receiver knows it.
    """
    now = clock.now()
    due = Mail.objects.filter(pk=mail_id, outcome=DUE)
    is_free = Q(lease_until=None) | Q(lease_until__lt=now) | Q(lease_until__gt=now + 2 * LEASE)
    if not due.filter(is_free).update(lease_until=now + LEASE):
        if due.exists():
            raise BeingSent
        return
    mail = Mail.objects.select_related("notice__person__agency", "notice__by").get(pk=mail_id)
    notice = mail.notice
    address = address_of(notice.person)
    if notice.read_at or notice.person.retired_at or not address or not wish_of(notice.person).mail:
        due.update(outcome=DROPPED, lease_until=None)
        return
    try:
        with translation.override(language_of(notice.person)):
            letter = _message(mail, notice, address)
        letter.send()
    except Exception:
        due.update(lease_until=None)
        raise
    due.update(outcome=SENT, sent_at=clock.now(), lease_until=None)


def _message(mail: Mail, notice: Notice, address: str) -> EmailMessage:
    """What leaves the house: that there is something to do, and no word of the piece."""
    says = render(Message(notice.kind), gettext)
    with timezone.override(notice.person.agency.zone):
        at = date_text(timezone.localtime(notice.at), gettext("j F Y, H:i"))
    body = gettext(
        "%(name)s,\n\na piece in Hezou: %(says)s (%(by)s, %(at)s).\n\n"
        "Please log in to Hezou to read it. E-mails name no piece.\n"
        "You can do without these e-mails: choose so among your notices.\n"
    ) % {"name": notice.person.name, "says": says, "by": notice.by.name, "at": at}
    return EmailMessage(
        gettext("Hezou: a piece: %(says)s") % {"says": says},
        body,
        to=[address],
        headers={
            "Message-ID": f"<{mail.pk}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2]}>",
            "Date": format_datetime(mail.made_at),
            "Auto-Submitted": "auto-generated",
        },
    )
