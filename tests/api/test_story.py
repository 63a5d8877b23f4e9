"""A piece goes from its first line to an adoption, each step by a program with another token."""

from __future__ import annotations

from typing import Any

import pytest

from hezou.ops.verifying import differences
from tests.api.conftest import MachineOf
from tests.api.machine import PIECE, Machine
from tests.support.office import TEXT, Office

EDITED = TEXT.replace("取得初步成效", "群众反映良好")


def mine(piece: dict[str, Any]) -> str:
    """The open seat of a piece where the bearer decides."""
    return next(seat["id"] for seat in piece["seats"] if seat["is_mine"])


def decide(by: Machine, key: str, verdict: str = "approve", **more: Any) -> Any:
    """Look at a piece, then decide on it."""
    piece = by.get(f"/manuscripts/{key}").body
    sent = {"revision": piece["revision"], "seat": mine(piece), "verdict": verdict, **more}
    return by.post(f"/manuscripts/{key}/decisions", sent)


def test_a_piece_goes_from_creation_to_adoption(office: Office, machine: MachineOf) -> None:
    writer, head, editor, signer = (machine(key) for key in ("writer", "head", "editor", "signer"))

    begun = writer.post("/manuscripts", {**PIECE, "text": TEXT + "\n四、待补"})
    assert (begun.status, begun.body["state"], begun.body["version"]) == (201, "draft", 1)
    path = f"/manuscripts/{begun.body['id']}"
    assert editor.get(path).told == (404, "kernel.not_found")  # nobody else sees a draft

    kept = writer.put(path, {**PIECE, "revision": begun.body["revision"]})
    assert (kept.status, kept.body["version"], kept.body["text"]) == (200, 2, TEXT)

    handed_in = writer.post(f"{path}/hand-in", {"revision": kept.body["revision"]})
    assert (handed_in.status, handed_in.body["state"]) == (200, "in_review")
    recalled = writer.post(f"{path}/recall", {"revision": handed_in.body["revision"]})
    assert recalled.body["state"] == "draft"
    again = writer.post(f"{path}/hand-in", {}, **{"If-Match": recalled.headers["ETag"]})
    assert (again.status, again.body["round"]) == (200, 2)
    assert writer.get(path).body["verbs"] == ["recall"]

    review_and_adopt(office, writer, head, editor, signer, path)
    assert list(differences(office.agency.pk)) == []


def review_and_adopt(
    office: Office, writer: Machine, head: Machine, editor: Machine, signer: Machine, path: str
) -> None:
    """A piece handed in passes its reviewers, one of whom edits, is submitted, and a body adopts it."""
    key = path.rpartition("/")[2]
    waiting = head.get("/waiting").body["items"]
    assert [row["manuscript"] for row in waiting] == [key]
    assert head.get("/notices").body["items"][0]["kind"] == "notice.turn"
    edit = {"text": EDITED, "marked": "wording"}
    assert decide(head, key, opinion="同意。", edit=edit).body["edit"] == "wording"
    assert head.get("/waiting").body["items"] == []
    refused = writer.post(f"{path}/submissions", {"revision": 1, "to": [str(office.body["市局"].pk)]})
    assert refused.told == (403, "api.not_in_token")
    for by in (editor, signer):
        assert decide(by, key).status == 201

    signed = editor.get(path).body
    assert (signed["state"], signed["text"]) == ("signed", EDITED)
    body = next(one for one in editor.get("/bodies").body["items"] if one["name"] == "市局")
    sent = editor.post(f"{path}/submissions", {"revision": signed["revision"], "to": [body["id"]]})
    assert (sent.status, [row["state"] for row in sent.body["items"]]) == (201, ["sent"])
    submission = sent.body["items"][0]

    adoption = {
        "revision": submission["revision"],
        "form": "whole",
        "evidence": "verified",
        "adopted_on": "2020-01-06",
        "journal": body["journals"][0]["id"],
        "issue_number": "12",
    }
    adopted = editor.post(f"/submissions/{submission['id']}/adoptions", adoption)
    assert (adopted.status, adopted.body["state"], len(adopted.body["adoptions"])) == (201, "adopted", 1)
    assert writer.get("/notices").body["items"][0]["kind"] == "notice.adopted"
    decided = writer.get(f"{path}/decisions").body["items"]
    assert [(row["verdict"], row["opinion"]) for row in decided] == [
        ("approve", "同意。"),
        ("approve", ""),
        ("approve", ""),
    ]


@pytest.mark.usefixtures("office")
def test_a_returned_piece_says_why(machine: MachineOf) -> None:
    writer, head = machine("writer"), machine("head")
    piece = writer.begin()
    writer.post(f"/manuscripts/{piece['id']}/hand-in", {"revision": piece["revision"]})
    assert decide(head, piece["id"], "return").told == (422, "review.no_reason")
    assert decide(head, piece["id"], "return", opinion="数据请注明来源。").status == 201
    assert writer.get(f"/manuscripts/{piece['id']}").body["state"] == "returned"
    assert (
        writer.get(f"/manuscripts/{piece['id']}/decisions").body["items"][0]["opinion"] == "数据请注明来源。"
    )
