"""Who is let in and for what; how problems are told; what no program gets."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from hezou.access.actions import revoke_token
from hezou.api.rules.frame import RATE
from hezou.api.urls import door
from hezou.kernel import clock
from hezou.kernel.ids import uuid7
from hezou.manuscripts.actions import ask_purge, revise
from hezou.manuscripts.rules.purging import CLASSIFIED
from hezou.review.rules import APPROVE
from hezou.submissions.actions import submit
from tests.api.conftest import MachineOf
from tests.api.machine import PIECE, ROOT, Machine
from tests.support.office import TEXT, Office, edit_of, found_office, read
from tests.support.sources import ROOT as SOURCES


@pytest.mark.parametrize("sent", [{}, {"Authorization": "Basic eDp5"}, {"Authorization": "Bearer hz_x"}])
@pytest.mark.usefixtures("office")
def test_asks_for_a_token(sent: dict[str, str]) -> None:
    answer = Client().get(f"{ROOT}/me", headers=sent)
    told = json.loads(answer.content)
    assert (answer.status_code, told["type"]) == (401, "api.no_token")
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer["Content-Type"] == "application/problem+json"


def test_a_session_opens_nothing(office: Office) -> None:
    client = Client()
    client.force_login(office.account("writer"), backend="hezou.access.backend.Backend")
    assert client.get(f"{ROOT}/me").status_code == 401


def test_says_whose_token_it_is(office: Office, machine: MachineOf) -> None:
    told = machine("writer", "manuscript.edit").get("/me").body
    assert told["person"] == {"id": str(office.person["writer"].pk), "name": office.person["writer"].name}
    assert told["verbs"] == ["manuscript.edit", "manuscript.read"]


def test_a_token_is_good_for_its_verbs_alone(machine: MachineOf) -> None:
    by = machine("editor", "text.check")
    assert by.post("/checks", {"text": TEXT}).status == 200
    for path in ("/manuscripts", "/submissions", "/persons", "/notices", "/waiting", "/webhooks"):
        assert by.get(path).told == (403, "api.not_in_token")
    assert by.post("/manuscripts", PIECE).told == (403, "api.not_in_token")


def test_every_way_asks_for_a_verb() -> None:
    schema = door.get_openapi_schema()
    asked = {
        way["operationId"]: way["security"][0]["Token"][0]
        for ways in schema["paths"].values()
        for way in ways.values()
    }
    assert {name for name, verb in asked.items() if verb == "any token"} == {"read_me", "list_codes"}
    assert "nothing" not in asked.values()


def test_a_role_taken_away_is_taken_from_the_token_too(office: Office, machine: MachineOf) -> None:
    by = machine("editor", "submission.read")
    assert by.get("/submissions").status == 200
    office.person["editor"].grants.update(ends=clock.today(office.agency.zone) - timedelta(days=1))
    assert by.get("/submissions").told == (403, "kernel.forbidden")


def test_a_revoked_token_is_refused(office: Office, machine: MachineOf) -> None:
    by = machine("writer")
    assert by.get("/me").status == 200
    assert by.token is not None
    revoke_token(by=office.fresh("writer"), token=by.token)
    assert by.get("/me").told == (401, "api.no_token")


def test_notes_when_a_token_was_used(machine: MachineOf) -> None:
    by = machine("writer")
    assert by.token is not None
    by.get("/me")
    by.token.refresh_from_db()
    assert by.token.last_used_at is not None


def test_of_another_agency_nothing_is_seen_nor_done(office: Office, machine: MachineOf) -> None:
    piece = office.signed()
    other = found_office("river")
    by = machine("editor", where=other)
    path = f"/manuscripts/{piece.pk}"
    assert by.get(path).told == (404, "kernel.not_found")
    assert by.post(f"{path}/recall", {"revision": piece.revision}).told == (404, "kernel.not_found")
    assert by.get("/manuscripts").body["items"] == []
    strange = [str(office.person["writer"].pk)]
    assert by.post("/manuscripts", {**PIECE, "authors": strange}).told == (404, "kernel.not_found")
    names = {row["id"] for row in by.get("/persons", limit=100).body["items"]}
    assert names & {str(one.pk) for one in office.person.values()} == set()
    inside = office.fresh("editor")
    [row] = submit(by=inside, manuscript=piece, revision=read(piece).revision, to=[office.body["市局"]])
    assert by.get(f"/submissions/{row.pk}").told == (404, "kernel.not_found")


def test_a_piece_that_is_withheld_waits_in_no_list(office: Office, machine: MachineOf) -> None:
    """Until it is purged or let go, nobody but those who purge is told of it (R7)."""
    head, editor = machine("head"), machine("editor")
    piece, came_in = office.handed_in(), office.handed_in()
    office.decide(came_in, "head")
    lists = ((head, "/waiting"), (editor, "/waiting"), (editor, "/incoming"))
    assert [len(by.get(path).body["items"]) for by, path in lists] == [1, 1, 1]
    for one in (piece, came_in):
        ask_purge(by=office.fresh("secrecy"), manuscript=read(one), reason=CLASSIFIED)
    assert [by.get(path).body["items"] for by, path in lists] == [[], [], []]
    assert head.get(f"/manuscripts/{piece.pk}").told == (404, "kernel.not_found")


@pytest.mark.parametrize(
    "made_up", ["0", "x" * 500, "../../etc", "%00", "01890a5d-ac96-774b-bcce-b302099a8057"]
)
def test_a_forged_id_is_not_found(machine: MachineOf, made_up: str) -> None:
    assert machine("editor").get(f"/manuscripts/{made_up}").told == (404, "kernel.not_found")


def test_problems_are_told_in_the_language_asked_for(machine: MachineOf) -> None:
    by = machine("writer")
    english = by.get(f"/manuscripts/{uuid7()}").body
    assert english == {
        "type": "kernel.not_found",
        "title": "Not found",
        "status": 404,
        "detail": "This does not exist here.",
        "params": {},
        "errors": [{"type": "kernel.not_found", "detail": "This does not exist here.", "params": {}}],
    }
    by.language = "zh-CN"
    chinese = by.get(f"/manuscripts/{uuid7()}").body
    assert (chinese["type"], chinese["title"]) == ("kernel.not_found", "没有找到")


def test_every_reason_is_told_with_its_parameters(machine: MachineOf) -> None:
    by = machine("writer")
    piece = by.begin(text=TEXT.replace("12项", "XX项"))
    refused = by.post(f"/manuscripts/{piece['id']}/hand-in", {"revision": piece["revision"]})
    assert refused.told == (422, "manuscript.has_errors")
    assert (refused.body["params"], len(refused.body["errors"])) == ({"count": 1}, 1)


def test_wrong_values_are_named_each_at_its_place(machine: MachineOf) -> None:
    answer = machine("writer").post("/manuscripts", {"text": 1, "kind": "x", "extra": 2, "openness": "x"})
    assert answer.status == 422
    assert sorted((one["type"], one["params"]["place"]) for one in answer.body["errors"]) == [
        ("api.missing", "content_class"),
        ("api.unknown", "extra"),
        ("api.wrong", "text"),
    ]


def test_a_body_that_is_missing_is_named(machine: MachineOf) -> None:
    answer = machine("writer").call("POST", "/manuscripts", "null", headers={"Idempotency-Key": "k"})
    assert (answer.status, answer.body["params"]["place"]) == (422, "body")


def test_a_body_that_is_no_json_is_refused(machine: MachineOf) -> None:
    by = machine("writer")
    key = {"Idempotency-Key": "k"}
    assert by.call("POST", "/manuscripts", "{", headers=key).told == (400, "api.malformed")
    assert by.call("POST", "/manuscripts", "x=1", headers=key, content_type="text/plain").told == (
        415,
        "api.not_json",
    )


def test_a_body_too_large_is_refused(machine: MachineOf) -> None:
    by = machine("writer")
    assert by.post("/manuscripts", {**PIECE, "text": "字" * 200_001}).told == (413, "manuscript.too_long")
    huge = json.dumps({**PIECE, "text": "a" * 17 * 1024 * 1024})
    answer = by.call("POST", "/manuscripts", huge, headers={"Idempotency-Key": "k"})
    assert answer.told == (413, "api.too_large")


def test_another_method_is_refused(machine: MachineOf) -> None:
    answer = machine("writer").call("PATCH", "/me")
    assert answer.told == (405, "api.wrong_method")
    assert answer.headers["Allow"] == "GET"


def test_a_mark_of_secrecy_is_refused_before_any_write(machine: MachineOf) -> None:
    by = machine("writer")
    marked = "秘密★一年\n" + TEXT
    assert by.post("/manuscripts", {**PIECE, "text": marked}).told == (422, "manuscript.secrecy_mark")
    assert by.post("/checks", {"text": marked}).told == (422, "manuscript.secrecy_mark")


def test_more_than_the_rate_is_refused_until_the_next_minute(machine: MachineOf) -> None:
    by, other = machine("writer"), machine("head")
    assert by.token is not None
    start = clock.now().replace(second=50)
    with clock.moved_to(start):
        cache.set(f"api/{by.token.pk.hex}/{int(start.timestamp()) // 60}", RATE - 1)
        assert by.get("/me").status == 200
        answer = by.get("/me")
        assert answer.told == (429, "api.too_many")
        assert 1 <= int(answer.headers["Retry-After"]) <= 10
        assert other.get("/me").status == 200  # each token has its own
    with clock.moved_to(start + timedelta(seconds=11)):
        assert by.get("/me").status == 200


# --- R4: what is internal stays inside -----------------------------------------------------------------


def test_internal_pieces_are_in_no_list_and_opened_by_no_address(office: Office, machine: MachineOf) -> None:
    inner = office.handed_in(content_class="internal")
    for key in ("writer", "head", "editor"):
        by = machine(key)
        assert by.get("/manuscripts").body["items"] == []
    writer, head = machine("writer"), machine("head")
    assert head.get("/waiting").body["items"] == []
    path = f"/manuscripts/{inner.pk}"
    for way in (path, f"{path}/versions", f"{path}/versions/1", f"{path}/decisions"):
        assert writer.get(way).told == (403, "access.internal_stays")
    assert machine("other_writer").get(path).told == (404, "kernel.not_found")  # learns nothing of it
    [notice] = head.get("/notices").body["items"]
    assert (notice["thing"], notice["title"]) == (None, None)


def test_internal_pieces_are_neither_made_nor_changed(office: Office, machine: MachineOf) -> None:
    by = machine("writer")
    refused = (403, "access.internal_stays")
    assert by.post("/manuscripts", {**PIECE, "content_class": "internal"}).told == refused
    piece = by.begin()
    path = f"/manuscripts/{piece['id']}"
    inner = {**PIECE, "content_class": "internal", "revision": piece["revision"]}
    assert by.put(path, inner).told == refused
    by.post(f"{path}/hand-in", {"revision": piece["revision"]})
    head = machine("head")
    seen = head.get(path).body
    sent = {
        "revision": seen["revision"],
        "seat": next(seat["id"] for seat in seen["seats"] if seat["is_mine"]),
        "verdict": APPROVE,
        "edit": {"text": TEXT, "content_class": "internal"},
    }
    assert head.post(f"{path}/decisions", sent).told == refused
    closed = office.handed_in(content_class="internal")
    for way in ("hand-in", "recall"):
        assert by.post(f"/manuscripts/{closed.pk}/{way}", {"revision": 1}).told == refused


def test_an_internal_version_of_an_open_piece_stays_inside(office: Office, machine: MachineOf) -> None:
    piece = office.draft(content_class="internal")
    me = office.fresh("writer")
    labels = {"kind": piece.kind, "content_class": "public", "openness": "withheld"}
    revise(by=me, manuscript=piece, revision=piece.revision, text=TEXT, named=[me], **labels)
    by = machine("writer")
    path = f"/manuscripts/{piece.pk}"
    assert [row["number"] for row in by.get(f"{path}/versions").body["items"]] == [2]
    assert by.get(f"{path}/versions/1").told == (403, "access.internal_stays")
    assert by.get(f"{path}/versions/2").body["text"] == TEXT


def test_submissions_of_internal_pieces_stay_inside(office: Office, machine: MachineOf) -> None:
    piece = office.handed_in(content_class="internal")
    office.decide(piece, "head", edit=edit_of(piece, TEXT + "\n四、补充", marked="substance"))
    inner = office.signed(content_class="internal")
    editor = office.fresh("editor")
    [row] = submit(by=editor, manuscript=inner, revision=inner.revision, to=[office.body["市局"]])
    by = machine("editor")
    assert by.get("/submissions").body["items"] == []
    assert by.get(f"/submissions/{row.pk}").told == (403, "access.internal_stays")
    body = {"revision": 1, "form": "whole", "evidence": "verified", "adopted_on": "2020-01-06"}
    assert by.post(f"/submissions/{row.pk}/adoptions", body).told == (403, "access.internal_stays")


def test_serves_its_own_description(office: Office) -> None:
    answer = Client().get(f"{ROOT}/openapi.json")
    told = json.loads(answer.content)
    assert (answer.status_code, told["openapi"]) == (200, "3.1.0")
    assert told == json.loads((SOURCES / "docs/reference/openapi.json").read_text())


def test_what_goes_wrong_inside_is_told_without_a_word_of_it(
    machine: MachineOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*given: object) -> None:
        raise RuntimeError("words of a text")

    monkeypatch.setattr("hezou.api.ways.around.units", broken)
    by = machine("writer")
    by.client = Client(raise_request_exception=False)
    answer = by.get("/units")
    assert answer.told == (500, "api.failed")
    assert "words" not in str(answer.body)


def test_a_piece_bears_its_revision_as_etag(machine: MachineOf) -> None:
    by: Machine = machine("writer")
    piece = by.begin()
    assert by.get(f"/manuscripts/{piece['id']}").headers["ETag"] == f'"{piece["revision"]}"'
