"""The files of deploy/ and the page on installing say what the program understands."""

from __future__ import annotations

import argparse
import base64
import re
import shlex
from collections.abc import Iterator

from hezou.config import env
from hezou.ops.cli import COMMANDS
from tests.support.sources import ROOT

PAGE = (ROOT / "docs/operate/install.md").read_text()
KEY = "k" * 40
FACTOR_KEY = base64.urlsafe_b64encode(b"k" * 32).decode()


def commands() -> Iterator[list[str]]:
    """What the units start: the words after the program."""
    for unit in sorted((ROOT / "deploy").glob("*.service")):
        for line in re.findall(r"^ExecStart=(.+)$", unit.read_text(), re.MULTILINE):
            yield shlex.split(line)[1:]


def test_every_variable_is_explained() -> None:
    assert [name for name in env.VARIABLES if f"`{name}`" not in PAGE] == []


def test_variables_given_to_begin_with_are_understood() -> None:
    lines = (ROOT / "deploy/hezou.env").read_text().splitlines()
    given = dict(line.lstrip("# ").split("=", 1) for line in lines if re.match(r"(# )?HEZOU_", line))
    assert (given["HEZOU_SECRET_KEY"], given["HEZOU_FACTOR_KEYS"]) == ("", "")
    found = env.read({**given, "HEZOU_SECRET_KEY": KEY, "HEZOU_FACTOR_KEYS": FACTOR_KEY})
    assert (found.production, found.hosts, found.logs) == (True, ["hezou.example"], "json")


def test_units_start_commands_there_are() -> None:
    started = list(commands())
    assert [words[0] for words in started] == ["backup", "run"]
    for name, *words in started:
        parser = argparse.ArgumentParser(exit_on_error=False)
        COMMANDS[name].load(name).add_arguments(parser)
        parser.parse_args(words)
