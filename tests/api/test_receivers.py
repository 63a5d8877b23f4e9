"""What receivers do, where hooks may lead, and what a killed worker leaves."""

from __future__ import annotations

import os
import signal
import socket
from datetime import timedelta
from ipaddress import ip_network
from typing import Any

import pytest
from django.conf import settings as product

from hezou.api import sending
from hezou.api.actions import fan_out
from hezou.api.jobs import announce, send
from hezou.api.models import Delivery, Hook
from hezou.api.rules.addresses import may_reach, target_of
from hezou.api.rules.events import DUE, SENT
from hezou.api.sending import NobodyThere, NotTaken, OutOfReach, Resting
from hezou.jobs.models import Job
from hezou.jobs.rules import DEAD, DONE, READY
from hezou.kernel import clock
from tests.api.conftest import MachineOf
from tests.api.machine import Machine
from tests.api.receiver import LOOPBACK, Receiver
from tests.jobs.helping import drain, later
from tests.support.office import Office, found_office
from tests.support.processes import race
from tests.support.refusals import refused

INSIDE = (
    *("127.0.0.1", "localhost", "10.1.2.3", "192.168.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1"),
    *("[::1]", "[fe80::1]", "[fd00::1]", "[::ffff:10.0.0.1]", "[64:ff9b::7f00:1]"),
    *("2130706433", "0x7f.1", "224.0.0.1"),
)
"""Hosts of the house's own network, however they are written."""


# --- receivers -----------------------------------------------------------------------------------------


def one_due(office: Office, by: Machine, url: str) -> Delivery:
    by.listen(url, "manuscript.handed_in")
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
    machine("editor").listen(there.url, "manuscript.handed_in", "manuscript.created", "manuscript.changed")
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


def looked_up_as(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> None:
    """The resolver of this machine gives `office.example` these addresses, one list after the other."""
    resolve, left = socket.getaddrinfo, list(answers)

    def resolver(host: str, *more: Any, **named: Any) -> list[Any]:
        hosts = left.pop(0) if host == "office.example" else [host]
        return [row for one in hosts for row in resolve(one, *more, **named)]

    monkeypatch.setattr(socket, "getaddrinfo", resolver)


def test_a_name_with_one_address_inside_is_out_of_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up_as(monkeypatch, ["9.9.9.9", "10.0.0.1"])
    with pytest.raises(OutOfReach):
        sending.address_of(target_of("https://office.example/"))


def test_the_line_goes_to_the_address_that_was_judged(
    there: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up_as(monkeypatch, ["127.0.0.1"], ["127.0.0.2"])
    url = there.url.replace("127.0.0.1", "office.example")
    assert sending.post(url, ({}, b"x")) == 204
    [message] = there.told
    assert (message.headers["host"], message.body) == (f"office.example:{there.server_address[1]}", b"x")


def test_a_receiver_without_a_certificate_gets_nothing_by_tls(there: Receiver) -> None:
    with pytest.raises(NobodyThere):
        sending.post(there.url.replace("http://", "https://"), ({}, b"x"))
    assert there.told == []


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
    Machine.of(office, "editor").listen(there.url)
    office.handed_in()
    race(__file__, ("look", str(office.agency.pk)), ("look", str(office.agency.pk)))
    numbers = list(Delivery.objects.values_list("number", flat=True))
    assert sorted(set(numbers)) == sorted(numbers)
    assert Job.objects.filter(task=send.module_path).exists()
    assert len(Job.objects.filter(task=send.module_path)) == len(numbers)
