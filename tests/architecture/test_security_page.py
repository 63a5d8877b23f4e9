"""docs/security.md: every requirement is answered, every test named is there; what sources alone show."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest
from django.conf import global_settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from hezou.config import settings as product
from hezou.people.rules import budgets
from tests.support.sources import ROOT, calls, files, python

PAGE = (ROOT / "docs/security.md").read_text()
LEVELS_1_AND_2 = """
1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3 4.2:1 4.3:2 4.4:4
5.1:1 5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4 7.1:3 7.2:4 7.3:2 7.4:5 7.5:2 7.6:2 8.1:2
8.2:3 8.3:1 8.4:1 9.1:3 9.2:4 10.1:2 10.2:2 10.3:4 10.4:11 10.5:5 10.6:2 10.7:3 11.1:2 11.2:3 11.3:3 11.4:4
11.5:1 11.6:1 12.1:3 12.2:2 12.3:4 13.1:1 13.2:5 13.3:2 13.4:5 14.1:2 14.2:4 14.3:3 15.1:3 15.2:3 15.3:7
16.1:1 16.2:5 16.3:4 16.4:3 16.5:3 17.1:1 17.2:4 17.3:2
"""
"""Section of ASVS 5.0.0 and how many of its requirements are of level 1 or 2; they come first in each."""
TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
NUMBER = re.compile(r"\d+\.\d+\.\d+")


def rows() -> Iterator[tuple[list[str], str]]:
    """The numbers that begin each row, and the row."""
    for line in PAGE.splitlines():
        first = line.split("|")[1] if line.startswith("| ") else ""
        if numbers := NUMBER.findall(first):
            yield numbers, line


@cache
def defined_in(place: str) -> set[str]:
    path = ROOT / place
    tree = ast.parse(path.read_text()) if path.is_file() else ast.parse("")
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


# --- the page -------------------------------------------------------------------------------------
def test_every_requirement_is_answered_once() -> None:
    sections = (one.split(":") for one in LEVELS_1_AND_2.split())
    wanted = [f"{section}.{n}" for section, most in sections for n in range(1, int(most) + 1)]
    answered = [number for numbers, _ in rows() for number in numbers]
    assert sorted(answered) == sorted(wanted)


def test_every_test_the_page_names_is_there() -> None:
    named = TEST.findall(PAGE)
    assert len(named) > 100
    assert [f"{place}::{name}" for place, name in named if name not in defined_in(place)] == []


def test_every_claim_names_a_test_or_why_there_is_none() -> None:
    claims = PAGE.split("### Does not apply")[0]
    bare = [
        line
        for line in claims.splitlines()
        if re.match(r"\| \d", line) and not TEST.search(line) and "not tested: " not in line
    ]
    assert bare == []


def test_every_budget_is_told() -> None:
    table = PAGE.split("| Who | Wrong attempts | Then |")[1].split("\n\n")[0]
    told = re.findall(r"\| (\d+) in (15 minutes|an hour) \|", table)
    spans = {15 * budgets.MINUTE: "15 minutes", budgets.HOUR: "an hour"}
    kept = (
        budgets.KNOWN_DEVICE,
        budgets.ACCOUNT_AND_SOURCE,
        budgets.SOURCE,
        budgets.ACCOUNT,
        budgets.CODE_KNOWN,
        budgets.CODE_STRANGERS,
        budgets.CONFIRMING,
    )
    assert told == [(str(one.most), spans[one.window]) for one in kept]
    assert f"every {budgets.ACCOUNT.pace} seconds" in table


# --- what sources show ----------------------------------------------------------------------------
def in_templates(*signs: str) -> list[str]:
    return [
        f"{place}: {sign}"
        for place in files()
        if place.startswith("src/") and place.endswith((".html", ".txt"))
        for sign in signs
        if re.search(sign, (ROOT / place).read_text())
    ]


def in_scripts(*signs: str) -> list[str]:
    return [
        f"{place}: {sign}"
        for place in files()
        if place.startswith("frontend/src/") and place.endswith(".ts")
        for sign in signs
        if re.search(sign, (ROOT / place).read_text())
    ]


def called(*names: str) -> list[str]:
    """Where the sources call a function of such a name."""
    return [source.at(call) for source in python("src/") for name, call in calls(source) if name in names]


def test_no_template_switches_escaping_off() -> None:
    assert in_templates(r"\|\s*safe\b", r"autoescape\s+off", r"\|\s*safeseq\b") == []
    assert called("mark_safe", "SafeString") == []


def test_no_template_is_built_from_data() -> None:
    assert called("Template", "from_string") == []


def test_no_statement_is_built_from_data() -> None:
    built = {
        source.place
        for source in python("src/")
        for name, call in calls(source)
        if name in {"execute", "executemany", "raw", "RawSQL", "extra"}
        and call.args
        and isinstance(call.args[0], ast.JoinedStr | ast.BinOp | ast.Call)
    }
    # These put together names of our own tables and columns, quoted.
    assert built == {
        "src/hezou/audit/statements.py",
        "src/hezou/ops/backup/postgresql.py",
        "src/hezou/review/jobs.py",
    }


def test_no_program_is_started_by_a_shell() -> None:
    shells = [
        source.at(call)
        for source in python("src/")
        for _, call in calls(source)
        for keyword in call.keywords
        if keyword.arg == "shell"
    ]
    assert shells + called("system", "popen") == []


def test_nothing_is_unpickled() -> None:
    names = {"pickle", "marshal", "shelve", "yaml", "dill"}
    offences = [
        source.at(node)
        for source in python("src/")
        for node in ast.walk(source.tree)
        if (isinstance(node, ast.Import) and {one.name.split(".")[0] for one in node.names} & names)
        or (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in names)
    ]
    assert offences == []


def test_no_script_writes_markup() -> None:
    assert (
        in_scripts(r"innerHTML", r"outerHTML", r"insertAdjacentHTML", r"document\.write", r"\beval\(") == []
    )
    assert in_scripts(r"addEventListener\(\s*[\"']message[\"']", r"\bonmessage\b") == []


def test_nothing_is_kept_in_the_browser() -> None:
    assert (
        in_scripts(r"localStorage", r"sessionStorage", r"indexedDB", r"document\.cookie", r"\bcaches\b") == []
    )


def test_passwords_are_hashed_dearly() -> None:
    assert "PASSWORD_HASHERS" not in vars(product)
    assert global_settings.PASSWORD_HASHERS[0].endswith(".PBKDF2PasswordHasher")
    assert (PBKDF2PasswordHasher.digest().name, PBKDF2PasswordHasher.iterations >= 1_000_000) == (
        "sha256",
        True,
    )


@pytest.mark.parametrize("name", ["SESSION_ENGINE", "SESSION_SERIALIZER", "USE_X_FORWARDED_HOST"])
def test_dangerous_settings_stay_the_frameworks_own(name: str) -> None:
    assert name not in vars(product)
