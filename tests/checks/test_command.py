"""`hezou check`: files in, lines or JSON out, and an exit status scripts can use."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hezou.ops.cli import main
from hezou.ops.commands.check import decode

SLIP = "推动*事业。\r\n抓好，，落实。\r\n"
CLEAN = "全局工作总体平稳。\n"
WARNING = "抓好，，落实。\n"


def write(path: Path, text: str, encoding: str = "utf-8") -> str:
    path.write_bytes(text.encode(encoding))
    return str(path)


def test_prints_one_object_for_each_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [write(tmp_path / "a.txt", SLIP), write(tmp_path / "b.txt", CLEAN)]

    status = main(["check", "--format", "json", "--language", "en", *files])

    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert status == 1
    assert first == {
        "path": files[0],
        "characters": len(SLIP),
        "findings": [
            {
                "check": "placeholder.star",
                "family": "placeholder",
                "severity": "error",
                "start": 2,
                "end": 3,
                "message": "“*” stands where a word should: fill it in.",
                "why": "Practice of official writing: what still has to be filled in is no text yet",
                "replacements": [],
                "confidence": 0.95,
            },
            {
                "check": "punctuation.double",
                "family": "punctuation",
                "severity": "warning",
                "start": 10,
                "end": 12,
                "message": "“，，”: one mark is enough.",
                "why": "GB/T 15834—2011, General rules for punctuation, 4.1–4.7",
                "replacements": ["，"],
                "confidence": 0.95,
            },
        ],
    }
    assert second == {"path": files[1], "characters": len(CLEAN), "findings": []}


def test_prints_lines_with_place_and_repair(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = write(tmp_path / "a.txt", SLIP)

    main(["check", "--language", "en", name])

    assert capsys.readouterr().out == (
        f"{name}:1:3: must change: “*” stands where a word should: fill it in. Practice of official writing: "
        "what still has to be filled in is no text yet [placeholder.star]\n"
        f"{name}:2:3: should change: “，，”: one mark is enough. GB/T 15834—2011, "
        "General rules for punctuation, 4.1–4.7 [punctuation.double]\n"
        "    repair: ，\n"
    )


@pytest.mark.parametrize(("text", "status"), [(SLIP, 1), (WARNING, 0), (CLEAN, 0), ("", 0)])
def test_answers_with_a_status(tmp_path: Path, text: str, status: int) -> None:
    assert main(["check", write(tmp_path / "a.txt", text)]) == status


def test_goes_on_after_a_file_that_is_no_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture = tmp_path / "a.png"
    picture.write_bytes(bytes(range(256)) * 40)
    files = [str(picture), str(tmp_path / "missing.txt"), write(tmp_path / "b.txt", CLEAN)]

    status = main(["check", "--language", "en", *files])

    out, err = capsys.readouterr()
    assert (status, out) == (2, f"{files[2]}: nothing found.\n")
    assert err == (
        f"{files[0]}: not a text file in UTF-8, GB 18030 or UTF-16.\n"
        f"{files[1]}: cannot be read (No such file or directory).\n"
    )


def test_refuses_a_file_too_large_to_hold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(64 * 1024 * 1024 + 1)

    assert main(["check", "--language", "en", str(large)]) == 2
    assert capsys.readouterr().err == f"{large}: larger than 64 MiB; cut it into parts.\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_finds_out_the_encoding(encoding: str) -> None:
    text = "关于加强政务信息工作的通知\n各科室要高度重视，按月报送。\n"

    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    "data", [b"\xff\xfe\x00", b"\x80\x81\xff" * 50, b"PK\x03\x04\x00\x00\xff\xfe\x00" * 90]
)
def test_takes_no_other_bytes_for_text(data: bytes) -> None:
    assert decode(data) is None
