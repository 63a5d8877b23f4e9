"""Hooks: what they are told, once each, signed; what receivers do; where they may lead."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import signal
from collections.abc import Iterator
from datetime import timedelta
from ipaddress import ip_network
from typing import Any

import pytest
from django.conf import settings as product

from hezou.access.actions import revoke_token
from hezou.api import sending
from hezou.api.actions import add_hook, clear, end_hook, fan_out
from hezou.api.jobs import announce, announce_all, send
from hezou.api.models import Delivery, Hook
from hezou.api.rules.addresses import may_reach, target_of
from hezou.api.rules.events import DROPPED, DUE, EVENTS, SENT, event_of
from hezou.api.rules.signing import signature
from hezou.api.sending import NobodyThere, NotTaken, OutOfReach, Resting
from hezou.audit.models import AuditEntry
from hezou.jobs.models import Job
from hezou.jobs.rules import DEAD, DONE, READY
from hezou.kernel import clock
from hezou.kernel.errors import Forbidden
from hezou.ops.beats import BEATS
from hezou.submissions.actions import submit
from tests.api.conftest import MachineOf
from tests.api.machine import Machine
from tests.api.receiver import Receiver, receiver
from tests.jobs.helping import drain, later
from tests.support.office import Office, found_office, read
from tests.support.processes import race
from tests.support.refusals import refused

LOOPBACK = (ip_network("127.0.0.0/8"),)
INSIDE = (
    *("127.0.0.1", "localhost", "10.1.2.3", "192.168.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1"),
    *("[::1]", "[fe80::1]", "[fd00::1]", "[::ffff:10.0.0.1]", "[64:ff9b::7f00:1]"),
    *("2130706433", "0x7f.1", "224.0.0.1"),
)
"""Hosts of the house's own network, however they are written."""


@pytest.fixture
def there(settings: Any) -> Iterator[Receiver]:
    """A receiver in a network that the environment names."""
    settings.HOOK_NETWORKS = LOOPBACK
    with receiver() as found:
        yield found


def listen(by: Machine, url: str, *events: str) -> dict[str, Any]:
    """A hook made through the door."""
    answer = by.post("/webhooks", {"url": url, "events": list(events) or list(EVENTS)})
    assert answer.status == 201, answer.body
    body: dict[str, Any] = answer.body
    return body


def told(there: Receiver) -> list[dict[str, Any]]:
    return [json.loads(one.body) for one in there.told]


def work(office: Office) -> int:
    """Everything that waits is done; how many jobs."""
    announce.call(str(office.agency.pk))
    return drain()


# --- what is told --------------------------------------------------------------------------------------


def test_is_told_by_codes_and_ids_what_happens(office: Office, machine: MachineOf, there: Receiver) -> None:
    listen(machine("editor"), there.url, "manuscript.handed_in", "seat.decided", "manuscript.signed")
    piece = office.signed()
    work(office)
    events = told(there)
    assert [one["type"] for one in events] == [
        "manuscript.handed_in",
        *["seat.decided"] * 3,
        "manuscript.signed",
    ]
    assert {one["data"]["manuscript"] for one in events} == {str(piece.pk)}
    entries = {row.number: row for row in AuditEntry.objects.filter(agency_id=office.agency.pk)}
    for one in events:
        assert one["timestamp"] == entries[one["data"]["entry"]].at.isoformat()
    assert events[1]["data"].keys() == {"manuscript", "seat", "version", "verdict", "entry"}
    assert not any(ord(c) > 127 for one in there.told for c in one.body.decode())
    assert set(Delivery.objects.values_list("outcome", "status")) == {(SENT, 204)}


def test_submissions_and_adoptions_are_told(office: Office, machine: MachineOf, there: Receiver) -> None:
    by = machine("editor")
    listen(by, there.url, "submission.made", "submission.adopted")
    piece, body = office.signed(), office.body["市局"]
    [row] = submit(by=office.fresh("editor"), manuscript=piece, revision=read(piece).revision, to=[body])
    result = {"revision": 1, "form": "whole", "evidence": "verified", "adopted_on": "2020-01-06"}
    by.post(f"/submissions/{row.pk}/adoptions", result)
    work(office)
    data = [one["data"] for one in told(there)]
    thing = {"manuscript": str(piece.pk), "submission": str(row.pk)}
    assert [{k: v for k, v in one.items() if k != "entry"} for one in data] == [
        {**thing, "body": str(body.pk)},
        {**thing, "form": "whole"},
    ]


def test_messages_are_signed_as_standard_webhooks_are(
    office: Office, machine: MachineOf, there: Receiver
) -> None:
    hook = listen(machine("editor"), there.url, "manuscript.handed_in")
    office.handed_in()
    work(office)
    [message] = there.told
    assert message.path == "/hook?x=1"
    identity, at = message.headers["webhook-id"], message.headers["webhook-timestamp"]
    key = base64.b64decode(hook["secret"].removeprefix("whsec_"))
    signed = f"{identity}.{at}.".encode() + message.body
    wanted = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert message.headers["webhook-signature"] == wanted
    assert identity == str(Delivery.objects.get().pk)
    assert abs(int(at) - clock.now().timestamp()) < 60


def test_signature_is_the_specifications_own_example() -> None:
    # The vector of the Standard Webhooks' reference libraries.
    secret = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    body = b'{"test": 2432232314}'
    message = "msg_p5jXN8AQM9LWM0D4loKWxJek"
    assert signature(secret, message, 1614265330, body) == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_secret_is_told_once_and_kept_nowhere(
    office: Office, machine: MachineOf, there: Receiver
) -> None:
    by = machine("editor")
    sent = {"url": there.url, "events": ["seat.opened"]}
    first, again = (by.post("/webhooks", sent, key="one").body for _ in range(2))
    assert first["secret"].startswith("whsec_")
    assert again == {**first, "secret": None}
    assert by.get(f"/webhooks/{first['id']}").body["secret"] is None
    assert first["secret"] not in str(Hook.objects.values().get())


def test_only_what_was_asked_for_and_may_be_seen_is_told(
    office: Office, machine: MachineOf, there: Receiver
) -> None:
    listen(machine("editor"), there.url, "manuscript.created", "manuscript.handed_in")
    seen = office.handed_in()  # its draft was not for the editor's eyes when it was made, but is by now
    inner = office.handed_in(content_class="internal")
    draft = office.draft()
    work(office)
    told_of = {one["data"]["manuscript"] for one in told(there)}
    assert told_of == {str(seen.pk)}
    assert {str(inner.pk), str(draft.pk)} & told_of == set()


def test_an_act_through_the_door_is_told_without_waiting_for_the_clock(
    machine: MachineOf, there: Receiver
) -> None:
    by = machine("writer")
    listen(machine("editor"), there.url, "manuscript.handed_in")
    piece = by.begin()
    by.post(f"/manuscripts/{piece['id']}/hand-in", {"revision": piece["revision"]})
    drain()
    assert [one["data"]["manuscript"] for one in told(there)] == [piece["id"]]


def test_acts_on_pages_are_told_by_the_clock(office: Office, machine: MachineOf, there: Receiver) -> None:
    listen(machine("editor"), there.url, "manuscript.handed_in")
    office.handed_in()
    announce_all.call()
    drain()
    assert len(there.told) == 1
    assert announce_all.module_path in [beat.task for beat in BEATS]


def test_nothing_is_told_twice_however_often_it_is_looked_for(
    office: Office, machine: MachineOf, there: Receiver
) -> None:
    listen(machine("editor"), there.url)
    office.handed_in()
    for _ in range(3):
        fan_out(office.agency.pk, send)
    drain()
    numbers = [one["data"]["entry"] for one in told(there)]
    assert sorted(set(numbers)) == sorted(numbers)
    before = len(numbers)
    work(office)
    assert len(there.told) == before


def test_many_entries_are_told_in_goes(
    office: Office, machine: MachineOf, there: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hezou.api.actions.AT_ONCE", 3)
    listen(machine("editor"), there.url, "manuscript.handed_in")
    for _ in range(3):
        office.handed_in()
    work(office)
    assert len(there.told) == 3


def test_history_loaded_later_is_not_told() -> None:
    detail = {"version": 1, "happened": "2020-01-01T00:00:00+00:00"}
    assert event_of("manuscript", "x", "hand_in", detail) is None


def test_agencies_are_told_of_themselves_alone(office: Office, machine: MachineOf, there: Receiver) -> None:
    listen(machine("editor"), there.url)
    other = found_office("river")
    other.handed_in()
    work(office)
    work(other)
    assert there.told == []
    hook = Hook.objects.get()
    stranger = machine("editor", where=other)
    assert stranger.get(f"/webhooks/{hook.pk}").told == (404, "kernel.not_found")
    assert stranger.delete(f"/webhooks/{hook.pk}").told == (404, "kernel.not_found")
    assert stranger.get("/webhooks").body["items"] == []


# --- an end to it --------------------------------------------------------------------------------------


def test_an_ended_hook_is_told_nothing_more(office: Office, machine: MachineOf, there: Receiver) -> None:
    by = machine("editor")
    hook = listen(by, there.url)
    office.handed_in()
    fan_out(office.agency.pk, send)
    ended = by.delete(f"/webhooks/{hook['id']}")
    assert (ended.status, ended.body["ended_at"] is not None) == (200, True)
    assert by.delete(f"/webhooks/{hook['id']}").status == 200  # it is the same as before
    drain()
    office.handed_in()
    work(office)
    assert there.told == []
    assert set(Delivery.objects.values_list("outcome", flat=True)) == {DROPPED}
    assert by.get("/webhooks").body["items"] == []


def test_a_hook_ends_with_its_token(office: Office, machine: MachineOf, there: Receiver) -> None:
    by = machine("editor")
    listen(by, there.url)
    office.handed_in()
    fan_out(office.agency.pk, send)
    assert by.token is not None
    revoke_token(by=office.fresh("editor"), token=by.token)
    drain()
    office.handed_in()
    work(office)
    assert there.told == []


def test_what_became_internal_is_dropped_on_its_way(
    office: Office, machine: MachineOf, there: Receiver
) -> None:
    listen(machine("editor"), there.url, "manuscript.handed_in")
    piece = office.handed_in()
    fan_out(office.agency.pk, send)
    type(piece).objects.filter(pk=piece.pk).update(content_class="internal")
    drain()
    assert (there.told, Delivery.objects.get().outcome) == ([], DROPPED)


def test_who_may_no_longer_manage_hooks_is_told_nothing(
    office: Office, machine: MachineOf, there: Receiver
) -> None:
    listen(machine("editor"), there.url, "manuscript.handed_in")
    office.handed_in()
    fan_out(office.agency.pk, send)
    office.person["editor"].grants.update(ends=clock.today(office.agency.zone) - timedelta(days=1))
    drain()
    assert there.told == []


def test_hooks_are_for_whom_access_says(office: Office, machine: MachineOf) -> None:
    assert machine("writer").get("/webhooks").told == (403, "api.not_in_token")
    by = machine("writer")
    assert by.token is not None
    with pytest.raises(Forbidden):
        add_hook(by=office.fresh("writer"), token=by.token, url="https://9.9.9.9/", events=["seat.opened"])


def test_an_agency_has_no_more_than_so_many(office: Office, machine: MachineOf) -> None:
    by = machine("editor")
    hooks = [listen(by, f"https://9.9.9.9/{n}", "seat.opened") for n in range(20)]
    sent = {"url": "https://9.9.9.9/", "events": ["seat.opened"]}
    assert by.post("/webhooks", sent).told == (422, "api.too_many_hooks")
    assert by.post("/webhooks", {**sent, "events": ["manuscript.burnt"]}).told == (422, "api.unknown")
    with refused("api.ended_already"):
        for _ in range(2):
            end_hook(by=office.fresh("editor"), hook=Hook.objects.get(pk=hooks[0]["id"]))


def test_what_was_told_long_ago_is_forgotten(office: Office, machine: MachineOf, there: Receiver) -> None:
    listen(machine("editor"), there.url, "manuscript.handed_in")
    office.handed_in()
    work(office)
    there.statuses = [500]
    office.handed_in()
    work(office)
    assert clear(clock.now() + timedelta(seconds=1)) == 1
    assert Delivery.objects.get().outcome == DUE
    with later(days=31):
        announce_all.call()
    assert Delivery.objects.get().outcome == DUE


# --- receivers -----------------------------------------------------------------------------------------


def one_due(office: Office, by: Machine, url: str) -> Delivery:
    listen(by, url, "manuscript.handed_in")
    office.handed_in()
    fan_out(office.agency.pk, send)
    return Delivery.objects.get()


@pytest.mark.parametrize("status", [301, 302, 307, 400, 404, 410, 500, 503])
def test_anything_but_2xx_is_tried_again(
    office: Office, machine: MachineOf, there: Receiver, status: int
) -> None:
    due = one_due(office, machine("editor"), there.url)
    there.statuses = [status]
    with pytest.raises(NotTaken):
        sending.deliver(due.pk)
    due.refresh_from_db()
    assert (due.outcome, due.status, len(there.told)) == (DUE, status, 1)  # no redirect is followed
    with later(seconds=31):
        sending.deliver(due.pk)
    due.refresh_from_db()
    assert (due.outcome, due.status) == (SENT, 204)
    assert there.told[0].headers["webhook-id"] == there.told[1].headers["webhook-id"]


def test_a_failing_hook_is_retried_with_back_off_and_ends_among_the_dead_letters(
    office: Office, machine: MachineOf, there: Receiver
) -> None:
    due = one_due(office, machine("editor"), there.url)
    there.statuses = [500] * 10
    ahead = 0
    while Job.objects.get(task=send.module_path).outcome == READY:
        ahead += 3600
        with later(seconds=ahead):
            drain()
    job = Job.objects.get(task=send.module_path)
    assert (job.outcome, job.attempts, len(there.told)) == (DEAD, 6, 6)
    assert job.error == "hezou.api.sending.NotTaken"
    due.refresh_from_db()
    assert (due.outcome, due.status) == (DUE, 500)
    assert [
        one["status"] for one in machine("editor").get(f"/webhooks/{due.hook_id}/deliveries").body["items"]
    ] == [500]


def test_many_deliveries_do_not_each_wait_for_a_hook_that_failed(
    office: Office, machine: MachineOf, there: Receiver
) -> None:
    listen(machine("editor"), there.url, "manuscript.handed_in", "manuscript.created", "manuscript.changed")
    office.handed_in()
    fan_out(office.agency.pk, send)
    first, *others = Delivery.objects.order_by("number")
    there.statuses = [500]
    with pytest.raises(NotTaken):
        sending.deliver(first.pk)
    for one in others:
        with pytest.raises(Resting):
            sending.deliver(one.pk)
    assert len(there.told) == 1


@pytest.mark.parametrize("drips", [False, True])
def test_a_receiver_that_hangs_is_not_waited_for(
    office: Office, machine: MachineOf, there: Receiver, monkeypatch: pytest.MonkeyPatch, drips: bool
) -> None:
    monkeypatch.setattr(sending, "SECONDS", 0.5)
    there.drips, there.holds = drips, 0.0 if drips else 3.0
    due = one_due(office, machine("editor"), there.url)
    begun = clock.now()
    with pytest.raises(NobodyThere):
        sending.deliver(due.pk)
    assert clock.now() - begun < timedelta(seconds=2)
    due.refresh_from_db()
    assert (due.outcome, due.status) == (DUE, 0)


def test_nobody_there_is_tried_again(office: Office, machine: MachineOf, there: Receiver) -> None:
    due = one_due(office, machine("editor"), "http://127.0.0.1:9/")
    with pytest.raises(NobodyThere):
        sending.deliver(due.pk)
    due.refresh_from_db()
    assert due.outcome == DUE


def test_what_was_sent_is_not_sent_again(office: Office, machine: MachineOf, there: Receiver) -> None:
    due = one_due(office, machine("editor"), there.url)
    for _ in range(2):
        sending.deliver(due.pk)
    assert len(there.told) == 1


# --- where it may lead ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "ftp://9.9.9.9/",
        "https://",
        "https://user:pw@9.9.9.9/",
        "https://9.9.9.9/#part",
        "https://9.9.9.9:99999/",
        "https://9.9.9.9:0/",
        "https://9.9.9.9/\r\nX: y",
        "https://某局.example/",
        "https://[::1/",
        "https://9.9.9.9/" + "x" * 500,
        "javascript:alert(1)",
    ],
)
def test_an_address_that_cannot_be_meant_is_refused(url: str) -> None:
    with refused("api.wrong_url"):
        target_of(url)


@pytest.mark.parametrize("host", INSIDE)
def test_a_hook_into_the_house_is_refused(machine: MachineOf, host: str) -> None:
    answer = machine("editor").post("/webhooks", {"url": f"https://{host}/", "events": ["seat.opened"]})
    assert answer.told == (422, "api.out_of_reach")
    assert not Hook.objects.exists()


def test_a_name_is_judged_by_every_address_it_has_at_each_delivery(
    office: Office, machine: MachineOf, there: Receiver, settings: Any
) -> None:
    due = one_due(office, machine("editor"), there.url.replace("127.0.0.1", "localhost"))
    settings.HOOK_NETWORKS = ()  # as when a public name is led inside afterwards
    with pytest.raises(OutOfReach):
        sending.deliver(due.pk)
    due.refresh_from_db()
    assert (there.told, due.outcome) == ([], DUE)


@pytest.mark.parametrize(
    ("address", "is_tls", "may"),
    [
        ("9.9.9.9", True, True),
        ("9.9.9.9", False, False),  # to the public by TLS alone
        ("2620:fe::fe", True, True),
        ("10.1.2.3", True, True),
        ("10.1.2.3", False, True),
        ("10.2.2.3", True, False),
        ("::ffff:10.1.2.3", True, True),
        ("::ffff:9.9.9.9", True, True),
        ("2002:0a02:0101::1", True, False),
        ("2001:0:4136:e378:8000:63bf:3fff:fdd2", True, False),
        ("fe80::1%eth0", True, False),
        ("240.0.0.1", True, False),
        ("no address", True, False),
    ],
)
def test_reach_is_the_public_and_the_networks_named(address: str, is_tls: bool, may: bool) -> None:
    assert may_reach(address, [ip_network("10.1.0.0/16")], is_tls=is_tls) is may


# --- killed --------------------------------------------------------------------------------------------


def work_and_die(url: str) -> int:
    """In a process of its own: a worker that is killed as soon as the receiver has the message."""
    product.HOOK_NETWORKS = LOOPBACK
    take = sending.sent
    sending.sent = lambda *told: os.kill(os.getpid(), signal.SIGKILL)
    try:
        return drain()
    finally:
        sending.sent = take


def work_on(url: str) -> int:
    """In a process of its own: a worker after the lease of the dead one has run out."""
    product.HOOK_NETWORKS = LOOPBACK
    with later(minutes=2):
        return drain()


@pytest.mark.process
def test_a_worker_killed_in_the_middle_loses_nothing_and_tells_the_same_message(
    transactional_db: None, there: Receiver
) -> None:
    office = found_office()
    one_due(office, Machine.of(office, "editor"), there.url)
    with pytest.raises(AssertionError):
        race(__file__, ("work_and_die", there.url))
    assert Delivery.objects.get().outcome == DUE
    race(__file__, ("work_on", there.url))
    assert Delivery.objects.get().outcome == SENT
    assert len({one.headers["webhook-id"] for one in there.told}) == 1
    assert len(there.told) == 2
    assert set(Job.objects.filter(task=send.module_path).values_list("outcome", flat=True)) == {DONE}


def look(agency_id: str) -> int:
    """In a process of its own: look what there is to tell."""
    announce.call(agency_id)
    return 0


@pytest.mark.process
def test_two_lookers_at_once_tell_each_entry_once(transactional_db: None, there: Receiver) -> None:
    office = found_office()
    listen(Machine.of(office, "editor"), there.url)
    office.handed_in()
    race(__file__, ("look", str(office.agency.pk)), ("look", str(office.agency.pk)))
    numbers = list(Delivery.objects.values_list("number", flat=True))
    assert sorted(set(numbers)) == sorted(numbers)
    assert Job.objects.filter(task=send.module_path).exists()
    assert len(Job.objects.filter(task=send.module_path)) == len(numbers)
