"""What the office does for others, by a program: decisions entered, signatures later, selections."""

from __future__ import annotations

from base64 import b64encode
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hezou.kernel import clock
from hezou.ops.verifying import differences
from hezou.review.models import CounterSignature, Decision, Selection
from tests.api.conftest import MachineOf
from tests.api.machine import Machine
from tests.support.office import TEXT, Office, read
from tests.support.paper import owed, photo, printed, record

WORDED = TEXT.replace("取得初步成效", "已见成效")


@pytest.fixture
def office(office: Office, settings: Any, tmp_path: Path) -> Office:
    """Among its people `colleague` records."""
    settings.BLOBS = tmp_path
    office.grant("colleague", "recorder", "某局")
    return office


def entered(
    by: Machine, office: Office, piece: Any, decider: str, mode: str = "telephone", **more: Any
) -> Any:
    fresh = read(piece)
    sent = {
        "revision": fresh.revision,
        "seat": str(office.open_seat(fresh).pk),
        "decider": str(office.person[decider].pk),
        "mode": mode,
        "verdict": "approve",
        **more,
    }
    return by.post(f"/manuscripts/{piece.pk}/recorded-decisions", sent)


def test_a_consent_by_telephone_is_entered_and_signed_later(office: Office, machine: MachineOf) -> None:
    by = machine("colleague", "review.record")
    piece = office.handed_in()
    at = clock.now().replace(microsecond=0)
    edit = {"text": WORDED, "marked": "wording"}
    told = entered(by, office, piece, "head", words="同意", spoken_at=at.isoformat(), edit=edit)
    assert told.told == (422, "review.no_basis")
    told = entered(by, office, piece, "head", words="同意", edit=edit, edit_basis="authorised")
    assert (told.status, told.body["mode"], told.body["edit"]) == (201, "telephone", "wording")
    people = (told.body["decided_by"]["name"], told.body["recorded_by"]["name"])
    assert people == (office.person["head"].name, office.person["colleague"].name)
    [row] = by.get("/countersignatures").body["items"]
    assert (row["id"], row["decision"], row["closed_at"]) == (str(owed().pk), told.body["id"], None)
    sheet = printed(office, piece, seat=owed().decision.seat)
    signed = by.post(f"/countersignatures/{row['id']}", {"sheet": sheet.code})
    assert (signed.status, signed.body["closed_at"] is None) == (200, False)
    assert by.get("/countersignatures").body["items"] == []
    again = by.post(f"/countersignatures/{row['id']}", {"sheet": sheet.code})
    assert again.told == (422, "review.closed_already")
    assert list(differences(office.agency.pk)) == []


def test_a_signature_on_paper_is_entered_by_the_code_of_its_sheet(office: Office, machine: MachineOf) -> None:
    by = machine("colleague")
    piece = office.handed_in()
    assert entered(by, office, piece, "head", "paper").told == (422, "review.no_sheet")
    assert entered(by, office, piece, "head", "paper", sheet="nonsense").told == (404, "kernel.not_found")
    other = printed(office, office.handed_in())
    assert entered(by, office, piece, "head", "paper", sheet=other.code).told == (422, "review.other_piece")
    sheet = printed(office, piece)
    sent = {"sheet": f"{sheet.code[:4]}-{sheet.code[4:]}".lower(), "photo": b64encode(photo()).decode()}
    assert entered(by, office, piece, "head", "paper", **sent).status == 201
    made = Decision.objects.get()
    assert (made.sheet, made.evidence is None, CounterSignature.objects.exists()) == (sheet, False, False)


def test_nobody_enters_what_the_pages_refuse(office: Office, machine: MachineOf) -> None:
    by, editor = machine("colleague"), machine("editor")
    piece = office.handed_in()
    assert entered(by, office, piece, "signer").told == (422, "review.may_not_decide")
    late = (clock.now() + timedelta(hours=1)).isoformat()
    assert entered(by, office, piece, "head", spoken_at=late).told == (422, "review.in_future")
    assert entered(by, office, piece, "head", spoken_at="2026-03-05T09:30:00").told == (422, "api.wrong")
    assert entered(by, office, piece, "head", mode="online").told == (422, "api.wrong")
    assert entered(machine("writer"), office, piece, "head").told == (403, "api.not_in_token")
    office.decide(piece, "head")
    assert entered(editor, office, piece, "editor").told == (422, "review.own_decision")
    own = office.handed_in("colleague")
    assert entered(by, office, own, "head").told == (422, "review.author_records")


def test_what_came_in_is_selected(office: Office, machine: MachineOf) -> None:
    by = machine("editor", "seat.select")
    piece = office.handed_in()
    assert by.get("/incoming").body["items"] == []
    office.decide(piece, "head")
    [row] = by.get("/incoming").body["items"]
    path = f"/manuscripts/{row['manuscript']}/selections"
    sent = {"revision": row["revision"], "seat": row["seat"], "verdict": "merge"}
    told = by.post(path, sent, key="one")
    assert (told.status, told.body["verdict"], told.body["number"]) == (201, "merge", 1)
    assert by.post(path, sent, key="one").body == told.body
    assert by.post(path, sent).told == (422, "review.selected_meanwhile")
    assert by.post(path, {**sent, "verdict": "take_up", "seen": 1}).body["number"] == 2
    assert [one.verdict for one in Selection.objects.order_by("number")] == ["merge", "take_up"]


def test_lists_of_the_office_take_as_many_queries_for_one_row_as_for_many(
    office: Office, machine: MachineOf
) -> None:
    by = machine("editor")
    counts = []
    for more in (1, 8):
        for _ in range(more):
            record(office, office.handed_in(), "head")
        asked = {}
        for path in ("/countersignatures", "/incoming"):
            with CaptureQueriesContext(connection) as queries:
                rows = len(by.get(path).body["items"])
            asked[path] = len(queries)
            assert rows == len(Decision.objects.all())
        counts.append(asked)
    assert counts[0] == counts[1]
    assert max(counts[0].values()) <= 15


def test_giving_back_for_more_is_a_decision_and_asks_for_its_verb(office: Office, machine: MachineOf) -> None:
    piece = office.handed_in()
    office.decide(piece, "head")
    fresh = read(piece)
    seat = str(office.open_seat(fresh).pk)
    sent = {"revision": fresh.revision, "seat": seat, "verdict": "supplement", "reason": "请补充数据。"}
    path = f"/manuscripts/{piece.pk}/selections"
    assert machine("editor", "seat.select").post(path, sent).told == (403, "kernel.forbidden")
    assert machine("editor", "seat.select", "seat.decide").post(path, sent).status == 201
    assert read(piece).state == "returned"
