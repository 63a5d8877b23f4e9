"""Sent again, seen before, a page at a time: keys, revisions and cursors."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hezou.api.rules.events import EVENTS
from hezou.audit.models import Deed
from hezou.manuscripts.models import Manuscript
from hezou.notices.models import Notice
from hezou.review.models import Decision
from hezou.submissions.actions import submit
from hezou.submissions.models import Adoption, Submission
from tests.api.conftest import MachineOf
from tests.api.machine import PIECE, Answer, Machine
from tests.support.office import TEXT, Office, found_office, read
from tests.support.processes import race

# --- keys ----------------------------------------------------------------------------------------------


def test_sent_again_the_first_answer_comes_back(machine: MachineOf) -> None:
    by = machine("writer")
    first, second = (by.post("/manuscripts", PIECE, key="one") for _ in range(2))
    assert (first.status, second.status, second.body) == (201, 201, first.body)
    assert "Idempotency-Replayed" not in first.headers
    assert second.headers["Idempotency-Replayed"] == "true"
    assert Manuscript.objects.values_list("number", flat=True).get() == first.body["number"]


def test_another_key_is_another_deed(machine: MachineOf) -> None:
    by = machine("writer")
    assert by.begin()["id"] != by.begin()["id"]


@pytest.mark.parametrize(
    ("path", "body", "headers"),
    [
        ("/manuscripts", {**PIECE, "text": TEXT + "改"}, {}),
        ("/notices/read", {"until": 1}, {}),
        ("/manuscripts", PIECE, {"If-Match": '"7"'}),
    ],
)
def test_a_key_used_for_another_request_is_refused(
    machine: MachineOf, path: str, body: dict[str, Any], headers: dict[str, str]
) -> None:
    by = machine("writer")
    by.post("/manuscripts", PIECE, key="one")
    assert by.post(path, body, key="one", **headers).told == (422, "api.key_reused")
    assert len(Manuscript.objects.all()) == 1


def test_keys_of_two_tokens_are_two(machine: MachineOf) -> None:
    first = machine("writer").post("/manuscripts", PIECE, key="one").body["id"]
    assert machine("writer").post("/manuscripts", PIECE, key="one").body["id"] != first


@pytest.mark.parametrize("key", ["", "x" * 256, "a b", "键"])
def test_without_a_usable_key_nothing_is_done(machine: MachineOf, key: str) -> None:
    by = machine("writer")
    assert by.call("POST", "/manuscripts", PIECE, headers={"Idempotency-Key": key}).told == (
        400,
        "api.no_key",
    )
    assert not Manuscript.objects.exists()


def test_a_refused_deed_leaves_the_key_free(machine: MachineOf) -> None:
    by = machine("writer")
    assert by.post("/manuscripts", {**PIECE, "text": " "}, key="one").status == 422
    assert by.post("/manuscripts", PIECE, key="one").status == 201


def test_every_deed_of_a_piece_is_done_once(office: Office, machine: MachineOf) -> None:
    writer, head, editor = machine("writer"), machine("head"), machine("editor")
    piece = writer.begin()
    path = f"/manuscripts/{piece['id']}"
    twice(writer, f"{path}/hand-in", {"revision": piece["revision"]})
    seen = head.get(path).body
    seat = next(one["id"] for one in seen["seats"] if one["is_mine"])
    twice(head, f"{path}/decisions", {"revision": seen["revision"], "seat": seat, "verdict": "approve"})
    assert len(Decision.objects.all()) == 1
    signed = office.signed()
    to = [str(office.body["市局"].pk)]
    sent = twice(editor, f"/manuscripts/{signed.pk}/submissions", {"revision": signed.revision, "to": to})
    row = sent.body["items"][0]
    result = {"revision": 1, "form": "whole", "evidence": "verified", "adopted_on": "2020-01-06"}
    twice(editor, f"/submissions/{row['id']}/adoptions", result)
    twice(writer, f"{path}/recall", {"revision": read(Manuscript(pk=piece["id"])).revision})
    assert (len(Submission.objects.all()), len(Adoption.objects.all())) == (1, 1)


def twice(by: Machine, path: str, body: dict[str, Any]) -> Answer:
    """The answer to a deed; sent again it gets the same."""
    first, second = (by.post(path, body, key=path) for _ in range(2))
    assert (first.status // 100, second.status) == (2, first.status)
    assert second.body == first.body
    return first


def test_deeds_hold_no_word(machine: MachineOf) -> None:
    piece = machine("writer").begin()
    [target] = Deed.objects.values_list("target", flat=True)
    print_, _, made = target.partition(" ")
    assert (len(print_), made) == (32, piece["id"])


def begin(text: str) -> list[Any]:
    """In a process of its own: the answer to one press."""
    answer = Machine(text).post("/manuscripts", PIECE, key="one")
    return [answer.status, answer.body.get("id"), answer.headers.get("Idempotency-Replayed")]


@pytest.mark.process
def test_two_presses_at_once_make_one_piece(transactional_db: None) -> None:
    by = Machine.of(found_office(), "writer")
    answers = race(__file__, ("begin", by.text), ("begin", by.text))
    assert [one[0] for one in answers] == [201, 201]
    assert answers[0][1] == answers[1][1]
    assert sorted(str(one[2]) for one in answers) == ["None", "true"]


# --- revisions -----------------------------------------------------------------------------------------


def test_a_stale_revision_learns_the_present_one(machine: MachineOf) -> None:
    by = machine("writer")
    piece = by.begin()
    path = f"/manuscripts/{piece['id']}"
    kept = by.put(path, {**PIECE, "text": TEXT + "改", "revision": piece["revision"]})
    late = by.put(path, {**PIECE, "revision": piece["revision"]})
    assert (late.told, late.body["revision"]) == ((409, "kernel.stale"), kept.body["revision"])
    assert by.post(f"{path}/hand-in", {"revision": 1}).body["revision"] == kept.body["revision"]


@pytest.mark.parametrize(
    ("header", "field"), [(None, None), ('"2"', 1), ("*", None), ('W/"2"', None), ('"1", "2"', 1)]
)
def test_one_revision_must_be_named(machine: MachineOf, header: str | None, field: int | None) -> None:
    by = machine("writer")
    piece = by.begin()
    headers = {"If-Match": header} if header else {}
    body = {**PIECE, "revision": field} if field else PIECE
    assert by.put(f"/manuscripts/{piece['id']}", body, **headers).told == (422, "api.no_revision")


def test_a_revision_named_twice_alike_is_taken(machine: MachineOf) -> None:
    by = machine("writer")
    piece = by.begin()
    sent = {**PIECE, "revision": piece["revision"]}
    etag = f'"{piece["revision"]}"'
    assert by.put(f"/manuscripts/{piece['id']}", sent, **{"If-Match": etag}).status == 200


# --- pages ---------------------------------------------------------------------------------------------


def walk(by: Machine, path: str, **query: Any) -> list[Any]:
    """Every row of a list, two at a time."""
    found: list[Any] = []
    after: dict[str, Any] = {}
    while True:
        page = by.get(path, limit=2, **query, **after).body
        assert len(page["items"]) <= 2
        found += page["items"]
        if page["next"] is None:
            return found
        after = {"after": page["next"]}


def test_lists_are_walked_to_their_end_without_gap_or_double(office: Office, machine: MachineOf) -> None:
    writer, head, editor = machine("writer"), machine("head"), machine("editor")
    pieces = [office.handed_in() for _ in range(5)]
    ids = [str(one.pk) for one in pieces]
    assert [row["id"] for row in walk(writer, "/manuscripts")] == ids[::-1]
    assert [row["manuscript"] for row in walk(head, "/waiting")] == ids
    assert [row["thing"] for row in walk(head, "/notices")] == ids[::-1]
    names = [row["id"] for row in walk(writer, "/persons")]
    assert sorted(names) == sorted(str(one.pk) for one in office.person.values())
    hooks = [
        editor.post("/webhooks", {"url": f"https://9.9.9.9/{n}", "events": ["seat.opened"]}).body["id"]
        for n in range(3)
    ]
    assert [row["id"] for row in walk(editor, "/webhooks")] == hooks[::-1]
    office.decide(pieces[0], "head")
    office.decide(pieces[0], "editor")
    office.decide(pieces[0], "signer")
    steps = [row["round"] for row in walk(writer, f"/manuscripts/{ids[0]}/decisions")]
    assert steps == [1, 1, 1]


LISTS = ("/manuscripts", "/waiting", "/notices", "/persons", "/submissions")


def test_lists_take_as_many_queries_for_one_row_as_for_thirty(office: Office, machine: MachineOf) -> None:
    by = machine("editor")
    office.grant("editor", "unit_head", "第一科")
    piece = office.signed()
    submit(by=office.fresh("editor"), manuscript=piece, revision=piece.revision, to=[office.body["市局"]])
    counts = []
    for more in (1, 30):
        for _ in range(more):
            office.handed_in()
        asked = {}
        for path in LISTS:
            with CaptureQueriesContext(connection) as queries:
                assert by.get(path, limit=100).status == 200
            asked[path] = len(queries)
        counts.append(asked)
    assert counts[0] == counts[1]
    assert max(counts[0].values()) <= 15


def test_lists_are_narrowed(office: Office, machine: MachineOf) -> None:
    by = machine("editor")
    signed, waiting = office.signed(), office.handed_in(kind="problem")
    assert [row["id"] for row in by.get("/manuscripts", state="signed").body["items"]] == [str(signed.pk)]
    assert [row["id"] for row in by.get("/manuscripts", kind="problem").body["items"]] == [str(waiting.pk)]
    assert by.get("/manuscripts", state="burnt").told == (422, "api.wrong")
    body = str(office.body["市局"].pk)
    sent = {"revision": signed.revision, "to": [body]}
    [row] = by.post(f"/manuscripts/{signed.pk}/submissions", sent).body["items"]
    assert by.get("/submissions", body=body, state="sent").body["items"] == [row]
    assert by.get("/submissions", state="adopted").body["items"] == []
    unit = str(office.unit["第二科"].pk)
    assert {row["unit"]["name"] for row in by.get("/persons", unit=unit).body["items"]} == {"第二科"}
    name = office.person["writer"].name
    assert [row["name"] for row in by.get("/persons", name=name).body["items"]] == [name]


def test_a_cursor_is_of_its_list_alone(office: Office, machine: MachineOf) -> None:
    by = machine("writer")
    for _ in range(3):
        office.draft()
    cursor = by.get("/manuscripts", limit=1).body["next"]
    assert by.get("/persons", after=cursor).told == (400, "api.bad_cursor")
    assert by.get("/manuscripts", after=cursor[:-1]).told == (400, "api.bad_cursor")
    assert by.get("/manuscripts", limit=101).told == (422, "api.wrong")


def test_notices_are_taken_as_read(office: Office, machine: MachineOf) -> None:
    by = machine("head")
    office.handed_in()
    [notice] = by.get("/notices").body["items"]
    assert notice["read_at"] is None
    assert by.post("/notices/read", {"until": notice["id"]}).body == {"until": notice["id"]}
    assert Notice.objects.get().read_at is not None


def test_codes_of_the_agency_are_told(machine: MachineOf) -> None:
    told = machine("writer", "text.check").get("/codes").body
    kinds = {row["code"]: row for row in told["kinds"]}
    assert (kinds["experience"]["lines"][0], kinds["experience"]["steps"][-1]["zh"]) == ("up", "签发")
    assert told["events"] == list(EVENTS)


def test_checks_count_characters_of_the_text_as_sent(machine: MachineOf) -> None:
    by = machine("writer")
    text = "\r\n" + TEXT.replace("12项", "XX项")
    told = by.post("/checks", {"text": text}).body
    [found] = [one for one in told["findings"] if one["severity"] == "error"]
    assert text[found["start"] : found["end"]] == "XX"
    assert found["message"]["detail"]
    by.language = "zh"
    other = by.post("/checks", {"text": text}).body
    assert other["findings"][0]["message"]["type"] == told["findings"][0]["message"]["type"]
    assert other["findings"][0]["message"]["detail"] != told["findings"][0]["message"]["detail"]
