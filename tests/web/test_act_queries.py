"""How many statements an act runs, from the press of the button to the answer, the session's among them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from hezou.kernel.ids import uuid7
from hezou.manuscripts.models import Manuscript
from hezou.submissions.models import Submission
from tests.support.office import TEXT, found_office, read

pytestmark = pytest.mark.django_db(transaction=True)
MOST = 15
LABELS = {"kind": "experience", "content_class": "public", "openness": "withheld"}


@contextmanager
def statements() -> Iterator[list[str]]:
    """Every statement that reads or writes rows; not the beginning and the end of transactions."""
    seen: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        if not sql.startswith("BEGIN"):
            seen.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield seen


class Way:
    """A piece on its way by the pages of an agency; `counts` holds the statements of each act's last time."""

    def __init__(self) -> None:
        self.office = found_office()
        self.counts: dict[str, int] = {}
        self.clients = {key: Client() for key in ("writer", "head", "editor", "signer")}
        for key, client in self.clients.items():
            client.force_login(self.office.account(key))

    def press(self, act: str, key: str, address: str, **sent: str | int) -> None:
        with statements() as seen:
            answer = self.clients[key].post(address, {**sent, "deed": str(uuid7())})
        assert answer.status_code == 303, answer.content.decode()
        self.counts[act] = len(seen)

    @property
    def piece(self) -> Manuscript:
        return read(Manuscript.objects.order_by("number").last())  # type: ignore[arg-type]

    def write(self, act: str, do: str) -> None:
        me = str(self.office.person["writer"].pk)
        self.press(act, "writer", reverse("manuscript_new"), text=TEXT, authors=me, do=do, **LABELS)

    def hand_in(self, act: str) -> None:
        me, at = str(self.office.person["writer"].pk), reverse("manuscript_edit", args=[self.piece.pk])
        sent: dict[str, str | int] = {"revision": self.piece.revision, "authors": me, **LABELS}
        self.press(act, "writer", at, text=TEXT, do="hand_in", **sent)

    def decide(self, act: str, key: str, text: str = TEXT, **sent: str) -> None:
        seat, at = self.office.open_seat(self.piece), reverse("review_decide", args=[self.piece.pk])
        sent = {"verdict": "approve", "opinion": "同意", **sent}
        if seat.edits:
            sent |= {"text": text, "marked": "wording", "copy_revision": "0", **LABELS}
        self.press(act, key, at, revision=self.piece.revision, seat=str(seat.pk), **sent)

    def submit(self, act: str) -> None:
        at, body = reverse("submission_new", args=[self.piece.pk]), self.office.body["区委办"].pk
        self.press(act, "editor", at, revision=self.piece.revision, body=str(body))

    def adopt(self, act: str) -> None:
        sent = Submission.objects.order_by("submitted_at").last()
        assert sent is not None
        at, journal = reverse("submission_adopt", args=[sent.pk]), self.office.journal["区委办"].pk
        result = {"adopted_on": "2026-01-01", "form": "whole", "evidence": "verified", "issue_number": "1"}
        self.press(act, "editor", at, revision=sent.revision, journal=str(journal), **result)


def test_every_act_of_a_way_asks_at_most_fifteen_times() -> None:
    way = Way()
    for _ in ("nothing is known yet", "as on any other day"):
        way.write("create", "keep")
        way.hand_in("hand in")
        way.decide("approve at the first level", "head")
        way.decide("approve at the second", "editor")
        way.decide("sign", "signer")
        way.submit("submit")
        way.adopt("adopt")
    assert way.counts == {
        "create": 13,
        "hand in": 15,
        "approve at the first level": 15,
        "approve at the second": 15,
        "sign": 15,
        "submit": 15,
        "adopt": 15,
    }
    assert max(way.counts.values()) <= MOST


def test_acts_that_do_more_say_how_much_more() -> None:
    way, edited = Way(), TEXT.replace("聚焦", "紧盯")
    for _ in ("nothing is known yet", "as on any other day"):
        way.write("create and hand in", "hand_in")
        way.decide("return", "head", verdict="return", reason="请核实")
        way.hand_in("hand in again")
        way.decide("approve", "head")
        way.decide("approve with an edit", "editor", text=edited)
        way.decide("sign after an edit", "signer", text=edited)
    assert way.counts == {
        "create and hand in": 18,
        "return": 15,
        "hand in again": 15,
        "approve": 15,
        "approve with an edit": 20,
        "sign after an edit": 16,
    }
