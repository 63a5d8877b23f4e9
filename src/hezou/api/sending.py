"""The way out of one delivery: signed, to the address looked up and no other, for so long and no longer."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from contextlib import suppress
from datetime import timedelta
from http.client import HTTPConnection, HTTPException
from typing import Any
from uuid import UUID

from django.conf import settings

from hezou.access.by_token import open_manuscripts
from hezou.access.queries import bearer_by
from hezou.api.actions import drop, not_sent, sent
from hezou.api.models import Delivery
from hezou.api.rules.addresses import Target, may_reach, target_of
from hezou.api.rules.events import DUE, Event, event_of
from hezou.api.rules.signing import secret_of, signature
from hezou.audit.models import AuditEntry
from hezou.audit.queries import entries_after
from hezou.kernel import clock

SECONDS = 10.0
"""How long one attempt may take, from the first packet to the answer's first line."""
REST = timedelta(seconds=30)
"""How long a hook that failed is left alone, so that many deliveries do not each wait for it."""


class Resting(Exception):
    """The hook failed a moment ago; to be tried again later."""


class OutOfReach(Exception):
    """The address leads into a network that hooks may not go to."""


class NotTaken(Exception):
    """The receiver answered with anything but 2xx; redirects are not followed."""


class NobodyThere(Exception):
    """No answer, in time or at all."""


def deliver(delivery_id: UUID) -> None:
    """Send what is due to its hook, unless nobody may be told of it any more.

    Raises what the attempt came to, so that the job is tried again. An attempt that was killed after the
    receiver had it is repeated under the same id, by which the receiver knows it.
    """
    due = Delivery.objects.filter(pk=delivery_id, outcome=DUE)
    delivery = due.select_related("hook").first()
    if delivery is None:
        return
    told = _told(delivery)
    if told is None:
        drop(delivery)
        return
    hook = delivery.hook
    if hook.failed_at is not None and clock.now() - hook.failed_at < REST:
        raise Resting
    entry, event = told
    status = 0
    try:
        status = post(hook.url, _headers_and_body(delivery, entry, event))
        if status // 100 != 2:
            raise NotTaken
    except (NotTaken, NobodyThere, OutOfReach):
        not_sent(delivery, status)
        raise
    sent(delivery, status)


def post(url: str, message: tuple[dict[str, str], bytes]) -> int:
    """The status a receiver answers with. Raises OutOfReach, or NobodyThere where there is no answer."""
    target, (headers, body) = target_of(url), message
    try:
        line = Line(target, address_of(target))
        watch = threading.Timer(SECONDS, line.cut)
        watch.start()
        try:
            line.request("POST", target.path, body, {**headers, "Host": _host(target)})
            return line.getresponse().status
        finally:
            watch.cancel()
            line.close()
    except (OSError, HTTPException, ValueError) as error:
        raise NobodyThere from error


def address_of(target: Target) -> str:
    """The address of a host, to which alone the line is opened. Raises OutOfReach where any is forbidden."""
    try:
        rows = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NobodyThere from error
    found = [str(row[4][0]) for row in rows]
    if not all(may_reach(one, settings.HOOK_NETWORKS, is_tls=target.is_tls) for one in found):
        raise OutOfReach
    return found[0]


class Line(HTTPConnection):
    """A connection to an address that was judged, whatever the name is looked up as later."""

    def __init__(self, target: Target, address: str) -> None:
        super().__init__(target.host, target.port, timeout=SECONDS)
        self._target, self._address = target, address

    def connect(self) -> None:
        """Open the line; by TLS under the host's name."""
        line = socket.create_connection((self._address, self._target.port), timeout=SECONDS)
        self.sock = line
        if self._target.is_tls:
            self.sock = ssl.create_default_context().wrap_socket(line, server_hostname=self._target.host)

    def cut(self) -> None:
        """End whatever is under way; a receiver that answers a byte a minute is not waited for."""
        line: Any = self.sock
        if line is not None:
            with suppress(OSError):  # it has just ended
                line.shutdown(socket.SHUT_RDWR)


def _told(delivery: Delivery) -> tuple[AuditEntry, Event] | None:
    """The entry and what it means, if the hook's bearer may still be told of it."""
    person = bearer_by(delivery.hook.token_id)
    if delivery.hook.ended_at is not None or person is None or not person.has_perm("hook.manage"):
        return None
    entry = entries_after(delivery.agency_id, delivery.number - 1)[0]
    event = event_of(entry.ref_kind, entry.ref_id, entry.verb, entry.detail)
    if event is None or not open_manuscripts(person).filter(pk=event.manuscript).exists():
        return None
    return entry, event


def _headers_and_body(delivery: Delivery, entry: AuditEntry, event: Event) -> tuple[dict[str, str], bytes]:
    """A message as Standard Webhooks writes it."""
    told = {
        "type": event.code,
        "timestamp": entry.at.isoformat(),
        "data": {**event.data, "entry": entry.number},
    }
    body = json.dumps(told, separators=(",", ":")).encode()
    at = int(clock.now().timestamp())
    secret = secret_of(delivery.hook_id, settings.SECRET_KEY)
    return {
        "Content-Type": "application/json",
        "User-Agent": "Hezou",
        "webhook-id": str(delivery.pk),
        "webhook-timestamp": str(at),
        "webhook-signature": signature(secret, str(delivery.pk), at, body),
    }, body


def _host(target: Target) -> str:
    host = f"[{target.host}]" if ":" in target.host else target.host
    usual = 443 if target.is_tls else 80
    return host if target.port == usual else f"{host}:{target.port}"
