"""Habits that a machine can hold; CONTRIBUTING.md says why."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from tests.support.sources import PACKAGE, ROOT, Source, calls, files, python

SIGNALS = ("django.dispatch", "django.db.models.signals", "django.core.signals", "django.db.backends.signals")

ELSEWHERE = re.compile(
    # Folders of a machine and hosts of a registry, in pieces so that this line does not name them.
    r"(?:^|[\s\"'`(=:])/(?:wor" + r"k|hom" + r"e|roo" + r"t|op" + r"t)/[\w.-]+"
    r"|pyp" + r"i\.org|pythonhoste" + r"d|registry\.npmj" + r"s|deb\.debia" + r"n",
)


def imported(tree: ast.AST) -> Iterator[tuple[ast.stmt, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node, node.module or ""
            yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)


def test_nothing_listens_to_signals() -> None:
    offences = [
        source.at(node)
        for source in python("src/")
        for node, name in imported(source.tree)
        if name.startswith(SIGNALS)
    ]
    assert offences == []


def test_no_model_overrides_save_or_delete() -> None:
    offences = [
        source.at(method)
        for source in python("src/")
        if "models" in source.module.split(".")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ClassDef)
        for method in node.body
        if isinstance(method, ast.FunctionDef) and method.name in {"save", "delete", "asave", "adelete"}
    ]
    assert offences == []


def test_an_inline_import_gives_its_reason() -> None:
    offences = {
        source.at(node)
        for source in python("src/", "tests/", "tools/", "benchmarks/")
        for function in ast.walk(source.tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node, _ in imported(function)
        if "# " not in source.lines[node.lineno - 1]
        and not source.lines[node.lineno - 2].strip().startswith("# ")
    }
    assert offences == set()


def test_nothing_counts_or_pages_by_offset() -> None:
    offences = [
        source.at(call)
        for source in python("src/hezou/web/", "src/hezou/api/", "src/hezou/access/")
        for name, call in calls(source)
        if name == "Paginator" or (name == "count" and not call.args and isinstance(call.func, ast.Attribute))
    ]
    assert offences == []


GENERIC = {"secrecy", "first", "second", "final"}
"""Codes of packs that are words of the code as well: a column of seats, names of Arabic and Han levels."""


def packed(family: str) -> Iterator[dict[str, Any]]:
    """Every table of the shipped packs of one family."""
    for path in sorted((PACKAGE / "packs" / "shipped").glob(f"*/{family}.toml")):
        yield tomllib.loads(path.read_text())


@cache
def literals() -> frozenset[str]:
    """What only packs may say: codes and labels of kinds, routes, levels and steps, and labels of roles."""
    rows: list[dict[str, Any]] = [kind for pack in packed("kinds") for kind in pack["kinds"]]
    for route in (route for pack in packed("routes") for route in pack["routes"]):
        rows += [route, *route["levels"], *(step for level in route["levels"] for step in level["steps"])]
    roles = [role["label"]["zh"] for pack in packed("labels") for role in pack["roles"]]
    codes = [row["code"] for row in rows if row["code"] not in GENERIC]
    return frozenset(roles + codes + [row["label"]["zh"] for row in rows])


def docstrings(tree: ast.Module) -> set[int]:
    """Ids of the nodes that are documentation."""
    return {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def literals_of(source: Source) -> Iterator[str]:
    prose = docstrings(source.tree)
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Constant) and id(node) not in prose and node.value in literals():
            yield f"{source.at(node)} {node.value}"


def test_packs_are_read() -> None:
    assert len(literals()) > 20


def test_what_packs_decide_is_written_nowhere_else() -> None:
    offences = [place for source in python("src/") if source.room != "packs" for place in literals_of(source)]
    chinese = [literal for literal in literals() if not literal.isascii()]
    for place in files():
        if place.startswith("src/") and place.endswith(".html"):
            text = (ROOT / place).read_text()
            offences += [f"{place} {literal}" for literal in chinese if literal in text]
    assert offences == []


def test_the_tree_names_no_machine_and_no_registry() -> None:
    offences = []
    for place in files():
        if Path(place).suffix in {".png", ".docx", ".xlsx", ".woff2", ".mo"}:
            continue
        for number, line in enumerate((ROOT / place).read_text(errors="replace").splitlines(), start=1):
            if ELSEWHERE.search(line):
                offences.append(f"{place}:{number}")
    assert offences == []


def test_nothing_picks_one_language_of_a_label() -> None:
    """A reader of the other language would get it; `words.label` and `messages.render` choose at the edge."""
    both = {"src/hezou/packs/rules/rows.py", "src/hezou/people/actions/importing.py"}
    offences = [
        source.at(node)
        for source in python("src/")
        if source.place not in both
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and node.attr in {"zh", "en"}
    ]
    assert offences == []
