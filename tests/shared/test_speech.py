"""`hezou check` on a real speech: the slips that are in it, and nothing absurd."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hezou.ops.cli import main

SPEECH = Path(__file__).resolve().parents[3] / "shared" / "samples" / "speech.txt"


def test_finds_the_slips_that_are_in_the_speech(capsys: pytest.CaptureFixture[str]) -> None:
    text = SPEECH.read_text(encoding="utf-8")

    status = main(["check", "--format", "json", str(SPEECH)])

    answer = json.loads(capsys.readouterr().out)
    slips = [each for each in answer["findings"] if each["severity"] != "hint"]
    hints = {each["check"] for each in answer["findings"] if each["severity"] == "hint"}
    stars = [place for place, character in enumerate(text) if character == "*"]
    run_in = text.index("四是以选优配强")
    cut = text.index("。主动性。")
    assert (status, answer["path"], answer["characters"]) == (1, str(SPEECH), len(text))
    assert [(each["check"], each["start"], each["severity"]) for each in slips] == sorted(
        [
            *(("placeholder.star", place, "error") for place in stars),
            ("conventions.numbering_run_in", run_in, "warning"),
            ("punctuation.cut", cut, "warning"),
        ],
        key=lambda each: each[1],
    )
    assert hints == {"style.long_sentence"}
    assert [each["replacements"] for each in slips if each["start"] in (run_in, cut)] == [
        ["\n四是"],
        ["、"],
    ]
