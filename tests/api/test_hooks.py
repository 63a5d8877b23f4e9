"""Hooks: what they are told, once each, signed; what receivers do; where they may lead."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import timedelta
from typing import Any

import pytest

from hezou.access.actions import revoke_token
from hezou.api.actions import add_hook, clear, end_hook, fan_out
from hezou.api.jobs import announce, announce_all, send
from hezou.api.models import Delivery, Hook
from hezou.api.rules.events import DROPPED, DUE, SENT, event_of
from hezou.api.rules.signing import signature
from hezou.audit.models import AuditEntry
from hezou.kernel import clock
from hezou.kernel.errors import Forbidden
from hezou.ops.beats import BEATS
from hezou.submissions.actions import submit
from tests.api.conftest import MachineOf
from tests.api.receiver import Receiver
from tests.jobs.helping import drain, later
from tests.support.office import Office, found_office, read
from tests.support.refusals import refused


def told(there: Receiver) -> list[dict[str, Any]]:
    return [json.loads(one.body) for one in there.told]


def work(office: Office) -> int:
    """Everything that waits is done; how many jobs."""
    announce.call(str(office.agency.pk))
    return drain()


# --- what is told --------------------------------------------------------------------------------------


def test_is_told_by_codes_and_ids_what_happens(office: Office, machine: MachineOf, there: Receiver) -> None:
    machine("editor").listen(there.url, "manuscript.handed_in", "seat.decided", "manuscript.signed")
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
    by.listen(there.url, "submission.made", "submission.adopted")
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
    hook = machine("editor").listen(there.url, "manuscript.handed_in")
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
    machine("editor").listen(there.url, "manuscript.created", "manuscript.handed_in")
    seen = office.handed_in()  # its draft was not for the editor's eyes when it was made, but is by now
    inner = office.handed_in(content_class="internal")
    draft = office.draft()
    work(office)
    told_of = {one["data"]["manuscript"] for one in told(there)}
    assert told_of == {str(seen.pk)}
    assert {str(inner.pk), str(draft.pk)} & told_of == set()
    assert set(Delivery.objects.values_list("outcome", flat=True)) == {SENT}  # nothing else was on its way


def test_an_act_through_the_door_is_told_without_waiting_for_the_clock(
    machine: MachineOf, there: Receiver
) -> None:
    by = machine("writer")
    machine("editor").listen(there.url, "manuscript.handed_in")
    piece = by.begin()
    by.post(f"/manuscripts/{piece['id']}/hand-in", {"revision": piece["revision"]})
    drain()
    assert [one["data"]["manuscript"] for one in told(there)] == [piece["id"]]


def test_acts_on_pages_are_told_by_the_clock(office: Office, machine: MachineOf, there: Receiver) -> None:
    machine("editor").listen(there.url, "manuscript.handed_in")
    office.handed_in()
    announce_all.call()
    drain()
    assert len(there.told) == 1
    assert announce_all.module_path in [beat.task for beat in BEATS]


def test_nothing_is_told_twice_however_often_it_is_looked_for(
    office: Office, machine: MachineOf, there: Receiver
) -> None:
    machine("editor").listen(there.url)
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
    machine("editor").listen(there.url, "manuscript.handed_in")
    for _ in range(3):
        office.handed_in()
    work(office)
    assert len(there.told) == 3


def test_history_loaded_later_is_not_told() -> None:
    detail = {"version": 1, "happened": "2020-01-01T00:00:00+00:00"}
    assert event_of("manuscript", "x", "hand_in", detail) is None


def test_agencies_are_told_of_themselves_alone(office: Office, machine: MachineOf, there: Receiver) -> None:
    machine("editor").listen(there.url)
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
    hook = by.listen(there.url)
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
    by.listen(there.url)
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
    machine("editor").listen(there.url, "manuscript.handed_in")
    piece = office.handed_in()
    fan_out(office.agency.pk, send)
    type(piece).objects.filter(pk=piece.pk).update(content_class="internal")
    drain()
    assert (there.told, Delivery.objects.get().outcome) == ([], DROPPED)


def test_who_may_no_longer_manage_hooks_is_told_nothing(
    office: Office, machine: MachineOf, there: Receiver
) -> None:
    machine("editor").listen(there.url, "manuscript.created")
    office.draft("editor")  # theirs to see whatever roles they hold
    fan_out(office.agency.pk, send)
    office.person["editor"].grants.update(ends=clock.today(office.agency.zone) - timedelta(days=1))
    drain()
    assert (there.told, Delivery.objects.get().outcome) == ([], DROPPED)


def test_hooks_are_for_whom_access_says(office: Office, machine: MachineOf) -> None:
    assert machine("writer").get("/webhooks").told == (403, "api.not_in_token")
    by = machine("writer")
    assert by.token is not None
    with pytest.raises(Forbidden):
        add_hook(by=office.fresh("writer"), token=by.token, url="https://9.9.9.9/", events=["seat.opened"])


def test_an_agency_has_no_more_than_so_many(office: Office, machine: MachineOf) -> None:
    by = machine("editor")
    hooks = [by.listen(f"https://9.9.9.9/{n}", "seat.opened") for n in range(20)]
    sent = {"url": "https://9.9.9.9/", "events": ["seat.opened"]}
    assert by.post("/webhooks", sent).told == (422, "api.too_many_hooks")
    assert by.post("/webhooks", {**sent, "events": ["manuscript.burnt"]}).told == (422, "api.unknown")
    with refused("api.ended_already"):
        for _ in range(2):
            end_hook(by=office.fresh("editor"), hook=Hook.objects.get(pk=hooks[0]["id"]))


def test_what_was_told_long_ago_is_forgotten(office: Office, machine: MachineOf, there: Receiver) -> None:
    machine("editor").listen(there.url, "manuscript.handed_in")
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
