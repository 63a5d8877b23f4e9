"""docs/operate/programs.md: every line of curl on it is sent, and does what the page says."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from tests.api.conftest import MachineOf
from tests.api.machine import ROOT as DOOR
from tests.api.machine import Machine
from tests.support.sources import ROOT

PAGE = (ROOT / "docs/operate/programs.md").read_text()
LINES = re.findall(r"^    (curl .+)$", PAGE, re.MULTILINE)


def send(by: Machine, line: str, known: dict[str, str]) -> Any:
    """What the door answers to a line as a shell would send it."""
    for name, value in known.items():
        line = line.replace(f"${name}", value)
    words = iter(shlex.split(line)[1:])
    method, headers, data, url = "GET", {}, "", ""
    for word in words:
        if word == "-X":
            method = next(words)
        elif word == "-H":
            name, _, value = next(words).partition(": ")
            headers[name] = value
        elif word == "-d":
            data = next(words)
        elif word != "-s":
            url = word
    content_type = headers.pop("Content-Type", "")
    return by.client.generic(method, url, data, content_type=content_type, headers=headers)


@pytest.fixture(autouse=True)
def _blobs(settings: Any, tmp_path: Path) -> None:
    settings.BLOBS = tmp_path


def test_every_line_of_the_page_is_sent_and_answered(machine: MachineOf) -> None:
    by = machine("writer")
    known = {"HEZOU": DOOR, "TOKEN": by.text}
    answers = []
    for line in LINES:
        answer = send(by, line, known)
        told = json.loads(answer.content)
        assert answer.status_code in {200, 201}, (line, told)
        answers.append(told)
        if "/manuscripts" in line and "PIECE" not in known:
            known["PIECE"] = told["id"]
    me, codes, begun, files, handed_in, seen, decisions, listed = answers
    assert set(me["verbs"]) >= {"manuscript.create", "manuscript.edit", "manuscript.hand_in"}
    assert "experience" in {kind["code"] for kind in codes["kinds"]}
    assert (begun["state"], begun["revision"], len(files["items"])) == ("draft", 1, 1)
    assert (handed_in["state"], seen["id"], decisions["items"]) == ("in_review", begun["id"], [])
    assert [row["id"] for row in listed["items"]] == [begun["id"]]
