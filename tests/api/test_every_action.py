"""Every act that people have on the pages has a way of the door, or a reason why it has none."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from inspect import isfunction, signature

from tests.support.sources import ROOT, Source, python

PAGE = (ROOT / "docs/reference/api.md").read_text()
TABLE = PAGE.split("## What is done by hand")[1].split("\n## ")[0]
ROWS = re.findall(r"^\| (`.+?`) \| (.+) \|$", TABLE, re.MULTILINE)
BY_HAND = {name: why for names, why in ROWS for name in re.findall(r"`([a-z]+\.\w+)`", names)}


def imported(source: Source) -> Iterator[tuple[str, str]]:
    """Module and name of whatever a file takes from the actions of a room, the whole module included."""
    modules = {}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("hezou."):
            module = node.module or ""
            if ".actions" in module:
                yield from ((module, one.name) for one in node.names)
            modules.update(
                {one.asname or one.name: f"{module}.actions" for one in node.names if one.name == "actions"}
            )
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
            yield modules[node.value.id], node.attr


def acts(place: str) -> set[str]:
    """The acts of persons that the files below a place call: functions that are told by whom."""
    found = set()
    for source in python(place):
        for module, name in imported(source):
            thing = getattr(import_module(module), name, None)
            if isfunction(thing) and "by" in signature(thing).parameters:
                found.add(f"{module.split('.')[1]}.{name}")
    return found


ON_PAGES, BY_TOKEN = acts("src/hezou/web/"), acts("src/hezou/api/ways/")
FRAME = {"audit.act", "audit.require"}
"""What acts are made of."""
BELOW = {"review.principal_at"}
"""Asked, not done."""


def test_every_act_of_the_pages_has_a_way_or_a_reason() -> None:
    assert sorted(ON_PAGES - BY_TOKEN - set(BY_HAND) - FRAME - BELOW) == []


def test_no_act_that_has_a_way_is_said_to_have_none() -> None:
    assert sorted(set(BY_HAND) & BY_TOKEN) == []
    assert sorted(set(BY_HAND) - ON_PAGES) == []


def test_acts_are_found_at_all() -> None:
    assert {"manuscripts.attach", "review.record_decision", "submissions.adopt"} <= ON_PAGES & BY_TOKEN
    assert len(BY_HAND) > 30
